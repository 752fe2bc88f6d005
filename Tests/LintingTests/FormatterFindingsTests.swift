import Linting
import TestSupport
import Testing

/// Tools that rewrite what aiwg writes.
@Suite struct FormatterFindingsTests {
  private static let skill = ".claude/skills/one/SKILL.md"
  private static let rule = "-- rules/one.md --\n---\nseverity: LOW\n---\nText.\n"

  private func lint(_ files: [String: String], _ output: String = "Text.\n") throws -> LintedArchive {
    try LintedArchive(
      Self.rule, files: files,
      outputs: [Self.skill: output, "AGENTS.md": "Mine.  \n\n\n<!-- aiwg:begin -->\n\(output)<!-- aiwg:end -->\n\n"])
  }

  private func hooks(_ text: String, below: String = "") -> [String: String] {
    ["src/a.c": "", ".pre-commit-config.yaml": "\(below)repos:\n  - repo: https://example.org/hooks\n    hooks:\n\(text)"]
  }

  @Test(arguments: [
    ("      - id: end-of-file-fixer\n", "Text.", true), ("      - id: end-of-file-fixer\n", "Text.\n", false),
    ("      - id: end-of-file-fixer\n", "Text.\n\n", true), ("      - id: trailing-whitespace\n", "Text. \n", true),
    ("      - id: trailing-whitespace\n", "Text.\n", false),
    ("      - id: trailing-whitespace\n        args: [--markdown-linebreak-ext=md]\n", "Text.  \n", false),
    ("      - id: mixed-line-ending\n", "One.\r\nTwo.\n", true), ("      - id: mixed-line-ending\n", "One.\r\nTwo.\r\n", false),
    ("      - id: mixed-line-ending\n        args: [--fix=no]\n", "One.\r\nTwo.\n", false), ("      - id: mdformat\n", "Text.\n", true),
    ("      - id: markdownlint\n", "Text.\n", false), ("      - id: markdownlint\n        args: [--fix]\n", "Text.\n", true),
    ("      - id: mdformat\n        exclude: '^(\\.claude/|AGENTS\\.md$)'\n", "Text.\n", false),
    (
      "      - id: mdformat\n        exclude: |\n          (?x)^(\n            \\.claude/.*| # written\n            AGENTS\\.md\n          )$\n",
      "Text.\n", false
    ),
    ("      - id: mdformat\n        files: ^docs/\n", "Text.\n", false), ("      - id: mdformat\n        exclude: '(?<=x)y'\n", "Text.\n", false),
    ("      - id: end-of-file-fixer\n        types: [python]\n", "Text.", false), ("      - id: black\n", "Text.", false),
  ])
  func hooksOfPreCommit(_ hook: String, _ output: String, _ isFound: Bool) throws {
    #expect(try lint(hooks(hook), output).lines("formatter/rewrites-outputs").count == (isFound ? 1 : 0))
    #expect(try lint(hooks(hook, below: "exclude: ^(\\.claude|AGENTS)\n"), output).lines("formatter/rewrites-outputs") == [])
  }

  @Test func theFindingSaysWhatToAdd() throws {
    let linted = try lint(hooks("      - id: mdformat\n"))
    #expect(
      linted.lines("formatter/rewrites-outputs") == [
        ".pre-commit-config.yaml:4:13: the hook `mdformat` rewrites 2 files that aiwg writes, and `aiwg check` fails then"
      ])
    #expect(linted.helps("formatter/rewrites-outputs") == ["add under this hook: `exclude: '^(\\.claude/skills/|AGENTS\\.md$)'`"])
    // What it says is enough.
    let done = try lint(hooks("      - id: mdformat\n        exclude: '^(\\.claude/skills/|AGENTS\\.md$)'\n"))
    #expect(done.lines("formatter/rewrites-outputs") == [])
    // A folder with files of the user's is not left out as a whole.
    var files = hooks("      - id: mdformat\n")
    files[".claude/skills/mine/SKILL.md"] = "Mine.\n"
    #expect(
      try lint(files).helps("formatter/rewrites-outputs")
        == ["add under this hook: `exclude: '^(\\.claude/skills/one/SKILL\\.md$|AGENTS\\.md$)'`"])
  }

  @Test(arguments: [
    ([".prettierrc": "{}"], true), (["prettier.config.mjs": ""], true), (["package.json": #"{"prettier": {}}"#], true),
    (["package.json": "{}"], false),
    (["package.json": #"{"lint-staged": {"*.{js,md}": "prettier --write"}}"#], true),
    (["package.json": #"{"lint-staged": {"*.js": "prettier --write"}}"#], false),
    ([".lintstagedrc": #"{"*.md": ["prettier --write"]}"#], true), ([".lintstagedrc.json": #"{"*.md": "prettier --check"}"#], false),
    ([".prettierrc": "{}", ".prettierignore": "# all\n/.claude/skills/\nAGENTS.md\n"], false),
    ([".prettierrc": "{}", ".prettierignore": "*.md\n!AGENTS.md\n"], true), ([".prettierrc": "{}", ".gitignore": ".claude\nAGENTS.md\n"], false),
    (["sub/.prettierrc": "{}"], false), (["dprint.json": #"{"plugins": ["https://plugins.dprint.dev/markdown-0.17.8.wasm"]}"#], true),
    (["dprint.json": #"{"plugins": ["https://plugins.dprint.dev/json-0.19.3.wasm"]}"#], false),
    (["dprint.json": #"{"excludes": ["**/*.md"], "plugins": ["https://plugins.dprint.dev/markdown-0.17.8.wasm"]}"#], false),
  ])
  func toolsOfTheRepository(_ files: [String: String], _ isFound: Bool) throws {
    #expect(try lint(files).lines("formatter/rewrites-outputs").count == (isFound ? 1 : 0))
  }

  @Test func linesForPrettier() throws {
    #expect(try lint([".prettierrc": "{}"]).helps("formatter/rewrites-outputs") == ["add to .prettierignore: `/.claude/skills/`, `/AGENTS.md`"])
  }
}
