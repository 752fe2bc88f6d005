import ContextModel
import Diagnostics
import TestSupport
import Testing
import Verifying

/// What a rule's blocks say as checks, and what is wrong with those that are none.
struct CheckReadingTests {
  static let check = """
    ```yaml check
    id: no-tabs
    message: Tabs; write blanks.
    files: ["**/*.{py,rb}"]
    pattern: 'tab\\('
    bad: |
      tab(1)
    good: |
      blank(1)
    ```
    """

  private func read(_ body: String) throws -> (checks: [Check], problems: [String]) {
    let tree = try artifacts("-- rules/style.md --\n---\nname: style\nseverity: LOW\n---\n\(body)\n", catalog: shippedCatalog())
    let rule = try #require(tree.artifacts.first)
    var problems: [Diagnostic] = []
    let found = checks(of: rule, diagnostics: &problems)
    return (found, problems.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0): \($0.message) [\($0.id)]" })
  }

  @Test func aBlockIsACheck() throws {
    let (checks, problems) = try read("# Style\n\n" + Self.check)
    #expect(problems.isEmpty)
    #expect(checks.map(\.id) == ["style/no-tabs"])
    #expect(checks.first?.severity == .low)
    #expect(checks.first?.place.line == 8)
    #expect(checks.first?.isAbout("src/a.py") == true)
    #expect(checks.first?.isAbout("a.rb") == true)
    #expect(checks.first?.isAbout("a.js") == false)
    #expect(checks.first?.fixtureProblems.isEmpty == true)
  }

  @Test(arguments: ["````text\n\(Self.check)\n````", "```yaml\nid: x\n```", "```check\nid: x\n```", "text `yaml check` text"])
  func otherBlocksAreNone(_ body: String) throws {
    let (checks, problems) = try read(body)
    #expect(checks.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func windowsLinesAreNoHindrance() throws {
    let (checks, problems) = try read(Self.check.replacing("\n", with: "\r\n"))
    #expect(problems.isEmpty)
    #expect(checks.map(\.id) == ["style/no-tabs"])
  }

  @Test(arguments: [
    ("id: no-tabs", "id: No Tabs", "6:5: `No Tabs` is no name for a check [check/name]"),
    ("message: Tabs; write blanks.", "", "6:1: this check has no `message` [check/missing-key]"),
    ("message:", "mesage: x\nmessage:", "7:1: unknown key `mesage` [check/unknown-key]"),
    ("files: [\"**/*.{py,rb}\"]", "files: \"*.py\"", "8:8: expected a list here, not a text [check/wrong-type]"),
    ("pattern: 'tab\\('", "pattern: 'tab('", "9:14: this group is not closed [check/pattern]"),
    ("pattern: 'tab\\('", "pattern: tab\\d", "9:13: `\\d` means nothing here [check/pattern]"),
    ("bad: |", "unless: '['\nbad: |", "10:10: this bracket is not closed [check/pattern]"),
    ("bad: |", "unless-declared: {files: ['*']}\nbad: |", "10:18: a declaration needs `files` and `pattern` [check/missing-key]"),
  ])
  func whatIsWrongHasAPlace(_ old: String, _ new: String, _ expected: String) throws {
    let (checks, problems) = try read(Self.check.replacing(old, with: new))
    #expect(checks.isEmpty)
    #expect(problems == [expected])
  }

  @Test func namesAreUnique() throws {
    let (checks, problems) = try read(Self.check + "\n\n" + Self.check)
    #expect(checks.count == 1)
    #expect(problems == ["17:5: this rule has another check `no-tabs` [check/twice]"])
  }

  @Test(arguments: [("  tab(1)\ngood", "  blank(1)\ngood", "check/silent"), ("  blank(1)\n```", "  blank(1)\n  tab(1)\n```", "check/noisy")])
  func snippetsAreTried(_ old: String, _ new: String, _ id: String) throws {
    let (checks, _) = try read(Self.check.replacing(old, with: new))
    #expect(checks.flatMap(\.fixtureProblems).map(\.id) == [id])
  }
}
