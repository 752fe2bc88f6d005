import Absorbing
import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing
import TextDiff

/// A canonical file and its outputs are edited at once: no line that anybody wrote is lost, whatever comes of it.
struct ReconcileLawTests {
  private static let sources = ["generated", "corpus"]

  /// Some trees to edit; none without a corpus.
  private func trees(_ source: String, _ catalog: PlatformCatalog, _ seed: UInt64) throws -> [ContextTree] {
    if source == "generated" {
      return try (0..<(isLawFull ? 50 : 6)).map { number in
        var random = RandomSource(seed &* 1_000_003 &+ UInt64(number))
        return try artifacts(in: try random.tree(), catalog: catalog)
      }
    }
    let tree = try corpusTree(catalog)
    if tree == nil { print("skipped: no corpus beside the checkout") }
    return tree.map { [$0] } ?? []
  }

  @Test(arguments: sources) func noLineOfEitherSideIsLost(_ source: String) throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    print("seed \(seed)")
    var random = Seeded(seed)
    var found = Findings()
    var tally = Tally()
    for tree in try trees(source, catalog, seed) {
      // To lay a big tree out takes longer than all that is done with it.
      let some = catalog.platforms.shuffled(using: &random).prefix(isLawFull ? catalog.platforms.count : source == "corpus" ? 2 : 3)
      for platform in some.sorted(by: { $0.id < $1.id }) {
        let deployed = Deployed(tree, for: [platform.id], in: catalog)
        let paths = deployed.lenses.keys.sorted()
        var left = source == "generated" ? 8 : isLawFull ? 400 : 40
        while left > 0 {
          let path = try #require(paths.randomElement(using: &random))
          guard let both = try BothSides(at: path, of: deployed, &random) else { continue }
          left -= 1
          found.add(both.problems(&tally), of: "\(platform.id), \(both.label)")
        }
      }
    }
    print("\(source): \(tally.summary)")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }

  /// Platforms of which each has files of its own for much.
  private static let sets = [["claude-code", "cursor"], ["factory", "opencode", "windsurf"], ["claude-code", "codex"], ["copilot", "gemini-cli"]]

  @Test(arguments: sources) func editsOfTwoOutputsAreJoined(_ source: String) throws {
    let catalog = try shippedCatalog()
    let seed = lawSeed()
    print("seed \(seed)")
    var random = Seeded(seed)
    var found = Findings()
    for tree in try trees(source, catalog, seed) {
      for platforms in Self.sets.shuffled(using: &random).prefix(isLawFull || source == "generated" ? Self.sets.count : 1) {
        let deployed = Deployed(tree, for: platforms, in: catalog)
        let twice = Dictionary(grouping: deployed.all, by: \.delivery.artifact.id).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        guard !twice.isEmpty else { continue }
        for _ in 0..<(source == "generated" ? 6 : isLawFull ? 200 : 30) {
          let lenses = try #require(twice.randomElement(using: &random)).value.shuffled(using: &random)
          guard let two = try TwoOutputs(lenses[0], lenses[1], of: deployed, &random) else { continue }
          found.add(try two.problems(), of: "\(platforms), \(two.label)")
        }
      }
    }
    print("\(source): \(found.count) pairs of edits")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }
}

extension Deployed {
  /// What stands at a path, as some lenses write it.
  func bytes(_ lenses: [Lens]) throws -> [UInt8] { Array(try lenses.map { try $0.write().bytes }.joined(separator: [UInt8(ascii: "\n")])) }

  /// The ways of a path for another state of an artifact; nil when a place has no form for it.
  func lenses(at path: TreePath, with artifact: Artifact) -> [Lens]? {
    let all = lenses[path] ?? []
    let replaced = all.compactMap { $0.delivery.artifact.id == artifact.id ? $0.replacing(artifact) : $0 }
    return replaced.count == all.count ? replaced : nil
  }
}

/// Lines without what ends them.
private func lines(of bytes: [UInt8]) -> [String] {
  linesWithEnds(of: bytes).map { String(decoding: $0.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self) }
}

/// An edit of an output, and one of a canonical file that it was made from.
private struct BothSides {
  private let path: TreePath
  private let deployed: Deployed
  private let canonical: RandomCanonicalEdit
  private let edit: RandomEdit
  private let lenses: [Lens]
  private let base: [UInt8]
  private let desired: [UInt8]

  var label: String { "\(path): \(canonical.kind) in the tree, \(edit.kind) in the file" }

  /// Nil when one of the edits changes nothing.
  init?(at path: TreePath, of deployed: Deployed, _ random: inout Seeded) throws {
    (self.path, self.deployed) = (path, deployed)
    let old = try #require(deployed.lenses[path])
    let lens = try #require(old.randomElement(using: &random))
    guard let canonical = RandomCanonicalEdit(of: lens.delivery.artifact, in: deployed.catalog, using: &random) else { return nil }
    guard let new = deployed.lenses(at: path, with: canonical.artifact) else { return nil }
    (self.canonical, lenses) = (canonical, new)
    base = try deployed.bytes(old)
    desired = try deployed.bytes(new)
    edit = RandomEdit(of: base, using: &random)
    guard edit.edited != base, desired != base else { return nil }
  }

  private func absorber(preferring preference: Preference?) -> Absorber {
    var absorber = Absorber([path: lenses], in: deployed.catalog, preferring: preference)
    absorber.take(EditedOutput(path: path, base: base, edited: edit.edited, file: SourceText(path: path.text, bytes: edit.edited)))
    return absorber
  }

  func problems(_ tally: inout Tally) -> [Findings.Problem] {
    let undecided = absorber(preferring: nil)
    var out = outcome(of: undecided, "without a preference", needsOurs: true, needsTheirs: true)
    for problem in undecided.problems { tally.refuse(problem.id + " " + problem.message, label) }
    if undecided.problems.isEmpty {
      if undecided.expected[path] != merged { out.append(problem("taken in, and written otherwise", "")) }
      tally.exact += 1
    }
    if undecided.problems.contains(where: { $0.id == "absorb/conflict" }) { out += conflictProblems(undecided.problems) }
    for (preference, name) in [(Preference.ours, "--ours"), (.theirs, "--theirs")] {
      let decided = absorber(preferring: preference)
      if decided.problems.contains(where: { $0.id == "absorb/conflict" }) { out.append(problem("a conflict with \(name)", "")) }
      out += outcome(of: decided, "with \(name)", needsOurs: preference == .ours, needsTheirs: preference == .theirs)
    }
    return out
  }

  /// What the file says once both edits are in it; nil with a conflict.
  private var merged: [UInt8]? { merge(base: base, ours: desired, theirs: edit.edited).settled }

  private func problem(_ kind: String, _ example: String) -> Findings.Problem {
    let differences =
      unifiedDiff(old: base, new: desired, oldName: "base", newName: "tree", context: 1)
      + unifiedDiff(old: base, new: edit.edited, oldName: "base", newName: "file", context: 1)
    return .init(kind: kind, example: example + "\n" + differences)
  }

  /// Either everything is there, or nothing is changed.
  private func outcome(of absorber: Absorber, _ how: String, needsOurs: Bool, needsTheirs: Bool) -> [Findings.Problem] {
    let files = absorber.files
    guard absorber.problems.isEmpty else {
      return files.isEmpty ? [] : [problem("\(how): refused, and changed all the same", "")]
    }
    var out: [Findings.Problem] = []
    guard let written = absorber.expected[path] else { return [problem("\(how): neither taken in nor refused", "")] }
    let file = files.first { $0.path == canonical.artifact.repositoryPath }?.new ?? canonical.artifact.text.bytes
    if needsOurs {
      if let line = canonical.line, !lines(of: file).contains(line) { out.append(problem("\(how): a line of the canonical file is lost", line)) }
      if let field = canonical.field, !says(field, file) { out.append(problem("\(how): a field of the canonical file is lost", "\(field.value)")) }
    }
    if needsTheirs {
      for line in edit.inserted where !lines(of: written).contains(line) && !isSpelledAnew(line, written) {
        out.append(problem("\(how): a line of the edited file is lost", line))
      }
    }
    return out
  }

  private func says(_ field: Field, _ file: [UInt8]) -> Bool {
    var findings: [Diagnostic] = []
    return canonical.artifact.rereading(file, platformIDs: deployed.catalog.ids, findings: &findings)?.fields[field.key] == field.value
  }

  /// Whether what a line says is there in another spelling: of a head, of facts, of a text in quotes.
  private func isSpelledAnew(_ line: String, _ written: [UInt8]) -> Bool {
    let delivery = lenses[0].delivery
    guard delivery.place.format != .block else {
      return facts(in: line).map { facts in lines(of: written).contains { self.facts(in: $0) == facts } } ?? false
    }
    let parts = [base, edit.edited, written].map { try? OutputText($0, at: delivery.place, form: delivery.form) }
    guard let old = parts[0], let edited = parts[1], let new = parts[2] else { return false }
    let isBodyThere = Set(lines(of: edited.body)).subtracting(lines(of: old.body)).isSubset(of: lines(of: new.body))
    return isBodyThere && edited.fields.allSatisfy { old.fields[$0.key] == $0.value || new.fields[$0.key] == $0.value }
  }

  /// What a line under the first one of a section says; nil for any other line.
  private func facts(in line: String) -> [FieldValue]? {
    let delivery = lenses[0].delivery
    guard let text = try? OutputText(Array("Rule `x`\n\(line)\n".utf8), at: delivery.place, form: delivery.form), text.body.isEmpty else {
      return nil
    }
    return text.fields.map(\.value)
  }

  /// A conflict shows what both sides have there, and all that they put in besides is settled.
  private func conflictProblems(_ problems: [Diagnostic]) -> [Findings.Problem] {
    let shown = Set(problems.flatMap(\.notes))
    let merge = merge(base: base, ours: desired, theirs: edit.edited)
    var settled: Set<String> = []
    for part in merge.parts { if case .settled(let bytes) = part { settled.formUnion(lines(of: bytes)) } }
    let old = Set(lines(of: base))
    return (lines(of: desired) + lines(of: edit.edited)).filter { !old.contains($0) && !shown.contains("  | " + $0) && !settled.contains($0) }
      .map { problem("a conflict does not show a line", $0) }
  }
}

/// Two outputs of one artifact, and edits of them that have an image: they say what another canonical file would say.
private struct TwoOutputs {
  private let lenses: [Lens]
  private let deployed: Deployed
  /// The artifact with one line, with another one, and what the outputs then are.
  private let edits: [RandomCanonicalEdit]

  var label: String { lenses.map(\.label).joined(separator: " and ") }

  /// Nil when the body is too short.
  init?(_ first: Lens, _ second: Lens, of deployed: Deployed, _ random: inout Seeded) throws {
    (lenses, self.deployed) = ([first, second], deployed)
    let parts = [Double.random(in: 0..<0.3, using: &random), Double.random(in: 0.7..<1, using: &random)]
    edits = parts.enumerated().compactMap { number, part in
      let text = "Line \(number) \(Int.random(in: 0..<1000, using: &random))"
      return RandomCanonicalEdit(inserting: text, into: first.delivery.artifact, in: deployed.catalog, at: part)
    }
    guard edits.count == 2, first.delivery.path != second.delivery.path else { return nil }
  }

  private func edited(_ lens: Lens, as edit: RandomCanonicalEdit) throws -> EditedOutput {
    let path = lens.delivery.path
    let base = try deployed.bytes(try #require(deployed.lenses[path]))
    let bytes = try deployed.bytes(try #require(deployed.lenses(at: path, with: edit.artifact)))
    return EditedOutput(path: path, base: base, edited: bytes, file: SourceText(path: path.text, bytes: bytes))
  }

  private func taking(_ outputs: [EditedOutput]) -> Absorber {
    var absorber = Absorber(deployed.lenses, in: deployed.catalog, preferring: nil)
    for output in outputs { absorber.take(output) }
    return absorber
  }

  func problems() throws -> [Findings.Problem] {
    var out: [Findings.Problem] = []
    let same = try lenses.map { try edited($0, as: edits[0]) }
    let (one, both) = (taking([same[0]]), taking(same))
    out += refusals(both, "the same edit twice")
    if both.files.map(\.new) != [edits[0].artifact.text.bytes] || one.files.map(\.new) != both.files.map(\.new) {
      out.append(.init(kind: "the same edit twice is something else than once", example: difference(both)))
    }
    for output in same where both.expected[output.path] != output.edited {
      out.append(.init(kind: "an output would not be as it was edited", example: output.path.text))
    }
    let apart = [try edited(lenses[0], as: edits[0]), try edited(lenses[1], as: edits[1])]
    let (forth, back) = (taking(apart), taking(apart.reversed()))
    out += refusals(forth, "edits apart") + refusals(back, "edits apart, the other way round")
    let all = forth.files.flatMap { lines(of: $0.new) }
    for edit in edits where !all.contains(edit.line ?? "") { out.append(.init(kind: "one of two edits is lost", example: difference(forth))) }
    if forth.files.map(\.new) != back.files.map(\.new) || forth.expected != back.expected {
      out.append(.init(kind: "the order of two edits matters", example: difference(forth) + difference(back)))
    }
    return out
  }

  private func refusals(_ absorber: Absorber, _ how: String) -> [Findings.Problem] {
    absorber.problems.map { .init(kind: "\(how): \($0.message)", example: $0.notes.joined(separator: "\n")) }
  }

  private func difference(_ absorber: Absorber) -> String {
    absorber.files.map { unifiedDiff(old: $0.old, new: $0.new, oldName: "old", newName: "new", context: 1) }.joined()
  }
}
