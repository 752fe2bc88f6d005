/// A run of lines that is the same in both texts, or that one of them has in place of the other's.
struct Edit: Hashable {
  var isSame: Bool
  var old: Range<Int>
  var new: Range<Int>
}

/// How one sequence of line numbers becomes the other: same and changed runs in turn.
///
/// The shortest script, found greedily; past the cost limit the middle that is left is one changed run.
func edits(from old: [Int32], to new: [Int32], costLimit: Int = 2000) -> [Edit] {
  var start = 0
  while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
  var tail = 0
  while tail < min(old.count, new.count) - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
  var script = Script()
  script.add(isSame: true, old: 0..<start, new: 0..<start)
  let (oldMiddle, newMiddle) = (start..<old.count - tail, start..<new.count - tail)
  if let path = shortestPath(old[oldMiddle], new[newMiddle], limit: costLimit) {
    for edit in path { script.add(isSame: edit.isSame, old: edit.old, new: edit.new) }
  } else {
    script.add(isSame: false, old: oldMiddle, new: newMiddle)
  }
  script.add(isSame: true, old: oldMiddle.upperBound..<old.count, new: newMiddle.upperBound..<new.count)
  return script.edits
}

/// Edits in order, neighbours of one sort joined.
private struct Script {
  private(set) var edits: [Edit] = []

  mutating func add(isSame: Bool, old: Range<Int>, new: Range<Int>) {
    guard !old.isEmpty || !new.isEmpty else { return }
    if let last = edits.last, last.isSame == isSame {
      edits[edits.count - 1] = Edit(isSame: isSame, old: last.old.lowerBound..<old.upperBound, new: last.new.lowerBound..<new.upperBound)
    } else {
      edits.append(Edit(isSame: isSame, old: old, new: new))
    }
  }
}

/// Myers' greedy search; nil when more than `limit` lines would have to change.
private func shortestPath(_ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>, limit: Int) -> [Edit]? {
  let most = min(limit, old.count + new.count)
  // Furthest line of the old text that is reached on each diagonal, and what that was before each round.
  var reached = [Int32](repeating: 0, count: 2 * most + 3)
  var rounds: [[Int32]] = []
  let middle = most + 1
  for cost in 0...most {
    rounds.append(Array(reached[(middle - cost)...(middle + cost)]))
    for diagonal in stride(from: -cost, through: cost, by: 2) {
      let goesDown = diagonal == -cost || (diagonal != cost && reached[middle + diagonal - 1] < reached[middle + diagonal + 1])
      var x = Int(goesDown ? reached[middle + diagonal + 1] : reached[middle + diagonal - 1] + 1)
      while x < old.count, x - diagonal < new.count, old[old.startIndex + x] == new[new.startIndex + x - diagonal] { x += 1 }
      reached[middle + diagonal] = Int32(x)
      if x >= old.count, x - diagonal >= new.count { return walkBack(rounds, old, new) }
    }
  }
  return nil
}

/// From the end to the beginning, one round at a time.
private func walkBack(_ rounds: [[Int32]], _ old: ArraySlice<Int32>, _ new: ArraySlice<Int32>) -> [Edit] {
  var (x, y) = (old.count, new.count)
  var out: [Edit] = []
  func add(_ isSame: Bool, _ toX: Int, _ toY: Int) {
    out.append(
      Edit(isSame: isSame, old: old.startIndex + toX..<old.startIndex + x, new: new.startIndex + toY..<new.startIndex + y))
    (x, y) = (toX, toY)
  }
  for cost in stride(from: rounds.count - 1, to: 0, by: -1) {
    let before = rounds[cost]
    func reach(_ diagonal: Int) -> Int { abs(diagonal) > cost ? -1 : Int(before[cost + diagonal]) }
    let diagonal = x - y
    let goesDown = diagonal == -cost || (diagonal != cost && reach(diagonal - 1) < reach(diagonal + 1))
    let fromX = reach(goesDown ? diagonal + 1 : diagonal - 1)
    let fromY = fromX - (goesDown ? diagonal + 1 : diagonal - 1)
    let afterX = goesDown ? fromX : fromX + 1
    if x > afterX { add(true, afterX, goesDown ? fromY + 1 : fromY) }
    add(false, fromX, fromY)
  }
  if x > 0 { add(true, 0, 0) }
  return out.reversed()
}
