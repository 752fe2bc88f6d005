import ContextModel
import Diagnostics
import Platforms
import TestSupport
import Testing

@Suite struct OverlayTests {
  @Test func addsAPlatform() throws {
    let catalog = try shippedCatalog(
      overlay: """
        places:
          acme-rules: { path: ".acme/{name}.md", format: markdown, rules/always: { unlisted: keep } }
        platforms:
          acme:
            name: Acme
            docs: https://acme.example
            verified: 2026-01-02
            takes: { rules/always: [acme-rules, agents-md] }
            reads: [{ path: ".acme/*.md", when: always }]
        """)
    #expect(catalog.platforms.count == (try shippedCatalog().platforms.count) + 1)
    #expect(catalog.platforms.first?.id == "acme")
    #expect(catalog.ids["acme"] == "acme")
    #expect(catalog.platform("acme")?.surfaces == [""])
  }

  @Test func changesOneFieldOfAPlatform() throws {
    let shipped = try #require(try shippedCatalog().platform("claude-code"))
    let catalog = try shippedCatalog(overlay: "platforms:\n  claude-code:\n    takes: { rules/always: [claude-md] }\n")
    let changed = try #require(catalog.platform("claude-code"))
    #expect(catalog.platforms.count == (try shippedCatalog().platforms.count))
    #expect(changed.takes[Shape(kind: .rule)] == ["claude-md"])
    #expect(changed.takes[Shape(kind: .agent)] == shipped.takes[Shape(kind: .agent)])
    #expect(changed.reads == shipped.reads)
    #expect(changed.aliases == ["claude"])
  }

  @Test func changesOneKeyOfAPlace() throws {
    let catalog = try shippedCatalog(overlay: "places:\n  claude-rules: { path: \".claude/rules/shared/{name}.md\" }\n")
    let place = try #require(catalog.places["claude-rules"])
    #expect(place.path.text == ".claude/rules/shared/{name}.md")
    #expect(place.forms.count == 2)
  }

  @Test func changesAVocabularyForPlacesOfItsOwnFile() throws {
    let catalog = try shippedCatalog(
      overlay: """
        vocabularies:
          claude-models: { words: { gpt: gpt-9 } }
        places:
          claude-agents: { agents: { fields: { model: { from: model, map: claude-models } } } }
        """)
    #expect(catalog.places["claude-agents"]?.forms[Shape(kind: .agent)]?.fields.count == 1)
    #expect(catalog.vocabularies["claude-models"]?.translation(of: "gpt") == ["gpt-9"])
  }

  @Test(arguments: [
    ("platforms:\n  mine: { name: M, docs: 'https://m.example', verified: 2026-01-02, aliases: [claude] }\n", "platforms/duplicate-name"),
    ("platforms:\n  claude: { name: M, docs: 'https://m.example', verified: 2026-01-02 }\n", "platforms/duplicate-name"),
    ("platforms:\n  cursor: { aliases: [warp] }\n", "platforms/duplicate-name"),
    ("platforms:\n  cursor: { takes: { agents: [claude-command] } }\n", "platforms/unknown-place"),
    ("platforms:\n  copilot: { surfaces: [Web] }\n", "platforms/unknown-surface"),
    ("places:\n  agents-md: { path: \"x/{name}.md\", format: markdown }\n", "platforms/unknown-place"),
    ("places:\n  mine: { path: \".claude/rules/{name}.md\", format: markdown }\n", "platforms/duplicate-path"),
  ])
  func refuses(_ overlay: String, _ id: String) throws {
    var diagnostics: [Diagnostic] = []
    let source = SourceText(path: "mine.yaml", bytes: Array(overlay.utf8))
    #expect(decodePlatforms(source, onto: try shippedCatalog(), diagnostics: &diagnostics) == nil)
    #expect(diagnostics.map(\.id).contains(id), "\(rendered(diagnostics))")
  }

  @Test func vocabularyWords() {
    let words = Vocabulary(words: ["Read": ["read"], "claude-*": ["*"], "Task": ["a", "b"], "claude-3": ["old"]], changing: ["b"])
    #expect(words.translation(of: "Read") == ["read"])
    #expect(words.translation(of: "claude-opus") == ["claude-opus"])
    #expect(words.translation(of: "claude-3") == ["old"])
    #expect(words.translation(of: "Reader") == nil)
    #expect(words.translation(of: "Read(x)") == nil)
    #expect(words.all == ["*", "a", "b", "old", "read"])
  }
}
