import Diagnostics
import TOML
import Testing

@Suite struct RefusalTests {
  @Test(
    arguments: [
      ("a", "1:2 syntax"), ("a = ", "1:5 syntax"), ("a = # c", "1:5 syntax"), ("= 1", "1:1 syntax"), ("a b = 1", "1:3 syntax"),
      ("a. = 1", "1:4 syntax"),
      (".a = 1", "1:1 syntax"), ("a..b = 1", "1:3 syntax"), ("a: 1", "1:2 syntax"), ("é = 1", "1:1 syntax"), ("a\n= 1", "1:2 syntax|2:1 syntax"),
      ("a = 1 b = 2", "1:7 syntax"), ("a = 1, b = 2", "1:6 syntax"), ("a = = 1", "1:5 syntax"), ("\"\"\"a\"\"\" = 1", "1:3 syntax"),
      ("'a' 'b' = 1", "1:5 syntax"), ("[a", "1:3 syntax"), ("[]", "1:2 syntax"), ("[a]]", "1:4 syntax"), ("[[a]", "1:4 syntax"),
      ("[a] b = 1", "1:5 syntax"),
      ("[a b]", "1:4 syntax"), ("[a.]", "1:4 syntax"), ("[ [a] ]", "1:3 syntax"), ("[[a] ]", "1:4 syntax"), ("[a\n]", "1:3 syntax|2:1 syntax"),
      ("[a]\u{2028}", "1:4 syntax"), ("a = 1\u{FEFF}", "1:5 number"), ("a = 1\n\u{FEFF}b = 1", "2:1 syntax"),
    ])
  func structure(_ text: String, _ summary: String) { check(text, summary) }

  @Test(
    arguments: [
      ("a = yes", "1:5 unquoted"), ("a = True", "1:5 unquoted"), ("a = Inf", "1:5 unquoted"), ("a = x\nb = [y]\nc = z", "1:5 unquoted|2:6 unquoted"),
      ("a = 01", "1:5 number"), ("a = +01", "1:5 number"), ("a = 00", "1:5 number"), ("a = 1__0", "1:5 number"), ("a = _1", "1:5 unquoted"),
      ("a = 1_", "1:5 number"), ("a = 0x", "1:5 number"), ("a = 0xG", "1:5 number"), ("a = 0x_1", "1:5 number"), ("a = +0x1", "1:5 number"),
      ("a = 0X1", "1:5 number"), ("a = 0o8", "1:5 number"), ("a = 0b2", "1:5 number"), ("a = 1.", "1:5 number"), ("a = .5", "1:5 number"),
      ("a = 1.e2", "1:5 number"), ("a = 1_.5", "1:5 number"), ("a = 1._5", "1:5 number"), ("a = 1e", "1:5 number"), ("a = 1e1.5", "1:5 number"),
      ("a = 1e_1", "1:5 number"), ("a = 01.5", "1:5 number"), ("a = --1", "1:5 number"), ("a = +", "1:5 unquoted"), ("a = 1.2.3", "1:5 number"),
      ("a = ++inf", "1:5 unquoted"), ("a = 1x", "1:5 number"), ("a = ١", "1:5 unquoted"),
      ("a = 1979-5-27", "1:5 datetime"), ("a = 1979-05-27T", "1:5 datetime"), ("a = 1979-13-01", "1:5 datetime"), ("a = 1979-00-01", "1:5 datetime"),
      ("a = 1979-02-29", "1:5 datetime"), ("a = 1900-02-29", "1:5 datetime"), ("a = 1979-04-31", "1:5 datetime"), ("a = 1979-01-00", "1:5 datetime"),
      ("a = 24:00:00", "1:5 datetime"), ("a = 12:60:00", "1:5 datetime"), ("a = 12:00:61", "1:5 datetime"), ("a = 12:00", "1:5 datetime"),
      ("a = 12:00:00.", "1:5 datetime"), ("a = 12:00:00Z", "1:5 datetime"), ("a = 1979-05-27T12:00:00+24:00", "1:5 datetime"),
      ("a = 1979-05-27T12:00:00+01:60", "1:5 datetime"), ("a = 1979-05-27T12:00:00+0100", "1:5 datetime"),
      ("a = 1979-05-27  12:00:00", "1:17 syntax"),
      ("a = 1979-05-27 12:00", "1:5 datetime"), ("a = 11979-05-27", "1:5 datetime"), ("a = 1979-05-27x12:00:00", "1:5 datetime"),
    ])
  func words(_ text: String, _ summary: String) { check(text, summary) }

  @Test(
    arguments: [
      ("a = \"x", "1:5 unclosed"), ("a = 'x\nb = 1", "1:5 unclosed"), ("a = \"x\\\"\nb = 'y", "1:5 unclosed|2:5 unclosed"),
      ("a = \"x\\\nb = 1", "1:7 escape"),
      ("a = \"\"\"x\n\n\"\"", "1:5 unclosed"), ("a = '''x", "1:5 unclosed"), ("a = \"x\"y\"", "1:8 syntax"),
      ("a = \"\"\"x\"\"\"\"\"\"", "1:14 syntax"),
      ("a = \"\\x\"", "1:6 escape"), ("a = \"\\e\\/\"", "1:6 escape"), ("a = \"\\u12\"", "1:6 escape"), ("a = \"\\u00g0\"", "1:6 escape"),
      ("a = \"\\uD800\"", "1:6 escape"), ("a = \"\\U00110000\"", "1:6 escape"), ("a = \"\\U1234567\"", "1:6 escape"),
      ("a = \"C:\\Users\"", "1:8 escape"),
      ("a = \"\\é\"", "1:6 escape"), ("a = \"\\", "1:6 escape"), ("a = \"\"\"\nx \\ y\n\"\"\"\nb = x", "2:3 escape"), ("a = \"\"\"\\", "1:8 escape"),
      ("a = \"\u{1}\"", "1:6 control-character"), ("a = '\u{7F}'", "1:6 control-character"), ("a = '''\0'''", "1:8 control-character"),
      ("a = \"\"\"x\ry\"\"\"", "1:9 control-character"), ("# \u{8}", "1:3 control-character"), ("# x\ra = 1", "1:4 control-character"),
      ("a = 1\rb = 2", "1:6 control-character"), ("\0", "1:1 control-character"), ("a\u{B}= 1", "1:2 control-character"),
      ("a = \u{C}1", "1:5 control-character"), ("a = [1,\u{1}]", "1:8 control-character"),
    ])
  func texts(_ text: String, _ summary: String) { check(text, summary) }

  @Test(
    arguments: [
      ("a = [", "1:5 unclosed"), ("a = [1\nb = 2", "2:1 syntax"), ("a = [1 2]", "1:8 syntax"), ("a = [,]", "1:6 syntax"),
      ("a = [1,,2]", "1:8 syntax"),
      ("a = [1}", "1:7 syntax"), ("a = [x,\n1,\n2]\nb", "1:6 unquoted"), ("a = []]", "1:7 syntax"), ("a = [b = 1]", "1:6 unquoted"),
      ("a = {", "1:6 syntax"), ("a = {b = 1", "1:5 unclosed"), ("a = {b = 1,}", "1:12 syntax"), ("a = {,}", "1:6 syntax"),
      ("a = {b = 1\n}", "1:11 syntax"),
      ("a = {\nb = 1}", "1:6 syntax"), ("a = {b = 1,\nc = 2}", "1:12 syntax"), ("a = {b = 1, # c\nc = 2}", "1:13 syntax"), ("a = {b}", "1:7 syntax"),
      ("a = {b = 1 c = 2}", "1:12 syntax"), ("a = {b = 1]", "1:11 syntax"), ("a = {1}", "1:7 syntax"),
    ])
  func brackets(_ text: String, _ summary: String) { check(text, summary) }

  @Test(
    arguments: [
      ("a = 1\na = 2", "2:1 duplicate-key"), ("a = 1\n'a' = 2\n\"\\u0061\" = 3", "2:1 duplicate-key|3:1 duplicate-key"),
      ("a.b = 1\na.b = 2", "2:3 duplicate-key"), ("a = 1\na.b = 2", "2:1 not-a-table"), ("a.b = 1\na = 2", "2:1 duplicate-key"),
      ("a = {b = 1, b = 2}", "1:13 duplicate-key"), ("a = {b.c = 1, b = 2}", "1:15 duplicate-key"), ("a = {b = 1, b.c = 2}", "1:13 not-a-table"),
      ("a = {b = {c = 1}, b.d = 2}", "1:19 not-a-table"), ("a = {b = 1}\na.c = 2", "2:1 not-a-table"), ("a = {}\n[a.b]", "2:2 not-a-table"),
      ("a = {}\n[a]", "2:2 duplicate-table"), ("[a]\nb = {}\n[a.b.c]", "3:4 not-a-table"), ("a = []\n[[a]]", "2:3 not-a-table"),
      ("a = [{}]\n[a.b]", "2:2 not-a-table"), ("a = 1\n[a]", "2:2 not-a-table"), ("a = 1\n[a.b]", "2:2 not-a-table"),
      ("a = 1\n[[a]]", "2:3 not-a-table"),
      ("[a]\n[a]", "2:2 duplicate-table"), ("[a]\nb = 1\n[c]\n[a]\nb = 1", "4:2 duplicate-table"), ("[a.b]\n[a]\n[a]", "3:2 duplicate-table"),
      ("[a]\nb.c = 1\n[a.b]", "3:4 duplicate-table"), ("a.b.c = 1\n[a.b]", "2:4 duplicate-table"), ("a.b = 1\n[a]", "2:2 duplicate-table"),
      ("[a]\nb.c.d = 1\n[a.b.c]", "3:6 duplicate-table"), ("[a.b]\n[a]\nb.c = 1", "3:1 duplicate-table"),
      ("[a.b.c]\n[a]\nb.c.d = 1", "3:3 duplicate-table"),
      ("[a.b.c]\n[a]\nb.d = 1\n[a.b]", "4:4 duplicate-table"), ("[[a.b]]\n[a]\nb.c = 1", "3:1 duplicate-table"),
      ("[a.b]\n[a]\nb = 1", "3:1 duplicate-key"),
      ("[[a]]\n[a]", "2:2 not-a-table"), ("[a]\n[[a]]", "2:3 not-a-list"), ("[a.b]\n[[a]]", "2:3 not-a-list"),
      ("[[a]]\n[a.b]\n[[a.b]]", "3:5 not-a-list"),
      ("[[a]]\nb = 1\nb = 2", "3:1 duplicate-key"), ("[a]\n[a]\nb = 1\nb = 2", "2:2 duplicate-table|4:1 duplicate-key"),
    ])
  func definitions(_ text: String, _ summary: String) { check(text, summary) }

  private func check(_ text: String, _ summary: String) {
    let reading = Reading(text)
    #expect(reading.root == nil)
    #expect(reading.summary.joined(separator: "|") == summary)
    #expect(reading.findings.allSatisfy { $0.help?.isEmpty == false })
  }
}
