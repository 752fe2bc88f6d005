import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct SizeTests {
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
