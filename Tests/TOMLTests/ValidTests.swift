import TOML
import Testing

@Suite struct ValidTests {
  @Test(
    arguments: [
      ("", "{}"), ("\n\r\n  \t\n", "{}"), ("# c\n", "{}"), ("# é ☺\tc", "{}"), ("\u{FEFF}a = 1", "{a: 1}"), ("a=1", "{a: 1}"),
      ("\ta\t=\t1\t# c\r\nb = 2\r\n", "{a: 1, b: 2}"), ("a = \"# no comment\" # one", "{a: \"# no comment\"}"),
    ])
  func linesAndComments(_ text: String, _ dump: String) { #expect(Reading(text).dump == dump) }

  @Test(
    arguments: [
      ("bare_Key-1 = 1", "{bare_Key-1: 1}"), ("1234 = 1", "{1234: 1}"), ("- = 1\n_ = 2", "{-: 1, _: 2}"), ("\"a b\" = 1", "{\"a b\": 1}"),
      ("'a\\b' = 1", "{\"a\\\\b\": 1}"), ("\"\" = 1", "{\"\": 1}"), ("'' = 1", "{\"\": 1}"), ("\"\\u0061\\n\" = 1", "{\"a\\n\": 1}"),
      ("a.b.c = 1", "{a: {b: {c: 1}}}"), ("a . \"b.c\" . 'd' = 1", "{a: {\"b.c\": {d: 1}}}"), ("3.14 = 1", "{3: {14: 1}}"),
      ("a.b = 1\nc = 2\na.d = 3", "{a: {b: 1, d: 3}, c: 2}"), ("true = 1\ninf.nan = 2", "{true: 1, inf: {nan: 2}}"),
      ("1979-05-27 = 1", "{1979-05-27: 1}"), ("\"ʎǝʞ\" = 1", "{\"ʎǝʞ\": 1}"),
      // Two spellings of one letter are two keys.
      ("\"\u{E9}\" = 1\n\"e\u{301}\" = 2", "{\"\u{E9}\": 1, \"e\u{301}\": 2}"),
    ])
  func keys(_ text: String, _ dump: String) {
    #expect(Reading(text).dump.map { Array($0.utf8) } == Array(dump.utf8))
  }

  @Test(
    arguments: [
      (#""""#, ""), (#""a""#, "a"), (#""\b\t\n\f\r\"\\""#, "\u{8}\t\n\u{C}\r\"\\"), (#""\u00E9\U0001F600""#, "é😀"), ("\"\ttab\"", "\ttab"),
      (#""\u0000\u007f""#, "\0\u{7F}"), ("''", ""), (#"'C:\n\"x"'"#, #"C:\n\"x""#), ("\"é\u{85}\"", "é\u{85}"),
      ("\"\\uD7FF\\uE000\"", "\u{D7FF}\u{E000}"),
      ("\"\"\"\"\"\"", ""), ("\"\"\"\n\"\"\"", ""), ("\"\"\"\r\na\r\nb\"\"\"", "a\r\nb"), ("\"\"\"\n\na\"\"\"", "\na"), ("\"\"\" \na\"\"\"", " \na"),
      ("\"\"\"a \\\n   b\"\"\"", "a b"), ("\"\"\"a\\  \r\n\n \t b \\\n\"\"\"", "ab "), ("\"\"\"\\\n  \\\n  a\"\"\"", "a"),
      ("\"\"\"a\\\\\nb\"\"\"", "a\\\nb"),
      ("\"\"\"\"a\"\"\"\"", "\"a\""), ("\"\"\"\"\"a\"\"\"\"\"", "\"\"a\"\""), ("\"\"\"a\"\"b\\\"\"\"\"", "a\"\"b\""), ("\"\"\"'\\u0022\"\"\"", "'\""),
      ("''''''", ""), ("'''\na\\\n'''", "a\\\n"), ("'''\r\n\r\n'''", "\r\n"), ("''''a'''''", "'a''"), ("'''a''b\"\"\"'''", "a''b\"\"\""),
    ])
  func strings(_ text: String, _ expected: String) {
    let value = Reading("a = [\(text)] # \"").root?["a"]?.list?.first?.text
    #expect(value.map { Array($0.utf8) } == Array(expected.utf8))
  }

  @Test(
    arguments: [
      "0", "+0=0", "-0=0", "7", "-17", "+99=99", "1_000=1000", "5_3_4=534", "0xDEADBEEF=3735928559", "0xdead_beef=3735928559", "0x00a=10",
      "0o755=493",
      "0o0=0", "0b1101_0110=214", "9223372036854775807", "-9223372036854775808", "9223372036854775808=?", "-9223372036854775809=?",
      "0xFFFFFFFFFFFFFFFF=?", "float 0.0", "float +1.0", "float 3.1415", "float -0.01", "float 5e+22", "float 1e06", "float -2E-2",
      "float 6.626e-34", "float 224_617.445_991_228", "float 1e1_0", "float 0e0", "float -0.0", "float inf", "float +inf", "float -inf",
      "float nan", "float +nan", "float -nan", "true", "false",
    ])
  func numbersAndBooleans(_ dump: String) {
    let written = dump.split(separator: "=")[0].split(separator: " ").last ?? ""
    for text in ["a = \(written)", "a = \(written)#", "a=\(written) # c", "a = \(written)\r\n"] {
      #expect(Reading(text).dump == "{a: \(dump)}")
    }
    #expect(Reading("a = {b=\(written)}\nc = [\(written),\(written)]").dump == "{a: {b: \(dump)}, c: [\(dump), \(dump)]}")
  }

  @Test(
    arguments: [
      "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999+23:59", "1979-05-27 07:32:00Z", "1979-05-27t07:32:00z",
      "1979-05-27T07:32:00", "1979-05-27 00:32:00.5", "1979-05-27", "07:32:00", "00:32:00.999999", "2000-02-29", "2024-02-29", "0000-01-01",
      "9999-12-31T23:59:60Z",
    ])
  func dates(_ text: String) {
    #expect(Reading("a = \(text) # c\nb = [\(text),{c=\(text)}]").dump == "{a: date \(text), b: [date \(text), {c: date \(text)}]}")
  }

  @Test func aDateEndsBeforeASpaceWithoutATime() {
    #expect(Reading("a = 1979-05-27 # 07").dump == "{a: date 1979-05-27}")
    #expect(Reading("a = [1979-05-27 ,1979-05-27 ]").dump == "{a: [date 1979-05-27, date 1979-05-27]}")
  }

  @Test(
    arguments: [
      ("a = []", "{a: []}"), ("a = [ ]", "{a: []}"), ("a = [1, 'x', [true], {b = 2}]", "{a: [1, \"x\", [true], {b: 2}]}"),
      ("a = [1,]", "{a: [1]}"), ("a = [ # c\n 1 # c\n\n , # c\r\n 2,\n # c\n]", "{a: [1, 2]}"), ("a = [[[]],[]]", "{a: [[[]], []]}"),
      ("a = {}", "{a: {}}"), ("a = { }", "{a: {}}"), ("a = { b = 1, c.d = 2, c.e = 3, \"f g\" = [4] }", "{a: {b: 1, c: {d: 2, e: 3}, \"f g\": [4]}}"),
      ("a = {b = [\n1,\n2 # c\n]}", "{a: {b: [1, 2]}}"), ("a = {b = '''\n\n'''}", "{a: {b: \"\\n\"}}"),
    ])
  func listsAndInlineTables(_ text: String, _ dump: String) { #expect(Reading(text).dump == dump) }

  @Test(
    arguments: [
      ("[a]", "{a: {}}"), ("[a]\nb = 1\n[c] # c\nd = 2", "{a: {b: 1}, c: {d: 2}}"), ("[ a . 'b c' ]\nd = 1", "{a: {\"b c\": {d: 1}}}"),
      ("  [a]\n  b = 1", "{a: {b: 1}}"), ("[a.b]\nc = 1\n[a]\nd = 2", "{a: {b: {c: 1}, d: 2}}"),
      ("[a]\n[b]\n[a.c]\nd = 1", "{a: {c: {d: 1}}, b: {}}"),
      ("a = 1\n[b.c]\n[b.d]", "{a: 1, b: {c: {}, d: {}}}"), ("[a]\nb.c = 1\n[a.b.d]\ne = 2", "{a: {b: {c: 1, d: {e: 2}}}}"),
      ("[a.b.c]\nd = 1\n[a]\nb.e = 2", "{a: {b: {c: {d: 1}, e: 2}}}"), ("a.b = 1\n[a.c]", "{a: {b: 1, c: {}}}"),
      ("[[a]]", "{a: [{}]}"), ("[[a]]\nb = 1\n[[a]]\n[[a]]\nb = 2", "{a: [{b: 1}, {}, {b: 2}]}"),
      ("[[a]]\n[a.b]\nc = 1\n[[a.d]]\ne = 2\n[[a.d]]\n[[a]]\n[a.b]", "{a: [{b: {c: 1}, d: [{e: 2}, {}]}, {b: {}}]}"),
      ("[[a.b]]\n[a]\nc = 1", "{a: {b: [{}], c: 1}}"), ("[[ a . b ]]\nc = 1", "{a: {b: [{c: 1}]}}"),
      ("[[a]]\nb.c = 1\n[[a]]\nb.c = 2", "{a: [{b: {c: 1}}, {b: {c: 2}}]}"), ("['']\n'' = 1", "{\"\": {\"\": 1}}"),
    ])
  func tables(_ text: String, _ dump: String) { #expect(Reading(text).dump == dump) }
}
