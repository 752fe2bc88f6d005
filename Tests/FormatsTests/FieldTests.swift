import ContextModel
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct FieldTests {
  /// The head of the first output whose path has that suffix.
  private func head(_ txtar: String, _ platform: String, _ suffix: String = "x") throws -> String {
    let rendered = try Rendered(txtar, for: [platform])
    let (_, text) = try #require(rendered.texts.sorted { $0.key < $1.key }.first { $0.key.contains(suffix) })
    return text.components(separatedBy: "\nBODY")[0]
  }

  private static func rule(_ head: String) -> String { "-- rules/x.md --\n---\n\(head)\n---\nBODY\n" }
  private static func agent(_ head: String) -> String { "-- agents/x.md --\n---\ndescription: d\n\(head)\n---\nBODY\n" }

  @Test(arguments: [
    ("claude-code", "---\npaths:\n  - src/{a,b}/*.ts\n  - \"*.md\"\n---"),
    ("copilot", "---\napplyTo: \"src/a/*.ts,src/b/*.ts,*.md\"\n---"),
    ("cursor", "---\nglobs: src/a/*.ts,src/b/*.ts,*.md\nalwaysApply: false\n---"),
    ("windsurf", "---\ntrigger: glob\nglobs: \"src/a/*.ts,src/b/*.ts,*.md\"\n---"),
    ("antigravity", "---\ntrigger: glob\nglobs: \"src/a/*.ts,src/b/*.ts,*.md\"\n---"),
    ("codex", "Rule `x`, for files that match `src/{a,b}/*.ts`, `*.md`\n"),
  ])
  func globs(_ platform: String, _ expected: String) throws {
    let suffix = platform == "codex" ? "AGENTS.md" : "rules"
    for spelling in ["globs: ['src/{a,b}/*.ts', '*.md']", "globs: 'src/{a,b}/*.ts, *.md'", "paths: ['src/{a,b}/*.ts', '*.md']"] {
      let found = try head(Self.rule(spelling), platform, platform == "copilot" ? "instructions" : suffix)
      #expect(found == expected, "\(spelling)")
    }
  }

  @Test(arguments: [
    ("always", "claude-code", "---\nglobs:\n  - a\n---"), ("always", "cursor", "---\nalwaysApply: true\nglobs:\n  - a\n---"),
    ("model", "cursor", "---\ndescription: The rule x.\nalwaysApply: false\n---"), ("manual", "cursor", "---\nalwaysApply: false\n---"),
    ("model", "windsurf", "---\ntrigger: model_decision\ndescription: The rule x.\nglobs:\n  - a\n---"),
    ("model", "codex", "---\nname: x\ndescription: The rule x.\n---"),
    ("manual", "codex", "---\nname: x\ndescription: The rule x.\ndisable-model-invocation: true\n---"),
  ])
  func activationWinsOverGlobs(_ activation: String, _ platform: String, _ expected: String) throws {
    #expect(try head(Self.rule("activation: \(activation)\nglobs: [a]"), platform) == expected)
  }

  @Test func anAlwaysRuleWithPathsIsNotScopedByThem() throws {
    let rendered = try Rendered(Self.rule("activation: always\npaths: [a]\nseverity: LOW"), for: ["claude-code"])
    #expect(rendered.texts[".claude/rules/x.md"] == "---\nseverity: LOW\n---\nBODY\n")
    #expect(
      rendered.losses("claude-code", "rules/x") == [
        "paths: `.claude/rules/{name}.md` has no field for it", "severity: it is there, and the model never sees it",
      ])
  }

  @Test func noKeyIsWrittenTwice() throws {
    let rendered = try Rendered(Self.rule("alwaysApply: false\ntrigger: manual\napplyTo: src/**\nseverity: LOW"), for: ["cursor"])
    #expect(rendered.texts[".cursor/rules/x.mdc"] == "---\nalwaysApply: true\ntrigger: manual\napplyTo: src/**\nseverity: LOW\n---\nBODY\n")
    #expect(rendered.losses("cursor", "rules/x") == ["alwaysApply: the platform's own field of that name says something else"])
    #expect(try head(Self.rule("applyTo: src/**"), "copilot") == "---\napplyTo: \"**\"\n---")
  }

  @Test func anEmptyFieldIsNone() throws {
    #expect(try head(Self.rule("description:\nseverity: LOW"), "cursor") == "---\nalwaysApply: true\nseverity: LOW\n---")
    #expect(try head(Self.rule("globs:\npaths: [a]"), "claude-code") == "---\npaths:\n  - a\n---")
  }

  @Test(arguments: [
    ("Read, Grep", "copilot", "tools:\n  - read\n  - search"), ("[Read, Glob, Grep]", "copilot", "tools:\n  - read\n  - search"),
    ("Read, Bash", "gemini-cli", "tools:\n  - read_file\n  - run_shell_command"), ("Read, Write", "factory", "tools:\n  - Read\n  - Create"),
    ("Read", "opencode", "permission:\n  \"*\": deny\n  read: allow"),
    // A part of a tool, or one without a word, is not widened to the whole.
    ("Read, Bash(git *)", "copilot", "tools:\n  - read"), ("Bash(git add, git commit)", "gemini-cli", "tools: []"),
    ("mcp__a__b, Frobnicate", "copilot", "tools: []"), ("Bash(git *), Read", "opencode", "permission:\n  \"*\": deny\n  read: allow"),
    ("Frobnicate", "opencode", "permission:\n  \"*\": deny"), ("[]", "opencode", "permission:\n  \"*\": deny"), ("[]", "copilot", "tools: []"),
    ("Read, Bash(git *)", "factory", "tools:\n  - Read"), ("Read, Bash(git *)", "claude-code", "tools: Read, Bash(git *)"),
    ("Read, Grep", "cursor", "readonly: true"), ("[]", "cursor", "readonly: true"),
  ])
  func tools(_ tools: String, _ platform: String, _ expected: String) throws {
    let key = ["copilot", "gemini-cli", "factory", "claude-code"].contains(platform) ? "tools" : platform == "cursor" ? "readonly" : "permission"
    let head = try head(Self.agent("tools: \(tools)"), platform)
    let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix(key) }, "\(head)")
    let block = [lines[start]] + lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
    #expect(block.joined(separator: "\n") == expected)
  }

  @Test(arguments: ["Read, Write", "Read, Bash(git *)", "mcp__a__b", "Frobnicate", "Task"])
  func readOnlyIsSaidOnlyWhenItIsSo(_ tools: String) throws {
    #expect(try !head(Self.agent("tools: \(tools)"), "cursor").contains("readonly"))
  }

  @Test func readOnlyAsItIsSaid() throws {
    #expect(try head(Self.agent("readonly: true"), "cursor").contains("readonly: true"))
    #expect(try head(Self.agent("readonly: false\ntools: Read"), "cursor").contains("readonly: false"))
  }

  @Test func everyToolThatIsNotGrantedIsALoss() throws {
    let rendered = try Rendered(Self.agent("tools: Read, Bash(git *), Frobnicate\nallowed-tools: Grep"), for: ["copilot", "codex", "cursor"])
    #expect(
      rendered.losses("copilot", "agents/x") == [
        "allowed-tools: `tools` counts instead of it", "tools: it has no word for `Bash(git *)`", "tools: it has no word for `Frobnicate`",
      ])
    #expect(rendered.losses("codex", "agents/x").contains("tools: said in words, and not enforced"))
    #expect(rendered.losses("cursor", "agents/x").contains("tools: said in words, and not enforced"))
  }

  @Test(arguments: [
    ("sonnet", "claude-code", "model: sonnet"), ("claude-opus-4-5", "claude-code", "model: claude-opus-4-5"), ("gpt-5", "claude-code", nil),
    ("inherit", "cursor", "model: inherit"), ("sonnet", "cursor", nil), ("inherit", "factory", "model: inherit"), ("opus", "opencode", nil),
    ("opus", "codex", nil), ("flash", "antigravity", "model: flash"), ("opus", "gemini-cli", nil), ("opus", "copilot", nil),
  ])
  func models(_ model: String, _ platform: String, _ expected: String?) throws {
    let rendered = try Rendered(Self.agent("model: \(model)"), for: [platform])
    let text = rendered.texts.values.joined()
    #expect(text.contains("model: ") == (expected != nil))
    if let expected {
      #expect(text.contains("\n\(expected)\n"))
    } else {
      #expect(rendered.losses(platform, "agents/x").contains { $0.hasPrefix("model") })
    }
  }

  @Test func fieldsForOnePlatformAreWrittenWhereNoOtherReads() throws {
    let tree = Self.rule("description: d\ncursor:\n  alwaysApply: false\n  extra: 1\nwarp:\n  a: b")
    let rendered = try Rendered(tree, for: ["cursor"])
    #expect(rendered.texts[".cursor/rules/x.mdc"] == "---\ndescription: d\nalwaysApply: false\nextra: 1\n---\nBODY\n")
    #expect(rendered.rendering.losses == [])
    let shared = try Rendered(tree, for: ["cursor", "warp", "codex"])
    #expect(shared.losses("warp", "rules/x") == ["warp.a: `AGENTS.md` has no fields"])
    #expect(shared.losses("codex", "rules/x") == [])
  }

  @Test func aManualRuleThatTheModelMayUseAllTheSameIsALoss() throws {
    let rendered = try Rendered(Self.rule("activation: manual\ndescription: d"), for: ["hermes"])
    #expect(rendered.losses("hermes", "rules/x") == ["disable-model-invocation: the model may use it without being asked"])
  }

  @Test(arguments: [
    ("disable-model-invocation: true", true), ("disable-model-invocation: false", false), ("license: MIT", false),
  ])
  func theSwitchOfCodexForSkillsOfTheUsers(_ head: String, _ isThere: Bool) throws {
    let rendered = try Rendered("-- skills/x/SKILL.md --\n---\ndescription: d\n\(head)\n---\nBODY\n", for: ["codex"])
    #expect((rendered.texts[".agents/skills/x/agents/openai.yaml"] != nil) == isThere)
  }

  @Test func aSkillKeepsItsOwnSwitchFile() throws {
    let tree = "-- skills/x/SKILL.md --\n---\ndescription: d\ndisable-model-invocation: true\n---\n-- skills/x/agents/openai.yaml --\na: b\n"
    let rendered = try Rendered(tree, for: ["codex"])
    #expect(rendered.rendering.desired.outputs.filter { $0.path.name == "openai.yaml" }.count == 1)
    #expect(rendered.losses("codex", "skills/x") == ["disable-model-invocation: the skill has its own `agents/openai.yaml`"])
  }

  @Test func aBodyThatBeginsWithDashesIsNoHead() throws {
    let rendered = try Rendered("-- rules/x.md --\n---\nactivation: always\n---\n---\nnot: a head\n---\n", for: ["claude-code"])
    #expect(rendered.texts[".claude/rules/x.md"] == "---\n---\n---\nnot: a head\n---\n")
  }

  @Test(arguments: ["warp", "copilot"])
  func nothingIsLostInSilence(_ platform: String) throws {
    let rendered = try Rendered(try fixtureText(), for: [platform])
    for delivery in rendered.layout.deliveries {
      let text = try #require(rendered.texts[delivery.path.text])
      let elsewhere = delivery.artifact.fieldsSaidElsewhere
      for field in delivery.artifact.fields
      where !elsewhere.contains(field.key) && !["name", "activation", "globs", "description", "disable-model-invocation"].contains(field.key) {
        let isLost = rendered.losses(platform, delivery.artifact.id.description).contains { $0.hasPrefix(field.key + ":") }
        #expect(text.contains(field.key + ": ") || text.contains(field.key + ":\n") || isLost, "\(delivery.artifact.id) \(field.key)")
      }
    }
  }
}
