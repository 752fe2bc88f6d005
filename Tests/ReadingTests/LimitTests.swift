import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import Reading
import SharedFiles
import TestSupport
import Testing

/// Every limit that platforms.yaml knows, one below, at it and one above: nothing is cut, and what does not fit loads in another way.
@Suite struct LimitTests {
  /// One limit of one platform.
  struct Case: CustomTestStringConvertible, Sendable {
    var platform: String
    var limit: Platform.Limit
    var testDescription: String { "\(platform) \(limit.path) \(limit.field ?? "")" }
  }

  /// What a tree comes to on one platform.
  private struct Outcome {
    var layout: Layout
    var rendering: Rendering
    var findings: [Diagnostic]
    var loads: [Reading.Load]
    /// How many files hold the word of the artifact where the model sees it.
    var copies: Int
    let outputs: [String: [UInt8]]

    init(_ text: String, on platform: String, _ surroundings: Surroundings = Surroundings()) throws {
      let catalog = try shippedCatalog()
      let tree = try artifacts(text, catalog: catalog)
      layout = Renderer(of: tree, in: catalog).layout(for: [platform], surroundings: surroundings)
      rendering = Renderer(of: tree, in: catalog).render(layout)
      findings =
        roomFindings(layout, of: tree, surroundings: surroundings)
        + findingsOverLimits(rendering.desired, for: [platform], in: catalog, surroundings: surroundings)
      let deployed = try DeployedTree(rendering.desired)
      let entry = try #require(catalog.platform(platform))
      loads = try entry.surfaces.flatMap { try read(deployed.files, of: deployed.tree, as: entry, on: $0).loads }
      copies = try deployed.copies(of: [Array("zqwordqz".utf8)], entry, entry.surfaces[0])[0].all
      outputs = Dictionary(try rendering.desired.outputs.map { ($0.path.text, try $0.bytes()) }) { first, _ in first }
    }
  }

  private static func cases(ofFields: Bool) throws -> [Case] {
    try shippedCatalog().platforms.flatMap { platform in
      // Files in directories are only there where somebody asks for them.
      platform.limits.filter { ($0.field != nil) == ofFields && !$0.path.hasPrefix("*/") }.map { Case(platform: platform.id, limit: $0) }
    }
  }

  /// Trees with one artifact whose text ends in some letters, and whose description does.
  private static func trees(letters: String = "", description: String = "D.") -> [String] {
    [
      "-- rules/x.md --\n---\ndescription: \(description)\n---\nzqwordqz \(letters)\n",
      "-- agents/x.md --\n---\ndescription: \(description)\n---\nzqwordqz \(letters)\n",
      "-- skills/x/SKILL.md --\n---\ndescription: \(description)\n---\nzqwordqz \(letters)\n",
    ]
  }

  private static let defaults = (try? shippedCatalog().defaults) ?? []

  @Test func everyDefaultPlatformHasItsLimitsHere() throws {
    // CLAUDE.md gets nothing but an import line, however long a tree is; a text of the user's there is below.
    #expect(
      try Self.cases(ofFields: false).filter { Self.defaults.contains($0.platform) }.map(\.testDescription) == [
        "antigravity .agents/rules/*.md ", "claude-code CLAUDE.md ", "codex AGENTS{,.override}.md ", "copilot .github/agents/*.agent.md ",
        "hermes AGENTS.md ", "openclaw AGENTS.md ", "windsurf .devin/rules/*.md ",
      ])
    #expect(try Self.cases(ofFields: true).filter { Self.defaults.contains($0.platform) }.count == 6)
  }

  @Test(arguments: try cases(ofFields: false).filter { $0.platform != "claude-code" }, ["a", "é"])
  func filesStayWithinTheirLimit(_ entry: Case, letter: String) throws {
    let limit = entry.limit
    // The kind that goes to such a file, and how long the file is around the letters.
    let plain = try Self.trees().map { try Outcome($0, on: entry.platform) }
    let files = plain.compactMap { $0.outputs.keys.first { $0 == "AGENTS.md" || $0.hasSuffix("/x.md") || $0.hasSuffix(".agent.md") } }
    guard let path = files.first(where: { limit.path.hasPrefix(String($0.prefix(6))) }) else {
      // What it takes second is not written while the first holds it.
      #expect(!Self.defaults.contains(entry.platform))
      return
    }
    let kind = try #require(plain.firstIndex { $0.outputs[path] != nil })
    let around = TextSize(of: try #require(plain[kind].outputs[path]))[limit.unit]
    let step = limit.unit == .bytes ? letter.utf8.count : 1
    for over in [-1, 0, 1] {
      let count = (limit.most + over - around) / step
      guard (limit.most + over - around) % step == 0 else { continue }
      let outcome = try Outcome(Self.trees(letters: String(repeating: letter, count: count))[kind], on: entry.platform)
      #expect(outcome.copies == 1, "\(over)")
      #expect(outcome.loads.allSatisfy { $0.cut == nil }, "\(over)")
      if over <= 0 {
        #expect(TextSize(of: try #require(outcome.outputs[path]))[limit.unit] == limit.most + over)
        #expect(outcome.findings.isEmpty)
        #expect(outcome.layout.displaced.isEmpty)
      } else {
        #expect(outcome.outputs[path] == nil)
        #expect(outcome.layout.displaced.count == 1)
        let isDisplaced = outcome.layout.deliveries.contains { !$0.displacedFrom.isEmpty }
        #expect(outcome.findings.map(\.id) == (isDisplaced ? ["layout/on-demand"] : []))
        #expect(outcome.rendering.losses.contains { $0.kind == .standIn && $0.reason.contains("has no room") } == isDisplaced)
      }
    }
  }

  @Test(arguments: try cases(ofFields: false).filter { $0.limit.path.hasSuffix(".md") && !$0.limit.path.contains("*") })
  func aTextOfTheUsersThatIsTooLong(_ entry: Case) throws {
    for over in [-1, 0, 1] {
      let text = [UInt8](repeating: UInt8(ascii: "a"), count: entry.limit.most + over)
      let file = entry.limit.path.replacing("{,.override}", with: "")
      let outcome = try Outcome("-- skills/x/SKILL.md --\n---\ndescription: D.\n---\nzqwordqz\n", on: entry.platform, try Self.beside(text, in: file))
      #expect(outcome.findings.map(\.id) == (over > 0 ? ["platform/over-limit"] : []), "\(over)")
    }
  }

  private static func beside(_ text: [UInt8], in file: String) throws -> Surroundings {
    let frame = BlockFrame(of: SourceText(path: file, bytes: text), syntax: .markdown)
    return Surroundings(
      files: [file],
      frames: [
        file: .init(
          size: TextSize(of: frame.bytes), behind: TextSize(of: frame.behind), users: TextSize(of: frame.users),
          hasWindowsLineBreaks: frame.hasWindowsLineBreaks)
      ])
  }

  /// The whole file counts: the user's text, the markers, and line ends as the file has them.
  @Test(arguments: ["\n", "\r\n"])
  func theWholeFileStaysWithinTheLimit(lineBreak: String) throws {
    let users = Array("Mine.\(lineBreak)More.\(lineBreak)".utf8)
    let surroundings = try Self.beside(users, in: "AGENTS.md")
    func file(_ letters: Int) throws -> [UInt8]? {
      let rules = "-- rules/a.md --\nOne.\n\nTwo.\n-- rules/b.md --\nLetters:\n" + String(repeating: "a", count: letters) + "\n"
      let outcome = try Outcome(rules, on: "codex", surroundings)
      guard outcome.layout.displaced.isEmpty else { return nil }
      return appendingBlock(try #require(outcome.outputs["AGENTS.md"]), syntax: .markdown, to: users)
    }
    let around = try #require(try file(1)).count - 1
    for over in [-1, 0] { #expect(try file(32_768 + over - around)?.count == 32_768 + over) }
    #expect(try file(32_768 + 1 - around) == nil)
  }

  /// A platform that stops reading at its limit still has what stands before it.
  @Test func aTextBehindTheBlockTakesNoRoomFromIt() throws {
    let rule = "-- rules/a.md --\n---\nseverity: CRITICAL\n---\nzqwordqz\n"
    let block = try #require(try Outcome(rule, on: "codex").outputs["AGENTS.md"])
    let file = appendingBlock(block, syntax: .markdown, to: []) + [UInt8](repeating: UInt8(ascii: "u"), count: 40_000)
    let codex = try Outcome(rule, on: "codex", try Self.beside(file, in: "AGENTS.md"))
    #expect(codex.layout.displaced.isEmpty)
    #expect(codex.findings.map(\.id) == ["platform/over-limit"])
    #expect(codex.findings.first?.message.contains("40000 of them yours") == true)
    // Hermes keeps both ends of a file and drops the middle.
    let hermes = try Outcome(rule, on: "hermes", try Self.beside(file, in: "AGENTS.md"))
    #expect(hermes.findings.map(\.id).contains("limit/critical"))
    #expect(hermes.findings.first { $0.id == "limit/critical" }?.notes == ["`AGENTS.md` has 40000 bytes of yours"])
  }

  @Test(arguments: try cases(ofFields: true), ["a", "é"])
  func fieldsStayWithinTheirLimit(_ entry: Case, letter: String) throws {
    let limit = entry.limit
    for over in [-1, 0, 1] {
      let description = "zq" + String(repeating: letter + " ", count: (limit.most + over) / 2 - 2) + ((limit.most + over) % 2 == 0 ? "zz" : "zzz")
      #expect(description.unicodeScalars.count == limit.most + over)
      let outcome = try Outcome(Self.trees(description: description)[2], on: entry.platform)
      let file = try #require(outcome.outputs.first { $0.key.hasSuffix("/SKILL.md") })
      let text = String(decoding: file.value, as: UTF8.self)
      let head = try #require(text.split(separator: "---\n").first.map(String.init))
      let losses = outcome.rendering.losses.filter { $0.field == "description" }
      #expect(outcome.copies == 1, "\(over)")
      #expect(text.contains(description))
      if over <= 0 {
        #expect(head.contains(description) && losses.isEmpty)
        #expect(outcome.loads.allSatisfy { $0.cut == nil })
      } else if limit.keeps == .nothing {
        #expect(!head.contains(description) && head.contains("…"))
        #expect(losses.map(\.kind) == [.standIn])
        #expect(outcome.loads.allSatisfy { $0.cut == nil })
      } else {
        // What is shown in part is still read whole when it is used.
        #expect(head.contains(description))
        #expect(losses.map(\.kind) == [.stripped])
      }
    }
  }

  /// A skill that a reader of the shared folder must not get stands in a folder of the platform's own.
  @Test(arguments: ["copilot", "hermes", "opencode"])
  func everyFolderForSkillsHasTheLimit(_ platform: String) throws {
    let catalog = try shippedCatalog()
    let long = String(repeating: "word ", count: 220) + "end."
    let tree = try artifacts("-- skills/x/SKILL.md --\n---\ndescription: \(long)\nplatforms: [\"!codex\"]\n---\nX\n", catalog: catalog)
    let rules = try artifacts("-- skills/y/SKILL.md --\n---\ndescription: D.\n---\nY\n", catalog: catalog)
    let both = ContextTree(joining: [tree.artifacts, rules.artifacts])
    let layout = Renderer(of: both, in: catalog).layout(for: ["codex", platform], surroundings: Surroundings())
    let rendering = Renderer(of: both, in: catalog).render(layout)
    let output = try #require(rendering.desired.outputs.first { $0.path.text.hasSuffix("/x/SKILL.md") })
    #expect(!output.path.text.hasPrefix(".agents/"))
    #expect(rendering.losses.filter { $0.field == "description" }.map(\.kind) == [.standIn])
    let head = try #require(String(decoding: try output.bytes(), as: UTF8.self).split(separator: "---\n").first)
    #expect(head.utf8.count < 1_100 && !head.contains(long))
  }

  // MARK: What stays, and what goes

  /// Rules that fill a file with room for 20,000 characters three times over.
  private func rules(_ severities: [String], size: Int = 9_000) -> String {
    severities.enumerated().map { number, severity in
      "-- rules/r\(number).md --\n---\nseverity: \(severity)\n---\nzqrule\(number)qz " + String(repeating: "a", count: size) + "\n"
    }.joined()
  }

  private func places(_ text: String, on platforms: [String]) throws -> (places: [String: [String]], findings: [Diagnostic]) {
    let catalog = try shippedCatalog()
    let tree = try artifacts(text, catalog: catalog)
    let layout = Renderer(of: tree, in: catalog).layout(for: platforms, surroundings: Surroundings())
    let found = Dictionary(grouping: layout.deliveries, by: \.artifact.id.name).mapValues { $0.map(\.place.id) }
    return (found, roomFindings(layout, of: tree, surroundings: Surroundings()))
  }

  @Test func theWeightiestStay() throws {
    let (places, findings) = try places(rules(["LOW", "HIGH", "MEDIUM", "CRITICAL"]), on: ["openclaw"])
    #expect(places == ["r3": ["agents-md"], "r1": ["agents-md"], "r2": ["agents-skills"], "r0": ["agents-skills"]])
    #expect(findings.map(\.id) == ["layout/on-demand"])
    #expect(findings[0].message.hasPrefix("2 artifacts load on demand only, as skills (`rules/r0`, `rules/r2`): `AGENTS.md` has no room for more"))
  }

  @Test func somethingShorterMayStillComeIn() throws {
    let text = rules(["HIGH", "MEDIUM", "LOW"]) + "-- rules/short.md --\nShort.\n"
    #expect(try places(text, on: ["openclaw"]).places["short"] == ["agents-md"])
    #expect(try places(text, on: ["openclaw"]).places["r2"] == ["agents-skills"])
  }

  @Test func aCriticalRuleThatDoesNotFitIsAnError() throws {
    let (_, findings) = try places(rules(["CRITICAL", "CRITICAL", "CRITICAL"]), on: ["openclaw"])
    let errors = findings.filter { $0.severity == .error }
    #expect(errors.map(\.id) == ["limit/critical"])
    #expect(errors.first?.place?.path == ".aiwg/rules/r2.md" && errors.first?.place?.line == 2)
    #expect(errors.first?.help?.contains("\"!openclaw\"") == true)
    #expect(try places(rules(["CRITICAL", "CRITICAL", "CRITICAL"]), on: ["warp"]).findings.isEmpty)
  }

  @Test func aPlatformWithRulesOfItsOwnKeepsThem() throws {
    let (found, _) = try places(rules(["HIGH", "HIGH", "HIGH"]), on: ["claude-code", "openclaw"])
    #expect(found["r2"]?.sorted() == ["agents-skills", "claude-rules"])
  }

  @Test func aRuleThatIsTooLongForItsFileGoesToTheSharedOneFirst() throws {
    let text = rules(["CRITICAL"], size: 12_000)
    let (found, findings) = try places(text, on: ["windsurf"])
    #expect(found == ["r0": ["agents-md"]])
    #expect(findings.isEmpty)
  }

  @Test func aPlaceWithoutAnAlternativeKeepsWhatItHasAndSaysSo() throws {
    let overlay = """
      platforms:
        zebra:
          name: Zebra
          docs: https://zebra.example
          verified: 2026-01-01
          takes: { rules/always: [agents-md] }
          reads: [{ path: AGENTS.md, when: always }]
          limits: [{ path: AGENTS.md, most: 1000, unit: bytes, beyond: stops }]
      """
    let catalog = try shippedCatalog(overlay: overlay)
    for severity in ["LOW", "CRITICAL"] {
      let tree = try artifacts(rules([severity]), catalog: catalog)
      let layout = Renderer(of: tree, in: catalog).layout(for: ["zebra"], surroundings: Surroundings())
      #expect(layout.deliveries.map(\.place.id) == ["agents-md"] && layout.exceptions.isEmpty && layout.cut.count == 1)
      let desired = Renderer(of: tree, in: catalog).render(layout).desired
      #expect(findingsOverLimits(desired, for: ["zebra"], in: catalog, surroundings: Surroundings()).map(\.id) == ["platform/over-limit"])
      let findings = roomFindings(layout, of: tree, surroundings: Surroundings())
      #expect(findings.map(\.id) == (severity == "CRITICAL" ? ["limit/critical"] : []))
    }
  }
}
