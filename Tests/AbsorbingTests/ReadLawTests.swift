import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Foundation
import Globs
import Layout
import Platforms
import TestSupport
import Testing
import YAML

/// Reading undoes writing: what an output says comes back, nothing else does, and written again it is the same output.
struct ReadLawTests {
  @Test func generatedArtifactsComeBack() throws {
    let catalog = try shippedCatalog()
    let cramped = try crampedCatalog()
    let seed = lawSeed()
    let most = isLawFull ? 20_000 : 1_200
    print("seed \(seed)")
    var found = Findings()
    var number: UInt64 = 0
    while found.count < most {
      number += 1
      var random = Seeded(seed &* 1_000_003 &+ number)
      var source = RandomSource(random.next())
      let tree = try artifacts(in: try source.tree(), catalog: catalog)
      let shown = [[], [], ["severity", "category", "tags"], ["model", "x-key", "severity"]].randomElement(using: &random) ?? []
      let platforms = isLawFull ? catalog.platforms : [catalog.platforms[Int(number) % catalog.platforms.count]]
      var placements = platforms.flatMap { Placement.all(tree, for: $0, in: catalog, showing: shown) }
      let set = catalog.platforms.map(\.id).shuffled(using: &random).prefix(Int.random(in: 2...5, using: &random))
      placements.append(.chosen(tree, for: set.sorted(), in: catalog, showing: shown))
      placements.append(.chosen(tree, for: ["codex"], in: cramped, showing: shown))
      for placement in placements {
        for lens in placement.lenses { found.add(ReadLaw.problems(lens, placement), of: "tree \(number), \(placement.label), \(lens.label)") }
      }
    }
    print("\(found.count) outputs of generated artifacts were read back")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }

  /// What random seeds found once.
  @Test func whatDidNotComeBackDoes() throws {
    let catalog = try shippedCatalog()
    let tree = try artifacts(
      """
      -- rules/check.md --
      ---
      description: Checked
      globs: ["**/*.ts"]
      activation: globs
      review: true
      ---
      Body.
      -- commands/accent.md --
      ---
      description: Needed
      x-list: ["\u{301}x", "y"]
      ---
      Body.
      -- rules/far.md --
      ## Part

      Text.
      -- rules/near.md --
      See [far](far.md) and [here](#part).
      """, catalog: catalog)
    var found = Findings()
    for platform in catalog.platforms {
      for placement in Placement.all(tree, for: platform, in: catalog) {
        for lens in placement.lenses { found.add(ReadLaw.problems(lens, placement), of: "\(placement.label), \(lens.label)") }
      }
    }
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
    let checks = catalog.platforms.flatMap { Placement.all(tree, for: $0, in: catalog) }.flatMap(\.lenses).filter(\.delivery.isReview)
    #expect(checks.contains { $0.delivery.place.format == .markdown })
  }

  @Test func theCorpusComesBack() throws {
    let catalog = try shippedCatalog()
    guard let tree = try corpusTree(catalog) else { return print("skipped: no corpus beside the checkout") }
    var random = Seeded(lawSeed())
    var found = Findings()
    for platform in catalog.sample() {
      let placement = Placement.chosen(tree, for: [platform.id], in: catalog)
      // Of the whole corpus, in short runs, one in some.
      for lens in placement.lenses where isLawFull || Int.random(in: 0..<8, using: &random) == 0 {
        found.add(ReadLaw.problems(lens, placement), of: "\(platform.id), \(lens.label)")
      }
    }
    print("\(found.count) outputs of the corpus were read back")
    let holds = found.isEmpty
    #expect(holds, "\(found.summary)")
  }
}

extension Lens {
  var label: String { "\(delivery.path.text) of \(delivery.artifact.id)" }
}

/// What was found, by kind, with an example of each.
struct Findings {
  private(set) var count = 0
  private var kinds: [String: (count: Int, example: String)] = [:]

  var isEmpty: Bool { kinds.isEmpty }

  mutating func add(_ problems: [Problem], of label: String) {
    count += 1
    for problem in problems { kinds[problem.kind, default: (0, label + ": " + problem.example)].count += 1 }
  }

  struct Problem {
    var kind: String
    var example: String
  }

  var summary: String {
    kinds.sorted { $0.value.count > $1.value.count }.map { "\($0.value.count) of \(count): \($0.key)\n    \($0.value.example)" }.joined(
      separator: "\n")
  }
}

/// The law for one output.
private struct ReadLaw {
  let lens: Lens
  let placement: Placement
  private let written: Lens.Written
  private let read: Lens.Read

  private var delivery: Layout.Delivery { lens.delivery }
  private var artifact: Artifact { delivery.artifact }
  private var isBlock: Bool { delivery.place.format == .block }

  static func problems(_ lens: Lens, _ placement: Placement) -> [Findings.Problem] {
    do throws(ReadingProblem) {
      return try ReadLaw(lens, placement).problems()
    } catch {
      let head = lens.delivery.artifact.fields.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
      return [.init(kind: "what was written cannot be read: \(error.message)", example: head)]
    }
  }

  private init(_ lens: Lens, _ placement: Placement) throws(ReadingProblem) {
    (self.lens, self.placement) = (lens, placement)
    written = try lens.write()
    read = try lens.read(written.bytes)
  }

  private func problems() -> [Findings.Problem] {
    var out = read.problems.map { Findings.Problem(kind: "a problem with what was written: \($0.message)", example: show(written.bytes)) }
    switch again() {
    case .failure(let problem): out.append(.init(kind: problem.message, example: show(written.bytes)))
    case .success(let again):
      out += fieldProblems(again)
      if let after = try? lens.replacing(again)?.write().bytes {
        if after != written.bytes { out.append(.init(kind: "written again, it is something else", example: difference(after))) }
      } else {
        out.append(.init(kind: "what was read cannot be written", example: show(written.bytes)))
      }
    }
    if let problem = bodyProblem() { out.append(problem) }
    return out
  }

  private func show(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).debugDescription.prefix(900) + "" }

  private func difference(_ after: [UInt8]) -> String {
    let same = max(0, zip(after, written.bytes).prefix { $0 == $1 }.count - 40)
    return "…" + show(Array(after[same...])) + " instead of …" + show(Array(written.bytes[same...])) + "\n    head read: \(read.changes)"
  }

  /// The artifact that a canonical file is with nothing but what was read.
  private func again() -> Result<Artifact, ReadingProblem> {
    let empty = Array("---\n---\n".utf8) + read.body
    var changes = read.changes
    // What no file of this form can say is not in it, and an artifact must have it.
    if !artifact.isRule, placement.lost(delivery).contains("description") {
      changes.append(HeadChange(path: ["description"], value: artifact.fields["description"] ?? .text("none")))
    }
    guard let edits = headEdits(of: SourceText(path: "", bytes: empty), making: changes) else {
      return .failure(ReadingProblem("no head says what was read"))
    }
    var findings: [Diagnostic] = []
    let found = artifact.rereading(edits.applied(to: empty), platformIDs: placement.catalog.ids, findings: &findings)
    let error = findings.first { $0.severity == .error }?.message ?? ""
    return found.map { .success($0) } ?? .failure(ReadingProblem("what was read is no artifact: \(error)"))
  }

  // MARK: Fields

  /// The platform whose own fields the file can say; nil where several read it.
  private var onlyPlatform: String? { delivery.platforms.count == 1 && !isBlock ? delivery.platforms[0] : nil }

  /// The fields as the readers of the file get them.
  private func meant(by artifact: Artifact) -> [Field] { onlyPlatform.map { artifact.fields(on: $0) } ?? artifact.fields }

  private func fieldProblems(_ again: Artifact) -> [Findings.Problem] {
    let lost = placement.lost(delivery)
    let (said, back) = (meant(by: artifact), meant(by: again))
    var out: [Findings.Problem] = []
    for field in said where !lost.contains(field.key) && !isSame(field.key, said, back, artifact, again) {
      let example = "\(field.key) is \(back[field.key].map { "\($0)" } ?? "nothing") instead of \(field.value): " + show(written.bytes)
      out.append(.init(kind: "`\(field.key)` at \(delivery.place.id) does not come back", example: example))
    }
    for field in back where !mayBeThere(field, said, lost, again) {
      out.append(.init(kind: "`\(field.key)` at \(delivery.place.id) was not said", example: "\(field.value) in " + show(written.bytes)))
    }
    return out
  }

  /// Whether a field says the same before and after.
  private func isSame(_ key: String, _ said: [Field], _ back: [Field], _ artifact: Artifact, _ again: Artifact) -> Bool {
    let (old, new) = (said[key], back[key])
    if old == new { return true }
    switch key {
    // The file is named so.
    case "name": return new == nil
    // When a rule loads may follow from its patterns.
    case "activation" where artifact.id.kind == .rule: return artifact.activation == again.activation
    // A behavior says in words when it applies, and its hook is another output.
    case "on" where artifact.id.kind == .behavior: return artifact.occasions == again.occasions
    case "command" where artifact.id.kind == .behavior, "timeout" where artifact.id.kind == .behavior: return new == nil
    // Both keys are for patterns; a text with commas is a list, and braces stand for all that they come to.
    case "globs", "paths":
      // Those of a rule for all work decide nothing, and are not told of one that loads on demand for want of room.
      if !delivery.displacedFrom.isEmpty, artifact.activation == .always { return new == nil }
      // Nor are they where the platform's own description stands for the one that would name them.
      if !delivery.displacedFrom.isEmpty, onlyPlatform.flatMap({ artifact.overrides[$0]?["description"] }) != nil { return new == nil }
      return artifact.globs.flatMap { expandingBraces($0) } == again.globs.flatMap { expandingBraces($0) }
    // What is left to the kind need not be said. Where nothing but the user can start it, the switch says nothing.
    case "disable-model-invocation":
      return artifact.isUserOnly == again.isUserOnly || delivery.form.expresses.contains("disable-model-invocation")
    // A section has it on one line, and so has a text that says it because the head has too little room.
    case "description":
      guard let old = old?.scalarText else { return old == .null && new == nil }
      return (isBlock || !delivery.displacedFrom.isEmpty || isShortened) && oneLine(old) == oneLine(new?.scalarText ?? "")
    default:
      if let names = ruleNames(with: key) {
        return names.contains { isSameList(old, back[$0], at: key) || isSameList(old, again.fields[$0], at: key) } || isOverruled(names)
      }
      // Nothing at all is not written.
      if old == .null { return new == nil }
      // What is the platform's own and says what the form says anyway goes without saying.
      if delivery.form.fields.contains(where: { $0.key == key && old.map(FieldRule.Source.constant) == $0.source }) { return new == nil }
      if delivery.place.format == .toml, inTable(old) == inTable(new) { return true }
      return isShown(key) && oneLine(inWords(old) ?? "") == oneLine(inWords(new) ?? "")
    }
  }

  private var isShortened: Bool { written.runs.contains { $0.origin == .added(field: "description") } }

  /// The canonical keys of which a rule of the form takes the first that there is.
  private func ruleNames(with key: String) -> [String]? {
    let tools = ["tools", "allowed-tools"]
    return delivery.form.fields.map(\.expressed).first { $0.contains(key) && $0.count > 1 } ?? (tools.contains(key) ? tools : nil)
  }

  /// Whether the platform's own value stands where one of the keys would be written.
  private func isOverruled(_ names: [String]) -> Bool {
    let own = onlyPlatform.flatMap { artifact.overrides[$0] } ?? []
    return delivery.form.fields.contains { rule in own[rule.key] != nil && rule.expressed == names }
  }

  /// As a table has it: it knows no null, and writes a number that is none to it as text.
  private func inTable(_ value: FieldValue?) -> FieldValue? {
    switch value {
    case nil, .null?: nil
    case .number(let text)?: .text(text)
    case .text, .bool: value
    case .list(let values)?: .list(values.compactMap { inTable($0) })
    case .map(let entries)?: .map(entries.compactMap { entry in inTable(entry.value).map { .init(entry.key, $0) } })
    }
  }

  /// Words in a list or in a text with commas, which mean the same to the platform.
  private func isSameList(_ old: FieldValue?, _ new: FieldValue?, at key: String) -> Bool {
    guard let old, let new, let words = words(old), let others = self.words(new) else { return old == .null && new == nil }
    if words == others { return true }
    let vocabularies = delivery.form.fields.compactMap { rule -> Vocabulary? in
      if case .field(let names, let vocabulary, _) = rule.source, names.contains(key) { vocabulary } else { nil }
    }
    return vocabularies.contains { vocabulary in
      let isReadOnly = artifact.fields["readonly"] == .bool(true)
      func meaning(_ words: [String]) -> Set<String> {
        // An agent that changes nothing gets no tool that could.
        Set(words.flatMap { vocabulary.translation(of: $0) ?? [] }.filter { !isReadOnly || !vocabulary.changing.contains($0) })
      }
      return meaning(words) == meaning(others)
    }
  }

  private func words(_ value: FieldValue) -> [String]? {
    guard case .text(let text) = value else { return value.textList }
    var depth = 0
    let parts = text.split(omittingEmptySubsequences: true) { character in
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      return character == "," && depth == 0
    }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// Whether the text has a field in words, because the head has no room for it.
  private func isShown(_ key: String) -> Bool { placement.shown.contains(key) && !isBlock }

  private func inWords(_ value: FieldValue?) -> String? {
    switch value {
    case nil, .null?: nil
    case .text, .bool, .number: value?.scalarText
    case .list(let values)?: values.isEmpty ? nil : values.compactMap { inWords($0) }.joined(separator: ", ")
    case .map(let entries)? where entries.allSatisfy({ inWords($0.value) == nil }): nil
    case .map(let entries)?:
      "{ " + entries.compactMap { entry in inWords(entry.value).map { entry.key + ": " + $0 } }.joined(separator: ", ") + " }"
    }
  }

  private func mayBeThere(_ field: Field, _ said: [Field], _ lost: Set<String>, _ again: Artifact) -> Bool {
    if said[field.key] != nil { return true }
    switch field.key {
    case "activation": return artifact.activation == again.activation
    case "globs", "paths": return artifact.globs.flatMap { expandingBraces($0) } == again.globs.flatMap { expandingBraces($0) }
    case "disable-model-invocation": return artifact.isUserOnly == again.isUserOnly
    // It follows from tools that change nothing.
    case "readonly": return field.value == .bool(true) && ["tools", "allowed-tools"].contains { said[$0] != nil }
    default: return ruleNames(with: field.key)?.contains { said[$0] != nil } ?? false
    }
  }
}

// MARK: Bodies

extension ReadLaw {
  /// A part of a body that is to come back: one of some texts.
  private typealias Piece = [[UInt8]]

  fileprivate func bodyProblem() -> Findings.Problem? {
    guard !placement.lost(delivery).contains("body") else { return nil }
    var pieces: [Piece] = []
    var position = 0
    for run in written.runs {
      switch run.origin {
      case .verbatim(let range): pieces.append([unescaped(Array(artifact.body.bytes[range]))])
      case .respelled(let range):
        let text = String(decoding: written.text.body[position..<position + run.length], as: UTF8.self)
        pieces.append(spellings(of: range, writtenAs: text).map { Array($0.utf8) })
      case .added: break
      }
      position += run.length
    }
    // A paragraph behind a text without a last line break gives it one.
    if case .added? = written.runs.last?.origin { pieces.append([[], Array("\n".utf8)]) }
    let body = unescaped(read.body)
    guard !isMade(body[...], of: pieces[...]) else { return nil }
    return Findings.Problem(
      kind: "the body at \(delivery.place.id) does not come back",
      example: show(read.body) + "\n    instead of " + show(artifact.body.bytes)
        + "\n    written " + show(written.text.body))
  }

  private func isMade(_ text: ArraySlice<UInt8>, of pieces: ArraySlice<Piece>) -> Bool {
    guard let first = pieces.first else { return text.isEmpty }
    return first.contains { text.starts(with: $0) && isMade(text.dropFirst($0.count), of: pieces.dropFirst()) }
  }

  /// Where a backslash keeps a dollar from being an argument, one that was there before it cannot be told from it; and where a word in angle
  /// brackets stands for the arguments, the same word of the author's cannot.
  private func unescaped(_ text: [UInt8]) -> [UInt8] {
    guard let style = delivery.form.arguments else { return text }
    var out = String(decoding: text, as: UTF8.self)
    if !style.escape.isEmpty { out = out.replacing(#/\\\$(?=[0-9])/#, with: "$") }
    if style.all == nil, written.runs.contains(where: { $0.origin == .added(field: "body") }) {
      out = out.replacing("<arguments>", with: "$ARGUMENTS")
    }
    return Array(out.utf8)
  }

  /// How the canonical file may spell what stands at a range of its body.
  private func spellings(of range: Range<Int>, writtenAs text: String) -> [String] {
    let original = String(decoding: artifact.body.bytes[range], as: UTF8.self)
    if let argument = artifact.body.arguments.first(where: { $0.range == range }) {
      guard case .position(let number) = argument.meaning else { return [original] }
      // Two ways to name one word.
      return ["$\(number)", "$ARGUMENTS[\(number - 1)]"]
    }
    guard let reference = artifact.body.references.first(where: { range.contains($0.range.lowerBound) }) else { return [original] }
    let isInBackticks = range.lowerBound > 0 && artifact.body.bytes[range.lowerBound - 1] == UInt8(ascii: "`")
    return targets(of: reference.path).flatMap { target -> [String] in
      var paths = [target.path + (reference.fragment.map { "#" + $0 } ?? "")]
      var names: [String] = []
      let all = sections(of: target.id)
      // Reviewers have some rules in a block of their own, beside the one that everybody has.
      let near = all.first { $0.place.id == delivery.place.id } ?? all.first { $0.isReview == delivery.isReview }
      if let section = near ?? all.first {
        // A link to a rule in a block leads to the heading that it begins with, and may be taken for one to another rule with that heading.
        paths += [target.path] + sections(like: section).map { relative($0.artifact.path, from: artifact.path) }
        // Without a heading there is nothing but the file to lead to, and text names it.
        names = [target.id.name]
        if heading(section.artifact) == nil { paths.append(relative(section.path, from: delivery.path)) }
        // In the same block, a heading of the rule's own is nearer than the one of another rule that is called so.
        if section.path == delivery.path, headings(artifact).contains(where: { $0 == heading(section.artifact) }) { paths.append(text) }
        // So is a link of its own to a heading that it does not have: what is written says both in the same bytes.
        if section.path == delivery.path, text.hasPrefix("#"), artifact.body.bytes.contains(Array("](\(text))".utf8)) { paths.append(text) }
      }
      switch reference.spelling {
      case .link: return paths
      case .code: return paths + names
      // An `@` would load it twice; a path in backticks does not.
      case .mention:
        guard target.isArtifact else { return ["@" + target.path] }
        return (paths + names).map { isInBackticks ? $0 : "`\($0)`" }
      }
    }
  }

  private struct Target {
    var id: ArtifactID
    var isArtifact: Bool
    /// From the artifact's file.
    var path: String
  }

  /// What a path in the text names; more than one when it is a platform's own path.
  private func targets(of path: String) -> [Target] {
    let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
    let candidates = [artifact.path.parent, nil].compactMap { $0.following(trimmed) }.map(\.text)
    let all = candidates + candidates.compactMap { $0.hasPrefix(".aiwg/") ? String($0.dropFirst(6)) : nil }
    if let named = all.lazy.compactMap({ placement.files[$0] }).first { return [target(named)] }
    // Paths of platforms have the name of what they hold in them.
    let words = Set(trimmed.split(separator: "/").flatMap { [String($0), String($0.prefix { $0 != "." })] })
    return placement.files.values.filter { words.contains($0.id.name) }.map(target)
  }

  private func target(_ file: Placement.File) -> Target {
    Target(id: file.id, isArtifact: file.isArtifact, path: relative(file.path, from: artifact.path))
  }

  private func relative(_ path: TreePath, from file: TreePath) -> String {
    let (from, to) = (file.parts.dropLast(), path.parts)
    let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map { String(decoding: $0, as: UTF8.self) }).joined(
      separator: "/")
  }

  /// Where the readers of the file have an artifact as a part of a block.
  private func sections(of id: ArtifactID) -> [Layout.Delivery] {
    placement.sections.filter { $0.artifact.id == id && !Set($0.platforms).isDisjoint(with: delivery.platforms) }
  }

  private func sections(like section: Layout.Delivery) -> [Layout.Delivery] {
    placement.sections.filter { $0.path == section.path && heading($0.artifact) == heading(section.artifact) }
  }

  /// The heading that a body begins with; nil when it begins with something else.
  private func heading(_ artifact: Artifact) -> String? { headings(artifact).first ?? nil }

  private func headings(_ artifact: Artifact) -> [String?] { placement.headings[artifact.id] ?? [] }
}

func oneLine(_ text: String) -> String {
  text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }.joined(separator: " ")
}
