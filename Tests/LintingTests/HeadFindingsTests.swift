import ContextModel
import Diagnostics
import Linting
import TestSupport
import Testing

/// What heads say that nobody can use.
@Suite struct HeadFindingsTests {
  private func lint(_ file: String, _ head: String, platforms: [String] = ["claude-code", "codex"]) throws -> LintedArchive {
    try LintedArchive("-- \(file) --\n---\n\(head)\n---\nText.\n", platforms: platforms)
  }

  // MARK: tools

  @Test(arguments: [
    "tools: Read, Bash(git add *), mcp__issues__create", "tools: [Read, \"Bash(npm run test, x)\"]", "tools: '*'", "disallowedTools: Write",
    "tools: AskUserQuestion, Skill", "codex: {tools: [anything]}",
  ])
  func knownTools(_ field: String) throws {
    #expect(try lint("agents/a.md", "description: Does it.\n\(field)").lines("tools/unknown") == [])
  }

  @Test(arguments: [
    ("tools: Read, Bsah", "3:14: no tool is called `Bsah`", "did you mean `Bash`?", "tools: Read, Bash"),
    ("tools: [read, Bash]", "3:9: no tool is called `read`", "did you mean `Read`?", "tools: [Read, Bash]"),
    (
      "tools:\n  - Read\n  - 'Bahs(git *)' # git", "5:6: no tool is called `Bahs`", "did you mean `Bash`?",
      "tools:\n  - Read\n  - 'Bash(git *)' # git"
    ),
    (
      "tools: run_shell_command", "3:8: no tool is called `run_shell_command`",
      "that is what platforms call it; write `Bash`, and each gets its own word",
      "tools: run_shell_command"
    ),
    (
      "tools: 5", "3:8: no tool is called `5`",
      "names are such as `Read`, `Bash(git *)` and `mcp__server__tool`; one of a platform alone goes under its id", "tools: 5"
    ),
  ])
  func unknownTools(_ field: String, _ line: String, _ help: String, _ fixed: String) throws {
    let linted = try lint("agents/a.md", "description: Does it.\n\(field)")
    #expect(linted.lines("tools/unknown") == [".aiwg/agents/a.md:" + line])
    #expect(linted.helps("tools/unknown") == [help])
    #expect(linted.fixed("tools/unknown", ".aiwg/agents/a.md") == "---\ndescription: Does it.\n\(fixed)\n---\nText.\n")
  }

  // MARK: fields of one platform

  @Test(arguments: [
    "claude-code: {model: opus}", "model: opus\nclaude-code:\n  model: sonnet", "cursor: {model: opus}\nmodel: opus",
    "tools: [Read]\ncopilot: {tools: [Read]}", "warp: {x: y}",
  ])
  func fieldsOfOnePlatformThatCount(_ fields: String) throws {
    #expect(try lint("agents/a.md", "description: Does it.\n\(fields)").lines("override/idle") == [])
  }

  @Test(arguments: [
    (
      "platforms: [codex]\nclaude-code: {color: red}", "4:1: `platforms` leaves `claude-code` out, so that this says nothing",
      "platforms: [codex]\nclaude-code: {color: red}"
    ),
    ("color: red\nclaude-code:\n  color: red", "5:3: `color` for `claude-code` is the same as for everybody", "color: red"),
    (
      "color: red\nclaude-code:\n  color: red # mine\n  effort: high\nmaxTurns: 3", "5:3: `color` for `claude-code` is the same as for everybody",
      "color: red\nclaude-code:\n  effort: high\nmaxTurns: 3"
    ),
  ])
  func fieldsOfOnePlatformThatAreIdle(_ fields: String, _ line: String, _ fixed: String) throws {
    let linted = try lint("agents/a.md", "description: Does it.\n\(fields)")
    #expect(linted.lines("override/idle") == [".aiwg/agents/a.md:" + line])
    #expect(linted.fixed("override/idle", ".aiwg/agents/a.md") == "---\ndescription: Does it.\n\(fixed)\n---\nText.\n")
  }

  @Test func aBlockHasNoFields() throws {
    #expect(
      try lint("rules/r.md", "codex: {x: y}").lines("override/idle") == [
        ".aiwg/rules/r.md:2:1: `codex` gets this in `AGENTS.md`, which has no fields, so that this says nothing"
      ])
  }

  // MARK: descriptions and lengths

  @Test(arguments: ["TODO", "TBD.", "TODO: say what it does", "<what it does, and when to use it>", "...", "Description here", "[Your description]"])
  func descriptionsToBeWritten(_ text: String) throws {
    #expect(try lint("commands/c.md", "description: '\(text)'").lines("description/placeholder").count == 1)
    #expect(try lint("commands/c.md", "description: '\(text)'").lines("description/repeats-name") == [])
  }

  @Test(arguments: [
    "Todo lists, kept in order", "Fills <name> in", "Writes descriptions", "Finds TODO comments", "Describes an API",
    "[beta] Checks links [and images]",
  ])
  func descriptionsThatAreWritten(_ text: String) throws {
    #expect(try lint("commands/c.md", "description: '\(text)'").lines("description/placeholder") == [])
  }

  @Test func descriptionsThatSayNoMoreThanTheName() throws {
    for text in ["API designer", "The api-designer agent", "Agent for API design.", "api designers"] {
      let count = text.contains("design.") ? 0 : 1
      #expect(try lint("agents/api-designer.md", "description: \(text)").lines("description/repeats-name").count == count, "\(text)")
    }
    #expect(try lint("agents/api-designer.md", "description: Designs APIs").lines("description/repeats-name") == [])
  }

  @Test func descriptionsThatAreTooLong() throws {
    let skill = { (count: Int, platforms: [String]) in
      try self.lint("skills/s/SKILL.md", "name: s\ndescription: \(String(repeating: "ä", count: count))", platforms: platforms)
    }
    #expect(try skill(1024, ["codex", "claude-code"]).lines("description/cut") == [])
    #expect(try skill(1025, ["claude-code"]).lines("description/cut") == [])
    let found = try skill(1025, ["codex", "claude-code"])
    #expect(found.lines("description/cut") == [".aiwg/skills/s/SKILL.md:3:1: this description has 1025 characters"])
    #expect(
      found.findings.filter { $0.diagnostic.id == "description/cut" }.map(\.diagnostic.notes) == [["`codex` takes 1024 and refuses the skill"]])
    #expect(try skill(513, ["warp", "codex"]).lines("description/cut").count == 1)
  }

  @Test func textsThatFitNowhere() throws {
    let rule = { (count: Int, head: String) in
      try LintedArchive(
        "-- rules/r.md --\n---\nseverity: LOW\n\(head)---\n\(String(repeating: "x", count: count))\n", platforms: ["codex", "claude-code"])
    }
    #expect(try rule(32_767, "").lines("limit/too-long") == [])
    #expect(try rule(32_768, "").lines("limit/too-long").map { $0.prefix(24) } == [".aiwg/rules/r.md:0:0: th"])
    #expect(try rule(32_768, "platforms: [claude-code]\n").lines("limit/too-long") == [])
  }

  // MARK: kinds of values

  @Test(arguments: [
    ("model: [opus]", "3:8: `model` is a text, and this is a list", "model: [opus]"),
    ("readonly: 'true'", "3:11: `readonly` is true or false, and this is a text", "readonly: true"),
    ("readonly: No", "3:11: `readonly` is true or false, and this is a text", "readonly: false"),
    ("maxTurns: many", "3:11: `maxTurns` is a number, and this is a text", "maxTurns: many"),
    ("tags: {a: b}", "3:7: `tags` is a list of texts, and this is a mapping", "tags: {a: b}"),
  ])
  func valuesOfAnotherKind(_ field: String, _ line: String, _ fixed: String) throws {
    let linted = try lint("agents/a.md", "description: Does it.\n\(field)")
    #expect(linted.lines("frontmatter/odd-value") == [".aiwg/agents/a.md:" + line])
    #expect(linted.fixed("frontmatter/odd-value", ".aiwg/agents/a.md") == "---\ndescription: Does it.\n\(fixed)\n---\nText.\n")
  }

  @Test func valuesOfTheRightKind() throws {
    let head = "description: Does it.\nmodel: opus\nreadonly: true\nmaxTurns: 3\ntags: a, b\ncolor:\nskills: [one, two]"
    #expect(try lint("agents/a.md", head).lines("frontmatter/odd-value") == [])
  }

  // MARK: what reading says, and the fix

  @Test(arguments: [
    ("rules/r.md", "severty: LOW", "severity: LOW"), ("rules/r.md", "severty: low", "severty: low"), ("rules/r.md", "globbs: []", "globbs: []"),
    ("agents/a.md", "description: Does it.\ncolour: red", "description: Does it.\ncolor: red"),
    ("agents/a.md", "description: Does it.\ncolour: red\ncolor: blue", "description: Does it.\ncolour: red\ncolor: blue"),
  ])
  func slipsInKeys(_ file: String, _ head: String, _ fixed: String) throws {
    let linted = try lint(file, head)
    #expect(linted.lines("frontmatter/unknown-field").count == 1)
    #expect(linted.fixed("frontmatter/unknown-field", ".aiwg/" + file) == "---\n\(fixed)\n---\nText.\n")
  }

  @Test(arguments: [
    ("name: Good Reviewer # it", "name: good-reviewer # it"), ("name: \"good_reviewer\"", "name: \"good-reviewer\""),
    ("name: good-reviever", "name: good-reviewer"), ("name: somebody-else", "name: somebody-else"),
  ])
  func namesInAnotherSpelling(_ field: String, _ fixed: String) throws {
    let linted = try lint("agents/good-reviewer.md", "\(field)\ndescription: Does it.")
    #expect(linted.lines("frontmatter/name-differs").count == 1)
    #expect(
      linted.fixed("frontmatter/name-differs", ".aiwg/agents/good-reviewer.md") == "---\n\(fixed)\ndescription: Does it.\n---\nText.\n")
  }

  @Test(arguments: [
    ("globs: ['a/*', 'b/*', 'a/*', 'a/*']", "globs: ['a/*', 'b/*']"),
    ("globs:\n  - 'a/*' # first\n  - 'b/*'\n  - 'a/*'\nseverity: LOW", "globs:\n  - 'a/*' # first\n  - 'b/*'\nseverity: LOW"),
  ])
  func patternsThatAreThereTwice(_ head: String, _ fixed: String) throws {
    let linted = try lint("rules/r.md", head)
    #expect(!linted.lines("globs/repeated").isEmpty)
    #expect(linted.fixed("globs/repeated", ".aiwg/rules/r.md") == "---\n\(fixed)\n---\nText.\n")
  }
}
