/// The search for the set of places that serves one class of artifacts best.
///
/// Artifacts of one shape and audience always go to the same places, so the search runs once for all of them. It is complete: it tries
/// every set of places, except for those that cannot be better than one that is known. Among equals, the first places count.
struct PlaceChoice: Hashable {
  /// What one reader makes of the candidates, each of which has a bit in the masks.
  struct View: Hashable {
    var isWanted: Bool
    /// Candidates that it loads each by itself.
    var separate: UInt64 = 0
    /// Candidates of which it loads only one copy: the first of them.
    var groups: [[Int]] = []
    /// Candidates that its platform takes, best first.
    var taken: [UInt64] = []
    /// Candidates that it loads whatever other files there are; what it reads only for want of another file is never counted on.
    var certain: UInt64 = 0
    /// By candidate: the bytes of the whole class that it loads at start from there.
    var start: [Int] = []

    /// What it costs that these places are chosen, when these others may be chosen as well: at least so much in either case.
    func cost(of chosen: UInt64, open: UInt64 = 0, artifacts: Int) -> Cost {
      var cost = Cost()
      var copies = (chosen & separate).nonzeroBitCount
      var left = chosen & separate
      while left != 0 {
        cost.start += start[left.trailingZeroBitCount]
        left &= left - 1
      }
      for group in groups {
        guard let first = group.first(where: { chosen & (1 << UInt64($0)) != 0 }) else { continue }
        copies += 1
        // An open one that stands before it would be loaded in its place.
        cost.start += group.prefix { $0 != first }.filter { open & (1 << UInt64($0)) != 0 }.map { start[$0] }.reduce(start[first], min)
      }
      guard isWanted else {
        cost.unwanted = copies * artifacts
        return cost
      }
      let possible = chosen | open
      let rank = taken.firstIndex { $0 & possible != 0 } ?? taken.count
      cost.rank = rank * artifacts
      if rank == taken.count, possible & certain == 0 { cost.missing = artifacts }
      cost.repeated = max(0, copies - 1) * artifacts
      return cost
    }
  }

  /// For each candidate, how many files it takes; in order of the candidates' names.
  var files: [Int]
  /// How many artifacts there are in the class.
  var artifacts: Int
  var views: [View]

  /// The best set and what it costs; with some places needed, the best of those that hold them.
  func best(with needed: UInt64 = 0) -> (chosen: UInt64, cost: Cost) {
    let all = files.isEmpty ? 0 : ~UInt64(0) >> UInt64(64 - files.count)
    var search = Search(choice: self, needed: needed, bound: startingBound(with: needed))
    search.visit(0, chosen: 0, open: all)
    return search.best ?? (0, cost(of: 0))
  }

  func cost(of chosen: UInt64, open: UInt64 = 0) -> Cost {
    var total = Cost()
    var left = chosen
    while left != 0 {
      total.files += files[left.trailingZeroBitCount]
      left &= left - 1
    }
    for view in views { total += view.cost(of: chosen, open: open, artifacts: artifacts) }
    return total
  }

  /// A set that is easily found: from nothing, the one place that helps most is added or dropped until none helps.
  private func startingBound(with needed: UInt64) -> Cost {
    var best: (chosen: UInt64, cost: Cost) = (needed, cost(of: needed))
    while true {
      let steps = files.indices.map { (best.chosen ^ (1 << UInt64($0))) | needed }.map { ($0, cost(of: $0)) }
      guard let step = steps.min(by: { $0.1 < $1.1 }), step.1 < best.cost else { return best.cost }
      best = (step.0, step.1)
    }
  }

  /// The sets one after the other, those with the first places before those without.
  private struct Search {
    let choice: PlaceChoice
    let needed: UInt64
    /// No set that is dearer counts.
    let bound: Cost
    var best: (chosen: UInt64, cost: Cost)?

    mutating func visit(_ index: Int, chosen: UInt64, open: UInt64) {
      let least = choice.cost(of: chosen, open: open)
      if let best { guard least < best.cost else { return } } else { guard !(bound < least) else { return } }
      guard index < choice.files.count else {
        best = (chosen, least)
        return
      }
      let bit = UInt64(1) << UInt64(index)
      visit(index + 1, chosen: chosen | bit, open: open & ~bit)
      guard needed & bit == 0 else { return }
      visit(index + 1, chosen: chosen, open: open & ~bit)
    }
  }
}
