import Diagnostics
import Linting
import TestSupport
import Testing

/// What links and mentions in bodies name.
@Suite struct ReferenceFindingsTests {
  private static let others = """
    -- rules/naming.md --
    ---
    severity: LOW
    ---
    # Naming

    ## Why it matters
    -- agents/reviewer.md --
    ---
    description: Reviews changes.
    ---
    Review.
    -- skills/measure/SKILL.md --
    ---
    name: measure
    description: Measures how long things take.
    ---
    Read `references/units.md`.
    -- skills/measure/references/units.md --
    Units.

    """

  private func lint(_ body: String, in file: String = "rules/one.md", files: [String: String]? = ["src/main.c": "", "docs/guide.md": ""]) throws
    -> LintedArchive
  {
    try LintedArchive(Self.others + "-- \(file) --\n---\ndescription: First.\n---\n\(body)\n", files: files)
  }

  @Test(arguments: [
    "[why](naming.md)", "[why](../rules/naming.md#naming)", "@agents/reviewer.md", "@.claude/agents/reviewer.md",
    "[units](../skills/measure/references/units.md)",
    "[guide](../../docs/guide.md)", "@docs/guide.md", "`rules/naming.md`", "@src/main.c", "@.aiwg/rules/naming.md", "[outputs](../../CLAUDE.md)",
  ])
  func whatIsThereIsNoFinding(_ body: String) throws {
    #expect(try lint(body).lines("reference/dangling") == [])
    #expect(try lint(body).lines("reference/no-heading") == [])
  }

  @Test(arguments: [
    "[text](url)", "[text](path/to/file.md)", "See [it]({name}.md) or [that](<name>.md).", "Write to me @somebody or a@example.org.",
    "@scope/package",
    "@app.route('/x')", "@types/node", "Use `path/to/file.md` and `src/other.c`.", "Save it as [report](docs/report.md).",
    "For example @agents/helper.md.",
    "```\n@agents/missing.md\n```", "    @agents/missing.md", "[site](https://example.org/a.md)", "[mail](mailto:me@example.org)", "@~/notes/own.md",
    "@.aiwg/plans/next.md", "[it](your-rule.md)", "@src/auth/login.json", "# Example\n\n@agents/missing.md", "`@agents/my-agent.md`",
    "[x](example.com/a.md)",
    "[it](a.md)", "## Output\n\n- @reports/coverage.md", "`.claude/agents/designer.md`",
  ])
  func whatMayBeAnExampleIsNoFinding(_ body: String) throws {
    #expect(try lint(body).lines("reference/dangling") == [])
  }

  @Test(arguments: [
    ("See [why](missing.md).", "5:11: `missing.md`"), ("Read @agents/helper.md first.", "5:6: `agents/helper.md`"),
    ("Read @.claude/rules/missing.md.", "5:6: `.claude/rules/missing.md`"), ("[guide](../../docs/gide.md)", "5:9: `../../docs/gide.md`"),
    ("`@agents/helper.md`", "5:2: `agents/helper.md`"),
  ])
  func whatNamesNothingIsFound(_ body: String, _ expected: String) throws {
    #expect(try lint("\n" + body).lines("reference/dangling") == [".aiwg/rules/one.md:\(expected) names no artifact and no file"])
  }

  @Test func aSkillsOwnFolderIsNoExample() throws {
    #expect(try LintedArchive(Self.others.replacing("`references/units.md`", with: "`other/unitz.md`")).lines("reference/dangling") == [])
    let archive = Self.others.replacing("`references/units.md`", with: "`references/unitz.md`")
    #expect(
      try LintedArchive(archive).lines("reference/dangling") == [
        ".aiwg/skills/measure/SKILL.md:5:7: `references/unitz.md` names no artifact and no file"
      ])
  }

  @Test func onlyArtifactsAreLookedForWithoutARepository() throws {
    #expect(try lint("@agents/helper.md and @notes/plan.md", files: nil).lines("reference/dangling").count == 1)
    #expect(try lint("@agents/helper.md and @notes/plan.md").lines("reference/dangling").count == 2)
  }

  @Test func oneOfThatNameElsewhereIsTheFix() throws {
    let body = "Read @pack/agents/reviewer.md, [why](../../pack/rules/naming.md) and @pack/skills/measure/SKILL.md.\n"
    let linted = try lint(body)
    #expect(linted.lines("reference/dangling").count == 3)
    #expect(
      linted.fixed("reference/dangling", ".aiwg/rules/one.md")
        == "---\ndescription: First.\n---\nRead @agents/reviewer.md, [why](naming.md) and @skills/measure/SKILL.md.\n\n")
    let again = try lint("Read @agents/reviewer.md, [why](naming.md) and @skills/measure/SKILL.md.\n")
    #expect(again.lines("reference/dangling") == [])
  }

  @Test func whatIsOnlyLikeItIsNoFix() throws {
    let linted = try lint("Read @agents/reviwer.md and @rules/reviewer.md.")
    #expect(linted.helps("reference/dangling") == ["did you mean `agents/reviewer.md`?", "did you mean `agents/reviewer.md`?"])
    #expect(try lint("Read @agents/measure.md.").helps("reference/dangling") == ["did you mean `skills/measure/SKILL.md`?"])
    #expect(linted.findings.allSatisfy { $0.fix.isEmpty })
  }

  /// What comes nearest is no guess when it is the file itself.
  @Test func nobodyMeansTheFileItself() throws {
    let help = "correct the path, or take it out: who follows it finds nothing"
    #expect(try lint("Read @rules/small-step.md.", in: "rules/small-steps.md").helps("reference/dangling") == [help])
    let others = "-- rules/small-steps.md --\n# Small steps\n-- rules/one.md --\nRead @rules/small-step.md.\n"
    #expect(try LintedArchive(others, files: [:]).helps("reference/dangling") == ["did you mean `rules/small-steps.md`?"])
  }

  @Test func aNameAloneIsBesideTheArtifact() throws {
    #expect(try lint("[why](namng.md)").helps("reference/dangling") == ["did you mean `naming.md`?"])
    #expect(try lint("[why](reviwer.md)").helps("reference/dangling") == ["correct the path, or take it out: who follows it finds nothing"])
  }

  @Test func aFileOfAnotherSkillIsNoFix() throws {
    let other = "-- skills/other/SKILL.md --\n---\nname: other\ndescription: Another one.\n---\nRead [units](references/units.md).\n"
    let linted = try LintedArchive(Self.others + other)
    #expect(linted.lines("reference/dangling").count == 1)
    #expect(linted.helps("reference/dangling") == ["did you mean `../measure/references/units.md`?"])
    #expect(linted.findings.allSatisfy { $0.fix.isEmpty })
  }

  @Test func anExceptionHasItsReason() throws {
    let archive = Self.others + "-- rules/one.md --\n---\n# aiwg-allow: reference/dangling the agent comes with the plugin\n---\n@agents/helper.md\n"
    let linted = try LintedArchive(archive)
    #expect(linted.lines("reference/dangling") == [])
    #expect(linted.findings.filter { $0.diagnostic.id == "reference/dangling" }.map(\.exception) == ["the agent comes with the plugin"])
    #expect(linted.lines("lint/idle-exception") == [])
  }

  @Test(arguments: [
    ("# One\n\n[it](#One)", []), ("# One two\n\n[it](#one-two) [top](#top)", []), ("One\n===\n\n[it](#one)", []),
    ("<a id=\"x-y\"></a>\n\n[it](#x-y)", []),
    ("# [One](a.md)!\n\n[it](#one)", []), ("# One\n# One\n\n[it](#one-1)", []), ("```\n[it](#none)\n```", []),
    ("# One\n\n[it](#two)", ["6:7: no heading here is `#two`"]), ("# One\n\n[it](#one-1)", ["6:7: no heading here is `#one-1`"]),
    ("[it](naming.md#naming)", []), ("[it](naming.md#why-it-matter)", ["4:16: no heading of `rules/naming` is `#why-it-matter`"]),
  ])
  func fragmentsNameHeadings(_ body: String, _ expected: [String]) throws {
    #expect(try lint(body).lines("reference/no-heading") == expected.map { ".aiwg/rules/one.md:" + $0 })
  }

  @Test func aSlipInAFragmentIsPutRight() throws {
    let linted = try lint("[it](naming.md#why-it-matter) [here](#On)\n# One")
    #expect(
      linted.fixed("reference/no-heading", ".aiwg/rules/one.md")
        == "---\ndescription: First.\n---\n[it](naming.md#why-it-matters) [here](#On)\n# One\n")
  }
}
