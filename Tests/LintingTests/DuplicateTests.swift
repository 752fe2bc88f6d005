import ContextModel
import FileTree
import Linting
import TestSupport
import Testing

/// Texts that are paid for more than once.
struct DuplicateTests {
  private func found(_ txtar: String) throws -> [String] { try textFindings("duplicate/paragraph", in: txtar).map(line) }

  /// A text of different words.
  private func text(_ count: Int, seed: Int = 0) -> String { (0..<count).map { "word\(seed)x\($0)" }.joined(separator: " ") }

  @Test func sameTextInSeveralArtifacts() throws {
    let shared = text(60)
    let tree = ["c", "a", "b"].map { ruleText($0, "# \($0)\n\nOwn.\n\n\(shared)\n") }.joined()
    let said = try found(tree)
    let words = "this text of 60 words stands in 3 artifacts, first in .aiwg/rules/a.md:8: about"
    #expect(said.count == 1)
    #expect(said.first?.hasPrefix(".aiwg/rules/b.md:8 \(words)") ?? false, "\(said)")
    #expect(said.first?.hasSuffix("| again in .aiwg/rules/c.md:8") ?? false, "\(said)")
  }

  @Test func caseLineEndsAndMarksDoNotCount() throws {
    let words = (0..<60).map { "word\($0)" }
    let other = words.enumerated().map { $0 % 7 == 0 ? "**W\($1.dropFirst())**," : $1 }.joined(separator: "\n")
    #expect(try found(ruleText("a", words.joined(separator: " ")) + ruleText("b", other)).count == 1)
    #expect(try found(ruleText("a", words.joined(separator: " ")) + ruleText("b", words.joined(separator: "\r\n"))).count == 1)
  }

  @Test func nearlyTheSame() throws {
    let words = (0..<60).map { "word\($0)" }
    func changed(_ places: [Int]) -> String { words.enumerated().map { places.contains($0) ? "other" : $1 }.joined(separator: " ") }
    let base = ruleText("a", words.joined(separator: " "))
    #expect(try found(base + ruleText("b", changed([30]))).first?.contains("in 2 artifacts, nearly word for word,") ?? false)
    #expect(try found(base + ruleText("b", changed([10, 30, 50]))).isEmpty)
    #expect(try found(base + ruleText("b", words.reversed().joined(separator: " "))).isEmpty)
  }

  @Test func clustersDoNotDrift() throws {
    let words = (0..<60).map { "word\($0)" }
    // Each differs from the one before in one word, and the last from the first in five.
    let tree = (0..<6).map { step in
      ruleText("r\(step)", words.enumerated().map { $0 % 10 == 5 && $0 / 10 < step ? "other" : $1 }.joined(separator: " "))
    }
    for one in try found(tree.joined()) { #expect(one.contains("in 2 artifacts") || one.contains("in 3 artifacts"), "\(one)") }
  }

  @Test func twiceInOneFile() throws {
    let said = try found(ruleText("a", "\(text(45))\n\nOwn.\n\n\(text(45))"))
    #expect(said.count == 1)
    #expect(said.first?.contains(".aiwg/rules/a.md:8 this text of 45 words stands 2 times in this file, first in line 4:") ?? false, "\(said)")
  }

  @Test func shortTextsCodeTablesAndCommentsAreLetBe() throws {
    func both(_ text: String) throws -> Int { try found(ruleText("a", text) + ruleText("b", text)).count }
    #expect(try both(text(39)) == 0)
    #expect(try both(text(40)) == 1)
    #expect(try both("```\n\(text(60))\n```") == 0)
    #expect(try both("~~~~\n~~~\n\(text(60))\n~~~~") == 0)
    #expect(try both("Text:\n\n    \(text(60))") == 0)
    #expect(try both("| a | b |\n|---|---|\n| x | \(text(60)) |") == 0)
    #expect(try both("# \(text(60))") == 0)
    #expect(try both("<!-- \(text(60)) -->") == 0)
    #expect(try both("<!--\n\(text(60))\n-->\n\(text(39))") == 0)
  }

  @Test func listsAreTexts() throws {
    func both(_ first: String, _ second: String) throws -> Int { try found(ruleText("a", first) + ruleText("b", second)).count }
    let items = (0..<6).map { "- \(text(8, seed: $0))" }.joined(separator: "\n")
    #expect(try both(items, items) == 1)
    let long = "- \(text(50))"
    #expect(try both("- One.\n\(long)\n- Two.", "- Three.\n- Four.\n\(long)") == 1)
  }

  @Test func textsThatTheSameArtifactsShareAreOneFinding() throws {
    let body = (0..<5).map { text(50, seed: $0) }.joined(separator: "\n\n")
    let said = try found(ruleText("a", body) + ruleText("b", body) + ruleText("c", text(50, seed: 0)))
    #expect(said.count == 2)
    #expect(said.contains { $0.contains("4 texts of 200 words, this one first, stand in 2 artifacts") }, "\(said)")
  }

  @Test func noPlatformGetsBoth() throws {
    let tree = { (first: String, second: String) in
      ruleText("a", text(60), head: "platforms: [\(first)]\n") + ruleText("b", text(60), head: "platforms: [\(second)]\n")
    }
    #expect(try found(tree("codex", "claude-code")).isEmpty)
    #expect(try found(tree("codex", "codex")).count == 1)
  }

  @Test func translationsAreNotCopies() throws {
    let translation = "-- rules/a.es.md --\n---\ndescription: A.\n---\n\(text(60))\n"
    #expect(try found(ruleText("a", text(60), head: "description: A.\n") + translation).isEmpty)
  }

  /// The language of a text is told by its start, which may end within a character.
  @Test func longTextsWithoutBlanks() throws {
    for offset in 0..<3 {
      let body = String(repeating: "a", count: offset) + String(repeating: "日本語", count: 400)
      #expect(try found(ruleText("a", body) + ruleText("b", body)).count == 1)
    }
  }

  @Test func numberedItemsAreOneText() throws {
    let items = { (first: Int) in (0..<6).map { "\(first + $0). \(self.text(8, seed: $0))" }.joined(separator: "\n") }
    #expect(try found(ruleText("a", items(1)) + ruleText("b", items(1))).count == 1)
  }

  @Test func manyCopiesAreOneFinding() throws {
    let body = (0..<10).map { text(50, seed: $0) }.joined(separator: "\n\n")
    #expect(try found((0..<300).map { ruleText("r\($0)", body) }.joined()).count == 1)
  }

  @Test func takesTimeInProportion() throws {
    // Texts that share a long phrase are the hard ones: they look alike, and are not.
    func tree(_ count: Int, _ paragraph: (Int, Int) -> String) -> String {
      (0..<count).map { number in ruleText("r\(number)", (0..<12).map { paragraph(number, $0) }.joined(separator: "\n\n")) }.joined()
    }
    let phrase = text(30)
    for make in [
      { (_: Int, part: Int) in text(60, seed: part) }, { (number: Int, part: Int) in text(60, seed: number * 100 + part) },
      { (number: Int, part: Int) in phrase + " " + text(40, seed: number * 100 + part) },
    ] {
      let times = try slowdown("duplicate/paragraph", from: tree(100, make), to: tree(800, make), below: 12)
      #expect(times < 12)
    }
  }
}
