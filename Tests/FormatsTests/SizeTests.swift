import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct SizeTests {
  /// Rules whose output on a platform is that long.
  private func findings(_ platform: String, _ length: Int, of letter: String, overhead: Int) throws -> [Diagnostic] {
    let body = String(repeating: letter, count: length - overhead - 1) + "\n"
    return try Rendered("-- rules/x.md --\n" + body, for: [platform]).rendering.diagnostics
  }

  @Test(arguments: [
    ("codex", 32_768, "a", 10), ("hermes", 20_000, "a", 10), ("hermes", 20_000, "é", 10), ("openclaw", 20_000, "a", 10),
    ("windsurf", 12_000, "a", 27), ("windsurf", 12_000, "é", 27), ("antigravity", 12_000, "a", 27),
  ])
  func warnsBeyondALimitAndNotAtIt(_ platform: String, _ limit: Int, _ letter: String, _ overhead: Int) throws {
    #expect(try findings(platform, limit - 1, of: letter, overhead: overhead).isEmpty)
    #expect(try findings(platform, limit, of: letter, overhead: overhead).isEmpty)
    let found = try findings(platform, limit + 1, of: letter, overhead: overhead)
    #expect(found.map(\.id) == ["platform/over-limit"])
    #expect(found.first?.message.contains(" \(limit + 1) ") == true)
    #expect(found.first?.severity == .warning)
  }

  @Test func onlySelectedPlatformsWarn() throws {
    let body = "-- rules/x.md --\n" + String(repeating: "a", count: 25_000) + "\n"
    #expect(try Rendered(body, for: ["warp"]).rendering.diagnostics.isEmpty)
    #expect(try Rendered(body, for: ["warp", "hermes", "openclaw"]).rendering.diagnostics.count == 2)
  }

  @Test(arguments: [
    // Bytes over 3.8, rounded: a section in full, a listing of name and description, nothing for what waits to be asked.
    ("codex", "-- rules/x.md --\nabcdefgh\n", 5), ("cursor", "-- rules/x.md --\n---\nglobs: [a]\n---\nabc\n", 0),
    ("codex", "-- skills/x/SKILL.md --\n---\ndescription: abc\n---\nlong text\n", 3),
    ("codex", "-- skills/x/SKILL.md --\n---\ndescription: abc\ndisable-model-invocation: true\n---\n", 0),
    ("hermes", "-- skills/x/SKILL.md --\n---\ndescription: abc\ndisable-model-invocation: true\n---\n", 3),
    ("gemini-cli", "-- commands/x.md --\n---\ndescription: abc\n---\n", 0),
  ])
  func startTokens(_ platform: String, _ tree: String, _ expected: Int) throws {
    #expect(try Rendered(tree, for: [platform]).rendering.startTokens[platform] ?? 0 == expected)
  }

  @Test func gitAttributesOfALayout() throws {
    let rendered = try Rendered(try fixtureText(), for: ["claude-code", "codex"])
    let output = try #require(gitAttributes(for: rendered.layout, canonicalPatterns: ["/rules/**", "/agents/**"]))
    #expect(output.path.text == ".gitattributes")
    guard case .block(let bytes, .hash) = output.form else {
      Issue.record("no block")
      return
    }
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        /aiwg.lock merge=union text eol=lf
        /agents/** text=auto eol=lf
        /rules/** text=auto eol=lf
        /.agents/skills/deploy-check/** text=auto eol=lf linguist-generated
        /.agents/skills/incident/** text=auto eol=lf linguist-generated
        /.agents/skills/migrations/** text=auto eol=lf linguist-generated
        /.agents/skills/quiet-command/** text=auto eol=lf linguist-generated
        /.agents/skills/quiet/** text=auto eol=lf linguist-generated
        /.agents/skills/release/** text=auto eol=lf linguist-generated
        /.claude/agents/fixer.md text=auto eol=lf linguist-generated
        /.claude/agents/reviewer.md text=auto eol=lf linguist-generated
        /.claude/commands/quiet-command.md text=auto eol=lf linguist-generated
        /.claude/commands/release.md text=auto eol=lf linguist-generated
        /.claude/skills/deploy-check/** text=auto eol=lf linguist-generated
        /.claude/skills/incident/** text=auto eol=lf linguist-generated
        /.claude/skills/migrations/** text=auto eol=lf linguist-generated
        /.claude/skills/quiet/** text=auto eol=lf linguist-generated
        /.codex/agents/fixer.toml text=auto eol=lf linguist-generated
        /.codex/agents/reviewer.toml text=auto eol=lf linguist-generated

        """)
  }
}
