import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Testing

@testable import Translating

@Suite struct StructureTests {
  @Test(arguments: [
    // Headings.
    ("# A\n## B\n", "# A\n### B\n", "2:1 this heading is of level 3, and \"B\" of rules/x.md is of level 2"),
    ("# A\n## B\n", "# A\n", "1:1 \"B\" of rules/x.md has no counterpart after this section"),
    ("# A\n", "# A\n## B\n", "2:1 this heading has no counterpart in rules/x.md"),
    ("t\n# A\n", "# A\n", "1:1 the text before the first heading of rules/x.md has no counterpart here"),
    ("# A\n", "t\n# A\n", "1:1 no text stands before the first heading of rules/x.md"),
    ("t\n", "", "the text of rules/x.md has no counterpart here"),
    ("", "t\n", "1:1 rules/x.md has no text"),
    ("# A\n```\n# B\n```\n", "# A\n\n# B\n", "3:1 this heading has no counterpart in rules/x.md"),
    // Code.
    ("# A\n```\na\nb\n```\n", "# A\n```\na\nc\n```\n", "4:1 this line of code is not that of rules/x.md"),
    ("# A\n```js\na\n```\n", "# A\n```ts\na\n```\n", "2:1 this line of code is not that of rules/x.md"),
    ("# A\n```\na\n```\n", "# A\n", "1:1 a block of code of rules/x.md is missing in this section"),
    ("# A\n", "# A\n```\na\n```\n", "2:1 this block of code is not in rules/x.md"),
    ("# A\n```\na\nb\n", "# A\n```\na\n", "3:1 this block of code ends before that of rules/x.md"),
    // Links.
    ("# A\n[b](b.md)\n", "# A\n[b](c.md)\n", "2:5 rules/x.md has no such link in this section"),
    ("# A\n[b](b.md)\n", "# A\nb\n", "1:1 the link to `b.md` of rules/x.md is missing in this section"),
    ("# A\n<https://a.b>\n", "# A\n<https://a.c>\n", "2:2 rules/x.md has no such link in this section"),
    ("# A\n[b]\n\n[b]: https://a.b\n", "# A\n[b]\n\n[b]: https://a.c\n", "4:6 rules/x.md has no such link in this section"),
    ("[a](#b)\n\n# B\n# C\n", "[a](#e)\n\n# D\n# E\n", "1:5 rules/x.md has no such link in this section"),
    // The first of both.
    ("# A\n[b](b.md)\n```\na\n```\n", "# A\n```\nb\n```\n[b](c.md)\n", "3:1 this line of code is not that of rules/x.md"),
  ])
  func isBuiltOtherwise(_ base: String, _ translation: String, _ expected: String) throws {
    let status = try Pair(base: base, translation: translation).status()
    let finding = try #require(status.findings.first { $0.id == "translation/structure" })
    let place = [finding.place?.line, finding.place?.column].compactMap { $0.map(String.init) }.joined(separator: ":")
    #expect((place.isEmpty ? "" : place + " ") + finding.message == expected)
    #expect(finding.severity == .warning && finding.help != nil)
    do throws(RecordingFailure) {
      _ = try status.recording(nil)
      Issue.record("it was recorded")
    } catch {
      #expect(error.diagnostic.id == "translation/structure" && error.diagnostic.severity == .error)
    }
  }

  @Test(arguments: [
    ("# A\n", "# B\n"),
    // Line ends.
    ("# A\n```\na\n```\n", "# B\r\n```\r\na\r\n```\r\n"),
    // Words change places.
    ("[a](a.md) and [b](https://b.c)\n", "[b](https://b.c) y [a](a.md)\n"),
    // An anchor of its own is in its own language, and so may be that of another file.
    ("[a](#why) [c](c.md#why)\n\n# Why\n", "[a](#por-qué) [c](c.md#por-qué)\n\n# Por qué\n"),
    // No headings: code, a word with a mark, a list item, too deep, seven marks, underlined.
    ("    # a\n#b\n- # c\n####### d\ne\n===\n", "x\n"),
    // Links in code are text.
    ("`[a](b.md)`\n", "`[c](d.md)`\n"),
    // A stray backtick does not swallow a heading.
    ("a ` b\n# A `c`\n", "a ` b\n# B `c`\n"),
    // Closing marks, and a fence in a list.
    ("## A ##\n- x\n\n  ```\n  # a\n  ```\n", "## B\n- y\n\n  ```\n  # a\n  ```\n"),
  ])
  func isBuiltAlike(_ base: String, _ translation: String) throws {
    #expect(try Pair(base: base, translation: translation).status().difference == nil)
  }

  @Test func titlesAndAnchors() {
    let outline = BodyOutline(of: SourceText(path: "x", bytes: Array("## What to `check` ##  \r\n  # Déjà vu!\n##\n### C#\n".utf8)))
    #expect(outline.sections.map(\.title) == ["What to `check`", "Déjà vu!", "", "C#"])
    #expect(outline.sections.map(\.anchor) == ["what-to-check", "déjà-vu", nil, "c"])
    #expect(outline.sections.map(\.level) == [2, 1, 2, 3])
  }
}

@Suite struct LoadingTests {
  @Test func twoTagsOfOneBase() throws {
    var findings: [Diagnostic] = []
    let loaded = try load(
      [
        "rules/x.md": "# A\n", "rules/x.pt-BR.md": "# B\n", "rules/x.es.md": "# C\n", "skills/y/SKILL.md": "---\ndescription: D\n---\n# E\n",
        "skills/y/SKILL.ES-mx.md": "# F\n",
      ], &findings)
    #expect(
      loaded.translations.map { "\($0.path.text) \($0.language.text) \($0.base.path)" } == [
        "rules/x.es.md es rules/x.md", "rules/x.pt-BR.md pt-BR rules/x.md", "skills/y/SKILL.ES-mx.md es-MX skills/y/SKILL.md",
      ])
  }

  @Test func aSkill() throws {
    let pair = Pair(
      base: "---\nname: y\ndescription: D\n---\n# E\n\nText.\n", translation: "---\ndescription: T\n---\n# F\n\nTexto.\n", path: "skills/y/SKILL.md",
      translationPath: "skills/y/SKILL.es.md")
    var recorded = try pair.recorded()
    #expect(try recorded.findings() == [])
    recorded.base = recorded.base.replacing("Text.", with: "Words.")
    #expect(try recorded.status().findings.map(\.message) == ["the section says what an older \"E\" of skills/y/SKILL.md said"])
  }

  /// Errors are told by the loader, and nothing more is said of the file.
  @Test func aBrokenHead() throws {
    var findings: [Diagnostic] = []
    let broken = "---\nfollows: [\n---\n# B\n"
    let loaded = try load(["rules/x.md": "# A\n", "rules/x.es.md": broken, "rules/x.id.md": "# C\n"], &findings)
    #expect(loaded.translations.map(\.language.text) == ["id"])
    #expect(findings.hasErrors)
    findings = []
    #expect(try load(["rules/x.md": broken, "rules/x.es.md": "# B\n"], &findings).translations.isEmpty)
  }

  @Test func theRecordIsNoField() throws {
    var findings: [Diagnostic] = []
    let follows = "---\nfollows:\n  a: 000000000000\n---\n# A\n"
    let tree = ["rules/x.md": "# A\n", "rules/x.es.md": follows, "rules/y.md": follows]
    let loaded = try load(tree, &findings)
    #expect(findings == [])
    #expect(loaded.artifacts.map { $0.fields.map(\.key) } == [[], ["follows"]])
    #expect(loaded.translations.first?.follows?.value == .map([.init("a", .number("000000000000"))]))
  }
}
