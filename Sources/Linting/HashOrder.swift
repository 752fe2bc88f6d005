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
