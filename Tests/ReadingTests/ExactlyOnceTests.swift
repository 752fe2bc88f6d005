import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import Reading
import TestSupport
import Testing

/// What platforms load of rendered bytes, against what the layout says of itself.
@Suite struct ExactlyOnceTests {
  private let catalog: PlatformCatalog
  private let tree: ContextTree

  init() throws {
    catalog = try shippedCatalog()
    tree = try artifacts(DeployedTree.fixture(), catalog: catalog)
  }

  private func subsets(upTo most: Int) -> [[String]] {
    let ids = catalog.defaults
    var out: [[String]] = [[]]
    var last: [[String]] = [[]]
    for _ in 1...most {
      last = last.flatMap { subset in ids.filter { id in subset.last.map { $0 < id } ?? true }.map { subset + [$0] } }
      out += last
    }
    return out.filter { !$0.isEmpty }
  }

  private func problems(_ selected: [String]) throws -> Set<DeployedTree.Problem> {
    let layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: Surroundings())
    let delivery = try DeployedTree(Renderer(of: tree, in: catalog).render(layout).desired)
    let seen = try delivery.problems(tree.artifacts, catalog.platforms.filter { selected.contains($0.id) })
    #expect(seen.subtracting(layout.problems).sorted() == [], "not said: \(selected)")
    #expect(layout.problems.subtracting(seen).sorted() == [], "said, but not so: \(selected)")
    return seen
  }

  /// Each platform beside each other one; what cannot be had exactly once is listed.
  @Test func everyPair() async throws {
    let ids = catalog.platforms.map(\.id)
    let pairs = ids.flatMap { first in ids.filter { $0 > first }.map { [first, $0] } }
    var others: [DeployedTree.Problem: Set<String>] = [:]
    for (pair, problems) in try await found(in: pairs) {
      for problem in problems { others[problem, default: []].formUnion(pair) }
    }
    var lines: [String: [String]] = [:]
    for (problem, set) in others {
      let with = set.filter { $0 != problem.reader.prefix { $0 != " " } }.sorted()
      lines["\(problem.reader) \(problem.what) with \(with.joined(separator: ", "))", default: []].append(problem.artifact)
    }
    let text = lines.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.sorted().joined(separator: " "))\n" }.joined()
    let difference = differenceFromGolden(text, at: "Tests/ReadingTests/pairs.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Larger sets of all platforms, drawn by the seed.
  @Test func someSets() async throws {
    let ids = catalog.platforms.map(\.id)
    var random = SeededGenerator(seed: lawSeed())
    let sets = (0..<(isLawFull ? 3_000 : 60)).map { _ in ids.shuffled(using: &random).prefix(Int.random(in: 3...7, using: &random)).sorted() }
    #expect(try await found(in: sets).count == sets.count)
  }

  private func found(in sets: [[String]]) async throws -> [([String], Set<DeployedTree.Problem>)] {
    try await withThrowingTaskGroup(of: [([String], Set<DeployedTree.Problem>)].self) { group in
      for part in 0..<4 {
        group.addTask { try stride(from: part, to: sets.count, by: 4).map { (sets[$0], try problems(sets[$0])) } }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Every set of one to four of the defaults; what cannot be had exactly once is listed with the smallest sets in which it happens.
  @Test func everySubsetOfUpToFour() async throws {
    let all = subsets(upTo: 4)
    #expect(all.count == 1092)
    let found = try await found(in: all)
    var smallest: [DeployedTree.Problem: [[String]]] = [:]
    for (subset, problems) in found.sorted(by: { ($0.0.count, $0.0.joined()) < ($1.0.count, $1.0.joined()) }) {
      for problem in problems where !(smallest[problem] ?? []).contains(where: { Set($0).isSubset(of: subset) }) {
        smallest[problem, default: []].append(subset)
      }
    }
    var lines: [String: [String]] = [:]
    for (problem, sets) in smallest {
      let with = sets.map { set in set.filter { !problem.reader.hasPrefix($0) }.joined(separator: "+") }
      lines["\(problem.reader) \(problem.what) with \(with.joined(separator: ", "))", default: []].append(problem.artifact)
    }
    let text = lines.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.sorted().joined(separator: " "))\n" }.joined()
    let difference = differenceFromGolden(text, at: "Tests/ReadingTests/exceptions.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }
}
