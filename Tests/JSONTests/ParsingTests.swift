import Diagnostics
import JSON
import Testing

@Suite struct ParsingTests {
  @Test(
    arguments: [
      ("{}", "{}"), ("[]", "[]"), (" null\r\n", "null"), ("\u{FEFF}true", "true"), ("-0.10e+05", "-0.10e+05"), ("1E400", "1E400"),
      (#"["a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"]"#, #"["a\"\\/\u{08}\u{0C}\n\r\té😀"]"#), ("\"\u{7F}\u{2028}é\"", "\"\u{7F}\u{2028}é\"".debugText),
      ("{\"a\":{\"b\":[1,[2],{\"c\":null}]},\"\":false}", "{\"a\": {\"b\": [1, [2], {\"c\": null}]}, \"\": false}"),
      // Two spellings of one letter are two keys.
      ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\": 1, \"e\u{301}\": 2}"),
    ])
  func strict(_ text: String, _ dump: String) {
    let reading = Reading(text)
    #expect(reading.dump.map { Array($0.utf8) } == Array(dump.utf8), "\(reading.summary)")
    #expect(Reading(text, .withComments).dump == reading.dump)
  }

  @Test(
    arguments: [
      ("// c\n{ // c\n\"a\" /* b */ : /* c\n */ 1, // d\n/**/\n}// e", "{\"a\": 1}"), ("[1,]", "[1]"), ("{\"a\":[],\n}\n/* x */", "{\"a\": []}"),
      ("[\"// no\", \"/* no */\"]", "[\"// no\", \"/* no */\"]"), ("1// x\r", "1"), ("[1/* * / **/,2]", "[1, 2]"),
    ])
  func withComments(_ text: String, _ dump: String) { #expect(Reading(text, .withComments).dump == dump) }

  @Test func elementsKeepTheirBytes() throws {
    let reading = Reading("{ \"a\" : [ 1 , 'x' ] }".replacing("'", with: "\"") + "\n")
    let member = try #require(reading.root?.members?.first)
    #expect(reading.text(reading.root?.range) == "{ \"a\" : [ 1 , \"x\" ] }")
    #expect(reading.text(member.range) == "\"a\" : [ 1 , \"x\" ]")
    #expect(reading.text(member.key?.range) == "\"a\"")
    #expect(member.comma == nil)
    #expect(reading.root?["a"]?.list?.map { reading.text($0.range) } == ["1", "\"x\""])
    #expect(reading.root?["a"]?.list?.map(\.comma) == [12, nil])
    #expect(Reading("[1 /* c */ ,]", .withComments).root?.list?.map(\.comma) == [11])
  }

  @Test(
    arguments: [
      ("", "1:1 syntax"), (" \n", "2:1 syntax"), ("{\"a\":1,\n \"b\":2,\n \"a\":3}", "3:2 duplicate-key"), ("[1,]", "1:3 trailing-comma"),
      ("{\"a\":1,}", "1:7 trailing-comma"), ("[1 // c\n]", "1:4 comment"), ("/* c */ 1", "1:1 comment"), ("[1", "1:1 unclosed"),
      ("{\"a\":1", "1:1 unclosed"), ("\"a\nb\"", "1:1 unclosed"), ("[,1]", "1:2 syntax"), ("[1,,2]", "1:4 syntax"), ("[1 2]", "1:4 syntax"),
      ("{\"a\" 1}", "1:6 syntax"), ("{a:1}", "1:2 unquoted"), ("{'a':1}", "1:2 syntax"), ("['a']", "1:2 syntax"), ("1 2", "1:3 syntax"),
      ("[01]", "1:2 number"), ("[.5]", "1:2 number"), ("[1.]", "1:2 number"), ("[+1]", "1:2 number"), ("[1e]", "1:2 number"),
      ("[0x1]", "1:2 number"), ("[True]", "1:2 unquoted"), ("[NaN]", "1:2 unquoted"), ("[hello]", "1:2 unquoted"), ("\"\\x\"", "1:2 escape"),
      ("\"\\u12\"", "1:2 escape"), ("\"é\\ud800\"", "1:3 surrogate"), ("\"\\ud800\\u0041\"", "1:2 surrogate"), ("\"\\udc00\"", "1:2 surrogate"),
      ("\"\t\"", "1:2 control-character"), ("[1]\u{0}", "1:4 control-character"), ("[\u{C}1]", "1:2 control-character"), ("{]", "1:2 syntax"),
      ("[}", "1:2 syntax"), ("/* x", "1:1 unclosed"), ("/", "1:1 syntax"), ("\u{FEFF}\u{FEFF}1", "1:2 unquoted"), ("\"\\", "1:2 escape"),
    ])
  func refusesWithAPlace(_ text: String, _ summary: String) {
    let reading = Reading(text)
    #expect(reading.root == nil)
    #expect(reading.summary == [summary])
    #expect(reading.findings.allSatisfy { $0.help != nil && $0.place?.path == "x.json" })
  }

  @Test func allDuplicatesAndCommentsAreNamed() {
    let reading = Reading("{\"a\":1, // x\n\"a\":2,\n\"b\":{\"c\":1,\"c\":2,},}")
    #expect(reading.summary == ["1:9 comment", "2:1 duplicate-key", "3:12 duplicate-key", "3:17 trailing-comma", "3:19 trailing-comma"])
    #expect(reading.findings[1].notes == ["first given at line 1"])
    #expect(Reading("[" + String(repeating: "1,/**/", count: 99) + "1]").findings.count == 50)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], "1:2 not-utf8"), ([0x22, 0xED, 0xA0, 0x80, 0x22], "1:2 not-utf8"), ([0xFF, 0xFE, 0x31, 0x00], "1:1 not-utf8"),
      ([0x22, 0xC0, 0x80, 0x22], "1:2 not-utf8"),
    ] as [([UInt8], String)])
  func bytesThatAreNoText(_ bytes: [UInt8], _ summary: String) { #expect(Reading(bytes: bytes).summary == [summary]) }

  @Test func sizesAreLimited() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(Reading(nested(64)).root != nil)
    #expect(Reading(nested(65)).summary == ["1:65 too-deep"])
    #expect(Reading(String(repeating: "{\"a\":", count: 400_000)).summary == ["1:321 too-deep"])
    #expect(Reading("[" + String(repeating: "1,", count: 100_000) + "1]").findings.map(\.id) == ["json/too-many-values"])
    #expect(Reading("\"" + String(repeating: "x", count: 4 << 20) + "\"").findings.map(\.id) == ["json/too-large"])
  }

  @Test(
    arguments: [
      ("[True]", "`True` is no value", "write `true`"), ("[None]", "`None` is no value", "write `null`"),
      ("{key: 1}", "a key needs double quotes", "write `\"key\"`"),
      ("[hello]", "a text needs double quotes", "put quotes around it if it is text: `\"hello\"`"),
      ("{'a': 1}", "expected a key in double quotes, and no single quotes", "use double quotes"),
      ("[007]", "`007` is no number", "take out the zero in front, or put quotes around it: `\"007\"`"),
      ("[1 2]", "expected `,` or `]` in this list", "put a comma between two items, and `]` after the last one"),
      ("\"C:\\dir\"", "a backslash with a character that it cannot escape", "double the backslash if it is one"),
      ("\"\u{1}\"", "a control character (0x1) is not allowed", "remove it, or write `\\u0001`"),
      ("\"\\ud83d\"", "`\\ud83d` is half of a character", "write the character itself, or both halves: `\\ud83d\\ude00`"),
      ("{\"a\": 1,, \"b\": 2}", "expected a key", "keep one comma between two members"),
    ])
  func sayWhatToDo(_ text: String, _ message: String, _ help: String) {
    let finding = Reading(text).findings.first
    #expect(finding?.message == message)
    #expect(finding?.help == help)
  }
}

extension String {
  /// As a dump shows the text between these quotes.
  fileprivate var debugText: String { String(dropFirst().dropLast()).debugDescription }
}
