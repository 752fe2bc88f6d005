import ContextLoading
import Diagnostics
import Testing

@testable import Translating

@Suite struct StatusTests {
  private let base = """
    ---
    description: First.
    ---

    Before all.

    # One

    ## Why

    Because.

    ## What to check

    ```sh
    # no heading
    ls
    ```

    See [two](two.md).

    """
  private let spanish = """
    ---
    description: Primera.
    ---

    Ante todo.

    # Uno

    ## Por qué

    Porque sí.

    ## Qué revisar

    ```sh
    # no heading
    ls
    ```

    Véase [dos](two.md).

    """

  private var pair: Pair { Pair(base: base, translation: spanish) }

  @Test func whatIsNotRecordedIsToldOnce() throws {
    #expect(try pair.findings() == [" translation/unrecorded"])
    #expect(try pair.status().lacksRecord)
    #expect(try !pair.status().isCurrent)
  }

  @Test func aRecordNamesEachSectionByItsAnchor() throws {
    let recorded = try pair.recorded()
    #expect(try recorded.findings() == [])
    #expect(try recorded.status().isCurrent)
    #expect(try recorded.status().sections.map(\.base.key) == ["description", "start", "one", "why", "what-to-check"])
    // What `printf 'First.' | sha256sum` and `printf '## Why\n\nBecause.' | sha256sum` say.
    #expect(
      recorded.translation.hasPrefix("---\ndescription: Primera.\nfollows:\n  description: \"6ccbae3c5494\"\n  start: "),
      "\(recorded.translation)")
    #expect(recorded.translation.contains("\n  why: \"5a4ebe0b04fd\"\n"))
    #expect(recorded.translation.hasSuffix(String(spanish.dropFirst("---\ndescription: Primera.\n".count))))
  }

  @Test func runTwiceItWritesNothing() throws {
    let once = try pair.recorded()
    let again = try once.status().recording(nil)
    #expect(again.sections == [])
    #expect(again.bytes == Array(once.translation.utf8))
  }

  @Test(arguments: [
    ("Because.", "Since.", "why"), ("See", "Look at", "what-to-check"), ("# One", "# The one", "the-one"), ("Before all.", "Before.", "start"),
    ("First.", "The first.", "description"),
  ])
  func oneEditMakesOneSectionStale(_ old: String, _ new: String, _ key: String) throws {
    var pair = try self.pair.recorded()
    pair.base = base.replacing(old, with: new)
    #expect(try pair.status().keysBehind == [key])
    let places = try pair.status().findings.compactMap(\.place?.line)
    #expect(places.count == 1)
    let head = pair.translation.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = [
      "why": "## Por qué", "what-to-check": "## Qué revisar", "the-one": "# Uno", "start": "Ante todo.", "description": "description: Primera.",
    ]
    #expect(places.first.map { String(head[$0 - 1]) } == expected[key])
    #expect(try pair.findings().allSatisfy { $0.hasSuffix("translation/stale") })
    #expect(try pair.recorded().findings() == [])
  }

  @Test func theMessageNamesTheSectionOfTheBase() throws {
    var pair = try self.pair.recorded()
    pair.base = base.replacing("See", with: "Look at")
    let finding = try #require(pair.status().findings.first)
    #expect(finding.message == "the section says what an older \"What to check\" of rules/x.md said")
    #expect(finding.help == "bring it up to date and run `aiwg translate --record rules/x.es.md`")
    #expect(finding.severity == .warning)
  }

  @Test func onlySomeSectionsCanBeRecorded() throws {
    var pair = try self.pair.recorded()
    pair.base = base.replacing("Because.", with: "Since.").replacing("See", with: "Look at")
    pair = try pair.recorded(["why"])
    #expect(try pair.status().keysBehind == ["what-to-check"])
    let first = try self.pair.recorded(["why"])
    #expect(try first.status().keysBehind == ["description", "start", "one", "what-to-check"])
  }

  @Test func lineEndsAndBlankLinesAtTheEndDoNotCount() throws {
    var pair = try self.pair.recorded()
    pair.base = base.replacing("\n", with: "\r\n")
    #expect(try pair.findings() == [])
    pair.base = base.replacing("Because.\n", with: "Because.\n\n  \n") + "\n\n"
    #expect(try pair.findings() == [])
    pair.base = "\u{FEFF}" + base
    #expect(try pair.findings() == [])
    pair.base = base.replacing("---\n\nBefore", with: "---\nBefore")
    #expect(try pair.findings() == [])
  }

  @Test func aRecordKeepsCRLFAndByteOrderMark() throws {
    let pair = Pair(base: base, translation: "\u{FEFF}" + spanish.replacing("\n", with: "\r\n"))
    let recorded = try pair.recorded()
    #expect(try recorded.findings() == [])
    #expect(recorded.translation.hasPrefix("\u{FEFF}---\r\ndescription: Primera.\r\nfollows:\r\n  description: "))
    #expect(!recorded.translation.replacing("\r\n", with: "").contains("\n"))
  }

  @Test func keysThatNeedIt() throws {
    let text = "# Description\n\n# Start\n\n# !!!\n\n#\n\n# True\n\n# 12\n\n# -\n\n# Null\n"
    let pair = try Pair(base: text, translation: text).recorded()
    #expect(
      try pair.status().sections.map(\.base.key) == ["description-1", "start-1", "section", "section-1", "true", "12", "-", "null"])
    #expect(try pair.findings() == [], "\(pair.translation)")
  }

  @Test func headingsThatAreAlike() throws {
    let text = "# A\n\none\n\n# A\n\ntwo\n\n# A-1\n\nthree\n"
    var pair = try Pair(base: text, translation: text).recorded()
    #expect(try pair.status().sections.map(\.base.key) == ["a", "a-1", "a-1-1"])
    pair.base = text.replacing("two", with: "2")
    #expect(try pair.status().keysBehind == ["a-1"])
    #expect(try pair.status().behind.map(pair.status().name) == ["A (a-1)"])
    #expect(try pair.status().findings.first?.place?.excerpt == "# A")
  }

  @Test func aDigestOfDigitsIsText() throws {
    // The SHA-256 of this text begins with twelve digits.
    let pair = try Pair(base: "text 66\n", translation: "eso\n").recorded()
    #expect(try pair.findings() == [], "\(pair.translation)")
    let plain = Pair(base: pair.base, translation: pair.translation.replacing("\"", with: "").replacing("'", with: ""))
    #expect(try plain.findings() == [])
  }

  @Test func anInheritedDescriptionIsNotFollowed() throws {
    var pair = try Pair(base: base, translation: spanish.replacing("description: Primera.\n", with: "")).recorded()
    #expect(!pair.translation.contains("  description:"))
    pair.base = base.replacing("First.", with: "The first.")
    #expect(try pair.findings() == [])
  }

  @Test func aDescriptionAlone() throws {
    var pair = try Pair(base: "---\ndescription: First.\n---\n", translation: "---\ndescription: Primera.\n---\n").recorded()
    #expect(try pair.status().sections.map(\.base.key) == ["description"])
    pair.base = "---\ndescription: Second.\n---\n"
    #expect(try pair.findings() == ["2:1: translation/stale"])
    let nothing = Pair(base: "---\ndescription: First.\n---\n", translation: "")
    #expect(try nothing.status().isCurrent)
    #expect(try nothing.recorded().translation == "")
  }

  @Test func withoutAHead() throws {
    let pair = try Pair(base: "Text.\n", translation: "Texto.\n").recorded()
    #expect(pair.translation.hasPrefix("---\nfollows:\n  start: "))
    #expect(pair.translation.hasSuffix("\n---\nTexto.\n"))
    #expect(try pair.findings() == [])
  }

  @Test func aSectionThatTheBaseLost() throws {
    var pair = try self.pair.recorded()
    pair.base = base.replacing("## Why\n\nBecause.\n\n", with: "")
    #expect(try pair.findings().map { $0.split(separator: " ").last } == ["translation/structure"])
    #expect(throws: RecordingFailure.self) { try pair.status().recording(nil) }
    pair.translation = pair.translation.replacing("## Por qué\n\nPorque sí.\n\n", with: "")
    #expect(try pair.findings() == [])
    let after = try pair.recorded()
    #expect(!after.translation.contains("why:"))
  }

  @Test func aSectionThatTheBaseGained() throws {
    var pair = try self.pair.recorded()
    pair.base = base + "\n## Related\n\nMore.\n"
    #expect(try pair.findings().map { $0.split(separator: " ").last } == ["translation/structure"])
    pair.translation += "\n## Relacionado\n\nMás.\n"
    #expect(try pair.status().keysBehind == ["related"])
    #expect(try pair.status().findings.first?.message == "nobody recorded which \"Related\" of rules/x.md the section follows")
  }

  @Test func aRecordThatIsNoMap() throws {
    let pair = Pair(base: "Text.\n", translation: "---\nfollows: yes\n---\nTexto.\n")
    #expect(try pair.findings() == ["2:1: translation/unrecorded"])
    #expect(try pair.recorded().findings() == [])
    let odd = Pair(base: "Text.\n", translation: "---\nfollows: {start: [1], gone: 2}\n---\nTexto.\n")
    #expect(try odd.findings() == ["4:1: translation/stale"])
    #expect(try odd.recorded().findings() == [])
    #expect(try !odd.recorded().translation.contains("gone"))
  }

  @Test func commentsAndOtherKeysStay() throws {
    let head = "---\n# Por Ana\nseverity: LOW # bajo\nfollows: # versiones\n  start: 000000000000 # vieja\ntags: [a]\n---\n"
    let pair = try Pair(base: "Text.\n", translation: head + "Texto.\n").recorded()
    let digest = try #require(pair.status().sections.first?.base.digest)
    #expect(pair.translation == head.replacing("000000000000", with: digest) + "Texto.\n")
  }
}
