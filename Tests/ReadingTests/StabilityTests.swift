import ContextModel
import Foundation
import Platforms
import TestSupport
import Testing

@testable import Layout

/// A platform that comes or goes moves only what must move.
@Suite struct StabilityTests {
  private let catalog: PlatformCatalog
  private let tree: ContextTree

  init() throws {
    catalog = try shippedCatalog()
    tree = try artifacts(DeployedTree.fixture(), catalog: catalog)
  }

  private func draft(_ selected: [String]) -> LayoutDraft {
    chosenDraft(tree, for: selected, in: catalog, surroundings: Surroundings(), measuring: nil).draft
  }

  /// Places by artifact; what is new beside them is no move.
  private func places(_ draft: LayoutDraft) -> [String: Set<String>] {
    var out: [String: Set<String>] = [:]
    for chosen in draft.classes { for artifact in chosen.group.artifacts { out[key(artifact, chosen)] = Set(chosen.places.map(\.id)) } }
    return out
  }

  /// A rule that reviewers check goes to other places for them than for everybody else.
  private func key(_ artifact: Artifact, _ chosen: LayoutDraft.ChosenClass) -> String {
    artifact.id.description + (chosen.group.shape.isReview ? ", checked" : "")
  }

  /// What is said against the old places in the larger set; nil when nothing is.
  private func reason(toLeave old: Set<String>, for chosen: LayoutDraft.ChosenClass, in draft: LayoutDraft) -> String? {
    let candidates = draft.candidates(for: chosen.group)
    let numbers = candidates.indices.filter { old.contains(candidates[$0].id) }
    // A place that is no candidate any more: it is in nobody's list, or a platform that came has a form of its own there.
    if numbers.count < old.count { return "no candidate" }
    let choice = draft.choice(of: chosen.group, among: candidates)
    let places = PlaceSet(candidates.indices.filter { index in chosen.places.contains { $0.id == candidates[index].id } })
    let kept = choice.best(with: PlaceSet(numbers)).cost
    return choice.cost(of: places) < kept ? "dearer" : nil
  }

  @Test func nothingMovesWithoutNeed() throws {
    // All pairs of the defaults beside all of them, and some that are drawn by the seed.
    var random = SeededGenerator(seed: lawSeed())
    let all = catalog.platforms.map(\.id)
    var sets = catalog.defaults.map { ([$0], catalog.defaults) }
    sets += catalog.defaults.flatMap { first in catalog.defaults.filter { $0 > first }.map { ([first, $0], catalog.defaults) } }
    sets += (0..<(isLawFull ? 500 : 20)).map { _ in
      (all.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).sorted(), Array(all.shuffled(using: &random).prefix(5)))
    }
    // Each of these reads what another one needs.
    sets.append((["claude-code", "cursor"], ["cline"]))
    var moves = 0
    for (set, others) in sets {
      let before = places(draft(set))
      for further in others where !set.contains(further) {
        let after = draft(set + [further])
        // Another choice of import lines is for all rules together, and was cheaper for all of them.
        let sameLines = Set(draft(set).imports.map(\.id)) == Set(after.imports.map(\.id))
        for chosen in after.classes {
          for artifact in chosen.group.artifacts {
            let old = before[key(artifact, chosen)] ?? []
            guard !old.isSubset(of: Set(chosen.places.map(\.id))) else { continue }
            moves += 1
            #expect(!sameLines || reason(toLeave: old, for: chosen, in: after) != nil, "\(set) + \(further): \(artifact.id) left \(old.sorted())")
          }
        }
      }
    }
    #expect(moves > 0)
  }

  @Test func addingCodexLeavesClaudesRulesWhereTheyAre() {
    let before = places(draft(["claude-code"]))
    let after = places(draft(["claude-code", "codex"]))
    for (id, old) in before { #expect(old.isSubset(of: after[id] ?? []), "\(id)") }
  }

  @Test func theOrderInWhichPlatformsComeDoesNotMatter() throws {
    let ids = catalog.current.map(\.id)
    #expect(places(draft(ids)) == places(draft(ids.reversed())))
  }
}
