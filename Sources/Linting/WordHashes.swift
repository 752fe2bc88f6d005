/// A running hash of bytes: FNV-1a with a last mix, so that near words are far apart.
struct WordHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds a byte, letters of ASCII as small ones.
  mutating func add(_ byte: UInt8) {
    let lowered = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    state = (state ^ UInt64(lowered)) &* 0x100_0000_01B3
  }

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

/// The words of a text as hashes, without regard to case, line ends, marks and emphasis.
struct WordHashes {
  private(set) var hashes: [UInt64] = []
  /// How many words a person would count; of scripts without blanks, two characters are one.
  private(set) var count = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) {
    var index = range.lowerBound
    var characters = 0
    while index < range.upperBound {
      while index < range.upperBound, !bytes[index].isOfWord { index += 1 }
      guard index < range.upperBound else { break }
      var hash = WordHash()
      if Self.isWithoutBlanks(bytes[index]), index + 2 < range.upperBound {
        for byte in bytes[index..<index + 3] { hash.add(byte) }
        index += 3
        characters += 1
      } else {
        // Marks within a word belong to it, those at its ends do not.
        var pending = index
        while index < range.upperBound, !bytes[index].isBlank, bytes[index] != 0x0A, bytes[index] != 0x0D, !Self.isWithoutBlanks(bytes[index]) {
          if bytes[index].isOfWord {
            for byte in bytes[pending...index] { hash.add(byte) }
            pending = index + 1
          }
          index += 1
        }
        count += 1
      }
      hashes.append(hash.value)
    }
    count += characters / 2
  }

  /// Whether a byte begins a character of Chinese or Japanese.
  private static func isWithoutBlanks(_ byte: UInt8) -> Bool { (0xE3...0xE9).contains(byte) }

  /// Three words each, every one once, in order of their hashes.
  var shingles: [UInt64] {
    guard hashes.count >= 3 else { return [] }
    var out: [UInt64] = []
    out.reserveCapacity(hashes.count)
    for index in 2..<hashes.count { out.append(WordHash.joining(hashes[index - 2...index])) }
    out.sort()
    var kept = 0
    for index in out.indices where index == 0 || out[index] != out[index - 1] {
      out[kept] = out[index]
      kept += 1
    }
    out.removeSubrange(kept...)
    return out
  }
}
