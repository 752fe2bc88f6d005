/// The candidate nearest to a misspelled word, or nil when none is near enough to be meant.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  // Words whose lengths are further apart than the limit need more edits than that.
  let near = candidates.filter { abs($0.utf8.count - word.utf8.count) <= limit }
  let scored = near.map { (distance(word, $0), $0) }.filter { $0.0 <= limit }
  return scored.min { $0 < $1 }?.1
}

/// Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other.
private func distance(_ left: String, _ right: String) -> Int {
  let (a, b) = (Array(left.utf8), Array(right.utf8))
  var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  for i in 1...a.count {
    for j in 1...b.count {
      let change = a[i - 1] == b[j - 1] ? 0 : 1
      var best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
      rows[i][j] = best
    }
  }
  return rows[a.count][b.count]
}
