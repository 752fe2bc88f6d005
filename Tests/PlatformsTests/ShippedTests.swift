import ContextModel
import Diagnostics
import FileTree
import Foundation
import Globs
import Platforms
import TestSupport
import Testing

@Suite struct ShippedTests {
  private let catalog: PlatformCatalog

  init() throws {
    catalog = try shippedCatalog()
  }

  @Test func decodesWithoutFindings() throws {
    var diagnostics: [Diagnostic] = []
    let source = SourceText(path: "platforms.yaml", bytes: Array(try checkoutText("platforms.yaml").utf8))
    #expect(decodePlatforms(source, diagnostics: &diagnostics) != nil)
    #expect(rendered(diagnostics) == "")
  }

  @Test func deploysToTheSeedSetWhenNobodySays() {
    #expect(
      catalog.platforms.filter(\.isDefault).map(\.id) == [
        "antigravity", "claude-code", "codex", "copilot", "cursor", "factory", "gemini-cli", "generic", "hermes", "openclaw", "opencode", "warp",
        "windsurf",
      ])
  }

  @Test func isWrittenInOrder() throws {
    let text = try checkoutText("platforms.yaml")
    let section = text.components(separatedBy: "\nplatforms:\n")[1]
    let ids = section.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && $0.hasSuffix(":") }.map {
      $0.dropFirst(2).dropLast()
    }
    #expect(ids == ids.sorted())
    #expect(ids.map(String.init) == catalog.platforms.map(\.id))
  }

  @Test func usesEveryFormatAndEveryPlace() {
    let named = Set(catalog.platforms.flatMap { $0.takes.values.joined() + $0.legacy })
    let taken = named.union(named.compactMap { catalog.places[$0]?.importing?.place })
    #expect(Set(catalog.places.values.map(\.format)) == Set(Place.Format.allCases))
    #expect(Set(catalog.places.keys).subtracting(taken) == [])
  }

  @Test func usesEveryFormOfEveryPlace() {
    for place in catalog.places.values {
      let importers = catalog.places.values.filter { $0.importing?.place == place.id }.map(\.id)
      for shape in place.forms.keys {
        let isTaken = catalog.platforms.contains { !Set($0.takes[shape] ?? []).isDisjoint(with: [place.id] + importers) }
        #expect(isTaken || catalog.platforms.contains { $0.legacy.contains(place.id) }, "\(place.id) has a form for \(shape) that nobody takes")
      }
    }
  }

  @Test func usesEveryVocabulary() {
    let ofFields = catalog.places.values.flatMap(\.forms.values).flatMap(\.fields).compactMap(\.vocabulary)
    let used = Set(ofFields + catalog.dialects.values.compactMap { $0.matcher?.words })
    // Lint alone looks into that one.
    #expect(catalog.vocabularies.filter { !used.contains($0.value) }.map(\.key) == ["other-tools"])
  }

  /// One that has no skills has nothing for what loads on demand; no other kind may be without a place.
  @Test func everyKindFindsAPlaceOnEveryPlatform() {
    for platform in catalog.platforms {
      let hasSkills = platform.takes[Shape(kind: .skill)] != nil
      // A platform need not review anything.
      #expect((platform.takes[.review] == nil) == platform.reviewers.isEmpty, "\(platform.id)")
      for shape in Shape.all where !shape.isReview {
        let isNeeded = hasSkills || [.always, .globs].contains(shape.activation)
        let places = platform.takes[shape] ?? []
        #expect(places.isEmpty != isNeeded, "\(platform.id): \(shape)")
      }
    }
  }

  @Test func pagesAndDays() {
    func isDay(_ text: String) -> Bool {
      let parts = text.split(separator: "-").compactMap { Int($0) }
      return parts.count == 3 && (2025...2099).contains(parts[0]) && (1...12).contains(parts[1]) && (1...31).contains(parts[2])
    }
    for platform in catalog.platforms {
      #expect(platform.docs.hasPrefix("https://"))
      #expect(isDay(platform.verified), "\(platform.id)")
      if let retired = platform.retired { #expect(isDay(retired.since), "\(platform.id)") }
    }
  }

  @Test func theReadmeNamesEachOne() throws {
    let readme = try checkoutText("README.md")
    for platform in catalog.platforms where !platform.isDefault { #expect(readme.contains(platform.name), "\(platform.id)") }
  }

  /// Who deploys without a word gets what is sure and alive.
  @Test func theDefaultIsSureAndAlive() {
    for platform in catalog.platforms where platform.isDefault { #expect(platform.experimental == nil && platform.retired == nil, "\(platform.id)") }
    for platform in catalog.platforms where platform.retired != nil { #expect(platform.experimental == nil, "\(platform.id)") }
    for reason in catalog.platforms.flatMap({ [$0.experimental, $0.retired?.why] }).compactMap({ $0 }) {
      #expect(reason.hasSuffix(".") && !reason.hasSuffix("..") && reason.count > 20)
    }
  }

  /// Only blocks share a file, and one that is in two blocks looks the same in both.
  @Test func noTwoPlacesWantOtherBytesAtOnePath() {
    for (path, places) in Dictionary(grouping: catalog.places.values, by: { $0.path.text.lowercased() }) where places.count > 1 {
      #expect(places.allSatisfy { $0.format == .block || $0.format == .import }, "\(path)")
      #expect(places.filter { $0.format == .block }.count <= 1, "\(path)")
    }
  }

  @Test func noNameLeadsToTwoPlatforms() {
    let names = catalog.platforms.flatMap { [$0.id] + $0.aliases }
    #expect(Set(names).count == names.count)
    #expect(!names.contains("all"))
  }

  @Test func everyPlatformReadsWhatItTakes() throws {
    for platform in catalog.platforms {
      for (shape, ids) in platform.takes {
        for id in ids {
          let place = try #require(catalog.places[id])
          let file = try #require(place.mainFile(name: "some-name")).text
          for surface in shape.isReview ? platform.reviewers : platform.surfaces {
            let own = platform.reads.filter { platform.reads($0, on: surface) }
            let reads = place.path.isPerDirectory ? own.filter { $0.isTouched(file) } : own.filter { Glob($0.path).matches(file) }
            if place.format == .import {
              #expect(reads.contains { $0.followsImports }, "\(platform.id) \(surface) follows no imports in \(file)")
            } else {
              #expect(!reads.isEmpty, "\(platform.id) \(surface) takes \(shape) at \(file), which it does not read")
            }
          }
        }
      }
    }
  }

  @Test func everyLimitIsOnAPathThatIsTaken() {
    for platform in catalog.platforms {
      let files = platform.takes.values.joined().compactMap { catalog.places[$0]?.mainFile(name: "x")?.text }
      for limit in platform.limits { #expect(files.contains { Glob(limit.path).matches($0) }, "\(platform.id): \(limit.path)") }
    }
  }

  @Test func everyFileThatHidesIsAPathOfItsOwn() {
    for read in catalog.platforms.flatMap(\.reads) {
      for file in read.unless { #expect(TreePath(file) != nil && !file.contains("*")) }
    }
  }

  @Test func detectsByRootAndFolder() {
    #expect(catalog.detected { $0 == ".cursor/" } == ["cursor"])
    #expect(catalog.detected { ["CLAUDE.md", "AGENTS.md"].contains($0) } == ["claude-code", "generic"])
    #expect(catalog.detected { _ in false } == [])
  }

  @Test(arguments: [
    (".claude/rules/a.md", false, true), (".claude/rules/a/b.md", false, false), (".claude/rules/a.txt", false, false), ("AGENTS.md", true, true),
    ("AGENTS.md", false, false), ("CLAUDE.md", true, true), ("src/api/AGENTS.md", true, true), ("src/api/AGENTS.md", false, false),
    ("src/OTHER.md", true, false),
    (".git/AGENTS.md", true, false), (".agents/skills/x/SKILL.md", false, true), (".agents/skills/x/deep/y.py", false, true),
    (".agents/skills/README.md", false, false), ("src/main.swift", false, false), (".git/config", false, false), (".claude/rules/.md", false, false),
  ])
  func knowsWhichPathsArePlaced(_ path: String, _ asBlock: Bool, _ expected: Bool) throws {
    #expect(catalog.places(try #require(TreePath(path)), asBlock: asBlock) == expected)
  }
}

extension Platform.Read {
  /// Whether it reads a file of some directory when somebody works there.
  fileprivate func isTouched(_ file: String) -> Bool { nested == .touched && file == "some-name/" + path }
}

extension FieldRule {
  fileprivate var vocabulary: Vocabulary? {
    if case .field(_, let vocabulary, _) = source { return vocabulary }
    return nil
  }
}
