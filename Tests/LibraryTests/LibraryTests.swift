import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Foundation
import Patterns
import TestSupport
import Testing
import Verifying

/// What ships: twelve rules, each in four languages, that test themselves.
struct LibraryTests {
  static let languages = ["es", "pt-BR", "id"]
  static let factors = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"].map { "12-factor-\($0)" }

  private static func rules(in language: String? = nil) throws -> [Artifact] {
    try shippedArtifacts(in: language).filter { $0.id.kind == .rule && $0.fields["tags"]?.textList?.contains("twelve-factor") == true }
  }

  @Test func aRuleForEachFactor() throws {
    let rules = try Self.rules().filter { $0.fields["factor"] != nil }
    #expect(Set(rules.compactMap { $0.fields["factor"]?.scalarText }) == Set(Self.factors))
    #expect(rules.count == Self.factors.count)
    for rule in rules { #expect(rule.activation == .model, "\(rule.id) loads in every conversation") }
    let stateless = try #require(rules.first { $0.id.name == "stateless-processes" })
    #expect(stateless.fields["severity"] == .text("HIGH"))
    #expect(stateless.fields["category"] == .text("architecture"))
    #expect(stateless.fields["factor"] == .text("12-factor-VI"))
  }

  @Test func theDigestNamesEachRule() throws {
    let digest = try #require(try Self.rules().first { $0.id.name == "twelve-factor" })
    #expect(digest.activation == .always)
    let named = Set(digest.body.references.map(\.path))
    for rule in try Self.rules() where rule.fields["factor"] != nil { #expect(named.contains("\(rule.id.name).md"), "\(rule.id)") }
  }

  @Test func descriptionsAreShort() throws {
    for language in [nil] + Self.languages.map(Optional.some) {
      for artifact in try shippedArtifacts(in: language) {
        let description = try #require(artifact.description, "\(artifact.id) has none")
        #expect(description.count <= 200, "\(artifact.id): \(description.count) characters")
      }
    }
  }

  @Test func everyCheckDoesAsItsSnippetsSay() throws {
    var problems: [Diagnostic] = []
    var count = 0
    for rule in try Self.rules() where rule.fields["factor"] != nil {
      let own = checks(of: rule, diagnostics: &problems)
      #expect(own.count >= 2, "\(rule.id) has \(own.count) checks")
      for check in own {
        problems += check.fixtureProblems
        #expect(!check.pattern.literals.isEmpty, "\(check.id) has to be tried on each line")
        #expect(check.message.count <= 120, "\(check.id)")
      }
      count += own.count
    }
    #expect(problems.isEmpty, "\(rendered(problems))")
    #expect(count > 40)
  }

  // MARK: Languages

  @Test(arguments: languages)
  func everyRuleIsThereInTheLanguage(_ language: String) throws {
    for rule in try Self.rules(in: language) { #expect(rule.language == LanguageTag(language), "\(rule.id)") }
  }

  @Test(arguments: languages)
  func theSameCodeAndLinks(_ language: String) throws {
    for (base, translation) in zip(try Self.rules(), try Self.rules(in: language)) {
      try #require(base.id == translation.id)
      let (one, other) = (Shape(of: base), Shape(of: translation))
      #expect(one.headings == other.headings, "\(base.id)")
      #expect(one.blocks == other.blocks, "\(base.id)")
      #expect(one.links == other.links, "\(base.id)")
      #expect(one.code == other.code, "\(base.id)")
      #expect(one.lines == other.lines, "\(base.id)")
    }
  }

  @Test(arguments: languages)
  func noParagraphIsLeftInEnglish(_ language: String) throws {
    var looked = 0
    for (base, rule) in zip(try Self.rules(), try Self.rules(in: language)) {
      let english = Set(Shape(of: base).prose)
      for paragraph in Shape(of: rule).prose where paragraph.count >= 4 {
        let (own, other) = (CommonWords.count(of: language, in: paragraph), CommonWords.count(of: "en", in: paragraph))
        looked += 1
        // A line of a few words may have none of the common ones.
        #expect(own > other || (own == other && paragraph.count < 12), "\(rule.id): \(paragraph.joined(separator: " "))")
        #expect(!english.contains(paragraph), "\(rule.id): \(paragraph.joined(separator: " "))")
      }
    }
    #expect(looked > 250)
  }

  @Test func theWordsTellLanguagesApart() throws {
    for rule in try Self.rules() {
      for paragraph in Shape(of: rule).prose where paragraph.count >= 10 {
        let english = CommonWords.count(of: "en", in: paragraph)
        for language in Self.languages {
          #expect(english > CommonWords.count(of: language, in: paragraph), "\(rule.id): \(paragraph.joined(separator: " "))")
        }
      }
    }
  }
}

/// The words that only one of the languages uses all the time.
private enum CommonWords {
  static func count(of language: String, in paragraph: [String]) -> Int { paragraph.count { of[language]?.contains($0) ?? false } }

  private static let of: [String: Set<String>] = [
    "en": words("the and of to is that for with not are it its be by or from on at which than has have was each this when where what will can"),
    "es": words("el la los las de que y en un una para con se su por del al lo como es son más si ni cada le sus o ya sin sobre entre"),
    "pt-BR": words("o os de que e em um uma para com não se seu por da dos das ao nas nos como é são mais ou sem cada já à sua pela pelo"),
    "id": words(
      "yang dan di dari untuk dengan tidak ini itu pada ke satu oleh atau adalah setiap tanpa agar jika saat akan lalu juga sebuah bukan sebagai dapat"
    ),
  ]

  private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}

/// What of a text must be the same in every language.
private struct Shape {
  /// The marks of the headings, in order.
  var headings: [String] = []
  var blocks: [String] = []
  var links: [String] = []
  /// Code in lines of text, in the order of the alphabet, since sentences may be built another way.
  var code: [String] = []
  /// What each line is.
  var lines: [Character] = []
  /// The words of paragraphs and items, without code and links.
  var prose: [[String]] = []

  init(of rule: Artifact) {
    let blocks = fencedBlocks(of: rule.text)
    self.blocks = blocks.map { $0.info + "\n" + String(decoding: rule.text.bytes[$0.content], as: UTF8.self) }
    var text = rule.text.bytes
    for block in blocks.reversed() { text.removeSubrange(block.content) }
    for line in String(decoding: text[HeadSplit(text).body], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(line.first.map { "#-`|".contains($0) ? $0 : "p" } ?? " ")
      if line.hasPrefix("#") { headings.append(String(line.prefix { $0 == "#" })) }
      guard !line.hasPrefix("`") else { continue }
      links += line.matches(of: #/\]\(([^)]*)\)/#).map { String($0.1) }
      code += line.matches(of: #/`[^`]+`/#).map { String($0.0) }
      let words = line.replacing(#/`[^`]+`|\[[^\]]*\]\([^)]*\)/#, with: " ").lowercased().split { !$0.isLetter }
      prose.append(words.map(String.init))
    }
    code.sort()
  }
}
