import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import Reading
import TestSupport
import Testing

/// The same among files of the user's, which hide others, import others, or take up a folder.
@Suite struct SurroundingsTests {
  private let catalog: PlatformCatalog
  private let tree: ContextTree
  private var all: [String] { catalog.platforms.map(\.id) }

  init() throws {
    catalog = try shippedCatalog()
    tree = try artifacts(DeployedTree.fixture(), catalog: catalog)
  }

  /// Lays out and compares what is reported with what the platforms load.
  @discardableResult
  private func check(_ selected: [String], _ surroundings: Surroundings = Surroundings(), of other: ContextTree? = nil) throws -> Layout {
    let tree = other ?? tree
    let layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: surroundings)
    let users = Dictionary(
      uniqueKeysWithValues: surroundings.files.map { file in
        (file, "Words of the user's.\n" + (surroundings.imports[file] ?? []).sorted().map { "@\($0)\n" }.joined())
      })
    let deployed = try DeployedTree(Renderer(of: tree, in: catalog).render(layout).desired, users: users)
    let seen = try deployed.problems(tree.artifacts, catalog.platforms.filter { selected.contains($0.id) })
    let label = "\(selected) \(surroundings.files.sorted())"
    #expect(seen.subtracting(layout.problems).sorted() == [], "not reported: \(label)")
    #expect(layout.problems.subtracting(seen).sorted() == [], "reported, but not so: \(label)")
    return layout
  }

  @Test func everyPlatformAloneGetsEverythingOnce() throws {
    for platform in catalog.platforms {
      // One that has no place for what loads on demand says so, and about nothing else.
      let layout = try check([platform.id])
      let missing = layout.exceptions.filter { platform.takes[$0.shape] == nil }
      #expect(missing.count == layout.exceptions.count, "\(platform.id): \(layout.exceptionLines)")
    }
  }

  /// Rules and agents, each too long for some platform, all of them too long together.
  @Test func moreThanFilesCanHold() throws {
    let filler = String(repeating: "Some more words. ", count: 700)
    let entries = DeployedTree.fixture().components(separatedBy: "\n-- ").map { entry in
      // The word stands last, where it would be cut off.
      guard entry.hasPrefix("rules/") || entry.hasPrefix("agents/"), let word = entry.range(of: "---\nWord") else { return entry }
      let end = entry.index(word.lowerBound, offsetBy: 4)
      return entry[..<end] + (entry.hasPrefix("agents/") ? filler + filler + filler : filler) + "\n\n" + entry[end...]
    }
    let long = try artifacts(entries.joined(separator: "\n-- "), catalog: catalog)
    let limited = catalog.platforms.filter { !$0.limits.isEmpty }.map(\.id)
    for (index, id) in limited.enumerated() {
      #expect(try check([id], of: long).exceptionLines == [], "\(id)")
      guard catalog.defaults.contains(id) else { continue }
      for other in limited[(index + 1)...] where catalog.defaults.contains(other) && other != "opencode" && other != "warp" {
        try check([id, other], of: long)
      }
    }
    let layout = try check(catalog.defaults, of: long)
    #expect(layout.deliveries.contains { !$0.displacedFrom.isEmpty } && layout.cut.isEmpty)
  }

  @Test func allDefaults() throws {
    #expect(
      try check(catalog.defaults).exceptionLines == [
        "codex, rules/always: unwanted at AGENTS.md: rules/always-not-codex", "codex, rules/globs: unwanted at AGENTS.md: rules/globs-not-codex",
        "codex, rules/manual: unwanted at .agents/skills/{name}: rules/manual-not-codex",
        "codex, rules/model: unwanted at .agents/skills/{name}: rules/model-not-codex",
        "copilot (CLI), commands: unwanted at .agents/skills/{name}: commands/not-copilot",
        "copilot (VS Code), agents: repeated at .claude/agents/{name}.md and .github/agents/{name}.agent.md: agents/one",
        "copilot (VS Code), agents: unwanted at .claude/agents/{name}.md: agents/not-copilot",
        "copilot (VS Code), commands: unwanted at .agents/skills/{name}: commands/not-copilot",
        "generic, agents: missing, `.agents/skills/{name}` is read by `antigravity`, which has them in a form of its own: "
          + "agents/not-copilot agents/one",
        "warp, skills: unwanted at .agents/skills/{name} and .claude/skills/{name}: skills/not-warp",
      ])
  }

  private static let surroundings: [(String, Surroundings)] = [
    ("CLAUDE.md", Surroundings(files: ["CLAUDE.md"])),
    ("CLAUDE.md that imports", Surroundings(files: ["CLAUDE.md", "AGENTS.md"], imports: ["CLAUDE.md": ["AGENTS.md"]])),
    ("CLAUDE.local.md", Surroundings(files: ["CLAUDE.local.md"])),
    (".claude/CLAUDE.md", Surroundings(files: [".claude/CLAUDE.md"])),
    ("AGENTS.md", Surroundings(files: ["AGENTS.md"])),
    ("AGENTS.override.md", Surroundings(files: ["AGENTS.override.md"])),
    ("GEMINI.md", Surroundings(files: ["GEMINI.md"])),
    ("GEMINI.md that imports", Surroundings(files: ["GEMINI.md"], imports: ["GEMINI.md": ["AGENTS.md"]])),
    ("WARP.md", Surroundings(files: ["WARP.md"])),
    (".hermes.md", Surroundings(files: [".hermes.md"])),
    ("HERMES.md", Surroundings(files: ["HERMES.md"])),
    ("canonical skills", Surroundings(canonicalFolders: ["agents", "commands", "rules", "skills"].compactMap { TreePath($0) })),
    ("canonical .aiwg", Surroundings(canonicalFolders: [".aiwg"].compactMap { TreePath($0) })),
    ("canonical .agents", Surroundings(canonicalFolders: [".agents"].compactMap { TreePath($0) })),
  ]

  @Test(arguments: surroundings)
  func reportsWhatIsSo(_ name: String, _ surroundings: Surroundings) throws {
    try check(catalog.defaults, surroundings)
    for id in catalog.sample(others: 3).map(\.id) {
      try check([id], surroundings)
      for other in ["claude-code", "generic", "copilot", "hermes"] where other != id { try check([id, other], surroundings) }
    }
  }

  private func places(_ id: String, in layout: Layout, for platform: String) throws -> [String] {
    layout.deliveries.filter { $0.artifact.id.description == id && $0.platforms.contains(platform) }.map(\.path.text)
  }

  @Test func aClaudeFileOfTheUsersWithoutImportSendsRulesToTheRulesFolder() throws {
    for selected in [["claude-code"], ["claude-code", "codex"]] {
      let layout = try check(selected, Surroundings(files: ["CLAUDE.md"]))
      #expect(try places("rules/always", in: layout, for: "claude-code") == [".claude/rules/always.md"])
      #expect(!layout.imports.contains { $0.path.text == "CLAUDE.md" })
    }
  }

  @Test func anImportOfTheUsersServesClaudeThroughAgentsMD() throws {
    let surroundings = Surroundings(files: ["CLAUDE.md"], imports: ["CLAUDE.md": ["AGENTS.md"]])
    let layout = try check(["claude-code", "codex"], surroundings)
    #expect(try places("rules/always", in: layout, for: "claude-code") == ["AGENTS.md"])
    #expect(layout.imports.isEmpty)
  }

  @Test func aFileThatHidesIsNamed() throws {
    let hidden = { (file: String, id: String) in
      try self.check([id], Surroundings(files: [file])).exceptionLines.filter { $0.contains("rules/always") }
    }
    #expect(try hidden("WARP.md", "warp").first?.contains("`WARP.md` hides `AGENTS.md`") == true)
    #expect(try hidden(".hermes.md", "hermes").first?.contains("`.hermes.md` hides `AGENTS.md`") == true)
    #expect(try hidden("AGENTS.override.md", "codex").first?.contains("`AGENTS.override.md` hides `AGENTS.md`") == true)
  }

  @Test func aCanonicalFolderIsNoPlaceForOutputs() throws {
    let canonical = Surroundings(canonicalFolders: ["skills"].compactMap { TreePath($0) })
    let layout = try check(["openclaw"], canonical)
    #expect(layout.exceptionLines == ["openclaw, agents: missing, `skills` holds the canonical tree: agents/not-copilot agents/one"])
    #expect(!layout.deliveries.contains { $0.path.text.hasPrefix("skills/") })
  }

  @Test func nothingForNobody() throws {
    let layout = try check([])
    #expect(layout.deliveries.isEmpty && layout.imports.isEmpty && layout.exceptions.isEmpty)
  }
}
