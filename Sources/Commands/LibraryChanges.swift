import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Planning
import Platforms
import ProjectFile
import SharedFiles

extension Pipeline {
  /// What of the plan is there because the library changed since the lock was written; nothing when it did not.
  /// - Throws: `CommandFailure` when an output cannot be read.
  func libraryChanges() throws(CommandFailure) -> [LibraryChange] {
    do throws(TreeError) {
      guard let data = plan.recordFile.record.header?.data, try data != Release.header().data else { return [] }
      var search = LibraryChangeSearch(pipeline: self)
      return try search.changes()
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }
}

/// Looks for the library in the changes of a plan, by their origins.
private struct LibraryChangeSearch {
  let pipeline: Pipeline
  /// By path: an old block beside the new one; nil when it is not known.
  private var blocks: [TreePath: BlockSections?] = [:]
  private var goneTexts: [[UInt8]] = []

  init(pipeline: Pipeline) { self.pipeline = pipeline }

  mutating func changes() throws(TreeError) -> [LibraryChange] {
    var byOrigin: [String: [Change]] = [:]
    for change in pipeline.plan.changes {
      for origin in change.output?.origins ?? [] where Self.isOfLibrary(origin) { byOrigin[origin, default: []].append(change) }
    }
    var found: [LibraryChange] = []
    for (origin, changes) in byOrigin.sorted(by: { $0.key < $1.key }) {
      if let change = try change(of: origin, in: changes) { found.append(change) }
    }
    return found + (try gone())
  }

  private static func isOfLibrary(_ origin: String) -> Bool {
    origin.hasPrefix(Library.prefix) && TreePath(String(origin.dropFirst(Library.prefix.count))) != nil
  }

  // MARK: What is there

  /// The change of one file of the library, at the output that shows it best; nil when it is none.
  private mutating func change(of origin: String, in changes: [Change]) throws(TreeError) -> LibraryChange? {
    var unknown: LibraryChange?
    var isKnown = false
    for change in changes {
      guard let recorded = change.recorded, let desired = change.desired else { continue }
      if change.role == .block {
        guard let sections = try sections(of: change) else {
          unknown = unknown ?? LibraryChange(.changed, origin, at: change.path, .unknown(why(change)))
          continue
        }
        guard let section = sections.sections[origin], section.old != section.new else {
          isKnown = true
          continue
        }
        // Where all of it is new, another output may have it already.
        guard !section.old.isEmpty else { continue }
        return LibraryChange(.changed, origin, at: change.path, from: section.old, to: section.new)
      }
      isKnown = true
      guard recorded != desired else { continue }
      guard let old = try oldText(of: change, recorded) else {
        unknown = unknown ?? LibraryChange(.changed, origin, at: change.path, .unknown(why(change)))
        continue
      }
      return LibraryChange(.changed, origin, at: change.path, from: old, to: try text(of: change))
    }
    if let unknown { return unknown }
    return isKnown ? nil : try new(origin, in: changes)
  }

  /// What no output had before.
  private func new(_ origin: String, in changes: [Change]) throws(TreeError) -> LibraryChange? {
    if let moved = try moved(origin, to: changes) { return moved.isNothing ? nil : moved }
    // Its own file says more than a part of another one.
    let created = changes.filter { $0.decision == .create || $0.decision == .update || $0.decision == .restore || $0.conflict != nil }
    guard let change = created.first(where: { $0.role == .file }) ?? created.first else { return nil }
    if change.role == .file { return LibraryChange(.new, origin, at: change.path, from: nil, to: try text(of: change)) }
    let section = pieces(at: change.path).filter { $0.comesFrom(origin) }.flatMap(\.bytes)
    return LibraryChange(.new, origin, at: change.path, from: nil, to: section)
  }

  /// What stood elsewhere before, under its name.
  private func moved(_ origin: String, to changes: [Change]) throws(TreeError) -> LibraryChange? {
    guard let id = pipeline.sources.tree.artifacts.first(where: { $0.text.path == origin })?.id else { return nil }
    let leaving = pipeline.plan.changes.first { $0.output == nil && $0.role == .file && $0.recorded != nil && ids(at: $0.path).contains(id) }
    guard let leaving, let recorded = leaving.recorded else { return nil }
    guard let old = try oldText(of: leaving, recorded) else { return LibraryChange(.changed, origin, at: leaving.path, .unknown(why(leaving))) }
    let new = try changes.first { $0.role == .file }.map { (change) throws(TreeError) in try text(of: change) }
    return LibraryChange(.changed, origin, at: changes.first { $0.role == .file }?.path ?? leaving.path, from: old, to: new ?? old)
  }

  /// The text that is wanted.
  private func text(of change: Change) throws(TreeError) -> [UInt8] {
    guard case .file(let content, _)? = change.output?.form else { return [] }
    var bytes: [UInt8] = []
    try content.stream { bytes += $0 }
    return bytes
  }

  /// The text that aiwg left, on disk or wherever it was kept.
  private func oldText(of change: Change, _ recorded: Digest) throws(TreeError) -> [UInt8]? {
    let observed = try pipeline.repository.tree.observe(change.path)
    if case .file = observed, let here = Repository.output(in: try pipeline.repository.tree.read(change.path), of: change) {
      // A checkout may have other line ends.
      for bytes in [here, normalizedLines(here)] where Digest(of: bytes) == recorded { return bytes }
    }
    return try pipeline.repository.recordedBytes(recorded, of: change)
  }

  /// Why an old text is not known, as the end of a sentence.
  private func why(_ change: Change) -> String { change.before == .absent ? "is not there" : "was edited by hand" }

  // MARK: Blocks

  private mutating func sections(of change: Change) throws(TreeError) -> BlockSections? {
    if let known = blocks[change.path] { return known }
    var found: BlockSections?
    if let recorded = change.recorded, let old = try oldText(of: change, recorded) {
      found = BlockSections(of: old, in: pieces(at: change.path))
    }
    blocks[change.path] = .some(found)
    return found
  }

  private func pieces(at path: TreePath) -> [OutputPiece] {
    outputPieces(
      at: path, in: pipeline.layout, of: pipeline.sources.tree, catalog: pipeline.sources.catalog, showing: pipeline.configuration.project.show)
  }

  // MARK: What is gone

  private mutating func gone() throws(TreeError) -> [LibraryChange] {
    var found: [LibraryChange] = []
    var names: Set<String> = []
    for change in pipeline.plan.changes where change.output == nil && change.role == .file {
      guard let recorded = change.recorded, let name = goneName(at: change.path), names.insert(name).inserted else { continue }
      let old = try oldText(of: change, recorded)
      var gone = LibraryChange(.gone, name, at: change.path, .unknown(why(change)))
      if let old {
        gone = LibraryChange(.gone, name, at: change.path, from: old, to: nil)
        goneTexts.append(old)
      }
      gone.mayBeUsers = mayBeUsers(name)
      found.append(gone)
    }
    guard takesOfLibrary else { return found }
    for change in pipeline.plan.changes where change.role == .block && change.output?.platforms.isEmpty == false {
      guard change.recorded != change.desired, let sections = try sections(of: change) else { continue }
      for text in sections.gone where isNews(text) {
        var gone = LibraryChange(.gone, nil, at: change.path, from: text, to: nil)
        gone.mayBeUsers = mayBeUsers(nil)
        found.append(gone)
        goneTexts.append(text)
      }
    }
    return found
  }

  /// Whether nothing that is told as gone already has the heading of a text.
  private func isNews(_ text: [UInt8]) -> Bool {
    guard let heading = text.split(separator: UInt8(ascii: "\n")).first(where: { $0.first == UInt8(ascii: "#") }) else { return false }
    return !goneTexts.contains { $0.split(separator: UInt8(ascii: "\n")).contains(heading) }
  }

  private var takesOfLibrary: Bool {
    pipeline.configuration.project.sources.contains { if case .library = $0.origin { true } else { false } }
  }

  private func mayBeUsers(_ name: String?) -> Bool {
    let sources = pipeline.configuration.project.sources
    let isNamed = sources.contains { source in
      if case .library(let picks) = source.origin { name.map(picks.artifacts.contains) ?? false } else { false }
    }
    return !isNamed && sources.contains { if case .path = $0.origin { true } else { false } }
  }

  /// What the library had at a path: an artifact that aiwg.yaml would take if it were still there, or a file of a skill that is.
  private func goneName(at path: TreePath) -> String? {
    for place in pipeline.sources.catalog.places.values.sorted(by: { $0.id < $1.id }) {
      let folders = place.format == .skill ? path.ancestors : [path]
      for folder in folders {
        guard let name = place.path.name(in: folder) else { continue }
        if let file = fileOfSkill(at: path, in: folder) { return file }
        // The files beside it go with it.
        if place.format == .skill, path.name != "SKILL.md" { continue }
        if let id = Self.ids(name, place).first(where: isTaken) { return id.description }
      }
    }
    return nil
  }

  private func fileOfSkill(at path: TreePath, in folder: TreePath) -> String? {
    let outputs = pipeline.rendering.desired.outputs
    guard let skill = outputs.first(where: { $0.path.parent == folder && $0.path.name == "SKILL.md" }), let origin = skill.origins.first,
      Self.isOfLibrary(origin), origin.hasSuffix("/SKILL.md"), let inside = path.relative(to: folder)
    else { return nil }
    return origin.dropLast("SKILL.md".count) + inside.text
  }

  /// The artifacts that may be at a path.
  private func ids(at path: TreePath) -> [ArtifactID] {
    pipeline.sources.catalog.places.values.flatMap { place in
      (place.format == .skill ? path.ancestors : [path]).compactMap(place.path.name).flatMap { Self.ids($0, place) }
    }
  }

  /// The artifacts that may have that name at a place, those that another one stood in for last.
  private static func ids(_ name: String, _ place: Place) -> [ArtifactID] {
    let kinds = Set(place.forms.keys.map(\.kind))
    let plain = kinds.sorted().map { ArtifactID(kind: $0, name: name) }
    let standIns = kinds.sorted().filter { name.hasSuffix("-" + $0.rawValue) }
    return plain + standIns.map { ArtifactID(kind: $0, name: String(name.dropLast($0.rawValue.count + 1))) }
  }

  /// Whether aiwg.yaml would take it from the library, which has it no more.
  private func isTaken(_ id: ArtifactID) -> Bool {
    let tree = pipeline.sources.tree
    guard !(tree.artifacts + tree.excluded).contains(where: { $0.id == id }) else { return false }
    return pipeline.configuration.project.sources.contains { source in
      guard case .library(let picks) = source.origin, !NamePatterns(source.exclude).match(id.description) else { return false }
      // Which tags it had is not known.
      return picks.take(id.description, tags: picks.tags)
    }
  }
}

extension OutputPiece {
  fileprivate func comesFrom(_ file: String) -> Bool {
    if case .artifact(let artifact) = origin { artifact.text.path == file } else { false }
  }
}
