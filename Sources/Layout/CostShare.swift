/// The part of a choice's cost that some readers have in it, who all look at the same few places.
struct CostShare {
  /// All that the readers load, in order.
  let places: [Int]
  /// Of these, some that nobody else loads.
  let own: [Int]
  private let views: [(view: PlaceChoice.View, count: Int)]
  private let artifacts: Int
  /// By place of its own: its files.
  private let files: [Int: Int]
  /// How many places were looked at so far, for one reader each.
  private(set) var looks = 0
  /// The least cost by what is chosen and open of the places.
  private var known: [UInt64: Cost] = [:]

  /// So many open places are tried in every way.
  private static let mostTried = 6
  /// A reader of more places than these is left to itself: what others pay for few places is known sooner without it.
  private static let mostJoined = 16

  /// Readers whose places are all among those of another one join that one; those that see the same alike are counted, not looked at again.
  static func all(of choice: PlaceChoice) -> [CostShare] {
    var groups: [(places: PlaceSet, list: [Int], views: [(view: PlaceChoice.View, count: Int)])] = []
    let views = choice.views
    let order = views.indices.sorted { (views[$1].loaded.count, $0) < (views[$0].loaded.count, $1) }
    for index in order {
      let (view, count, places) = (views[index].view, views[index].readers.count, views[index].loaded)
      let wider = groups.firstIndex { group in
        group.list == places || group.list.count <= mostJoined && places.allSatisfy(group.places.contains)
      }
      if let wider {
        groups[wider].views.append((view, count))
      } else {
        groups.append((PlaceSet(places), places, [(view, count)]))
      }
    }
    var readers = [Int](repeating: 0, count: choice.files.count)
    for group in groups { for place in group.list { readers[place] += 1 } }
    return groups.map { group in
      let own = group.list.filter { readers[$0] == 1 }.prefix(mostTried)
      return CostShare(places: group.list, own: Array(own), views: group.views, artifacts: choice.artifacts, files: choice.files)
    }
  }

  private init(places: [Int], own: [Int], views: [(view: PlaceChoice.View, count: Int)], artifacts: Int, files: [Int]) {
    self.places = places
    self.own = own
    self.views = views
    self.artifacts = artifacts
    self.files = Dictionary(uniqueKeysWithValues: own.map { ($0, files[$0]) })
    known.reserveCapacity(1 << min(places.count + 1, 7))
  }

  /// At least so much, whichever of the open places are chosen, with the files of its own open ones; it is exact when no others are open.
  mutating func least(of chosen: PlaceSet, open: PlaceSet) -> Cost {
    var (chosen, open) = (chosen, open)
    return least(&chosen, &open)
  }

  private mutating func least(_ chosen: inout PlaceSet, _ open: inout PlaceSet) -> Cost {
    var key: UInt64 = 0
    var count = 0
    var first = 0
    for place in places.reversed() {
      key = key &* 3
      if open.contains(place) {
        (key, count, first) = (key &+ 2, count + 1, place)
      } else if chosen.contains(place) {
        key = key &+ 1
      }
    }
    // So many digits to the base of three have room in 64 bits.
    let isShort = places.count <= 40
    if isShort, let cost = known[key] { return cost }
    let cost: Cost
    if count == 0 || count > Self.mostTried {
      looks += places.count * views.count
      cost = views.reduce(into: Cost()) { $0 += $1.view.cost(of: chosen, open: open, artifacts: artifacts) * $1.count }
    } else {
      open.remove(first)
      let without = least(&chosen, &open)
      chosen.insert(first)
      var with = least(&chosen, &open)
      with.files += files[first] ?? 0
      chosen.remove(first)
      open.insert(first)
      cost = min(with, without)
    }
    if isShort { known[key] = cost }
    return cost
  }

  /// Of its own places, the best when no others are open.
  mutating func bestOfOwn(chosen: PlaceSet, open: PlaceSet) -> [Int] {
    var (chosen, open) = (chosen, open)
    var out: [Int] = []
    for place in own where open.contains(place) {
      open.remove(place)
      let without = least(&chosen, &open)
      chosen.insert(place)
      var with = least(&chosen, &open)
      with.files += files[place] ?? 0
      if without < with { chosen.remove(place) } else { out.append(place) }
    }
    return out
  }
}
