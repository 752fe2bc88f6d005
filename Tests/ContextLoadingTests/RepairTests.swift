import ContextLoading
import Diagnostics
import Testing
import YAML

@Suite struct RepairTests {
  static func repaired(_ text: String) -> String? {
    let source = SourceText(path: "x.md", bytes: Array(text.utf8))
    return repairedHead(of: source).map { String(decoding: $0.applied(to: source.bytes), as: UTF8.self) }
  }

  @Test(arguments: [
    ("k: [a] [b]", "k: '[a] [b]'"), ("k: \"<x>\" --y \"z\"", "k: '\"<x>\" --y \"z\"'"), ("k: \"a \"b\" c\"", "k: 'a \"b\" c'"),
    ("k: \"it's \"b\"\"", "k: 'it''s \"b\"'"), ("k: \"a\\tb \"c\"\"", "k: \"a\\tb \\\"c\\\"\""), ("k: 'a' b", "k: '''a'' b'"),
    ("k: a: b", "k: 'a: b'"),
    ("k: @x  \r", "k: '@x'  \r"), ("k: *.ts # all", "k: '*.ts' # all"), ("k: {a} b", "k: '{a} b'"), ("k: !x 1", "k: '!x 1'"), ("k: `x`", "k: '`x`'"),
    ("k: é: ö", "k: 'é: ö'"), ("argument-hint: [a|b]", "argument-hint: '[a|b]'"), ("k: %x\nl: [a] b\nm: 1", "k: '%x'\nl: '[a] b'\nm: 1"),
    ("k: [a] b\nl:\n  - x: y\n", "k: '[a] b'\nl:\n  - x: y\n"),
  ])
  func quoted(_ head: String, _ expected: String) {
    let result = Self.repaired("---\n\(head)\n---\nbody: [a] b\n")
    #expect(result == "---\n\(expected)\n---\nbody: [a] b\n")
    #expect(result.flatMap(Self.repaired) == nil)
  }

  @Test(arguments: [
    "k: v", "k: [a, b]", "k: [a]\n  - b", "k: 'a\n  b'", "k: [a] b\nk: 1", "k: [a] b\n  - c", "k: [a] b\n- c", "l:\n  k: [a] b", "k: \"a",
    "k: |\n  a: [b] c\n",
    "description: [a]", "argument-hint:\n  - a", "k: [a] b\nl: [", "", "[a] b",
  ])
  func leftAlone(_ head: String) {
    #expect(Self.repaired("---\n\(head)\n---\n") == nil)
  }

  @Test func nothingOutsideOfTheHead() {
    #expect(Self.repaired("k: [a] b\n") == nil)
    #expect(Self.repaired("---\nk: [a] b\n") == nil)
  }

  @Test func editsAreSmall() {
    let edits = repairedHead(of: SourceText(path: "x", bytes: Array("---\nk: \"a \"b\" c\"\n---\n".utf8)))
    #expect(edits == [ByteEdit(7..<8, "'".utf8), ByteEdit(15..<16, "'".utf8)])
  }
}
