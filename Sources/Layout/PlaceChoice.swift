import Platforms

/// The search for the set of places that serves one class of artifacts best.
///
/// Artifacts of one shape and audience always go to the same places, so the search runs once for all of them. Places that no reader
/// ties together are searched apart, which keeps every search small enough to be complete.
struct PlaceChoice {
  /// A place, with its bit in the masks below.
  struct Candidate {
    var place: Place
    /// Whether each artifact is a file of its own there.
    var countsAsFile: Bool
  }

  /// What one reader makes of the candidates.
  struct View {
    var isWanted: Bool
    /// Candidates that it loads each by itself.
    var separate: UInt64 = 0
    /// Candidates of which it loads only one copy.
    var groups: [UInt64] = []
    /// Candidates that its platform takes, best first.
    var taken: [UInt64] = []
    /// Candidates that it loads whatever other files there are; what it reads only for want of another file is never counted on.
    var certain: UInt64 = 0

    func cost(of chosen: UInt64) -> Cost {
      var copies = (chosen & separate).nonzeroBitCount
      for group in groups where chosen & group != 0 { copies += 1 }
      var cost = Cost()
      guard isWanted else {
        cost.unwanted = copies
        return cost
      }
      cost.rank = taken.firstIndex { $0 & chosen != 0 } ?? taken.count
      if cost.rank == taken.count, chosen & certain == 0 { cost.missing = 1 }
      cost.repeated = max(0, copies - 1)
      return cost
    }
  }

  var candidates: [Candidate]
  var views: [View]

  /// The best set and what it costs one artifact.
  func best() -> (chosen: UInt64, cost: Cost) {
    var result: (chosen: UInt64, cost: Cost) = (0, Cost())
    for component in components() {
      let part = best(within: component.places, views: component.views.map { views[$0] })
      result = (result.chosen | part.chosen, result.cost + part.cost)
    }
    return result
  }

  private func best(within places: [Int], views: [View]) -> (chosen: UInt64, cost: Cost) {
    places.count <= 14 ? exhaustive(places, views) : stepwise(places, views)
  }

  private func exhaustive(_ places: [Int], _ views: [View]) -> (chosen: UInt64, cost: Cost) {
    var best: (chosen: UInt64, cost: Cost) = (0, cost(of: 0, views))
    for subset in 1..<(UInt64(1) << places.count) {
      var chosen: UInt64 = 0
      for (bit, place) in places.enumerated() where subset & (1 << bit) != 0 { chosen |= 1 << place }
      let cost = cost(of: chosen, views)
      if cost < best.cost { best = (chosen, cost) }
    }
    return best
  }

  /// Adds or drops the one place that helps most until none helps; for catalogs far beyond the shipped one.
  private func stepwise(_ places: [Int], _ views: [View]) -> (chosen: UInt64, cost: Cost) {
    var best: (chosen: UInt64, cost: Cost) = (0, cost(of: 0, views))
    while true {
      let steps = places.map { best.chosen ^ (1 << UInt64($0)) }.map { ($0, cost(of: $0, views)) }
      guard let step = steps.min(by: { $0.1 < $1.1 }), step.1 < best.cost else { return best }
      best = (step.0, step.1)
    }
  }

  private func cost(of chosen: UInt64, _ views: [View]) -> Cost {
    var total = Cost()
    for (bit, candidate) in candidates.enumerated() where chosen & (1 << UInt64(bit)) != 0 && candidate.countsAsFile { total.files += 1 }
    for view in views { total = total + view.cost(of: chosen) }
    return total
  }

  /// Candidates joined by a reader that loads or takes both; readers that no candidate serves go with the first.
  private func components() -> [(places: [Int], views: [Int])] {
    var masks: [UInt64] = []
    for view in views {
      var mask = (view.groups + view.taken).reduce(view.separate, |)
      masks.removeAll { other in
        guard other & mask != 0 else { return false }
        mask |= other
        return true
      }
      if mask != 0 { masks.append(mask) }
    }
    var out = masks.map { mask in
      (
        places: candidates.indices.filter { mask & (1 << UInt64($0)) != 0 },
        views: views.indices.filter { (views[$0].groups + views[$0].taken).reduce(views[$0].separate, |) & mask != 0 }
      )
    }
    let unserved = views.indices.filter { index in !out.contains { $0.views.contains(index) } }
    if !unserved.isEmpty { out.append((places: [], views: unserved)) }
    return out
  }
}
