import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Testing

@Suite struct FrontmatterTests {
  @Test(
    arguments: [
      ("---\nk: v\n---\nbody", ["k"], "body"), ("---\r\nk: v\r\n---\r\nbo\r\ndy", ["k"], "bo\r\ndy"), ("\u{FEFF}---\nk: v\n---\n", ["k"], ""),
      ("---\n---\nbody", [], "body"), ("---  \nk: v\n--- \nbody", ["k"], "body"), ("---\nk: v\n---", ["k"], ""), ("body\n---\nk: v\n---\n", [], nil),
      ("---\n\n# Title\n", [], nil), ("---\nprose without keys\n\nkey: later\n", [], nil), ("----\nk: v\n----\n", [], nil), ("", [], nil),
      ("\n---\nk: v\n---\n", [], nil), ("---", [], nil), ("---\n# comment\n---\nx", [], "x"),
    ] as [(String, [String], String?)])
  func headAndBody(_ text: String, _ keys: [String], _ body: String?) {
    let loading = Loading(["rules/a.md": text])
    #expect(loading.findings == [])
    #expect(loading["rules/a"]?.fields.map(\.key) == keys)
    #expect(loading["rules/a"]?.bodyText == body ?? text)
  }

  @Test(arguments: [
    ("---\nname: a\nbody", "1:1 frontmatter/unclosed"), ("---\n- a\n---\n", "2:1 frontmatter/not-a-mapping"),
    ("---\nprose\n---\n", "2:1 frontmatter/not-a-mapping"), ("---\nk: [a] b\n---\n", "2:8 yaml/syntax"),
    ("---\nk: 1\nk: 2\n---\n", "3:1 yaml/duplicate-key"), ("---\nk: &a 1\n---\n", "2:4 yaml/anchor"),
    ("x\n<!-- aiwg:begin -->\n", "2:1 body/managed-marker"),
    ("---\nk: v\n---\n  <!-- aiwg:end --> \r\n", "4:3 body/managed-marker"), ("---\nseverity: high\n---", "2:11 frontmatter/unknown-value"),
    ("---\nseverity: 3\n---", "2:11 frontmatter/unknown-value"), ("---\nactivation: glob\n---", "2:13 frontmatter/unknown-value"),
    ("---\nglobs: {a: b}\n---", "2:8 frontmatter/globs-not-text"), ("---\npaths: [a, [b]]\n---", "2:12 frontmatter/globs-not-text"),
    ("---\ndescription: [a]\n---", "2:14 frontmatter/description-not-text"),
    ("---\nplatforms: [alpha, betta]\n---", "2:20 frontmatter/unknown-platform"),
    ("---\nplatforms: {a: b}\n---", "2:12 frontmatter/platforms-not-names"), ("---\nplatforms: !alpha\n---", "2:12 yaml/tag"),
    ("---\nplatforms: [!alpha]\n---", "2:13 yaml/syntax"),
    ("---\nalpha: {a: 1}\nalfa: {b: 2}\n---", "3:1 frontmatter/platform-twice"),
  ])
  func errorsKeepAnArtifactOut(_ text: String, _ summary: String) {
    let loading = Loading(["rules/a.md": text])
    #expect(loading.summary == ["rules/a.md:" + summary])
    #expect(loading.artifacts.isEmpty)
    #expect(loading.rejected.map { $0.id?.description } == ["rules/a"])
    #expect(loading.findings.allSatisfy { $0.severity == .error && $0.help != nil })
  }

  @Test func allErrorsOfAFileAreSaid() {
    let loading = Loading(["rules/a.md": "---\nseverity: x\nactivation: y\n---\n<!-- aiwg:end -->\n"])
    #expect(loading.findings.count == 1)
    let head = Loading(["rules/a.md": "---\nseverity: x\nactivation: y\nplatforms: z\n---\n"])
    #expect(head.findings.count == 3)
  }

  @Test func aMarkerInALineIsText() {
    #expect(Loading(["rules/a.md": "the line `<!-- aiwg:begin -->` is ours\n"]).findings == [])
  }

  @Test func bytesThatAreNotUTF8() throws {
    var tree = Loading.bytes("rules/a.md", Array("---\nk: v\n---\nx\ny \u{e9}".utf8) + [0xE9, 0x0A])
    #expect(tree.summary == ["rules/a.md:5:4 frontmatter/not-utf8"])
    tree = Loading.bytes("rules/a.md", [0xED, 0xA0, 0x80])
    #expect(tree.summary == ["rules/a.md:1:1 frontmatter/not-utf8"])
  }

  @Test(arguments: 0..<20)
  func bytesThatAreNotUTF8AnywhereInALine(_ offset: Int) {
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 20)
    bytes[offset] = 0xFF
    #expect(Loading.bytes("rules/a.md", bytes).summary == ["rules/a.md:1:\(offset + 1) frontmatter/not-utf8"])
  }

  @Test func valuesKeepTheirKind() throws {
    let text = "---\na: 1.10\nb: true\nc: ~\nd: no\ne: [1, x]\nf: {g: 'true'}\n---\n"
    let fields = try #require(Loading(["rules/a.md": text])["rules/a"]).fields
    #expect(
      fields.map(\.value) == [
        .number("1.10"), .bool(true), .null, .text("no"), .list([.number("1"), .text("x")]), .map([.init("g", .text("true"))]),
      ])
    #expect(fields.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }.first == "a: 1.10")
  }

  @Test(
    arguments: [
      ("[alpha, beta]", ["alpha", "beta"], []), ("alfa", ["alpha"], []), ("'!beta'", nil, ["beta"]), ("[alpha, '!beta']", ["alpha"], ["beta"]),
      ("alpha, gamma-one", ["alpha", "gamma-one"], []), ("[]", [], []), ("", nil, []),
    ] as [(String, Set<String>?, Set<String>)])
  func audiences(_ value: String, _ only: Set<String>?, _ excluded: Set<String>) {
    let artifact = Loading(["rules/a.md": "---\nplatforms: \(value)\n---\n"])["rules/a"]
    #expect(artifact?.audience == Audience(only: only, excluded: excluded))
    #expect(artifact?.fields == [])
  }

  @Test func fieldsForOnePlatform() {
    let artifact = Loading(["rules/a.md": "---\nk: 1\nalfa: {k: 2}\nbeta: text\n---\n"])["rules/a"]
    #expect(artifact?.fields.map(\.key) == ["k", "beta"])
    #expect(artifact?.fields(on: "alpha")["k"] == .number("2"))
  }

  @Test func descriptionsAreNeeded() {
    let bare = Loading(["agents/a.md": "x", "commands/b.md": "---\nname: b\n---\n", "skills/c/SKILL.md": "---\ndescription: ' '\n---\n"])
    #expect(
      bare.summary == [
        "agents/a.md:1:1 frontmatter/missing-description", "commands/b.md:1:1 frontmatter/missing-description",
        "skills/c/SKILL.md:1:1 frontmatter/missing-description",
      ])
    #expect(
      bare.findings.map(\.help) == [
        "begin the file with\n---\nname: a\ndescription: <what it does, and when to use it>\n---",
        "add to the frontmatter\ndescription: <what it does, and when to use it>",
        "add to the frontmatter\nname: c\ndescription: <what it does, and when to use it>",
      ])
    #expect(Loading(["agents/a.md": "---\ndescription: 12\n---\n"])["agents/a"]?.fields["description"] == .text("12"))
  }

  @Test func theFileNameWins() {
    let loading = Loading(["rules/a.md": "---\nname: Other\n---\n"])
    #expect(loading.summary == ["rules/a.md:2:7 frontmatter/name-differs"])
    #expect(loading["rules/a"]?.fields["name"] == .text("a"))
  }

  @Test(arguments: [("severty", "severity"), ("paltforms", "platforms"), ("glob", "globs"), ("researchFoundation", nil), ("id", nil), ("args", nil)])
  func unknownFieldsAreKept(_ key: String, _ guess: String?) {
    let loading = Loading(["rules/a.md": "---\n\(key): x\n---\n"])
    #expect(loading["rules/a"]?.fields[key] == .text("x"))
    #expect(loading.findings.map(\.help) == (guess.map { ["did you mean `\($0)`?"] } ?? []))
    #expect(!loading.findings.hasErrors)
  }

  @Test func hintsThatAreLists() {
    let loading = Loading(["commands/a.md": "---\ndescription: d\nargument-hint: [--level a|b]  # c\n---\n"])
    #expect(loading.summary == ["commands/a.md:3:16 frontmatter/argument-hint-not-text"])
    #expect(loading.findings.first?.severity == .warning)
    #expect(loading.findings.first?.help == "quote the whole value: `argument-hint: '[--level a|b]'`")
    #expect(loading["commands/a"]?.fields["argument-hint"] == .text("[--level a|b]"))
  }
}

@Suite struct TranslationTests {
  static let files = [
    "rules/a.md": "---\nname: a\ndescription: d\nseverity: LOW\nalpha: {x: 1}\n---\nbase",
    "rules/a.es.md": "---\ndescription: e\nextra: 1\n---\nhola",
    "rules/a.zh-Hant.md": "你好", "skills/s/SKILL.md": "---\ndescription: d\n---\nbase", "skills/s/SKILL.es.md": "hola", "skills/s/notes.es.md": "r",
  ]

  @Test(
    arguments: [
      (nil, "base"), ("es", "hola"), ("es-MX", "hola"), ("zh-Hant-TW", "你好"), ("zh", "base"), ("fr", "base"), ("ES-mx", "hola"), ("zh-hant-tw", "你好"),
    ] as [(String?, String)])
  func theFittingBodyIsChosen(_ locale: String?, _ body: String) {
    let loading = Loading(Self.files, locale: locale)
    #expect(loading.findings == [])
    #expect(loading["rules/a"]?.bodyText == body)
    #expect(loading["skills/s"]?.resources.map(\.path.text) == ["notes.es.md"])
    #expect(loading.files.count == 5)
  }

  @Test func ownKeysWinAndOthersAreInherited() throws {
    let artifact = try #require(Loading(Self.files, locale: "es")["rules/a"])
    #expect(artifact.fields.map(\.key) == ["name", "description", "severity", "extra"])
    #expect(artifact.fields["description"] == .text("e"))
    #expect(artifact.overrides["alpha"]?.count == 1)
    #expect(artifact.language?.text == "es")
    #expect(artifact.path.text == "rules/a.es.md")
  }

  @Test func aTranslationNeedsItsBase() {
    let loading = Loading(["rules/a.es.md": "x", "rules/sub/a.md": "y", "skills/s/SKILL.es.md": "z"])
    #expect(loading.summary == ["rules/a.es.md tree/translation-without-base", "skills/s/SKILL.es.md tree/translation-without-base"])
    #expect(loading.findings.first?.help == "add `rules/a.md`, or rename this file to it")
  }

  @Test func translationsThatAreNotChosenAreCheckedToo() {
    let loading = Loading(["rules/a.md": "x", "rules/a.es.md": "---\nk: [\n---\n"])
    #expect(loading.summary == ["rules/a.es.md:2:4 yaml/syntax"])
    #expect(loading.artifacts.isEmpty)
    #expect(loading.rejected.map(\.path.text) == ["rules/a.es.md"])
  }
}
