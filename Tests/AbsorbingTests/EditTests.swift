import Absorbing
import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing
import TextDiff

/// An edit of an output goes into the tree, and the tree then gives the edited output; or it is refused with a reason.
struct EditTests {
  /// `AIWG_LAWS=full` in the environment tries many more.
  private static let full = ProcessInfo.processInfo.environment["AIWG_LAWS"] == "full"

  @Test func randomEditsOfTheCorpus() throws {
    let catalog = try shippedCatalog()
    guard let tree = try corpusTree(catalog) else { return print("skipped: no corpus beside the checkout") }
    let seed = lawSeed()
    let count = Self.full ? 10_000 : 330
    print("seed \(seed)")
    var tally = Tally()
    let platforms = catalog.sample()
    let perPlatform = count / platforms.count + 1
    for (number, platform) in platforms.enumerated() {
      var generator = Seeded(seed + UInt64(number))
      let deployed = Deployed(tree, for: [platform.id], in: catalog)
      let paths = deployed.lenses.keys.sorted()
      for _ in 0..<perPlatform {
        let path = paths[Int.random(in: paths.indices, using: &generator)]
        try check(RandomEdit(of: try deployed.bytes(try #require(deployed.lenses[path])), using: &generator), at: path, of: deployed, &tally)
      }
    }
    print(tally.summary)
    // Few edits may be unlucky ones.
    #expect(tally.refused * (Self.full ? 20 : 10) < tally.total, "refusals are too many: \(tally.summary)")
  }

  /// A line of one field that becomes a field of its own is one line in the output, and two things that the canonical file says elsewhere.
  @Test func oneLineCanBeOfTwoFields() throws {
    let deployed = try Self.helper()
    let path = TreePath(known: ".opencode/agents/helper.md")
    let base = String(decoding: try deployed.bytes(try #require(deployed.lenses[path])), as: UTF8.self)
    try #require(base.ranges(of: "\n  webfetch: allow\n").count == 1, "\(base)")
    let edited = Array(base.replacing("\n  webfetch: allow\n", with: "\nchanged  webfetch: allow\n").utf8)
    var tally = Tally()
    try check(RandomEdit(edited: edited, inserted: [], kind: "word"), at: path, of: deployed, &tally)
    #expect(tally.exact == 1, "\(tally.summary)")
    var absorber = Absorber(deployed.lenses, in: deployed.catalog, preferring: nil)
    absorber.take(EditedOutput(path: path, base: Array(base.utf8), edited: edited, file: SourceText(path: path.text, bytes: edited)))
    let files = absorber.files.map { String(decoding: $0.new, as: UTF8.self) }
    #expect(files == ["---\ndescription: Helps\ntools: Bash\nopencode:\n  changed  webfetch: allow\n---\nHelp.\n"], "\(files)")
  }

  /// What the measure is for: an edit of one field may not touch more lines than it asks for.
  @Test func aFieldAsksForItsOwnLinesAlone() throws {
    let lens = try #require(try Self.helper().all.first)
    let base = try lens.write().bytes
    func asked(_ old: String, _ new: String) throws -> Int {
      let text = String(decoding: base, as: UTF8.self)
      try #require(text.ranges(of: old).count == 1, "\(text)")
      return self.asked(from: base, to: Array(text.replacing(old, with: new).utf8), [lens])
    }
    #expect(try asked("  webfetch: allow\n", "") == 1)
    #expect(try asked("webfetch: allow", "webfetch: ask") == 1)
    #expect(try asked("  webfetch: allow\n", "  changed: allow\n") == 1)
    #expect(try asked("  webfetch: allow\n", "changed: allow\n") == 2)
    #expect(try asked("Help.", "Helps.") == 1)
  }

  private static func helper() throws -> Deployed {
    let tree = """
      -- agents/helper.md --
      ---
      description: Helps
      tools: Bash, WebFetch
      ---
      Help.

      """
    let catalog = try shippedCatalog()
    return Deployed(try artifacts(tree, catalog: catalog), for: ["opencode"], in: catalog)
  }

  private func check(_ edit: RandomEdit, at path: TreePath, of deployed: Deployed, _ tally: inout Tally) throws {
    let lenses = try #require(deployed.lenses[path])
    let base = try deployed.bytes(lenses)
    guard edit.edited != base else { return }
    var absorber = Absorber(deployed.lenses, in: deployed.catalog, preferring: nil)
    absorber.take(EditedOutput(path: path, base: base, edited: edit.edited, file: SourceText(path: path.text, bytes: edit.edited)))
    let label = "\(path) \(edit.kind)"
    guard absorber.problems.isEmpty else {
      #expect(absorber.files.isEmpty || lenses.count > 1, "\(label): refused, and changed all the same")
      return tally.refuse(absorber.problems[0].message, "\(label): \(edit.inserted)")
    }
    let written = try #require(absorber.expected[path])
    #expect(written == edit.edited, "\(label): taken in, and written otherwise")
    tally.exact += 1
    let files = absorber.files
    #expect(files.count <= 1, "\(label): one edit changed \(files.count) files")
    for file in files {
      let platform = lenses[0].delivery.platforms[0]
      let size = changedLines(from: unframed(file.old, platform), to: unframed(file.new, platform))
      let asked = asked(from: base, to: edit.edited, lenses)
      let difference = unifiedDiff(old: file.old, new: file.new, oldName: "old", newName: "new", context: 0)
      #expect(size <= asked, "\(label): \(size) canonical lines for \(asked): \(difference)")
    }
  }

  /// How many lines of a canonical file an edit may change: as many as it changes, and one for each field of a head that it changes.
  private func asked(from base: [UInt8], to edited: [UInt8], _ lenses: [Lens]) -> Int {
    max(changedLines(from: itemized(base), to: itemized(edited)), changedFields(from: base, to: edited, lenses))
  }

  /// Of a file; the rules of a block change one by one.
  private func changedFields(from base: [UInt8], to edited: [UInt8], _ lenses: [Lens]) -> Int {
    guard lenses.count == 1, lenses[0].delivery.place.format != .block else { return 0 }
    let (place, form) = (lenses[0].delivery.place, lenses[0].delivery.form)
    let fields = [base, edited].compactMap { try? OutputText($0, at: place, form: form).fields }
    guard let old = fields.first, let new = fields.last, fields.count == 2 else { return 0 }
    return Set((old + new).map(\.key)).count { old[$0] != new[$0] }
  }

  /// With the patterns of a rule, which some platforms have on one line, on a line each as in the tree.
  private func itemized(_ bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      let isJoined = line.starts(with: "globs: ".utf8) || line.starts(with: "applyTo: ".utf8)
      return isJoined ? Array(line.split(separator: UInt8(ascii: ",")).joined(separator: "\n".utf8)) : Array(line)
    }
    return Array(lines.joined(separator: "\n".utf8))
  }

  /// Without the lines that stand around a head, and around a platform's own fields: they are nobody's edit.
  private func unframed(_ bytes: [UInt8], _ platform: String) -> [UInt8] {
    let frame: Set<[UInt8]> = [Array("---".utf8), Array("\(platform):".utf8)]
    return Array(
      bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).filter { !frame.contains(Array($0)) }.joined(separator: "\n".utf8))
  }
}

/// What became of many edits.
struct Tally {
  var exact = 0
  private var refusals: [String: Int] = [:]
  private var examples: [String: String] = [:]

  var refused: Int { refusals.values.reduce(0, +) }
  var total: Int { exact + refused }

  mutating func refuse(_ message: String, _ example: String) {
    // Names differ from case to case.
    let reason = message.replacing(#/`[^`]*`/#, with: "`…`")
    refusals[reason, default: 0] += 1
    examples[reason] = example
  }

  var summary: String {
    let reasons = refusals.sorted { $0.value > $1.value }.map { "  \($0.value) × \($0.key)\n      such as \(examples[$0.key] ?? "")" }
    return "\(total) edits: \(exact) byte for byte, \(refused) refused\n" + reasons.joined(separator: "\n")
  }
}
