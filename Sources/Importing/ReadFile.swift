import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import YAML

/// A found file, read as an artifact of the canonical tree.
struct ReadFile {
  var file: FoundFile
  /// Its bytes, with the head as it was meant.
  var bytes: [UInt8]
  var id: ArtifactID
  /// The way of its place, for an artifact that is not there yet.
  var lens: Lens
  /// What its head says, as changes of a canonical one.
  var changes: [HeadChange]
  /// As the canonical tree spells it.
  var body: [UInt8]
  /// What is otherwise than in the file, in words.
  var notes: [String]
}

/// Reads found files: what each says depends on where the others are, since they refer to each other.
struct FileReader {
  let catalog: PlatformCatalog
  private(set) var read: [ReadFile] = []
  private(set) var problems: [Diagnostic] = []
  /// What says something that no canonical text can, and so stays where it is.
  private(set) var leftAlone: [(path: TreePath, reason: String)] = []
  private let shownAs: String

  /// A found file with what is known of it by its place and its head.
  private struct Candidate {
    var file: FoundFile
    var bytes: [UInt8]
    var id: ArtifactID
    var form: Place.Form
    var activation: Activation?
    var notes: [String]
  }

  init(_ files: [FoundFile], in catalog: PlatformCatalog, shownAs: String) {
    (self.catalog, self.shownAs) = (catalog, shownAs)
    let candidates = files.compactMap { candidate(for: $0) }
    let deliveries = candidates.compactMap(delivery)
    let tree = ContextTree(joining: [deliveries.map(\.artifact)])
    let lenses = Renderer(of: tree, in: catalog).lenses(in: Layout(deliveries: deliveries))
    for candidate in candidates {
      guard let lens = lenses[candidate.file.path]?.first else { continue }
      take(candidate, through: lens)
    }
  }

  private mutating func candidate(for file: FoundFile) -> Candidate? {
    guard let place = file.place else { return nil }
    guard let name = validName(like: file.name) else {
      report(file, "no artifact can have the name of this file", help: "rename it to letters, digits and hyphens")
      return nil
    }
    var notes = name == file.name ? [] : ["named `\(name)`"]
    let shapes = place.forms.keys.sorted()
    guard let any = shapes.first(where: { $0.kind == .skill }) ?? shapes.first, let anyForm = place.forms[any] else { return nil }
    var bytes = file.bytes
    var text = Result { () throws(ReadingProblem) in try OutputText(bytes, at: place, form: anyForm) }
    if case .failure = text, let edits = repairedHead(of: SourceText(path: "", bytes: bytes)) {
      bytes = edits.applied(to: bytes)
      text = Result { () throws(ReadingProblem) in try OutputText(bytes, at: place, form: anyForm) }
      notes.append("the head was no valid YAML, and is quoted where it has to be")
    }
    switch text {
    case .failure(let problem):
      report(file, problem.message, at: problem.range, help: problem.help)
      return nil
    case .success(let text):
      let id = ArtifactID(kind: any.kind, name: name)
      guard any.kind == .rule else { return Candidate(file: file, bytes: bytes, id: id, form: anyForm, activation: nil, notes: notes) }
      let activation = catalog.activation(of: text.fields, at: file.path.text, for: file.platforms) ?? .always
      let form = place.forms[Shape(kind: .rule, activation: activation)] ?? anyForm
      return Candidate(file: file, bytes: bytes, id: id, form: form, activation: activation, notes: notes)
    }
  }

  /// Where the file would stand for an artifact of that name.
  private func delivery(_ candidate: Candidate) -> Layout.Delivery? {
    guard let place = candidate.file.place, let path = candidate.id.file else { return nil }
    let folder = path.parent
    let resources = candidate.file.resources.map { resource in
      Resource(
        path: resource.path, source: folder?.appending(resource.path) ?? resource.path, isExecutable: resource.isExecutable,
        size: resource.bytes.count)
    }
    let artifact = Artifact(
      id: candidate.id, path: path, text: SourceText(path: path.text, bytes: []),
      // What its patterns say alone is not said.
      fields: candidate.activation.map { [Field("activation", .text($0.rawValue))] } ?? [], body: Body(bytes: []), resources: resources,
      tree: MemoryTree([:]))
    return Layout.Delivery(
      artifact: artifact, place: place, form: candidate.form, name: candidate.id.name, path: candidate.file.path,
      platforms: candidate.file.platforms)
  }

  private mutating func take(_ candidate: Candidate, through lens: Lens) {
    let found: Lens.Read
    do throws(ReadingProblem) { found = try lens.read(candidate.bytes) } catch {
      return report(candidate.file, error.message, at: error.range, help: error.help)
    }
    if let live = candidate.form.arguments?.parted.first(where: { found.body.contains(Array($0.utf8)) }) {
      return leftAlone.append((candidate.file.path, "it has `\(live)`, which this platform runs or fills in, and no other text can say"))
    }
    for problem in found.problems { report(candidate.file, problem.message, at: problem.range, help: problem.help) }
    var notes = candidate.notes
    var changes: [HeadChange] = []
    for change in found.changes {
      guard change.value != .null, let key = change.path.last else { continue }
      if candidate.activation != nil, let patterns = Self.patternsInOneText(change) {
        notes.append("`\(key)` is a list now")
        changes.append(patterns)
        continue
      }
      if change.path.count == 2 { notes.append("`\(key)` stays a field of `\(change.path[0])`") }
      changes.append(change)
    }
    if let activation = candidate.activation, !changes.contains(where: { $0.path == ["activation"] }) {
      changes += Self.saying(activation, beside: changes)
    }
    // A command that says nothing of it may be used by the model where it is.
    if candidate.id.kind == .command, candidate.form.saysUserOnly, !changes.contains(where: { $0.path == ["disable-model-invocation"] }) {
      changes.append(HeadChange(path: ["disable-model-invocation"], value: .bool(false)))
    }
    changes = naming(candidate, changes, &notes)
    read.append(
      ReadFile(file: candidate.file, bytes: candidate.bytes, id: candidate.id, lens: lens, changes: changes, body: found.body, notes: notes))
  }

  /// A name that is not that of the file stays one of the platform's, where its readers go by that.
  private func naming(_ candidate: Candidate, _ changes: [HeadChange], _ notes: inout [String]) -> [HeadChange] {
    let others = changes.filter { $0.path != ["name"] }
    guard let place = candidate.file.place, let text = try? OutputText(candidate.bytes, at: place, form: candidate.form),
      let name = text.fields["name"]?.scalarText, name != candidate.id.name
    else { return others }
    guard place.format != .skill, candidate.file.platforms.count == 1 else {
      notes.append("its `name` was `\(name)`, and is that of its \(place.format == .skill ? "folder" : "file") now")
      return others
    }
    notes.append("`name` stays a field of `\(candidate.file.platforms[0])`")
    return others + [HeadChange(path: [candidate.file.platforms[0], "name"], value: .text(name))]
  }

  /// Patterns that a platform takes in one text, for all platforms; nil for any other change.
  private static func patternsInOneText(_ change: HeadChange) -> HeadChange? {
    guard change.path.count == 2, let key = change.path.last, ["globs", "paths"].contains(key), case .text? = change.value else { return nil }
    guard let patterns = change.value?.patterns, !patterns.isEmpty else { return nil }
    return HeadChange(path: [key], value: .list(patterns.map(FieldValue.text)))
  }

  /// When a rule loads, where its globs do not say it.
  private static func saying(_ activation: Activation, beside changes: [HeadChange]) -> [HeadChange] {
    let hasGlobs = changes.contains { $0.path == ["globs"] || $0.path == ["paths"] }
    guard activation != (hasGlobs ? .globs : .always) else { return [] }
    return [HeadChange(path: ["activation"], value: .text(activation.rawValue))]
  }

  private mutating func report(_ file: FoundFile, _ message: String, at range: Range<Int>? = nil, help: String? = nil) {
    let source = SourceText(path: shownAs + file.path.text, bytes: file.bytes)
    let place = range.map { source.place($0.clamped(to: 0..<file.bytes.count)) } ?? source.whole
    problems.append(Diagnostic(.warning, "import/unreadable", "this file is left alone: " + message, at: place, help: help))
  }
}

extension Place.Form {
  /// Whether files of the form say that only the user may start them.
  fileprivate var saysUserOnly: Bool {
    fields.contains { rule in
      if case .field(["user-only"], _, _) = rule.source { true } else { false }
    }
  }
}

extension ArtifactID {
  /// Its file in a canonical tree.
  var file: TreePath? { TreePath(kind.folder + "/" + name + (kind == .skill ? "/SKILL.md" : ".md")) }
}

extension [UInt8] {
  /// Whether some bytes are in it.
  fileprivate func contains(_ text: [UInt8]) -> Bool {
    guard let first = text.first else { return true }
    return indices.contains { self[$0] == first && self[$0...].starts(with: text) }
  }
}
