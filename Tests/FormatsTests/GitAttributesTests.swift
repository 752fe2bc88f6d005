import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct GitAttributesTests {
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
        /.claude/rules/api-style.md text=auto eol=lf linguist-generated
        /.claude/rules/incident.md text=auto eol=lf linguist-generated
        /.claude/rules/logs.md text=auto eol=lf linguist-generated
        /.claude/rules/no-warp.md text=auto eol=lf linguist-generated
        /.claude/rules/stateless-processes.md text=auto eol=lf linguist-generated
        /.claude/rules/tests.md text=auto eol=lf linguist-generated
        /.claude/rules/tidy.md text=auto eol=lf linguist-generated
        /.claude/skills/deploy-check/** text=auto eol=lf linguist-generated
        /.claude/skills/incident/** text=auto eol=lf linguist-generated
        /.claude/skills/migrations/** text=auto eol=lf linguist-generated
        /.claude/skills/quiet/** text=auto eol=lf linguist-generated
        /.codex/agents/fixer.toml text=auto eol=lf linguist-generated
        /.codex/agents/reviewer.toml text=auto eol=lf linguist-generated

        """)
  }
}
