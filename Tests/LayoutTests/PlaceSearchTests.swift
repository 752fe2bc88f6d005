import TestSupport
import Testing

@testable import Layout

/// The search for places against one that looks at every set.
@Suite struct PlaceSearchTests {
  /// A choice among some places that readers load in all the ways that there are.
  private func choice(of places: Int, readers: Int, each most: Int, _ random: inout some RandomNumberGenerator) -> PlaceChoice {
    let views = (0..<readers).map { _ in
      var view = PlaceChoice.View(isWanted: Int.random(in: 0..<5, using: &random) > 0)
      let loaded = (0..<places).shuffled(using: &random).prefix(Int.random(in: 0...min(most, places), using: &random))
      var groups: [Int: [PlaceChoice.View.Loaded]] = [:]
      for number in loaded {
        let place = PlaceChoice.View.Loaded(number: number, start: [0, 0, 10, 25].randomElement(using: &random) ?? 0)
        // Now and then there is a copy through an import line beside one that is read directly.
        let way = Int.random(in: 0..<8, using: &random)
        if way < 4 || way == 7 { view.separate.append(place) }
        if way >= 4 { groups[way == 7 ? 100 + number : way % 2, default: []].append(place) }
        if Int.random(in: 0..<4, using: &random) > 0 { view.certain.append(number) }
      }
      view.groups = groups.sorted { $0.key < $1.key }.map(\.value)
      guard view.isWanted else { return view }
      view.taken = loaded.shuffled(using: &random).prefix(3).map { Int.random(in: 0..<6, using: &random) > 0 ? $0 : nil }
      return view
    }
    let artifacts = Int.random(in: 1...3, using: &random)
    return PlaceChoice(
      files: (0..<places).map { _ in Bool.random(using: &random) ? artifacts : 0 }, artifacts: artifacts,
      // Platforms that see the same alike are common.
      views: views + views.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
  }

  private func numbers(_ bits: Int, of count: Int) -> PlaceSet { PlaceSet((0..<count).filter { bits & (1 << $0) != 0 }) }

  /// Of all sets that hold some places, the cheapest; among those the one with the first places.
  private func bestOfAll(_ choice: PlaceChoice, with needed: Int) -> (chosen: PlaceSet, cost: Cost) {
    let count = choice.files.count
    var best: (chosen: PlaceSet, cost: Cost)?
    for bits in 0..<(1 << count) where bits & needed == needed {
      let chosen = numbers(bits, of: count)
      let cost = choice.cost(of: chosen)
      if best.map({ cost < $0.cost || cost == $0.cost && chosen.numbers.lexicographicallyPrecedes($0.chosen.numbers, of: count) }) ?? true {
        best = (chosen, cost)
      }
    }
    return best ?? ([], Cost())
  }

  @Test func theSearchFindsWhatAllSetsHold() {
    let seed = lawSeed()
    var random = SeededGenerator(seed: seed)
    let cases = 4_000
    for number in 0..<cases {
      let places = number % 100 == 0 ? Int.random(in: 8...11, using: &random) : Int.random(in: 0...6, using: &random)
      let choice = choice(of: places, readers: Int.random(in: 0...7, using: &random), each: number % 3 == 0 ? 7 : 4, &random)
      let needed =
        Bool.random(using: &random) ? 0 : Int.random(in: 0..<(1 << places), using: &random) & Int.random(in: 0..<(1 << places), using: &random)
      let best = bestOfAll(choice, with: needed)
      let answer = choice.best(with: numbers(needed, of: places))
      #expect(answer.cost == best.cost && answer.chosen == best.chosen && answer.isBest, "seed \(seed), case \(number), \(choice)")
      guard answer.cost == best.cost && answer.chosen == best.chosen else { return }
    }
    print("searches against all sets: \(cases) cases, seed \(seed)")
  }

  /// Whatever is decided first, an open place makes nothing dearer than it says.
  @Test func whatIsOpenNeverCostsLessThanItSays() {
    let seed = lawSeed()
    var random = SeededGenerator(seed: seed)
    for number in 0..<1_000 {
      let choice = choice(of: 5, readers: 1, each: 5, &random)
      let (chosen, open) = (Int.random(in: 0..<32, using: &random), Int.random(in: 0..<32, using: &random))
      guard let view = choice.views.first?.view else { continue }
      let least = view.cost(of: numbers(chosen & ~open, of: 5), open: numbers(open, of: 5), artifacts: choice.artifacts)
      for bits in 0..<32 where bits & ~open == 0 {
        let cost = view.cost(of: numbers(chosen & ~open | bits, of: 5), artifacts: choice.artifacts)
        #expect(!(cost < least), "seed \(seed), case \(number)")
      }
    }
  }

  /// More readers of their own folders cost so many steps more, not so many times more.
  @Test func foldersOfOnesOwnNeedNoSearch() {
    func choice(_ readers: Int) -> PlaceChoice {
      let views = (0..<readers).map { reader in
        let own = [3 + 2 * reader, 4 + 2 * reader]
        return PlaceChoice.View(
          isWanted: reader % 5 > 0, separate: ([0, 1, 2].filter { (reader + $0) % 3 > 0 } + own).map { .init(number: $0, start: 10) },
          taken: [(reader + 1) % 3] + own, certain: own)
      }
      return PlaceChoice(files: [Int](repeating: 1, count: 3 + 2 * readers), artifacts: 1, views: views)
    }
    for readers in [1, 20, 60, 200] {
      let answer = choice(readers).best()
      #expect(answer.isBest && answer.steps <= 30, "\(readers) readers: \(answer.steps)")
    }
  }

  @Test func moreThan64PlacesHaveRoom() {
    let all = (0..<150).map { PlaceChoice.View.Loaded(number: $0, start: 0) }
    // Each has a place of its own, and one more reads every place and is to get none but the last.
    var views = (0..<150).map { PlaceChoice.View(isWanted: true, separate: [all[$0]], taken: [$0], certain: [$0]) }
    views.append(PlaceChoice.View(isWanted: true, separate: all, taken: [149], certain: [149]))
    let choice = PlaceChoice(files: [Int](repeating: 1, count: 150), artifacts: 1, views: views)
    let answer = choice.best()
    #expect(answer.isBest && answer.chosen == PlaceSet(0..<150) && answer.cost == Cost(repeated: 149, files: 150))
  }

  /// Everybody reads nearly everything and nobody wants the same: no search can be through soon.
  @Test func aSearchThatIsCutShortSaysSo() {
    var random = SeededGenerator(seed: 1)
    let choice = choice(of: 60, readers: 60, each: 30, &random)
    let answer = choice.best(within: 300)
    #expect(!answer.isBest && answer.steps <= 300)
    #expect(answer.cost == choice.cost(of: answer.chosen))
    // What it comes across at once is better than nothing and than everything.
    let first = choice.best(within: 0)
    #expect(!first.isBest && first.steps == 0 && first.cost == choice.cost(of: first.chosen))
    #expect(!(first.cost < answer.cost) && first.cost < choice.cost(of: []) && first.cost < choice.cost(of: PlaceSet(0..<60)))
    let needed = choice.best(with: [3, 59], within: 0)
    #expect(needed.chosen.contains(3) && needed.chosen.contains(59))
  }

  @Test func setsOfPlaces() {
    var set: PlaceSet = [3, 64, 200]
    #expect(set.numbers == [3, 64, 200] && set.contains(64) && !set.contains(65) && !set.contains(1_000))
    set.remove(200)
    set.remove(500)
    #expect(set == [64, 3] && set.union([1]).numbers == [1, 3, 64] && set.intersection([3, 70, 300]) == [3])
    #expect(set.comesBefore([3]) && set.comesBefore([4, 64]) && !set.comesBefore([2]) && !set.comesBefore([3, 64]))
    #expect(set.comesBefore([3, 65]) && !([] as PlaceSet).comesBefore([400]))
  }
}

extension [Int] {
  /// Whether the first number that only one of the two has is in this one.
  fileprivate func lexicographicallyPrecedes(_ other: [Int], of count: Int) -> Bool {
    (0..<count).first { contains($0) != other.contains($0) }.map(contains) ?? false
  }
}
