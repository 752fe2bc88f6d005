import ContextModel
import FileTree
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct ExactlyOnceTests {
  private let catalog: PlatformCatalog
  private let tree: ContextTree
  private var all: [String] { catalog.platforms.map(\.id) }

  init() throws {
    catalog = try shippedCatalog()
    tree = try artifacts(try fixtureText(), catalog: catalog)
  }

  /// Lays out and compares what is reported with what the platforms would load.
  @discardableResult
  private func check(_ selected: [String], _ surroundings: Surroundings = Surroundings()) -> Layout {
    let layout = layOut(tree, for: selected, in: catalog, surroundings: surroundings)
    let platforms = catalog.platforms.filter { selected.contains($0.id) }
    let seen = Simulation(layout: layout, surroundings: surroundings).problems(for: tree.artifacts, on: platforms)
    let label = "\(selected) \(surroundings.files.sorted())"
    #expect(seen.subtracting(layout.problems).sorted() == [], "not reported: \(label)")
    #expect(layout.problems.subtracting(seen).sorted() == [], "reported, but not so: \(label)")
    return layout
  }

  @Test func everyPlatformAloneGetsEverythingOnce() {
    for id in all { #expect(check([id]).exceptionLines == [], "\(id)") }
  }

  @Test func everyPairOfPlatforms() {
    for (index, first) in all.enumerated() { for second in all[(index + 1)...] { check([first, second]) } }
  }

  /// Agents as skills, which is all that the generic platform knows, must not reach one that has agents of its own.
  @Test func nobodyGoesWithoutInAnyPairButGenericWithoutAgents() {
    for (index, first) in all.enumerated() {
      for second in all[(index + 1)...] {
        let missing = check([first, second]).problems.filter {
          $0.what == "missing" && !($0.platform == "generic" && $0.artifact.hasPrefix("agents/"))
        }
        #expect(missing.sorted() == [], "\(first) \(second)")
      }
    }
  }

  @Test func allThirteen() {
    #expect(
      check(all).exceptionLines == [
        "copilot (CLI), rules/always: repeated at AGENTS.md and CLAUDE.md: rules/logs rules/no-warp rules/stateless-processes",
        "copilot (CLI), rules/globs: repeated at AGENTS.md and CLAUDE.md: rules/api-style",
        "copilot (VS Code), agents: repeated at .claude/agents/{name}.md and .github/agents/{name}.agent.md: agents/fixer agents/reviewer",
        "generic, agents: missing, `.agents/skills/{name}` is read by `antigravity`, which has them in a form of its own: agents/fixer agents/reviewer",
        "warp, rules/always: unwanted at AGENTS.md: rules/no-warp",
      ])
  }

  @Test func thoseThatShareAreNotAskedToRepeat() {
    for pair in [["codex", "cursor"], ["codex", "warp"], ["claude-code", "codex"], ["gemini-cli", "opencode"], ["factory", "hermes"]] {
      let problems = check(pair).problems.filter { $0.what != "unwanted" }
      #expect(problems.sorted() == [], "\(pair)")
    }
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
  func reportsWhatIsSo(_ name: String, _ surroundings: Surroundings) {
    check(all, surroundings)
    for id in all {
      check([id], surroundings)
      for other in ["claude-code", "generic", "copilot", "hermes"] where other != id { check([id, other], surroundings) }
    }
  }

  private func places(_ id: String, in layout: Layout, for platform: String) throws -> [String] {
    layout.deliveries.filter { $0.artifact.id.description == id && $0.platforms.contains(platform) }.map(\.path.text)
  }

  @Test func aClaudeFileOfTheUsersWithoutImportSendsRulesToTheRulesFolder() throws {
    for selected in [["claude-code"], ["claude-code", "codex"], all] {
      let layout = check(selected, Surroundings(files: ["CLAUDE.md"]))
      #expect(try places("rules/logs", in: layout, for: "claude-code") == [".claude/rules/logs.md"])
      #expect(!layout.imports.contains { $0.path.text == "CLAUDE.md" })
    }
  }

  @Test func anImportOfTheUsersServesClaudeThroughAgentsMD() throws {
    let surroundings = Surroundings(files: ["CLAUDE.md"], imports: ["CLAUDE.md": ["AGENTS.md"]])
    let layout = check(["claude-code", "codex"], surroundings)
    #expect(try places("rules/logs", in: layout, for: "claude-code") == ["AGENTS.md"])
    #expect(layout.imports.isEmpty)
  }

  @Test func aFileThatHidesIsNamed() {
    let hidden = { (file: String, id: String) in self.check([id], Surroundings(files: [file])).exceptionLines.filter { $0.contains("rules/always") } }
    #expect(hidden("WARP.md", "warp").first?.contains("`WARP.md` hides `AGENTS.md`") == true)
    #expect(hidden(".hermes.md", "hermes").first?.contains("`.hermes.md` hides `AGENTS.md`") == true)
    #expect(hidden("AGENTS.override.md", "codex").first?.contains("`AGENTS.override.md` hides `AGENTS.md`") == true)
  }

  @Test func aCanonicalFolderIsNoPlaceForOutputs() {
    let canonical = Surroundings(canonicalFolders: ["skills"].compactMap { TreePath($0) })
    let layout = check(["openclaw"], canonical)
    #expect(layout.exceptionLines == ["openclaw, agents: missing, `skills` holds the canonical tree: agents/fixer agents/reviewer"])
    #expect(!layout.deliveries.contains { $0.path.text.hasPrefix("skills/") })
  }

  @Test func nothingForNobody() {
    let layout = check([])
    #expect(layout.deliveries.isEmpty && layout.imports.isEmpty && layout.exceptions.isEmpty)
  }
}
