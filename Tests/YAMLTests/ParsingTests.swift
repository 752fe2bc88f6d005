import Diagnostics
import Testing
import YAML

/// A document, its root and what is wrong with it.
struct Reading {
  let source: SourceText
  var root: YAMLNode?
  var findings: [Diagnostic] = []

  init(_ text: String, in range: Range<Int>? = nil, limits: YAMLLimits = .frontmatter) {
    self.init(bytes: Array(text.utf8), in: range, limits: limits)
  }

  init(bytes: [UInt8], in range: Range<Int>? = nil, limits: YAMLLimits = .frontmatter) {
    source = SourceText(path: "x.yaml", bytes: bytes)
    root = parseYAML(source, in: range, limits: limits, diagnostics: &findings)
  }

  /// `line:column id` of each finding.
  var summary: [String] { findings.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.id)" } }

  func text(_ node: YAMLNode?) -> String? { node.map { String(decoding: source.bytes[$0.range], as: UTF8.self) } }
}

@Suite struct ParsingTests {
  @Test func nodesKeepTheirBytes() throws {
    let reading = Reading("a: [x, 'y z']\nb:\n  c: |\n    t\n  d: 1\n# end\n")
    let root = try #require(reading.root)
    #expect(reading.text(root["a"]) == "[x, 'y z']")
    #expect(root["a"]?.list?.map { $0.text } == ["x", "y z"])
    #expect(reading.text(root["b"]?["d"]) == "1")
    #expect(root["b"]?["c"]?.text == "t\n")
    #expect(reading.text(root["b"]) == "c: |\n    t\n  d: 1")
    #expect(root.pairs?.map(\.keyText) == ["a", "b"])
  }

  @Test(arguments: ["é", "日本", "👩‍👩‍👧", "a\u{301}", "\u{85}x", "ẞ € 𝄞"])
  func placesAfterLongCharacters(_ text: String) throws {
    let reading = Reading("k: \"\(text)\"\nl: [\"\(text)\", m]\n")
    let root = try #require(reading.root)
    #expect(reading.text(root["l"]?.list?[1]) == "m")
    #expect(reading.text(root["k"]) == "\"\(text)\"")
  }

  @Test func aSliceIsReadWithPlacesOfTheFile() throws {
    let text = "---\nä: ö\nb: @x\n---\nbody: [\n"
    let reading = Reading(text, in: 4..<text.utf8.count - 13)
    #expect(reading.summary == ["3:4 yaml/syntax"])
    #expect(reading.findings.first?.place?.excerpt == "b: @x")
  }

  @Test(
    arguments: [
      ("no", nil), ("on", nil), ("yes", nil), ("y", nil), ("true", true), ("False", false), ("TRUE", true), ("tRUE", nil), ("'true'", nil),
    ] as [(String, Bool?)])
  func booleansOfTheCoreSchema(_ text: String, _ expected: Bool?) {
    let scalar = Reading("k: \(text)").root?["k"]?.scalar
    #expect(scalar?.bool == expected)
  }

  @Test(arguments: ["0", "12", "-1", "+1", "1.10", ".5", "1.", "1e3", "-1.5E-3", "0x1F", "0o17", ".inf", "-.INF", ".nan"])
  func numbers(_ text: String) {
    #expect(Reading("k: \(text)").root?["k"]?.scalar?.isNumber == true)
    #expect(Reading("k: '\(text)'").root?["k"]?.scalar?.isNumber == false)
  }

  @Test(arguments: ["1_000", "1.2.3", "0x", "0o8", "e3", ".", "-e", "+.nan", "12-VI", "1:20", "-x", ".e3", "1e"])
  func textsThatLookLikeNumbers(_ text: String) {
    #expect(Reading("k: \(text)").root?["k"]?.scalar?.isNumber == false)
  }

  @Test(arguments: ["", "# only\n", "\n\n", "---\n", "\u{FEFF}", "~"])
  func emptyDocuments(_ text: String) {
    let reading = Reading(text)
    #expect(reading.root == nil)
    #expect(reading.findings.isEmpty)
  }

  @Test func aLastLineOfBlanksIsALine() {
    #expect(Reading("a: |\n  b\n   ").root?["a"]?.text == "b\n \n")
    let reading = Reading("a: é\n ")
    #expect(reading.text(reading.root) == "a: é")
    #expect(Reading("a: [\n ").findings.first?.place?.line == 1)
  }

  @Test func aByteOrderMarkIsSkipped() {
    let reading = Reading("\u{FEFF}k: v")
    #expect(reading.text(reading.root?["k"]) == "v")
  }

  @Test func lineEndsOfWindows() {
    let reading = Reading("k: v\r\nl: é\r\nm: [a,\r\n  b]\r\n")
    #expect(reading.text(reading.root?["l"]) == "é")
    #expect(reading.text(reading.root?["m"]?.list?[1]) == "b")
  }

  @Test func duplicateKeysNameBothPlaces() {
    let reading = Reading("a: 1\nb: 2\n'a': 3\nc: {x: 1, x: 2}\n")
    #expect(reading.summary == ["3:1 yaml/duplicate-key", "4:11 yaml/duplicate-key"])
    #expect(reading.findings.first?.notes == ["first given at line 1"])
  }

  @Test func duplicateKeysAmongMany() {
    let lines = (0..<5_000).map { "k\($0): \($0)\n" }.joined()
    #expect(Reading(lines + "k3: x\n", limits: .configuration).summary == ["5001:1 yaml/duplicate-key"])
    #expect(Reading(lines + "k4999: x\n", limits: .configuration).summary == ["5001:1 yaml/duplicate-key"])
    #expect(Reading(lines, limits: .configuration).root?["k4321"]?.text == "4321")
  }
}
