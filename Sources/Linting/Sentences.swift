/// A word of a sentence, with what it does there.
struct SentenceWord {
  /// In small letters, without marks around it; a code span is a word, letter for letter.
  var text: ArraySlice<UInt8>
  var role: WordRole?
  var isCode = false
  var hasComma = false
  var hasColon = false

  var hash: UInt64 {
    var hash = WordHash()
    for byte in text { hash.add(byte) }
    return hash.value
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
    add(SentenceWord(text: Array(bytes[start + marks..<close])[...], isCode: true), start..<close + 1)
    return min(close + marks, end)
  }

  private mutating func readWord(from start: Int, before end: Int) -> Int {
    var text: [UInt8] = []
    var index = start
    var kept = 0
    while index < end, !bytes[index].isBlank, !bytes[index].isLineEnd, !Self.breaks.contains(bytes[index]) {
      if bytes[index] == 0xE2, index + 2 < end, bytes[index + 1] == 0x80 {
        guard bytes[index + 2] == 0x99 else { break }
        text.append(UInt8(ascii: "'"))
        index += 3
        continue
      }
      text.append(bytes[index].lowered(after: text.last))
      index += 1
      if bytes[index - 1].isOfWord { kept = text.count }
    }
    // A full stop at its end is one of the sentence.
    let trailing = text.count - kept
    index = max(start + 1, index - (text[kept...].contains(UInt8(ascii: "'")) ? 0 : trailing))
    let word = text[..<kept]
    add(SentenceWord(text: word, role: modals.role(of: SentenceWord(text: word).hash)), start..<index)
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

  private static let breaks = Array("`\":;,!?()[]*".utf8)
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  /// As a small letter, also of the second half of Latin-1.
  fileprivate func lowered(after previous: UInt8?) -> UInt8 {
    if (0x41...0x5A).contains(self) || (previous == 0xC3 && (0x80...0x9E).contains(self)) { return self | 0x20 }
    return self
  }
}
