import ContextModel

/// A running hash of bytes: FNV-1a with a last mix, so that near words are far apart.
struct WordHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  /// The hash of a word.
  init(of word: some Sequence<UInt8>) {
    for byte in word { add(byte) }
  }

  /// Adds a byte, letters of ASCII as small ones.
  mutating func add(_ byte: UInt8) { add(letter: byte.isASCIILetter ? byte | 0x20 : byte) }

  /// Adds a byte that is no large letter.
  mutating func add(letter: UInt8) { state = (state ^ UInt64(letter)) &* 0x100_0000_01B3 }

  mutating func add(_ hash: UInt64) { state = ((state ^ hash) &* 0x9E37_79B9_7F4A_7C15) ^ (state >> 29) }

  var value: UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ (mixed >> 27)
  }

  /// The hash of some hashes in their order.
  static func joining(_ hashes: some Sequence<UInt64>) -> UInt64 {
    var hash = WordHash()
    for one in hashes { hash.add(one) }
    return hash.value
  }
}

/// The words of texts as hashes, without regard to case, line ends, marks and emphasis.
struct WordHashes {
  /// Some words that follow each other.
  struct Span {
    /// Indices of the hashes.
    var range: Range<Int>
    /// How many of them are characters of a script without blanks.
    var characters: Int

    /// How many words a person would count; of scripts without blanks, two characters are one.
    var count: Int { range.count - characters + characters / 2 }

    /// From the first word of this one to the last of one that follows it.
    func joined(with next: Span) -> Span {
      Span(range: range.lowerBound..<next.range.upperBound, characters: characters + next.characters)
    }
  }

  private(set) var all: [UInt64] = []

  /// - Parameter bytes: about how long the texts are.
  init(forBytes bytes: Int) {
    // A word and a blank are six bytes or seven.
    all.reserveCapacity(bytes / 6)
  }

  /// The words of one text.
  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) {
    self.init(forBytes: range.count)
    _ = add(bytes, in: range)
  }

  subscript(span: Span) -> ArraySlice<UInt64> { all[span.range] }

  /// Adds the words of a part of a text.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Span {
    let (start, end) = (all.count, range.upperBound)
    var index = range.lowerBound
    var characters = 0
    while index < end {
      guard bytes[index].isOfWord else {
        index += 1
        continue
      }
      var hash = WordHash()
      if bytes[index].isWithoutBlanks {
        // A text that was cut off may end within a character.
        let next = min(index + 3, end)
        for byte in bytes[index..<next] { hash.add(byte) }
        index = next
        characters += 1
        all.append(hash.value)
        continue
      }
      // Marks within a word belong to it, those at its ends do not.
      var kept = hash
      while index < end {
        let byte = bytes[index]
        if byte.isASCIILetter {
          hash.add(letter: byte | 0x20)
          kept = hash
        } else {
          if byte.isBlank || byte == 0x0A || byte == 0x0D || byte.isWithoutBlanks { break }
          hash.add(letter: byte)
          if byte.isOfWord { kept = hash }
        }
        index += 1
      }
      all.append(kept.value)
    }
    return Span(range: start..<all.count, characters: characters)
  }
}

extension UInt8 {
  /// Whether it begins a character of Chinese or Japanese.
  fileprivate var isWithoutBlanks: Bool { (0xE3...0xE9).contains(self) }
}
