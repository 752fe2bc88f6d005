import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import Reading
import TestSupport
import Testing

/// Rules for one directory, where files of that directory may carry them: what platforms load, against what the layout says of itself.
@Suite struct DirectoryTests {
  private let catalog: PlatformCatalog
  private let tree: ContextTree
  private static let files = ["src/AGENTS.md", "src/GEMINI.md"]

  init() throws {
    catalog = try shippedCatalog()
    tree = try artifacts(DeployedTree.fixture(), catalog: catalog)
  }

  private func open(_ users: [String: String] = [:]) -> Surroundings {
    var surroundings = Surroundings(files: Set(users.keys))
    for file in Self.files { surroundings.directoryFiles[file] = .open }
    return surroundings
  }

  @discardableResult
  private func check(_ selected: [String], users: [String: String] = [:], of other: ContextTree? = nil) throws -> Layout {
    let tree = other ?? tree
    let layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: open(users))
    let deployed = try DeployedTree(Renderer(of: tree, in: catalog).render(layout).desired, users: users)
    let seen = try deployed.problems(tree.artifacts, catalog.platforms.filter { selected.contains($0.id) })
    #expect(seen.subtracting(layout.problems).sorted() == [], "not said: \(selected) \(users.keys.sorted())")
    #expect(layout.problems.subtracting(seen).sorted() == [], "said, but not so: \(selected) \(users.keys.sorted())")
    return layout
  }

  private func paths(_ id: String, in layout: Layout) -> [String] {
    Set(layout.deliveries.filter { $0.artifact.id.description == id }.map(\.path.text)).sorted()
  }

  /// In every pair, the layout says what is so, and a file in a directory never makes more problems than there were without it.
  @Test func everyPair() async throws {
    let ids = catalog.platforms.map(\.id)
    let pairs = ids.flatMap { first in ids.filter { $0 >= first }.map { Set([first, $0]).sorted() } }
    let nested = try await withThrowingTaskGroup(of: Int.self) { group in
      for part in 0..<4 {
        group.addTask {
          try stride(from: part, to: pairs.count, by: 4).reduce(0) { count, index in
            let layout = try check(pairs[index])
            let plain = Renderer(of: tree, in: catalog).layout(for: pairs[index], surroundings: Surroundings())
            #expect(layout.problems.subtracting(plain.problems).sorted() == [], "\(pairs[index])")
            return count + (layout.deliveries.contains { $0.place.directory != nil } ? 1 : 0)
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(nested > 20)
  }

  /// Larger sets, with files of the user's in the directory and above it.
  @Test func someSets() throws {
    let ids = catalog.platforms.map(\.id)
    let mine = [
      "src/CLAUDE.md", "src/AGENTS.md", "src/AGENTS.override.md", "src/WARP.md", "src/.hermes.md", "src/GEMINI.md", "CLAUDE.md", "AGENTS.override.md",
    ]
    var random = SeededGenerator(seed: lawSeed())
    for _ in 0..<(isLawFull ? 2_000 : 80) {
      let selected = ids.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random)).sorted()
      let users = mine.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
      try check(selected, users: Dictionary(uniqueKeysWithValues: users.map { ($0, "Words of the user's.\n") }))
    }
  }

  @Test(arguments: [
    // Reads a file there for a file that is worked on.
    (["goose"], ["src/AGENTS.md"]), (["opencode"], ["src/AGENTS.md"]), (["gemini-cli"], ["src/GEMINI.md"]),
    // Has scoped rules of its own.
    (["cursor"], [".cursor/rules/globs.mdc"]), (["claude-code"], [".claude/rules/globs.md"]),
    // Reads what lies from the root to where it was started.
    (["codex"], ["AGENTS.md"]),
    // One that needs the file of the root needs it for all.
    (["codex", "goose"], ["AGENTS.md"]), (["generic", "goose"], ["AGENTS.md"]), (["goose", "warp"], ["AGENTS.md"]),
    // A second copy beside a rule of its own is worse than a place further down its list.
    (["cursor", "goose"], ["src/AGENTS.md"]), (["goose", "windsurf"], ["src/AGENTS.md"]),
    // What hides the file for one platform lets it have its own.
    (["claude-code", "goose"], [".claude/rules/globs.md", "src/AGENTS.md"]), (["copilot", "goose"], ["AGENTS.md"]),
  ])
  func scopedRules(_ selected: [String], _ expected: [String]) throws {
    #expect(paths("rules/globs", in: try check(selected)) == expected)
  }

  /// At start nobody has the rule; with a file of the directory, everybody has it once.
  @Test func loadsWithTheFilesOfTheDirectory() throws {
    let layout = try check(["goose", "opencode"])
    let deployed = try DeployedTree(Renderer(of: tree, in: catalog).render(layout).desired)
    let word = Array("WordruleglobsEnd".utf8)
    for platform in catalog.platforms where ["goose", "opencode"].contains(platform.id) {
      let count = { (file: String?) throws -> Int in
        let reading = try read(deployed.files, of: deployed.tree, as: platform, on: "", inPlay: file.flatMap { TreePath($0) })
        return try reading.loads.count { load in
          try load.isLoaded && deployed.tree.read(load.path).firstRange(of: word) != nil
        }
      }
      #expect(try (count(nil), count("src/a/b.swift"), count("docs/a.md")) == (0, 1, 0))
    }
  }

  /// A file that would be hidden by ours keeps it away.
  @Test func hidesNothingOfTheUsers() throws {
    let users = ["src/CLAUDE.md": "Words of the user's.\n"]
    #expect(paths("rules/globs", in: try check(["amp"], users: users)) == ["AGENTS.md"])
    #expect(paths("rules/globs", in: try check(["goose"], users: users)) == ["src/AGENTS.md"])
    let both = ["src/CLAUDE.md": "Words.\n", "src/AGENTS.md": "More.\n"]
    #expect(paths("rules/globs", in: try check(["amp"], users: both)) == ["src/AGENTS.md"])
  }

  /// Without a word about a file there, everything is as it was.
  @Test func nobodyAsked() throws {
    let layout = Renderer(of: tree, in: catalog).layout(for: ["goose"], surroundings: Surroundings())
    #expect(paths("rules/globs", in: layout) == ["AGENTS.md"])
    #expect(!layout.deliveries.contains { $0.place.directory != nil })
  }

  /// What a directory's file has no room for goes into the file of the root, else it loads on demand.
  @Test func whatIsTooLong() throws {
    func long(_ name: String, _ size: Int) -> String {
      let filler = String(repeating: "Some more words. ", count: size / 17)
      return "-- rules/\(name).md --\n---\nglobs: [\"src/**\"]\n---\n\(filler)\n\nWordrule\(name)End\n"
    }
    let one = try artifacts("Words.\n" + long("one", 18_000) + long("two", 18_000), catalog: catalog)
    let layout = try check(["hermes"], of: one)
    #expect(layout.exceptions.isEmpty && layout.cut.isEmpty)
    #expect(paths("rules/one", in: layout) == ["src/AGENTS.md"])
    #expect(paths("rules/two", in: layout) == ["AGENTS.md"])
    let many = try artifacts("Words.\n" + ["a", "b", "c"].map { long($0, 18_000) }.joined(), catalog: catalog)
    let crowded = try check(["hermes"], of: many)
    #expect(crowded.exceptions.isEmpty && crowded.cut.isEmpty)
    #expect(paths("rules/c", in: crowded) == [".agents/skills/c/SKILL.md"])
  }

  @Test func explainsWhatWasPassedOver() throws {
    let reasons = Renderer(of: tree, in: catalog).reasons(for: ["codex", "goose"], surroundings: open())
    let own = reasons.filter { $0.platform == "goose" && $0.place == "src/AGENTS.md" && $0.artifacts.map(\.name).contains("globs") }
    #expect(own.map(\.reason) == ["then `codex`, `goose` would read them twice"])
    var closed = open()
    closed.directoryFiles["src/AGENTS.md"] = .closed("`src` is a link")
    let others = Renderer(of: tree, in: catalog).reasons(for: ["goose"], surroundings: closed)
    #expect(others.contains { $0.place == "src/AGENTS.md" && $0.reason == "`src` is a link" })
  }
}
