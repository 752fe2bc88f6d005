/// The question which set of places serves one class of artifacts best.
///
/// Artifacts of one shape and audience always go to the same places, so it is asked once for all of them.
struct PlaceChoice {
  /// What one reader makes of the candidates, each of which has a number.
  struct View: Hashable {
    /// A candidate that it loads.
    struct Loaded: Hashable {
      var number: Int
      /// The bytes of the whole class that it loads at start from there.
      var start: Int
    }

    var isWanted: Bool
    /// Candidates that it loads each by itself.
    var separate: [Loaded] = []
    /// Candidates of which it loads only one copy: the first of them.
    var groups: [[Loaded]] = []
    /// Candidates that its platform takes, best first; nil for what it would not load.
    var taken: [Int?] = []
    /// Candidates that it loads whatever other files there are; what it reads only for want of another file is never counted on.
    var certain: [Int] = []

    /// What it costs that these places are chosen, when these others may be chosen as well: at least so much in either case.
    func cost(of chosen: PlaceSet, open: PlaceSet = [], artifacts: Int) -> Cost {
      var cost = Cost()
      var copies = 0
      var cheapest = Int.max
      for place in separate {
        if chosen.contains(place.number) {
          copies += 1
          cost.start += place.start
        } else if open.contains(place.number) {
          cheapest = min(cheapest, place.start)
        }
      }
      for group in groups {
        // An open one that stands before the first chosen one would be loaded in its place.
        var least = Int.max
        var isChosen = false
        for place in group where !isChosen {
          isChosen = chosen.contains(place.number)
          if isChosen || open.contains(place.number) { least = min(least, place.start) }
        }
        if isChosen {
          copies += 1
          cost.start += least
        } else {
          cheapest = min(cheapest, least)
        }
      }
      guard isWanted else {
        cost.unwanted = copies * artifacts
        return cost
      }
      let isPossible = { (number: Int) in chosen.contains(number) || open.contains(number) }
      let rank = taken.firstIndex { $0.map(isPossible) ?? false } ?? taken.count
      cost.rank = rank * artifacts
      if rank == taken.count, !certain.contains(where: isPossible) {
        cost.missing = artifacts
      } else if copies == 0, cheapest < .max {
        // To go without is worse than any copy.
        cost.start = cheapest
      }
      cost.repeated = max(0, copies - 1) * artifacts
      return cost
    }

    /// Every candidate that it loads, in order.
    var loaded: [Int] { PlaceSet(separate.map(\.number) + groups.joined().map(\.number)).numbers }

    /// The most that it loads at start from one of them.
    var mostAtStart: Int { (separate + groups.joined()).map(\.start).max() ?? 0 }
  }

  /// A view, and who has it.
  struct SharedView {
    let view: View
    /// The candidates that it loads, in order.
    let loaded: [Int]
    /// By number, in order.
    var readers: [Int] = []

    init(_ view: View) { (self.view, loaded) = (view, view.loaded) }
  }

  /// A set of places.
  struct Answer {
    var chosen: PlaceSet
    var cost: Cost
    /// Whether there is none better, and among those that are as good none that comes before it.
    var isBest = true
    /// How many partial sets were looked at.
    var steps = 0
  }

  /// For each candidate, how many files it takes; in order of the candidates' names.
  var files: [Int]
  /// How many artifacts there are in the class.
  var artifacts: Int
  /// In the order of their first readers, so that the same choice is always searched in the same way.
  var views: [SharedView]

  init(files: [Int], artifacts: Int, views: [SharedView]) { (self.files, self.artifacts, self.views) = (files, artifacts, views) }

  /// - Parameter views: those of the readers, one after the other.
  init(files: [Int], artifacts: Int, views: [View]) {
    var shared: [SharedView] = []
    var known: [View: Int] = [:]
    for (reader, view) in views.enumerated() {
      let index = known[view] ?? shared.count
      if index == shared.count {
        known[view] = index
        shared.append(SharedView(view))
      }
      shared[index].readers.append(reader)
    }
    self.init(files: files, artifacts: artifacts, views: shared)
  }

  /// What a search may take before it answers with the best set that it has come across: more than ten times what large
  /// catalogs need.
  static let mostSteps = 10_000

  /// The best set and what it costs; with some places needed, the best of those that hold them.
  func best(with needed: PlaceSet = [], within steps: Int = mostSteps) -> Answer {
    var search = PlaceSearch(self, needed: needed, steps: steps)
    return search.answer()
  }

  func cost(of chosen: PlaceSet) -> Cost {
    var total = Cost()
    for number in chosen.numbers { total.files += files[number] }
    for shared in views { total += shared.view.cost(of: chosen, artifacts: artifacts) * shared.readers.count }
    return total
  }
}
