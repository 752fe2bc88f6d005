/// Hashes in order, each once, in time that grows as their number does: they are spread evenly, so that the first bits nearly say where one goes.
func sortedOnce(_ hashes: [UInt64]) -> [UInt64] {
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
  sorted.withUnsafeMutableBufferPointer { sorted in
    var start = 0
    for end in ends {
      if end - start > 1 { sorted[start..<end].sort() }
      start = end
    }
  }
  var kept = 0
  for index in sorted.indices where kept == 0 || sorted[index] != sorted[kept - 1] {
    sorted[kept] = sorted[index]
    kept += 1
  }
  sorted.removeSubrange(kept...)
  return sorted
}
