import FileTree
import Foundation
import TestSupport
import Testing

/// What people keep by hand for one platform goes into a tree and comes back: the same bytes, or each other line is in the report.
struct ImportTests {
  private static let platforms = [
    "antigravity", "claude-code", "codex", "copilot", "cursor", "factory", "gemini-cli", "generic", "hermes", "openclaw", "opencode", "warp",
    "windsurf",
  ]

  @Test(arguments: platforms) func whatOnePlatformHas(_ platform: String) throws {
    let repository = try Imported(platform)
    let run = try repository.aiwg("import", "--from", platform)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    try repository.checkReport(run.output)
    #expect(try repository.aiwg("check", "-q").status == 0)
    // There is nothing more to import, unless it was left alone.
    let again = try repository.aiwg("import", "--from", platform)
    #expect(again.status == 2 && again.errors.contains("import/nothing"), "\(again.output)\(again.errors)")
    #expect(try repository.aiwg("sync", "-q").output.isEmpty)
    try repository.checkNothingIsTwice()
    try repository.checkNothingPrivateIsInTheTree()
  }

  /// A rule for some files is one for those files afterwards, and not for all.
  @Test func patternsSayWhenARuleLoads() throws {
    let repository = try Imported("cursor")
    #expect(try repository.aiwg("import", "--from", "cursor", "-q").status == 0)
    for name in ["components", "tests", "payment"] {
      let rule = String(
        decoding: try #require(repository.bytes(".aiwg/rules/\(name).md") ?? repository.bytes(".aiwg/rules/checkout/\(name).md")), as: UTF8.self)
      #expect(rule.contains("globs:") && !rule.contains("activation:"), "\(rule)")
    }
    let output = String(decoding: try #require(repository.bytes(".cursor/rules/components.mdc")), as: UTF8.self)
    #expect(output.contains("alwaysApply: false"), "\(output)")
  }

  @Test(arguments: platforms) func whatGivesWayComesBack(_ platform: String) throws {
    let repository = try Imported(platform)
    #expect(try repository.aiwg("import", "--from", platform, "-q").status == 0)
    for (path, bytes) in repository.original.sorted(by: { $0.key < $1.key }) where repository.bytes(path) != bytes {
      let run = try repository.aiwg("restore", path)
      #expect(run.status == 0, "\(path): \(run.errors)")
      #expect(repository.bytes(path) == bytes, "\(path) is not what it was")
    }
  }

  @Test(arguments: platforms) func aDryRunWritesNothing(_ platform: String) throws {
    let repository = try Imported(platform)
    let run = try repository.aiwg("import", "--from", platform, "--dry-run")
    #expect(run.status == 0)
    #expect(try repository.files() == repository.original)
  }

  @Test func severalPlatformsMustAgree() throws {
    let repository = try Imported("together")
    let all = "claude-code,codex,copilot,cursor,gemini-cli,windsurf"
    let run = try repository.aiwg("import", "--from", all)
    #expect(run.status == 3)
    #expect(run.errors.contains("`rules/logging` differs from `.claude/rules/logging.md` in the text [import/conflict]"), "\(run.errors)")
    #expect(run.errors.contains("+- Use the logger of the request, not the global one."))
    #expect(run.errors.components(separatedBy: "import/conflict").count == 2, "\(run.errors)")
    #expect(try repository.files() == repository.original)

    let settled = try repository.aiwg("import", "--from", all, "--prefer", "copilot")
    #expect(settled.status == 0, "\(settled.errors)")
    try repository.checkReport(settled.output)
    let rules = try repository.files().keys.filter { $0.hasPrefix(".aiwg/rules/") }.sorted()
    #expect(
      rules.map { $0.dropFirst(12) } == [
        "agents.md", "api-errors.md", "feature-flags.md", "gemini.md", "logging.md", "sql-migrations.md", "staging-quirks.md",
      ])
    #expect(repository.text(".aiwg/rules/logging.md").contains("Use the logger of the request"))
    let agent = repository.text(".aiwg/agents/tariff-checker.md")
    #expect(agent.contains("tools: Read, Grep, Glob, Bash") && agent.contains("codex:\n  model_reasoning_effort: high"))
    #expect(try repository.aiwg("check", "-q").status == 0)
    try repository.checkNothingPrivateIsInTheTree()
  }

  @Test func earlierPlaces() throws {
    let repository = try Imported("legacy")
    let run = try repository.aiwg("import", "--from", "claude-code,copilot,cursor,windsurf,opencode,antigravity", "--split")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    try repository.checkReport(run.output)
    let files = try repository.files()
    for path in [
      "rules/cursorrules.md", "rules/windsurfrules.md", "rules/api.md", "rules/frontend.md", "rules/copilot-instructions.md",
      "commands/write-test.md",
      "commands/deploy-preview.md", "commands/component.md", "commands/bump.md", "commands/port.md", "agents/reviewer.md", "agents/docs-writer.md",
    ] { #expect(files[".aiwg/" + path] != nil, "\(path) is not there") }
    // Split at headings, and not at what only looks like one.
    for name in ["claude", "overview", "commands", "language", "errors", "database", "testing", "when-you-are-stuck"] {
      #expect(files[".aiwg/rules/\(name).md"] != nil, "\(name)")
    }
    #expect(files[".aiwg/rules/what-a-test-is-named.md"] == nil)
    #expect(!files.keys.contains { $0.contains("the-line-above") })
    for gone in [".cursorrules", ".windsurfrules", ".github/copilot-instructions.md", ".windsurf/rules/api.md", "CLAUDE.md"] {
      #expect(files[gone] == nil, "\(gone) is still read beside what it became")
    }
    // For no platform of ours, and so nobody's business.
    #expect(files[".clinerules"] == repository.original[".clinerules"])
    #expect(try repository.aiwg("check", "-q").status == 0)
  }

  @Test func aConversionLeavesNothingElseBehind() throws {
    let repository = try Imported("cursor")
    let before = repository.original
    let run = try repository.aiwg("convert", "--from", "cursor", "--to", "copilot,claude-code")
    #expect(run.status == 0, "\(run.errors)")
    let after = try repository.files()
    #expect(!after.keys.contains { $0.hasPrefix(".aiwg") || $0 == "aiwg.yaml" || $0 == "aiwg.lock" || $0 == ".gitattributes" })
    for (path, bytes) in before where path != "AGENTS.md" { #expect(after[path] == bytes, "\(path) changed") }
    #expect(after[".claude/agents/e2e-doctor.md"] != nil && after[".github/agents/e2e-doctor.agent.md"] != nil)
    #expect(after[".claude/skills/add-locale/scripts/missing-keys.mjs"] == before[".cursor/skills/add-locale/scripts/missing-keys.mjs"])
    // Where something is there, it stays.
    let again = try repository.aiwg("convert", "--from", "cursor", "--to", "copilot,claude-code")
    #expect(again.status == 0 || again.errors.contains("plan/"), "\(again.errors)")
    try "mine\n".write(to: repository.url.appendingPathComponent(".claude/agents/e2e-doctor.md"), atomically: true, encoding: .utf8)
    let blocked = try repository.aiwg("convert", "--from", "cursor", "--to", "claude-code")
    #expect(blocked.status == 3)
    #expect(repository.text(".claude/agents/e2e-doctor.md") == "mine\n")
  }
}
