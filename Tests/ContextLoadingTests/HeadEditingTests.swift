import ContextLoading
import ContextModel
import Diagnostics
import TestSupport
import Testing
import YAML

/// A file after changes of its head; nil when they cannot be had.
func edited(_ text: String, _ changes: [HeadChange]) -> String? {
  let source = SourceText(path: "x.md", bytes: Array(text.utf8))
  return headEdits(of: source, making: changes).map { String(decoding: $0.applied(to: source.bytes), as: UTF8.self) }
}

@Suite struct HeadEditingTests {
  /// Changes `k` of a head, which other keys surround.
  private func set(_ head: String, _ value: FieldValue?, path: [String] = ["k"]) -> String? {
    let before = "---\n# top\na: 'x' # y\n"
    let after = "z: [1,  2]\n---\nbody\n---\n"
    let result = edited(before + head + after, [HeadChange(path: path, value: value)])
    guard let result, result.hasPrefix(before), result.hasSuffix(after) else { return result.map { "?" + $0 } }
    return String(result.dropFirst(before.count).dropLast(after.count))
  }

  private static func texts(_ items: String...) -> FieldValue { .list(items.map(FieldValue.text)) }

  @Test(arguments: [
    // Comments and quotes stay.
    ("k: old # c\n", FieldValue.text("new"), "k: new # c\n"), ("k:   old   \n", .text("new"), "k:   new   \n"),
    ("k: 'old'\n", .text("it's"), "k: 'it''s'\n"), ("k: \"old\" # c\n", .text("a\"b\\"), "k: \"a\\\"b\\\\\" # c\n"),
    ("k: \"a \\u00e9 b\"\n", .text("a é c"), "k: \"a \\u00e9 c\"\n"), ("k: 'it''s so'\n", .text("it's not"), "k: 'it''s not'\n"),
    ("'k' : old\n", .text("new"), "'k' : new\n"),
    // Quotes where there must be some.
    ("k: old\n", .text("a: b"), "k: \"a: b\"\n"), ("k: old\n", .text("say \"x\": y"), "k: 'say \"x\": y'\n"),
    ("k: old\n", .text("'a': \"b\""), "k: '''a'': \"b\"'\n"), ("k: old # c\n", .text(""), "k: \"\" # c\n"),
    ("k: old\n", .text("x #y"), "k: \"x #y\"\n"),
    ("k: old\n", .text("true"), "k: \"true\"\n"), ("k: old\n", .text("No"), "k: \"No\"\n"), ("k: old\n", .text("1.10"), "k: \"1.10\"\n"),
    ("k: old\n", .text("0x1F"), "k: \"0x1F\"\n"), ("k: old\n", .text("12:30:45"), "k: \"12:30:45\"\n"),
    ("k: old\n", .text("1_000"), "k: \"1_000\"\n"),
    ("k: 'old'\n", .text("~"), "k: '~'\n"), ("k: old\n", .text("-x y"), "k: -x y\n"), ("k: old\n", .text("- x"), "k: \"- x\"\n"),
    ("k: old\n", .text("2nd"), "k: 2nd\n"), ("k: 'old'\n", .text("a\u{7}b"), "k: \"a\\x07b\"\n"), ("k: old\n", .text(" a"), "k: \" a\"\n"),
    ("k: old\n", .text("tab\there"), "k: \"tab\\there\"\n"),
    // Scalars that are no texts.
    ("k: old # c\n", .bool(true), "k: true # c\n"), ("k: 'old'\n", .number("1.10"), "k: 1.10\n"), ("k: old\n", .null, "k: null\n"),
    ("k: 12\n", .text("12"), "k: \"12\"\n"), ("k: yes\n", .bool(true), "k: true\n"), ("k: # c\n", .text("x"), "k: x # c\n"),
    ("k:\n", .text("x"), "k: x\n"), ("k: ~\n", .text("x"), "k: x\n"), ("k: |\n  a\n  b\n", .bool(false), "k: false\n"),
    // Several lines.
    ("k: one two\n  three four\n", .text("one two 3 four"), "k: one two\n  3 four\n"),
    ("k:\n  one two\n  three\n", .text("one 2 three"), "k:\n  one 2\n  three\n"),
    ("k: >\n  one two\n  three\n\n  four\n", .text("one 2 three\nfour\n"), "k: >\n  one 2\n  three\n\n  four\n"),
    ("k: >-\n  one two\n  three\n", .text("one two 3"), "k: >-\n  one two\n  3\n"),
    ("k: >\n  one\n", .text("one\ntwo\n"), "k: >\n  one\n\n  two\n"),
    ("k: | # c\n    one\n\n    two\n", .text("one\n\nthree\nfour\n"), "k: | # c\n    one\n\n    three\n    four\n"),
    ("k: |\n  one\n  two\n  three\n", .text("one\nthree\n"), "k: |\n  one\n  three\n"), ("k: |\n  one\n  two\n", .text("one\n"), "k: |\n  one\n"),
    ("k: |\n  one\n", .text("one\ntwo\n"), "k: |\n  one\n  two\n"), ("k: |\n  one\n", .text("zero\none\n"), "k: |\n  zero\n  one\n"),
    ("k: |\n    one\n", .text("one"), "k: one\n"), ("k: | # c\n    one\n    two\n", .text("one\ntwo"), "k: |- # c\n    one\n    two\n"),
    ("k: old # c\n", .text("one\n two\n"), "k: | # c\n  one\n   two\n"), ("k: old\n", .text(" one\n\n"), "k: |2+\n   one\n\n"),
    ("k: \"one\"\n", .text("one\ntwo"), "k: \"one\\ntwo\"\n"), ("k: \"one \\\n  two\"\n", .text("one 2"), "k: \"one \\\n  2\"\n"),
    ("k: 'one\n  two'\n", .text("one three"), "k: 'one\n  three'\n"), ("k: old\n", .text("\n"), "k: \"\\n\"\n"),
    // Kinds that change.
    ("k: a, b # c\n", texts("a", "b"), "k: [a, b] # c\n"), ("k: [a, b] # c\n", .text("a b"), "k: a b # c\n"),
    ("k: # c\n  # d\n  - a\n  - b # e\n", .text("x"), "k: x # c\n  # d\n"), ("k: x # c\n", .map([.init("a", .bool(true))]), "k: # c\n  a: true\n"),
    ("k: {a: 1}\n", .list([]), "k: []\n"), ("k: [a]\n", .list([]), "k: []\n"), ("k: # c\n- a\n- b\n", .list([]), "k: [] # c\n"),
    ("k: x\n", .list([.text("a, b"), .bool(true), .text("true"), .text("**/*.x")]), "k: [\"a, b\", true, \"true\", \"**/*.x\"]\n"),
  ])
  func values(_ head: String, _ value: FieldValue, _ expected: String) {
    #expect(set(head, value) == expected)
    #expect(set(expected, value) == expected)
  }

  @Test(arguments: [
    ("k: [a, b]\n", texts("a", "c"), "k: [a, c]\n"), ("k: [ 'a' , \"b\" ] # c\n", texts("x", "b", "d"), "k: [ 'x' , \"b\", \"d\" ] # c\n"),
    ("k: [a, b, c]\n", texts("a", "c"), "k: [a, c]\n"), ("k: [a, b, c]\n", texts("b"), "k: [b]\n"), ("k: [a]\n", texts("b", "a"), "k: [b, a]\n"),
    ("k: ['a']\n", texts("a", "b"), "k: ['a', 'b']\n"), ("k: []\n", texts("a"), "k: [a]\n"), ("k: [a]\n", texts("a", "x: y"), "k: [a, \"x: y\"]\n"),
    ("k: [\n  a, # one\n  b, # two\n]\n", texts("a"), "k: [\n  a, # one\n]\n"),
    ("k: [\n  a, # one\n  b # two\n]\n", texts("b"), "k: [\n  b # two\n]\n"),
    ("k: [\n  a, # one\n  b # two\n]\n", texts("a", "b", "c"), "k: [\n  a, # one\n  b, # two\n  c\n]\n"),
    ("k: [\n  a,\n  b,\n]\n", texts("x", "a", "b", "c"), "k: [\n  x,\n  a,\n  b,\n  c,\n]\n"),
    ("k:\n  - a # one\n  # two\n  - b\n", texts("a", "c"), "k:\n  - a # one\n  # two\n  - c\n"),
    ("k:\n  - a # one\n  - b\n", texts("x", "a", "b"), "k:\n  - x\n  - a # one\n  - b\n"),
    ("k:\n- 'a'\n- 'b' # two\n", texts("a", "b", "c"), "k:\n- 'a'\n- 'b' # two\n- 'c'\n"),
    ("k:\n    - a\n    - b\n    - c\n", texts("a", "c"), "k:\n    - a\n    - c\n"), ("k:\n  - a\n  - b\n", texts("b", "a"), "k:\n  - b\n  - a\n"),
    ("k:\n  - a\n  -\n  - c\n", .list([.text("a"), .text("b"), .text("c")]), "k:\n  - a\n  - b\n  - c\n"),
    ("k:\n  - |\n    a\n\n  - b\n", texts("a\n", "x\ny\n", "b"), "k:\n  - |\n    a\n  - |\n    x\n    y\n\n  - b\n"),
    ("k:\n  - [a, b]\n  - c\n", .list([texts("a", "x"), .text("c")]), "k:\n  - [a, x]\n  - c\n"),
    ("k:\n  - - a\n    - b\n", .list([texts("b", "c")]), "k:\n  - - b\n    - c\n"),
    ("k:\n  - n: 1\n    m: 2\n", .list([.map([.init("m", .number("2"))])]), "k:\n  - m: 2\n"),
  ])
  func lists(_ head: String, _ value: FieldValue, _ expected: String) {
    #expect(set(head, value) == expected)
  }

  @Test(arguments: [
    ("k:\n  x: 1 # c\n  w: 2\n", ["k", "x"], FieldValue.number("3"), "k:\n  x: 3 # c\n  w: 2\n"),
    ("k: {x: 1}\n", ["k", "w"], .text("a"), "k: {x: 1, w: a}\n"),
    ("k:\n    x: 1\n", ["k", "w"], .text("a\nb"), "k:\n    x: 1\n    w: |-\n      a\n      b\n"),
    ("k: {x: 1, w: 2}\n", ["k", "x"], nil, "k: {w: 2}\n"),
    ("k:\n  x: 1 # c\n  # d\n  w: 2\n", ["k", "x"], nil, "k:\n  # d\n  w: 2\n"), ("k:\n  x: 1\n", ["k", "x"], nil, ""),
    ("k: {x: 1} # c\n", ["k", "x"], nil, ""),
    ("k: # c\n", ["k", "x"], .bool(true), "k: # c\n  x: true\n"), ("k: {}\n", ["k", "x"], .bool(true), "k:\n  x: true\n"),
    ("k:\n  description: 1\n", ["k", "description"], .text("2"), "k:\n  description: \"2\"\n"), ("k: 1\n", ["k", "x"], nil, "k: 1\n"),
    ("k:\n  x: 1\n", ["k"], .map([.init("x", .number("2")), .init("w", .null)]), "k:\n  x: 2\n  w: null\n"),
    ("k: {x: 1, w: 2}\n", ["k"], .map([.init("z", .number("3")), .init("w", .number("2"))]), "k: {z: 3, w: 2}\n"),
    ("k:\n  x: 1\n  w: 2\n", ["k"], .map([.init("w", .number("2")), .init("x", .number("1"))]), "k:\n  w: 2\n  x: 1\n"),
  ])
  func maps(_ head: String, _ path: [String], _ value: FieldValue?, _ expected: String) {
    #expect(set(head, value, path: path) == expected)
  }

  @Test(arguments: [
    ("# above\nk: v # c\n", "# above\n"), ("k:\n  - a\n  # b\n# below\n", "# below\n"), ("k: |\n  a\n\n  b\n\n", "\n"), ("k: 'a\n  b'\n", ""),
    ("k: [\n  a,\n]\n", ""),
    ("k:\n- a\n- b\n", ""), ("", ""),
  ])
  func removedKeys(_ head: String, _ expected: String) {
    #expect(set(head, nil) == expected)
  }

  @Test(arguments: [
    // New keys, new heads, empty heads.
    ("---\na: 1\n---\nb", ["k"], FieldValue.text("v"), "---\na: 1\nk: v\n---\nb"), ("---\n---\n", ["k"], .text("v"), "---\nk: v\n---\n"),
    ("---\n# c\n---", ["k"], .bool(true), "---\n# c\nk: true\n---"),
    ("---\na: |+\n  x\n\n---\n", ["k"], .text("v"), "---\na: |+\n  x\n\nk: v\n---\n"),
    ("---\na:\n  - b\n  # c\n\n---\n", ["k"], .text("v"), "---\na:\n  - b\n  # c\nk: v\n\n---\n"),
    ("body", ["k"], .text("v"), "---\nk: v\n---\nbody"),
    ("", ["k"], texts("a"), "---\nk: [a]\n---\n"), ("\u{FEFF}b\n", ["k"], .text("v"), "\u{FEFF}---\nk: v\n---\nb\n"),
    ("---\n\nbody\n", ["k"], .text("v"), "---\nk: v\n---\n---\n\nbody\n"), ("body\n", ["k"], nil, "body\n"), ("\u{FEFF}", ["k"], nil, "\u{FEFF}"),
    ("---\nk: v\n---\n", ["k"], nil, "---\n---\n"), ("---\n{k: v}\n---\n", ["k"], nil, "---\n{}\n---\n"),
    ("---\n{k: v}\n---\n", ["l"], .null, "---\n{k: v, l: null}\n---\n"),
    ("---\n  a: 1\n---\n", ["k"], .text("v"), "---\n  a: 1\n  k: v\n---\n"),
    ("---\na: 1\n---\n", ["x: y"], .text("v"), "---\na: 1\n\"x: y\": v\n---\n"),
    // A platform's own map.
    ("---\na: 1\n---\n", ["alpha", "k"], .text("v"), "---\na: 1\nalpha:\n  k: v\n---\n"),
    ("b\n", ["alpha", "k"], .text("x\ny\n"), "---\nalpha:\n  k: |\n    x\n    y\n---\nb\n"),
    ("---\nalpha: {k: v}\na: 1\n---\n", ["alpha", "k"], nil, "---\na: 1\n---\n"),
    // Windows' line breaks.
    ("---\r\na: 1 # c\r\n---\r\nb\r\n", ["k"], .text("v"), "---\r\na: 1 # c\r\nk: v\r\n---\r\nb\r\n"),
    ("b\r\n", ["k"], .text("v"), "---\r\nk: v\r\n---\r\nb\r\n"),
    ("---\r\nk: |\r\n  one\r\n  two\r\n---\r\n", ["k"], .text("one\n2\n3\n"), "---\r\nk: |\r\n  one\r\n  2\r\n  3\r\n---\r\n"),
    ("---\r\nk: >\r\n  one\r\n  two\r\n---\r\n", ["k"], .text("one 2\n"), "---\r\nk: >\r\n  one\r\n  2\r\n---\r\n"),
    ("---\r\nk:\r\n  - a\r\n---\r\n", ["k"], texts("a", "b"), "---\r\nk:\r\n  - a\r\n  - b\r\n---\r\n"),
    ("---\r\na: 1\r\nk: v\r\n---\r\n", ["k"], nil, "---\r\na: 1\r\n---\r\n"),
    // What the loader reads in its own way.
    ("---\nargument-hint: [a|b]\n---\n", ["argument-hint"], .text("[a|c]"), "---\nargument-hint: [a|c]\n---\n"),
    ("---\nargument-hint: [a]\n---\n", ["argument-hint"], .text("[a] [b]"), "---\nargument-hint: \"[a] [b]\"\n---\n"),
    ("---\nargument-hint: [a]\n---\n", ["argument-hint"], .text("on"), "---\nargument-hint: \"on\"\n---\n"),
    ("---\na: 'x'\n---\n", ["<<"], .text("<x> ~/y"), "---\na: 'x'\n\"<<\": <x> ~/y\n---\n"),
    ("---\nargument-hint: # c\n  - a\n---\n", ["argument-hint"], .text("x"), "---\nargument-hint: x # c\n---\n"),
    ("---\na: 1\n---\n", ["argument-hint"], .text("[a]"), "---\na: 1\nargument-hint: \"[a]\"\n---\n"),
    ("---\ndescription: 12\n---\n", ["description"], .text("12"), "---\ndescription: 12\n---\n"),
  ])
  func files(_ text: String, _ path: [String], _ value: FieldValue?, _ expected: String) {
    #expect(edited(text, [HeadChange(path: path, value: value)]) == expected)
  }

  @Test func severalChangesAreEditsOfTheFile() throws {
    let source = SourceText(path: "x", bytes: Array("---\na: old # c\nb: [x, y]\n---\nbody\n".utf8))
    let changes = [
      HeadChange(path: ["alpha", "k"], value: .text("v")), HeadChange(path: ["b"], value: .list([.text("y")])),
      HeadChange(path: ["alpha", "l"], value: .text("w")), HeadChange(path: ["a"], value: .text("new")),
      HeadChange(path: ["beta", "k"], value: .null),
      HeadChange(path: ["beta", "k"], value: nil), HeadChange(path: ["c"], value: nil),
    ]
    let edits = try #require(headEdits(of: source, making: changes))
    #expect(
      edits == [ByteEdit(7..<10, "new".utf8), ByteEdit(19..<22, []), ByteEdit(25..<25, "alpha:\n  k: v\n  l: w\n".utf8)])
    #expect(headEdits(of: source, making: []) == [])
  }

  @Test(arguments: [
    "---\nk: [a\n---\n", "---\nk: v\n", "---\nk: &a v\n---\n", "---\nk: v\nk: w\n---\n", "---\n- a\n---\n", "---\n\"k: v\n---\n",
    "---\nk: a: b\n---\n",
    "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
  ])
  func damagedHeadsHaveNone(_ text: String) {
    #expect(edited(text, [HeadChange(path: ["k"], value: .text("v"))]) == nil)
    #expect(edited(text, [HeadChange(path: ["k"], value: nil)]) == nil)
  }

  @Test(arguments: [
    HeadChange(path: ["a", "b"], value: .text("v")), HeadChange(path: [], value: .text("v")), HeadChange(path: ["k"], value: .number("x")),
    HeadChange(path: ["argument-hint"], value: .list([.text("a")])), HeadChange(path: ["k"], value: .text(String(repeating: "x", count: 70_000))),
    HeadChange(path: ["k"], value: .map([.init("a", .null), .init("a", .null)])),
  ])
  func whatCannotBeHad(_ change: HeadChange) {
    #expect(edited("---\na: 1\n---\n", [change]) == nil)
  }

  /// Swift takes both for one text.
  @Test func aLetterThatIsSpelledInAnotherWayIsAChange() {
    let source = SourceText(path: "x", bytes: Array("---\nk: [é]\n---\n".utf8))
    let edits = headEdits(of: source, making: [HeadChange(path: ["k"], value: .list([.text("e\u{301}")]))])
    #expect(edits == [ByteEdit(8..<10, "e\u{301}".utf8)])
  }

  @Test func longListsAreWrittenAnew() {
    let (old, new) = ((0..<2_000).map { FieldValue.text("item \($0)") }, (0..<2_000).map { FieldValue.text("item \($0 / 2)") })
    let head = "---\nk:\n" + (0..<2_000).map { "- item \($0)\n" }.joined() + "---\n"
    #expect(edited(head, [HeadChange(path: ["k"], value: .list(old))]) == head)
    #expect(edited(head, [HeadChange(path: ["k"], value: .list(new))]) == "---\nk:\n" + (0..<2_000).map { "- item \($0 / 2)\n" }.joined() + "---\n")
  }
}
