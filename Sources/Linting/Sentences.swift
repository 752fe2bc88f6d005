/// A word of a sentence, with what it does there.
struct SentenceWord {
  /// Offsets in the body, without marks at its end.
  var range: Range<Int>
  /// Of its letters, without regard to case.
  var hash: UInt64
  var role: WordRole?
  /// Whether it is a code span, which is a word, letter for letter.
  var isCode = false
  var hasComma = false
  var hasColon = false

  /// Its letters as small ones, with the plain apostrophe.
  func spelling(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let letter = WordLetter(in: bytes, at: index, before: range.upperBound, after: text.last)
      text.append(letter.byte)
      index += letter.width
    }
    return text
  }
}

/// A byte of a word as it is compared.
private struct WordLetter {
  /// A small letter where there is one, also in the second half of Latin-1; an apostrophe of either kind is the plain one.
  var byte: UInt8
  /// How many bytes it stands for.
  var width = 1

  init(in bytes: UnsafeBufferPointer<UInt8>, at index: Int, before end: Int, after previous: UInt8?) {
    byte = bytes[index]
    if (0x41...0x5A).contains(byte) || (previous == 0xC3 && (0x80...0x9E).contains(byte)) {
      byte |= 0x20
    } else if byte == 0xE2, index + 2 < end, bytes[index + 1] == 0x80, bytes[index + 2] == 0x99 {
      (byte, width) = (UInt8(ascii: "'"), 3)
    }
  }
}

/// What stands between two full stops, as words.
struct Sentence {
  var words: [SentenceWord]
  /// Offsets in the body.
  var range: Range<Int>
  /// Whether it is a question, has words of somebody else's in it, or makes an exception behind a dash.
  var isUnclear = false
}

/// The sentences of a block of text.
struct SentenceReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let modals: ModalWords
  private(set) var sentences: [Sentence] = []
  private var words: [SentenceWord] = []
  private var start: Int?
  private var end = 0
  private var isUnclear = false
  /// Behind a dash: a remark that is no part of the order.
  private var isRemark = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, _ modals: ModalWords) {
    (self.bytes, self.modals) = (bytes, modals)
    var index = range.lowerBound
    while index < range.upperBound { index = read(from: index, before: range.upperBound) }
    endSentence()
  }

  /// Reads up to the end of a word, or over a byte that is none of one.
  private mutating func read(from start: Int, before end: Int) -> Int {
    let byte = bytes[start]
    switch byte {
    case UInt8(ascii: "`"): return readCode(from: start, before: end)
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ";"):
      if start + 1 >= end || bytes[start + 1].isBlank || bytes[start + 1].isLineEnd || bytes[start + 1] == UInt8(ascii: "*") { endSentence() }
    case UInt8(ascii: "?"):
      isUnclear = true
      endSentence()
    case UInt8(ascii: ","): if !words.isEmpty { words[words.count - 1].hasComma = true }
    case UInt8(ascii: ":"): if !words.isEmpty { words[words.count - 1].hasColon = true }
    case UInt8(ascii: "\""): isUnclear = true
    case UInt8(ascii: "-") where start > 0 && bytes[start - 1].isBlank: startRemark()
    case UInt8(ascii: "]"):
      if start + 1 < end, bytes[start + 1] == UInt8(ascii: "(") {
        return (bytes[start..<end].firstIndex(of: UInt8(ascii: ")")) ?? end - 1) + 1
      }
    case UInt8(ascii: "~"): isUnclear = true
    case 0xE2 where start + 2 < end && bytes[start + 1] == 0x80:
      // Dashes, and quotation marks that are not the one of a contraction.
      if bytes[start + 2] == 0x93 || bytes[start + 2] == 0x94 { startRemark() }
      if bytes[start + 2] == 0x9C || bytes[start + 2] == 0x9D { isUnclear = true }
      return start + 3
    // Marks for what is wrong.
    case 0xE2 where start + 2 < end && (bytes[start + 1] == 0x9D || bytes[start + 1] == 0x9C):
      if bytes[start + 1] == 0x9D || (0x95...0x98).contains(bytes[start + 2]) { isUnclear = true }
      return start + 3
    case 0xE2, 0xEF: return min(start + 3, end)
    case 0xF0:
      isUnclear = true
      return min(start + 4, end)
    default: if byte.isOfWord { return readWord(from: start, before: end) }
    }
    return start + 1
  }

  private mutating func startRemark() { isRemark = isRemark || !words.isEmpty }

  private mutating func endSentence() {
    if let start, !words.isEmpty { sentences.append(Sentence(words: words, range: start..<end, isUnclear: isUnclear)) }
    words = []
    (start, isUnclear, isRemark) = (nil, false, false)
  }

  private mutating func readCode(from start: Int, before end: Int) -> Int {
    let marks = bytes[start..<end].prefix { $0 == UInt8(ascii: "`") }.count
    guard let close = bytes[start + marks..<end].firstIndex(of: UInt8(ascii: "`")) else { return start + marks }
    let text = start + marks..<close
    add(SentenceWord(range: text, hash: WordHash(of: bytes[text]).value, isCode: true), start..<close + 1)
    return min(close + marks, end)
  }

  private mutating func readWord(from start: Int, before end: Int) -> Int {
    var hash = WordHash()
    var index = start
    var previous: UInt8?
    // Up to its last letter.
    var kept = (hash: hash, end: start)
    var hasApostropheBehind = false
    while index < end {
      if bytes[index].isASCIILetter {
        previous = bytes[index] | 0x20
        hash.add(letter: bytes[index] | 0x20)
        index += 1
        kept = (hash, index)
        hasApostropheBehind = false
        continue
      }
      guard !bytes[index].endsWord else { break }
      let letter = WordLetter(in: bytes, at: index, before: end, after: previous)
      // What else begins so is a dash or a quotation mark.
      if letter.width == 1, letter.byte == 0xE2, index + 2 < end, bytes[index + 1] == 0x80 { break }
      hash.add(letter.byte)
      index += letter.width
      previous = letter.byte
      if letter.byte.isOfWord {
        kept = (hash, index)
        hasApostropheBehind = false
      } else if letter.byte == UInt8(ascii: "'") {
        hasApostropheBehind = true
      }
    }
    // A full stop at its end is one of the sentence.
    if !hasApostropheBehind { index = max(start + 1, kept.end) }
    let word = SentenceWord(range: start..<kept.end, hash: kept.hash.value, role: modals.role(of: kept.hash.value))
    add(word, start..<index)
    return index
  }

  private mutating func add(_ word: SentenceWord, _ range: Range<Int>) {
    if isRemark {
      if word.role == .exception || word.role == .exceptionNoun { isUnclear = true }
      return
    }
    words.append(word)
    start = start ?? range.lowerBound
    end = range.upperBound
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// Whether it is a blank or a mark that no word has in it.
  fileprivate var endsWord: Bool {
    switch self {
    case 0x20, 0x09, 0x0A, 0x0D: true
    case UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: "?"): true
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"): true
    default: false
    }
  }
}
