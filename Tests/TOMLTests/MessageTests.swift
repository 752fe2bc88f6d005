import Diagnostics
import TOML
import Testing

/// The words, which say what to type.
@Suite struct MessageTests {
  @Test(
    arguments: [
      ("a = hello world # c", "a text needs quotes", "put quotes around it if it is text: `\"hello world\"`"),
      ("a = say \"x\"", "a text needs quotes", "put quotes around it if it is text: `'say \"x\"'`"),
      ("a = [it's]", "a text needs quotes", "put quotes around it if it is text: `\"it\"`"),
      ("a = True", "`True` is no value", "write `true`"),
      ("a = 007", "`007` is no number", "take out the zero in front, or put quotes around it: `\"007\"`"),
      (
        "a = 1.2.3", "`1.2.3` is no number", "write digits on both sides of a point and of each underscore, or put quotes around it: `\"1.2.3\"`"
      ),
      ("a = 'x\n", "these quotes are not closed in their line", "add the closing quote; text of several lines stands between `'''`"),
      ("a = \"C:\\dir\"", "a backslash with a character that it cannot escape", "use single quotes, in which a backslash is itself, or double it"),
      ("a = \"\u{1B}\"", "a control character (0x1B) is not allowed", "remove it, or write `\\u001B`"),
      ("a = '\u{1B}'", "a control character (0x1B) is not allowed", "remove it; only double quotes have escapes"),
      ("a = 1\rb", "a control character (0xD) is not allowed", "end the line with LF or with CRLF"),
      ("a: 1", "expected `=` after the key", "write `key = value`; a key of several words needs quotes"),
      ("a = {b = 1,}", "expected another key after the comma", "take out the comma before `}`"),
      (
        "a = {b = 1,\n}", "expected `,` or `}` in this inline table, and the line ends",
        "keep the table in one line, or write its keys under a `[name]`"
      ),
      ("[a]\nb.c = 1\n[a.b]", "table `b` is given twice", "put all its keys in one place"),
      ("a = 1\n[a.b]", "`a` is a number, not a table", "rename one of the two"),
    ])
  func sayWhatToDo(_ text: String, _ message: String, _ help: String) {
    let finding = Reading(text).findings.first
    #expect(finding?.message == message)
    #expect(finding?.help == help)
  }

  @Test func namesTheFirstOfTwo() {
    #expect(Reading("\na = 1\n\na = 2").findings.map(\.notes) == [["first given at line 2"]])
    #expect(Reading("[a.b]\n[a]\n[a]").findings.map(\.notes) == [["first given at line 2"]])
  }

  @Test func underlinesWhatIsWrong() {
    let widths = ["a = hello world # c", "a = [it's]", "a = 1x, y", "a = \"\\u12\"", "a = 'x", "a\na"].map {
      Reading($0).findings.first?.place?.width
    }
    #expect(widths == [11, 2, 2, 4, 2, 1])
  }
}
