/// Hashes in order, each once, in time that grows as their number does: they are spread evenly, so that the first bits nearly say where one goes.
func sortedOnce(_ hashes: [UInt64]) -> [UInt64] {
  guard hashes.count > 1 else { return hashes }
  // About four hashes begin alike.
  let bits = max(1, (Int.bitWidth - hashes.count.leadingZeroBitCount) - 2)
  let shift = UInt64(UInt64.bitWidth - bits)
  var ends = [Int](repeating: 0, count: 1 << bits)
  for hash in hashes { ends[Int(hash >> shift)] += 1 }
  var next = 0
  for index in ends.indices { (ends[index], next) = (next, next + ends[index]) }
  var sorted = [UInt64](repeating: 0, count: hashes.count)
  for hash in hashes {
    let group = Int(hash >> shift)
    sorted[ends[group]] = hash
    ends[group] += 1
  }
  var start = 0
  for end in ends {
    if end - start > 1 { sorted[start..<end].sort() }
    start = end
  }
  return withoutRepetitions(sorted)
}

/// - Parameter sorted: what is the same stands side by side.
private func withoutRepetitions(_ sorted: [UInt64]) -> [UInt64] {
  var out = sorted
  var kept = 0
  for hash in sorted where kept == 0 || hash != out[kept - 1] {
    out[kept] = hash
    kept += 1
  }
  out.removeSubrange(kept...)
  return out
}

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
