import ContextModel
import Diagnostics
import FileTree
import TestSupport
import Testing

@testable import Linting

/// What lint keeps of texts instead of the texts.
struct HashTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 31)) &* 0x9E37_79B9_7F4A_7C15
    }
  }

  @Test(arguments: [0, 1, 2, 3, 40, 1_000]) func sortsAndKeepsEachOnce(count: Int) {
    var numbers = Numbers(state: UInt64(count))
    let spread = (0..<count).map { _ in numbers.next() }
    let near = (0..<count).map { _ in UInt64.random(in: 0..<100, using: &numbers) }
    for hashes in [spread, near, spread + spread, near + [.max, .max, 0]] { #expect(sortedOnce(hashes) == Set(hashes).sorted()) }
  }

  @Test func slotsFindWhatIsThere() {
    // All begin in the same slot.
    let hashes = (1...20).map { UInt64($0) << 32 }
    var slots = HashSlots(for: hashes.count)
    let taken = hashes.map { slots.take($0) }
    #expect(Set(taken).count == hashes.count)
    #expect(hashes.map { slots.slot(of: $0) } == taken)
    #expect(slots.slot(of: 21 << 32) == nil)
    #expect(!WordSet([1 << 32]).contains(2 << 32) && WordSet([0]).contains(0))
    #expect(WordTable([(7, "first"), (7, "last")])[7] == "last")
  }

  @Test func nothingThatIsThereTwiceIsMissed() {
    var numbers = Numbers(state: 1)
    let hashes = (0..<4_000).map { _ in numbers.next() }
    var repeated = RepeatedHashes(count: hashes.count)
    for hash in hashes { repeated.add(hash) }
    let mistaken = hashes.count { repeated.contains($0) }
    #expect(mistaken < hashes.count / 4)
    for hash in hashes.prefix(50) { repeated.add(hash) }
    #expect(hashes.prefix(50).allSatisfy { repeated.contains($0) })
  }

  /// What is passed over unread must be what would not have been alike.
  @Test func noLikeTextIsPassedOver() {
    var numbers = Numbers(state: 2)
    var alike = 0
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 3...120, using: &numbers)).map { _ in numbers.next() }
      var other = words
      for _ in 0..<Int.random(in: 0...4, using: &numbers) { other[Int.random(in: 0..<other.count, using: &numbers)] = numbers.next() }
      if Bool.random(using: &numbers) { other += (0..<Int.random(in: 0...9, using: &numbers)).map { _ in numbers.next() } }
      let (left, right) = (Shingles(of: words[...]), Shingles(of: other[...]))
      let (first, second) = (LeastShingles(of: left, for: 0.85), LeastShingles(of: right, for: 0.85))
      let shared = first.sharedCount(with: second)
      #expect(first.bounds.mostLikeness(to: second.bounds, sharing: shared) >= left.likeness(to: right))
      guard left.likeness(to: right) >= 0.85 else { continue }
      alike += 1
      #expect(shared > 0)
    }
    #expect(alike > 50)
  }

  /// The last lane may be the first to be done.
  @Test func resultsDoNotDependOnTheOrderOfWork() throws {
    struct Backwards: Lanes {
      func forEach(below count: Int, _ work: @Sendable (Int) -> Void) { for number in (0..<count).reversed() { work(number) } }
    }
    let said = ["Always use tabs.", "Never use tabs.", String(repeating: "one two three ", count: 20), "See [it](rules/none.md)."]
    let tree = (0..<40).map { ruleText("r\($0)", said.map { "\($0)\n\n" }.joined(), head: "description: TODO\n") }.joined()
    let catalog = try shippedCatalog()
    let input = try textInput(artifacts(tree, catalog: catalog).artifacts, catalog)
    let (one, other) = (lint(input, lanes: OneLane()), lint(input, lanes: Backwards()))
    #expect(one.count > 80)
    #expect(one.map(line) == other.map(line))
  }
}
