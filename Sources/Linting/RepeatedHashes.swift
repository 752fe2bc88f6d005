/// Which of many hashes there are several of, nearly: of those that are there once, some seem to be there again.
///
/// A table of all of them would be as large as what they are made from, and most are never seen again.
struct RepeatedHashes {
  private var once: [UInt64]
  private var again: [UInt64]
  private let mask: UInt64

  /// - Parameter count: about how many hashes there will be.
  init(count: Int) {
    // Eight bits for each, so that one in eight is mistaken.
    var words = 1
    while words < count / 8 { words *= 2 }
    mask = UInt64(words * UInt64.bitWidth - 1)
    (once, again) = ([UInt64](repeating: 0, count: words), [UInt64](repeating: 0, count: words))
  }

  mutating func add(_ hash: UInt64) {
    let (word, bit) = place(of: hash)
    again[word] |= once[word] & bit
    once[word] |= bit
  }

  /// Whether a hash may have been added more than once; never wrong about one that was.
  func contains(_ hash: UInt64) -> Bool {
    let (word, bit) = place(of: hash)
    return again[word] & bit != 0
  }

  private func place(of hash: UInt64) -> (Int, UInt64) {
    let place = hash & mask
    return (Int(place >> 6), 1 << (place & 63))
  }
}
