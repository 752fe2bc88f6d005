/// The search for the set of places that costs least.
///
/// It decides about one place after the other, those with the most readers first. What nobody else reads is worked out for each reader by
/// itself; readers that have no undecided place in common are searched apart. A partial set is left when it cannot become better than one
/// that is known. So it is complete, and mostly takes a few steps for each platform.
struct PlaceSearch {
  private let choice: PlaceChoice
  private var shares: [CostShare]
  /// By place: the shares that it has a part in.
  private let sharesOf: [[Int]]
  /// By share: its places.
  private let placesOf: [PlaceSet]
  /// By share: the places that are decided one by one.
  private let decided: [[Int]]
  private var chosen: PlaceSet
  private var open: PlaceSet
  /// By share: at least so much.
  private var least: [Cost]
  private var stepsLeft: Int
  /// Where readers have very many places, a step counts for several.
  private static let looksOfAStep = 250
  private let allSteps: Int
  private var wasCutShort = false

  /// Open places, and the shares that they alone still decide about.
  private struct Part {
    var places: [Int]
    var shares: [Int]
  }

  /// What is added to the places that are chosen already.
  private struct Found {
    var chosen: PlaceSet = []
    var cost = Cost()
  }

  /// A decision about one place, and what each of its shares costs at least after it.
  private struct Way {
    var isIn: Bool
    var least: [Cost]
    var total: Cost
  }

  init(_ choice: PlaceChoice, needed: PlaceSet, steps: Int) {
    self.choice = choice
    shares = CostShare.all(of: choice)
    var sharesOf = [[Int]](repeating: [], count: choice.files.count)
    for (number, share) in shares.enumerated() { for place in share.places { sharesOf[place].append(number) } }
    self.sharesOf = sharesOf
    placesOf = shares.map { PlaceSet($0.places) }
    decided = shares.map { share in share.places.filter { !share.own.contains($0) } }
    // What nobody reads costs its files and nothing else.
    let unread = choice.files.indices.filter { sharesOf[$0].isEmpty }
    chosen = needed.union(PlaceSet(unread.filter { choice.files[$0] == 0 }))
    open = PlaceSet(choice.files.indices.filter { !needed.contains($0) && !sharesOf[$0].isEmpty })
    least = []
    (stepsLeft, allSteps) = (steps, steps)
    least = shares.indices.map { shares[$0].least(of: chosen, open: open) }
  }

  mutating func answer() -> PlaceChoice.Answer {
    let given = chosen
    let places = PlaceSet(decided.joined()).intersection(open).numbers
    // Without a limit something is always found.
    let found = solve(Part(places: places, shares: Array(shares.indices)), limit: nil) ?? Found()
    var cost = found.cost
    for place in given.numbers { cost.files += choice.files[place] }
    return .init(chosen: given.union(found.chosen), cost: cost, isBest: !wasCutShort, steps: allSteps - stepsLeft)
  }

  /// The best that can be added for a part; nil when that is dearer than the limit.
  private mutating func solve(_ part: Part, limit: Cost?) -> Found? {
    var total = least(of: part.shares)
    if let limit, limit < total { return nil }
    var chosen = PlaceSet()
    let (pieces, done) = split(part)
    for piece in pieces {
      let others = total - least(of: piece.shares)
      guard let found = decide(piece, limit: limit.map { $0 - others }) else { return nil }
      total = others + found.cost
      chosen.formUnion(found.chosen)
    }
    for share in done { for place in shares[share].bestOfOwn(chosen: self.chosen, open: open) { chosen.insert(place) } }
    return Found(chosen: chosen, cost: total)
  }

  /// Tries a place that many have in common, both ways.
  private mutating func decide(_ part: Part, limit: Cost?) -> Found? {
    guard let place = part.places.max(by: { (sharesOf[$0].count, $1) < (sharesOf[$1].count, $0) }) else { return nil }
    let all = part.shares.reduce(into: PlaceSet()) { $0.formUnion(placesOf[$1]) }.intersection(open)
    let rest = Part(places: part.places.filter { $0 != place }, shares: part.shares)
    let before = sharesOf[place].map { least[$0] }
    open.remove(place)
    let ways = [true, false].map { isIn in way(place, isIn, part) }
    var best: Found?
    for way in ways[1].total < ways[0].total ? ways.reversed() : ways {
      // Out of steps, the first way down is followed to its end, and no other.
      if stepsLeft <= 0, best != nil || limit != nil {
        wasCutShort = true
        break
      }
      stepsLeft = max(0, stepsLeft - 1)
      if let limit = best?.cost ?? limit, limit < way.total { continue }
      if way.isIn { chosen.insert(place) }
      let couldBe = chosen.union(open).intersection(all)
      if best.map({ way.total < $0.cost || couldBe.comesBefore($0.chosen) }) ?? true {
        for (share, cost) in zip(sharesOf[place], way.least) { least[share] = cost }
        let files = Cost(files: way.isIn ? choice.files[place] : 0)
        if var found = solve(rest, limit: (best?.cost ?? limit).map { $0 - files }) {
          found.cost += files
          if way.isIn { found.chosen.insert(place) }
          if best.map({ found.cost < $0.cost || found.cost == $0.cost && found.chosen.comesBefore($0.chosen) }) ?? true { best = found }
        }
      }
      chosen.remove(place)
    }
    for (share, cost) in zip(sharesOf[place], before) { least[share] = cost }
    open.insert(place)
    return best
  }

  /// What it costs at least to choose a place or not to.
  private mutating func way(_ place: Int, _ isIn: Bool, _ part: Part) -> Way {
    if isIn { chosen.insert(place) }
    var looks = 0
    let costs = sharesOf[place].map { share in
      looks -= shares[share].looks
      defer { looks += shares[share].looks }
      return shares[share].least(of: chosen, open: open)
    }
    stepsLeft = max(0, stepsLeft - looks / Self.looksOfAStep)
    chosen.remove(place)
    var total = least(of: part.shares) + Cost(files: isIn ? choice.files[place] : 0)
    for (share, cost) in zip(sharesOf[place], costs) { total += cost - least[share] }
    return Way(isIn: isIn, least: costs, total: total)
  }

  private func least(of shares: [Int]) -> Cost { shares.reduce(into: Cost()) { $0 += least[$1] } }

  /// Pieces that have no open place in common, and the shares that nothing is open for but places of their own.
  private func split(_ part: Part) -> (pieces: [Part], done: [Int]) {
    var pieces: [Part] = []
    var seenPlaces = PlaceSet()
    var seenShares = PlaceSet()
    for place in part.places where !seenPlaces.contains(place) {
      var piece = Part(places: [place], shares: [])
      seenPlaces.insert(place)
      var next = 0
      while next < piece.places.count {
        for share in sharesOf[piece.places[next]] where !seenShares.contains(share) {
          seenShares.insert(share)
          piece.shares.append(share)
          for place in decided[share] where open.contains(place) && !seenPlaces.contains(place) {
            seenPlaces.insert(place)
            piece.places.append(place)
          }
        }
        next += 1
      }
      pieces.append(piece)
    }
    return (pieces.sorted { $0.places.count < $1.places.count }, part.shares.filter { !seenShares.contains($0) })
  }
}
