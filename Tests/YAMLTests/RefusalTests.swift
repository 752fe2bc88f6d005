import Diagnostics
import Testing
import YAML

@Suite struct RefusalTests {
  @Test(
    arguments: [
      ("a: !x 1", "1:4 yaml/tag", "quote the whole value: `a: '!x 1'`"),
      ("a: !!str 1", "1:4 yaml/tag", "quote the whole value: `a: '!!str 1'`"),
      ("a: &x 1", "1:4 yaml/anchor", "quote the whole value: `a: '&x 1'`"),
      ("a: *x", "1:4 yaml/alias", "quote the whole value: `a: '*x'`"),
      ("a: *.ts", "1:4 yaml/syntax", "quote the whole value: `a: '*.ts'`"),
      ("a: **/*.ts", "1:4 yaml/syntax", "quote the whole value: `a: '**/*.ts'`"),
      ("a: @x", "1:4 yaml/syntax", "quote the whole value: `a: '@x'`"),
      ("a: `x`", "1:4 yaml/syntax", "quote the whole value: `a: '`x`'`"),
      ("a: %x", "1:4 yaml/syntax", "quote the whole value: `a: '%x'`"),
      ("a: {{x}}", "1:5 yaml/key-not-text", "quote the whole value: `a: '{{x}}'`"),
      ("a: [b] [c]", "1:8 yaml/syntax", "quote the whole value: `a: '[b] [c]'`"),
      ("a: {b} c", "1:8 yaml/syntax", "quote the whole value: `a: '{b} c'`"),
      ("a: \"b\" --c", "1:8 yaml/syntax", "quote the whole value: `a: '\"b\" --c'`"),
      ("a: 'b' c", "1:8 yaml/syntax", "quote the whole value: `a: '''b'' c'`"),
      ("a: \"[x \"y\"]\"", "1:9 yaml/syntax", "quote the whole value: `a: '[x \"y\"]'`"),
      ("a: \"x\\ty \"z\"\"", "1:11 yaml/syntax", "quote the whole value: `a: \"x\\ty \\\"z\\\"\"`"),
      ("a: b: c", "1:5 yaml/syntax", "quote the whole value: `a: 'b: c'`"),
      ("a:\n\t- b", "2:1 yaml/syntax", "indent with spaces"),
      ("a: 'b\nc: d", "1:4 yaml/syntax", "add the closing quote"),
      ("a: [b\n", "1:4 yaml/syntax", "close it with `]`, or quote it if it is text"),
      ("a: [\nb: c\n", "1:4 yaml/syntax", "close it with `]`, or quote it if it is text"),
      ("a: [", "1:4 yaml/syntax", "close it with `]`, or quote it if it is text"),
      ("a: [b, ?c]", "1:8 yaml/question-mark", "put quotes around it if it is text: `'?c'`"),
      ("a: {?b: c}", "1:5 yaml/question-mark", "put quotes around it if it is text: `'?b:'`"),
      ("a: [!b]", "1:5 yaml/syntax", "put quotes around it if it is text: `'!b'`"),
      ("a: [!b, c]", "1:5 yaml/tag", "put quotes around it if it is text: `'!b'`"),
      ("a: [c, *b]", "1:8 yaml/alias", "put quotes around it if it is text: `'*b'`"),
      ("a:\n  - @b", "2:5 yaml/syntax", "put quotes around it if it is text: `'@b'`"),
      ("<<: {a: b}", "1:1 yaml/merge-key", "write the keys out where they are needed"),
      ("[a]: b", "1:1 yaml/key-not-text", nil),
      ("a: 1\n---\nb: 2\n", "2:1 yaml/several-documents", "keep one document: remove the line `---` or `...` before it"),
    ] as [(String, String, String?)])
  func refusedWithPlaceAndHelp(_ text: String, _ summary: String, _ help: String?) {
    let reading = Reading(text)
    #expect(reading.root == nil)
    #expect(reading.summary.first == summary)
    if let help { #expect(reading.findings.first?.help == help) }
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF], "not valid UTF-8", 4), ([0x61, 0x3A, 0x20, 0x00], "a control character (0x0) is not allowed", 4),
      ([0xFF, 0xFE, 0x61, 0x00], "not valid UTF-8", 1), ([0xC3], "not valid UTF-8", 1),
      ([0x61, 0x3A, 0x20, 0x1B], "a control character (0x1B) is not allowed", 4),
    ] as [([UInt8], String, Int)])
  func unreadableBytes(_ bytes: [UInt8], _ message: String, _ column: Int) {
    let reading = Reading(bytes: bytes)
    #expect(reading.root == nil)
    #expect(reading.findings.map(\.message) == [message])
    #expect(reading.findings.first?.place?.column == column)
  }

  @Test func aSliceNeverShowsTheRest() {
    // The range ends inside of a character: what follows may not be looked at.
    #expect(Reading("a: é", in: 0..<4).findings.first?.message == "not valid UTF-8")
    #expect(Reading("a: 1", in: 9..<12).root == nil)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsRefusedQuickly(_ opening: String) {
    let text = String(repeating: opening, count: 100_000 / opening.utf8.count)
    var limits = YAMLLimits.configuration
    limits.bytes = 1 << 20
    let clock = ContinuousClock()
    var reading: Reading?
    let time = clock.measure { reading = Reading(text, limits: limits) }
    #expect(reading?.root == nil)
    #expect(reading?.findings.isEmpty == false)
    #expect(time < .milliseconds(500))
  }

  @Test func depthIsCountedExactly() {
    let fits = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(Reading(fits).root != nil)
    #expect(Reading("[" + fits + "]").summary == ["1:33 yaml/too-deep"])
  }

  @Test func aliasesRepeatValues() {
    let reading = Reading("a: &x [1, 2]\nb: *x\n", limits: .configuration)
    #expect(reading.root?["b"]?.list?.count == 2)
    #expect(reading.text(reading.root?["b"]) == "*x")
    #expect(Reading("a: *x\n", limits: .configuration).summary == ["1:4 yaml/unknown-alias"])
    #expect(Reading("a: &x [*x]\n", limits: .configuration).summary == ["1:8 yaml/unknown-alias"])
  }

  @Test func anAnchorMayHaveNoColon() {
    #expect(Reading("a: &b:c d\n", limits: .configuration).summary == ["1:4 yaml/anchor-colon"])
    #expect(Reading("a: ?b\nc: [? d : e]\n? f\n: &g h\n", limits: .configuration).root != nil)
  }

  @Test func anAliasBombIsRefused() {
    var text = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 { text += "l\(level): &l\(level) [\((0..<6).map { _ in "*l\(level - 1)" }.joined(separator: ", "))]\n" }
    #expect(Reading(text, limits: .configuration).findings.map(\.id) == ["yaml/too-many-values"])
    let many = "a: &x 1\n" + (0...64).map { "k\($0): *x\n" }.joined()
    #expect(Reading(many, limits: .configuration).findings.map(\.id) == ["yaml/too-many-aliases"])
  }

  @Test func sizesAreLimited() {
    #expect(Reading("a: " + String(repeating: "x", count: 1 << 20)).findings.map(\.id) == ["yaml/too-large"])
    #expect(Reading("a: " + String(repeating: "x", count: 60_000)).root?["a"]?.text?.utf8.count == 60_000)
    #expect(Reading("[" + String(repeating: "x,", count: 10_001) + "]").findings.map(\.id) == ["yaml/too-many-values"])
  }
}
