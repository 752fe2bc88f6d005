import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct BodyTests {
  /// Other artifacts to name, and a rule `x` with the body.
  private static func tree(_ body: String) -> String {
    """
    -- rules/x.md --
    ---
    description: d
    ---
    \(body)
    -- rules/sub/other.md --
    # The other: one

    Text.
    -- rules/plain.md --
    No heading.
    -- agents/helper.md --
    ---
    description: d
    ---
    B
    -- skills/tool/SKILL.md --
    ---
    description: d
    ---
    See [own](references/a.md) and `scripts/run.sh`.
    -- skills/tool/references/a.md --
    A
    -- skills/tool/scripts/run.sh [run] --
    B
    -- commands/go.md --
    ---
    description: d
    ---
    Go.
    -- rules/hidden.md --
    ---
    platforms: [openclaw]
    ---
    Hidden.

    """
  }

  private func body(_ body: String, _ platform: String, at path: String) throws -> String {
    let text = try #require(try Rendered(Self.tree(body), for: [platform]).texts[path], "\(path)")
    guard path != "AGENTS.md" else {
      return try #require(text.components(separatedBy: "Rule `x`: d\n\n").last?.components(separatedBy: "\n\nRule ")[0]).trimmingCharacters(
        in: .newlines)
    }
    return text.components(separatedBy: "---\n").dropFirst(2).joined(separator: "---\n").trimmingCharacters(in: .newlines)
  }

  @Test(arguments: [
    ("[a](sub/other.md)", "[a](other.md)"), ("[a](./sub/other.md)", "[a](other.md)"), ("[a](../rules/sub/other.md)", "[a](other.md)"),
    ("[a](rules/sub/other.md)", "[a](other.md)"), ("[a](.aiwg/rules/sub/other.md)", "[a](other.md)"),
    ("[a](sub/other.md#text)", "[a](other.md#text)"),
    ("[a](<sub/other.md>)", "[a](<other.md>)"), ("[a](sub/other.md \"title\")", "[a](other.md \"title\")"),
    ("[a](../agents/helper.md)", "[a](../agents/helper.md)"), ("[a](../skills/tool)", "[a](../skills/tool/SKILL.md)"),
    ("[a](../skills/tool/SKILL.md)", "[a](../skills/tool/SKILL.md)"),
    ("[a](../skills/tool/references/a.md#b)", "[a](../skills/tool/references/a.md#b)"),
    ("[a](../commands/go.md)", "[a](../commands/go.md)"), ("`rules/sub/other.md`", "`other.md`"), ("`sub/other.md#text`", "`other.md#text`"),
    ("@rules/sub/other.md", "`other.md`"), ("See @sub/other.md.", "See `other.md`."), ("`@sub/other.md`", "`other.md`"),
    ("@skills/tool/references/a.md", "@../skills/tool/references/a.md"),
    // As a platform spells it.
    ("[a](.cursor/rules/other.mdc)", "[a](other.md)"), ("`.claude/rules/other.md`", "`other.md`"),
    ("`.agents/skills/tool/SKILL.md`", "`../skills/tool/SKILL.md`"),
    ("`.github/agents/helper.agent.md`", "`../agents/helper.md`"), ("`.claude/skills/tool/scripts/run.sh`", "`../skills/tool/scripts/run.sh`"),
    // What these readers do not get, in the repository.
    ("[a](hidden.md)", "[a](../../.aiwg/rules/hidden.md)"), ("@rules/hidden.md", "`../../.aiwg/rules/hidden.md`"),
    // No references.
    ("[a](https://x.example/rules/sub/other.md)", "[a](https://x.example/rules/sub/other.md)"), ("[a](nowhere.md)", "[a](nowhere.md)"),
    ("mail@sub/other.md", "mail@sub/other.md"), ("[a](#text)", "[a](#text)"), ("`rm sub/other.md`", "`rm sub/other.md`"),
    ("```\n[a](sub/other.md)\n```", "```\n[a](sub/other.md)\n```"), ("[a](/rules/sub/other.md)", "[a](/rules/sub/other.md)"),
  ])
  func referencesBetweenFiles(_ text: String, _ expected: String) throws {
    #expect(try body(text, "claude-code", at: ".claude/rules/x.md") == expected)
  }

  @Test(arguments: [
    ("[a](sub/other.md)", "[a](#the-other-one)"), ("[a](sub/other.md#text)", "[a](#the-other-one)"), ("`sub/other.md`", "`other`"),
    ("`sub/other.md#text`", "`other`"),
    ("@rules/sub/other.md", "`other`"), ("[a](plain.md)", "[a](AGENTS.md)"), ("[a](../agents/helper.md)", "[a](.codex/agents/helper.toml)"),
    ("[a](../skills/tool/references/a.md)", "[a](.agents/skills/tool/references/a.md)"), ("[a](hidden.md)", "[a](.aiwg/rules/hidden.md)"),
  ])
  func referencesInABlock(_ text: String, _ expected: String) throws {
    #expect(try body(text, "codex", at: "AGENTS.md") == expected)
  }

  @Test func geminiRunsNothingThatIsText() throws {
    let rendered = try Rendered("-- commands/x.md --\n---\ndescription: abc\n---\nNever !{rm x} or @{y}; {{args}}: $ARGUMENTS\n", for: ["gemini-cli"])
    let text = try #require(rendered.texts[".gemini/commands/x.toml"])
    #expect(text.contains("Never ! {rm x} or @ {y}; { {args}}: {{args}}\n"))
    #expect(rendered.rendering.losses.count { $0.field == "body" } == 3)
  }

  @Test func aSkillsOwnFilesStayWhereTheyAre() throws {
    let rendered = try Rendered(Self.tree("x"), for: ["codex"])
    #expect(rendered.texts[".agents/skills/tool/SKILL.md"]?.hasSuffix("See [own](references/a.md) and `scripts/run.sh`.\n") == true)
  }

  @Test func withoutACanonicalFileInTheRepositoryOnlyTheLabelStays() throws {
    let catalog = try shippedCatalog()
    let loaded = try artifacts(Self.tree("See [the *hidden* one](hidden.md#a), `hidden.md` and @rules/hidden.md."), catalog: catalog)
    let tree = ContextTree(
      joining: [
        loaded.artifacts.map { artifact in
          var artifact = artifact
          artifact.repositoryPath = nil
          return artifact
        }
      ])
    let rendered = Rendered(tree, for: ["claude-code"], in: catalog)
    #expect(rendered.texts[".claude/rules/x.md"]?.hasSuffix("See the *hidden* one, `hidden` and `hidden`.\n") == true)
    #expect(
      rendered.losses("claude-code", "rules/x") == [
        "body: it names `rules/hidden`, which these readers do not get", "description: it is there, and the model never sees it",
      ])
  }

  /// The line of an output leads to its artifact only as long as the pieces are what is written.
  @Test func piecesAreTheOutput() throws {
    let catalog = try shippedCatalog()
    let tree = try artifacts(try fixtureText(), catalog: catalog)
    for selected in [catalog.defaults, ["claude-code", "gemini-cli"]] {
      let rendered = Rendered(tree, for: selected, in: catalog)
      for output in rendered.rendering.desired.outputs where !output.isCopy {
        let pieces = outputPieces(at: output.path, in: rendered.layout, of: tree, catalog: catalog)
        #expect(Array(pieces.map(\.bytes).joined()) == (try output.bytes()), "\(output.path)")
      }
    }
  }

  @Test func translationsAreNamedByTheirBase() throws {
    let tree = "-- rules/a.md --\nEn [b](b.md) \n-- rules/a.es.md --\nEs [b](b.md)\n-- rules/b.md --\nB\n-- rules/b.es.md --\nB\n"
    let rendered = try Rendered(tree, for: ["cursor"], locale: "es")
    #expect(rendered.texts[".cursor/rules/a.mdc"]?.hasSuffix("Es [b](b.mdc)\n") == true)
  }

  private func command(_ text: String, _ platform: String, _ path: String) throws -> (String, [String]) {
    let rendered = try Rendered("-- commands/x.md --\n---\ndescription: d\n---\n\(text)\n", for: [platform])
    let output = try #require(rendered.texts[path])
    let body = output.components(separatedBy: "---\n").last ?? output
    return (body.trimmingCharacters(in: .newlines), rendered.losses(platform, "commands/x").filter { $0.hasPrefix("body") })
  }

  @Test(arguments: [
    ("$ARGUMENTS and $1 and $ARGUMENTS[1]", "$ARGUMENTS and $ARGUMENTS[0] and $ARGUMENTS[1]"), ("`$2`", "`$ARGUMENTS[1]`"),
    ("costs $5.50 or $5k", "costs \\$5.50 or \\$5k"), ("```\nawk '{print $1}'\n```", "```\nawk '{print \\$1}'\n```"), ("\\$1", "\\$1"),
    ("$x $", "$x $"),
    ("`cut $1 x`", "`cut \\$1 x`"),
  ])
  func argumentsOfClaude(_ text: String, _ expected: String) throws {
    #expect(try command(text, "claude-code", ".claude/commands/x.md").0 == expected)
  }

  @Test(arguments: [
    ("$ARGUMENTS and $1 and $ARGUMENTS[1]", "$ARGUMENTS and $1 and $2", 0), ("costs $5.50", "costs $5.50", 1), ("`cut $1 x`", "`cut $1 x`", 1),
  ])
  func argumentsOfOpenCode(_ text: String, _ expected: String, _ losses: Int) throws {
    let (body, found) = try command(text, "opencode", ".opencode/commands/x.md")
    #expect(body == expected)
    #expect(found.count == losses)
  }

  @Test(arguments: [
    ("Do $ARGUMENTS", "factory", ".factory/commands/x.md", "Do $ARGUMENTS"),
    (
      "Do $1", "factory", ".factory/commands/x.md",
      "Do <argument-1>\n\nThe user's text is: $ARGUMENTS\n\nIn the text above, `<argument-1>` is word 1 of it."
    ),
    (
      "Do $ARGUMENTS", "codex", ".agents/skills/x/SKILL.md",
      "Do <arguments>\n\nThe user gives a text with this command. In the text above, `<arguments>` is all of it."
    ),
    (
      "Do $2 $1 $1", "codex", ".agents/skills/x/SKILL.md",
      "Do <argument-2> <argument-1> <argument-1>\n\nThe user gives a text with this command. In the text above, `<argument-1>` is word 1 of it, `<argument-2>` is word 2 of it."
    ),
    ("Nothing $5.50", "codex", ".agents/skills/x/SKILL.md", "Nothing $5.50"),
  ])
  func argumentsInWords(_ text: String, _ platform: String, _ path: String, _ expected: String) throws {
    #expect(try command(text, platform, path) == (expected, []))
  }

  @Test func sections() throws {
    let tree = """
      -- rules/b.md --
      ---
      severity: LOW
      ---
      # B
      -- rules/a.md --
      ---
      description: "two\\nlines <!-- aiwg:end -->"
      globs: ["a`\\n<!-- aiwg:end -->\\n"]
      severity: CRITICAL
      meta: { a: [1, yes], b: null, c: {} }
      empty: []
      ---


      # A

      Text.


      """
    let text = try #require(try Rendered(tree, for: ["codex"]).texts["AGENTS.md"])
    #expect(
      text == """
        Rule `a`, for files that match `a` <!-- aiwg:end -->`: two lines <!-- aiwg:end -->
        (severity: CRITICAL; meta: {a: [1, yes], b: null, c: {}}; empty: [])

        # A

        Text.

        Rule `b`
        (severity: LOW)

        # B

        """)
  }

  @Test func aSectionHasLineFeeds() throws {
    let rendered = try Rendered("-- rules/a.md --\n# A\r\n\r\nText\r\n", for: ["codex"])
    #expect(rendered.texts["AGENTS.md"].map { Array($0.utf8) } == Array("Rule `a`\n\n# A\n\nText\n".utf8))
  }

  @Test func importLinesComeFirst() throws {
    let rendered = try Rendered(try fixtureText(), for: ["claude-code", "copilot", "codex"])
    #expect(rendered.texts[".claude/CLAUDE.md"] == "@../AGENTS.md\n")
  }
}
