import Testing

@testable import Reading

@Suite struct HeadTests {
  private func head(_ text: String) -> Head { Head(markdown: Array(text.utf8)) }

  @Test func keysListsAndTexts() {
    let head = head(
      "---\nname: a\npaths:\n  - \"src/**\"\n  - lib/*.{c,h}\nglobs: **/*.md,*.txt\nflow: [a, 'b, c']\nlong: >\n  one\n  two\nempty:\n---\nBody\n")
    #expect(head["name"] == "a")
    #expect(head.patterns("paths") == ["src/**", "lib/*.{c,h}"])
    #expect(head.patterns("globs") == ["**/*.md", "*.txt"])
    #expect(head["long"] == "one two")
    #expect(head["empty"] == nil && head["absent"] == nil)
    #expect(head.end > 0)
  }

  @Test(arguments: ["", "text\n---\n", "---\nname: a\n", "--- \nname: a\n---\n"]) func noHead(_ text: String) {
    #expect(head(text).end == 0 && head(text)["name"] == nil)
  }

  @Test func windowsLinesAndMarks() {
    let head = head("\u{FEFF}---\r\nname: 'a b'\r\n---\r\nBody")
    #expect(head["name"] == "a b")
  }
}
