import Linting
import TestSupport
import Testing

/// Patterns of rules that cover nothing.
@Suite struct GlobFindingsTests {
  @Test(arguments: [
    ("src/**", []), ("*.c", []), ("/src/", []), (".aiwg/rules/**", []), (".claude/skills/**", []), ("!docs/**", []),
    ("sorce/**", [".aiwg/rules/r.md:2:9: `sorce/**` covers no file of this repository"]),
  ])
  func patternsThatCoverNothing(_ pattern: String, _ expected: [String]) throws {
    let linted = try LintedArchive(
      "-- rules/r.md --\n---\nglobs: ['\(pattern)']\n---\nText.\n", files: ["src/main.c": ""], outputs: [".claude/skills/one/SKILL.md": ""])
    #expect(linted.lines("globs/nothing") == expected)
    // In a tree that is about no repository nobody knows.
    #expect(try LintedArchive("-- rules/r.md --\n---\nglobs: ['\(pattern)']\n---\nText.\n", files: nil).lines("globs/nothing") == [])
  }

  @Test func patternsThatCoverEverything() throws {
    #expect(try LintedArchive("-- rules/r.md --\n---\nglobs: ['**/*']\n---\nText.\n").lines("globs/everything").count == 1)
    #expect(try LintedArchive("-- rules/r.md --\n---\nglobs: ['**/*.c']\n---\nText.\n").lines("globs/everything") == [])
  }
}
