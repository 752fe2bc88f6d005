import ContextModel
import Diagnostics
import Foundation
import Testing
import YAML

@testable import Formats

/// Texts that some parser takes for something else when they are not quoted well.
private let texts = [
  "", " ", "a", "yes", "No", "ON", "off", "y", "n", "true", "False", "null", "NULL", "~", "nan", ".nan", ".inf", "-.inf", "=", "<<", "1", "-1", "+1",
  "1.10", "0x1F", "0o17", "017", "1_000", "1e3", "12:30:45", "190:20", "2026-11-21", "2026-11-21T10:00:00Z", "a: b", "a:", "a:b", ": a", "a #b", "#a",
  "a#b", "*", "*.md", "**/*.ts", "&a", "!a", "!!str a", "%a", "@a", "`a`", "`", "-", "- a", "-a", "--- a", "---", "...", "?", "? a", "?a", "|", "|-",
  ">",
  "[a]", "[", "{a}", "a]", "a, b", "a [b] {c}", "'a'", "it's", "\"a\"", "a \"b\" c", "a\\b", "\\", "\\n", "a\nb", "a\n", "\na", "a\r\nb", "a\rb",
  "a\tb",
  "\ta", " a", "a ", "a  b", "\u{0}", "\u{1}\u{1F}", "\u{7F}", "\u{80}\u{85}\u{9F}", "\u{A0}a", "é", "日本語", "a\u{2028}b", "a\u{2029}b", "\u{FEFF}a",
  "a\u{FEFF}", "\u{FFFE}", "a\u{FFFF}", "\u{200B}", "🙂", "e\u{301}x", "\u{301}", "'''", "'\u{301}'", "\"\"\"", "a'''\u{301}b", "/a", "/", "<a>",
  "a>b",
  "{{args}}", "$1", "${x}", "a=b", "a;b", "(a)", String(repeating: "long ", count: 60), "a: 'b", "x: {", "key: [a] [b]",
]

private let script = """
  import sys, json, base64, MODULE
  data = MODULE.FUNCTION(sys.stdin.buffer.read().decode('utf-8'))
  def plain(v):
      return {str(k): plain(x) for k, x in v.items()} if isinstance(v, dict) else [plain(x) for x in v] if isinstance(v, list) else v
  sys.stdout.write(json.dumps(plain(data)))
  """

@Suite struct FrontmatterWriterTests {
  private var fields: [(key: String, value: RenderedValue)] {
    texts.enumerated().map { ("k\($0.offset)", .value(.text($0.element))) }
      + [
        ("list", .value(.list(texts.map(FieldValue.text)))),
        ("map", .value(.map(texts.enumerated().filter { !$0.element.isEmpty }.map { .init("\($0.element)", .text("\($0.offset)")) }))),
        (
          "deep",
          .value(.map([.init("a", .list([.map([.init("b", .list([.text("yes"), .bool(true), .null]))]), .list([])])), .init("c", .map([]))]))
        ),
        ("yes", .value(.bool(true))), ("no", .value(.bool(false))), ("null", .value(.null)),
        ("numbers", .value(.list([.number("12"), .number("-1.5")]))),
      ]
  }

  @Test func ourOwnParserReadsTheSame() throws {
    let head = FrontmatterWriter.head(fields)
    let lines = String(decoding: head, as: UTF8.self)
    #expect(lines.hasPrefix("---\n") && lines.hasSuffix("\n---\n"))
    var diagnostics: [Diagnostic] = []
    let source = SourceText(path: "x", bytes: Array(head.dropFirst(4).dropLast(4)))
    let root = try #require(parseYAML(source, limits: .configuration, diagnostics: &diagnostics), "\(diagnostics)")
    for (index, text) in texts.enumerated() {
      #expect(root["k\(index)"]?.scalar?.text.utf8.elementsEqual(text.utf8) == true, "\(text.debugDescription)")
      #expect(root["k\(index)"]?.kindInWords == "a text", "\(text.debugDescription)")
    }
    #expect(root["list"]?.list?.compactMap(\.text) == texts)
    #expect(root["map"]?.pairs?.map(\.keyText) == texts.filter { !$0.isEmpty })
    #expect(root["yes"]?.scalar?.bool == true)
    #expect(root["null"]?.isNull == true)
    #expect(root["deep"]?["a"]?.list?[0]["b"]?.list?.map(\.kindInWords) == ["a text", "true or false", "nothing"])
    #expect(root["deep"]?["a"]?.list?[1].list == [])
    #expect(root["deep"]?["c"]?.pairs == [])
  }

  @Test func aParserOfYAML11ReadsTheSame() throws {
    let head = Data(FrontmatterWriter.head(fields).dropFirst(4).dropLast(4))
    let run = script.replacingOccurrences(of: "MODULE", with: "yaml").replacingOccurrences(of: "FUNCTION", with: "safe_load")
    guard python("import yaml", Data()) != nil else {
      print("skipped: there is no python3 with PyYAML")
      return
    }
    let output = try #require(python(run, head), "PyYAML refuses the head")
    let object = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
    for (index, text) in texts.enumerated() {
      let read = object["k\(index)"] as? String
      #expect(read?.utf8.elementsEqual(text.utf8) == true, "\(text.debugDescription) became \(String(describing: object["k\(index)"]))")
    }
    let list = object["list"] as? [String]
    #expect(list.map { zip($0, texts).allSatisfy { $0.utf8.elementsEqual($1.utf8) } && $0.count == texts.count } == true)
    #expect((object["map"] as? [String: String])?.count == texts.filter { !$0.isEmpty }.count)
    #expect(object["yes"] as? Bool == true)
    #expect(object["null"] is NSNull)
  }

  @Test(arguments: [
    ("description", "Reviews changes", "description: Reviews changes"), ("globs", "*.md", "globs: \"*.md\""), ("a", "b: c", "a: \"b: c\""),
    ("a", "**/x", "a: \"**/x\""), ("applyTo", "src/**,lib/**", "applyTo: src/**,lib/**"), ("a b", "c", "a b: c"), ("1", "x", "\"1\": x"),
  ])
  func quotesOnlyWhatNeedsIt(_ key: String, _ value: String, _ line: String) {
    #expect(FrontmatterWriter.head([(key, .value(.text(value)))]) == Array("---\n\(line)\n---\n".utf8))
  }

  @Test func collectionsInListsStandBesideTheirDash() {
    let value = FieldValue.list([
      .map([.init("a", .text("b")), .init("c", .list([.text("d")]))]), .list([.list([.text("e")]), .text("f")]), .text("g"),
    ])
    let expected = "---\nx:\n  - a: b\n    c:\n      - d\n  - - - e\n    - f\n  - g\n---\n"
    #expect(String(decoding: FrontmatterWriter.head([("x", .value(value))]), as: UTF8.self) == expected)
  }

  @Test func nothingMakesNoHead() {
    #expect(FrontmatterWriter.head([]) == [])
  }

  @Test func plainTextCannotBeginAnotherField() {
    let head = FrontmatterWriter.head([("globs", .plain("a\nalwaysApply: true")), ("x", .plain("*.md"))])
    #expect(String(decoding: head, as: UTF8.self) == "---\nglobs: \"a\\nalwaysApply: true\"\nx: *.md\n---\n")
  }
}

@Suite struct TOMLWriterTests {
  private func read(_ bytes: [UInt8]) throws -> [String: Any]? {
    guard python("import tomllib", Data()) != nil else {
      print("skipped: there is no python3 with tomllib")
      return nil
    }
    let run = script.replacingOccurrences(of: "MODULE", with: "tomllib").replacingOccurrences(of: "FUNCTION", with: "loads")
    let output = try #require(python(run, Data(bytes)), "tomllib refuses \(String(decoding: bytes, as: UTF8.self))")
    return try JSONSerialization.jsonObject(with: output) as? [String: Any]
  }

  /// With a body in two parts, wherever it is cut.
  private func table(_ fields: [(key: String, value: RenderedValue)], bodyKey: String, body: String) -> [UInt8] {
    let bytes = Array(body.utf8)
    let tables = (0...bytes.count).map { cut in
      Array(TOMLWriter.table(fields, bodyKey: bodyKey, body: [bytes[..<cut], bytes[cut...]]).joined())
    }
    for other in tables.dropFirst() { #expect(other == tables[0], "\(body.debugDescription)") }
    return tables[0]
  }

  @Test func fieldsReadBackTheSame() throws {
    let fields: [(key: String, value: RenderedValue)] =
      texts.enumerated().map { ("k\($0.offset)", .value(.text($0.element))) }
      + texts.filter { !$0.isEmpty }.map { ("key " + $0, .value(.bool(true))) } + [
        ("list", .value(.list([.text("a"), .null, .bool(false), .number("1"), .list([])]))),
        ("map", .value(.map([.init("a b", .text("c")), .init("d", .null), .init("e", .map([]))]))), ("gone", .value(.null)),
      ]
    let bytes = table(fields, bodyKey: "prompt", body: "x")
    guard let object = try read(bytes) else { return }
    for (index, text) in texts.enumerated() {
      #expect((object["k\(index)"] as? String)?.utf8.elementsEqual(text.utf8) == true, "\(text.debugDescription)")
    }
    for text in texts where !text.isEmpty { #expect(object["key " + text] != nil, "\(text.debugDescription)") }
    #expect((object["list"] as? [Any])?.count == 4)
    #expect((object["map"] as? [String: Any])?.count == 2)
    #expect(object["gone"] == nil)
  }

  @Test func bodiesReadBackTheSame() throws {
    let bodies = texts + ["\n", "\n\na", "a'", "a\"", "a\n'''\nb", "a\n\"\"\"\nb", "'''\"\"\"", "a\\", "a \\\n b", "a\r\nb\r\n", "\u{301}'''"]
    let tables = bodies.map { Data(table([], bodyKey: "developer_instructions", body: $0)).base64EncodedString() }
    guard python("import tomllib", Data()) != nil else {
      print("skipped: there is no python3 with tomllib")
      return
    }
    let run = """
      import sys, json, base64, tomllib
      tables = [tomllib.loads(base64.b64decode(line).decode('utf-8')) for line in sys.stdin.read().split()]
      sys.stdout.write(json.dumps([table['developer_instructions'] for table in tables]))
      """
    let output = try #require(python(run, Data(tables.joined(separator: "\n").utf8)), "tomllib refuses a table")
    let read = try #require(try JSONSerialization.jsonObject(with: output) as? [String])
    #expect(read.count == bodies.count)
    for (body, read) in zip(bodies, read) { #expect(read.utf8.elementsEqual(body.utf8), "\(body.debugDescription)") }
  }

  @Test(arguments: [
    ("12", "12"), ("-1.5", "-1.5"), ("+1", "+1"), ("1e3", "1e3"), ("1.5E-3", "1.5E-3"), ("0", "0"), ("0.5", "0.5"), ("012", "\"012\""),
    ("1.", "\"1.\""),
    (".5", "\".5\""), ("0x1F", "\"0x1F\""), ("0o17", "\"0o17\""), (".inf", "\".inf\""), (".nan", "\".nan\""), ("1e", "\"1e\""), ("-", "\"-\""),
  ])
  func numbers(_ text: String, _ expected: String) {
    #expect(String(decoding: table([("n", .value(.number(text)))], bodyKey: "b", body: ""), as: UTF8.self).hasPrefix("n = \(expected)\n"))
  }
}
