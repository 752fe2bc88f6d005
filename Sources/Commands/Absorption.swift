import Absorbing
import Applying
import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Layout
import Planning
import Platforms
import Settings
import SettingsFiles
import SharedFiles

/// Hand edits of outputs, taken into the canonical files of a pipeline.
struct Absorption {
  private let pipeline: Pipeline
  private var absorber: Absorber
  private let preference: Preference?
  private var problems: [Diagnostic] = []
  private var settled: [TreePath: HandEdits.Settlement] = [:]
  private var taken: [TreePath: Set<Record.Settings.Piece>] = [:]
  private var rules: [TreePath: [DesiredSetting]] = [:]
  /// Whether edits may be taken in after which more is allowed, by settings or ignore file.
  private let allowsMore: (TreePath) -> Bool

  init(into pipeline: Pipeline, preferring preference: Preference?, allowingMore allowsMore: @escaping (TreePath) -> Bool) {
    (self.pipeline, self.preference, self.allowsMore) = (pipeline, preference, allowsMore)
    absorber = Absorber(pipeline.renderer.lenses(in: pipeline.layout), in: pipeline.sources.catalog, preferring: preference)
  }

  /// Takes in what stands at the place of an output that was edited.
  mutating func take(_ change: Change) throws(CommandFailure) {
    if case .settings(let settings, let syntax)? = change.output?.form { return try takeSettings(change, settings, syntax) }
    do throws(TreeError) {
      guard !change.path.isInside(Record.copies) else {
        return refuse(
          change, "it is a copy of a source from elsewhere", help: "make the change there, or copy the file into a later source of your own")
      }
      guard let output = change.output else {
        return refuse(change, "nothing wants this output any more", help: "delete it, or `aiwg sync --discard`")
      }
      switch output.form {
      case .block(let desired, let syntax): try takeBlock(change, desired, syntax)
      case .file(let content, _): try takeFile(change, content)
      case .settings: return
      }
    } catch {
      throw CommandFailure(error, shownAs: pipeline.repository.shownAs)
    }
  }

  private mutating func takeFile(_ change: Change, _ content: Content) throws(TreeError) {
    let observed = try pipeline.repository.tree.read(change.path)
    var desired: [UInt8] = []
    try content.stream { desired += $0 }
    guard let base = try base(of: change, desired) else { return refuseWithoutBase(change) }
    let source = SourceText(path: pipeline.repository.shownAs + change.path.text, bytes: observed)
    let output = EditedOutput(path: change.path, base: base, edited: withLineEnds(of: base, observed), file: source)
    if case .copy(let inner, let tree) = content {
      absorber.take(output, copiedFrom: repositoryPath(ofResource: inner, in: change), holding: try tree.read(inner))
    } else {
      absorber.take(output)
    }
    settled[change.path] = .absorbed(Digest(of: observed))
  }

  private mutating func takeBlock(_ change: Change, _ desired: [UInt8], _ syntax: BlockSyntax) throws(TreeError) {
    let observed = try pipeline.repository.tree.read(change.path)
    let source = SourceText(path: pipeline.repository.shownAs + change.path.text, bytes: observed)
    guard case .found(let block) = findBlock(in: source, syntax: syntax) else { return }
    guard let base = try base(of: change, normalizedLines(desired)) else { return refuseWithoutBase(change) }
    let firstLine = observed[..<block.range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 2
    let output = EditedOutput(path: change.path, base: base, edited: block.content, file: source, firstLine: firstLine)
    if let delivery = pipeline.settingsLayout.ignoreFiles.first(where: { $0.file.path == change.path }) {
      absorber.take(output, ignoring: delivery, allowsMore: allowsMore(change.path))
    } else {
      absorber.take(output)
    }
    settled[change.path] = .absorbed(Digest(of: block.content))
  }

  private mutating func takeSettings(_ change: Change, _ settings: [DesiredSetting], _ syntax: SettingsSyntax) throws(CommandFailure) {
    let recorded = try pipeline.repository.record().settings[change.path] ?? Record.Settings()
    let bytes: [UInt8]
    do throws(TreeError) { bytes = try pipeline.repository.tree.read(change.path) } catch {
      throw CommandFailure(error, shownAs: pipeline.repository.shownAs)
    }
    guard let file = try? SettingsFile(bytes, syntax: syntax, path: pipeline.repository.shownAs + change.path.text) else { return }
    let lenses = pipeline.settingsLayout.deliveries.filter { $0.place.path == change.path }.map { SettingsLens($0) }
    let lens = pipeline.settingsLayout.permissions.first { $0.place.path == change.path }.map { PermissionLens($0) }
    let ruled = Set(lens?.settings ?? [])
    let edits = recorded.edited(in: file, among: settings)
    let values = edits.filter { ruled.contains($0.setting) }
    let others = recorded.editedRules(in: file, among: settings)
    if values.contains(where: { !$0.isSourceUnchanged }) {
      refuseWithoutBase(change)
    } else if let lens, !values.isEmpty || !others.isEmpty {
      let wanted = lens.settings.edited(values, others)
      let place = file.place(of: (values.first?.setting ?? others.first?.setting)?.path ?? [])
      absorber.take(EditedRules(wanted: wanted, place: place, allowsMore: allowsMore(change.path)), through: lens)
      taken[change.path, default: []].formUnion(wanted.map { Record.Settings.Piece(of: $0) })
      rules[change.path] = wanted
    }
    for edited in edits where !ruled.contains(edited.setting) {
      guard edited.isSourceUnchanged else {
        refuseWithoutBase(change)
        continue
      }
      let value = EditedValue(path: change.path, setting: edited.setting, there: edited.there, place: file.place(of: edited.setting.path))
      absorber.take(value, through: lenses)
      // What says the same in another order gives way.
      var there = edited.setting
      there.value = jsonText(of: edited.there)
      taken[change.path, default: []].insert(Record.Settings.Piece(of: there))
    }
    // What a preference settles against this file gives way, saved.
    if preference != nil { settled[change.path] = .discarded }
  }

  /// What aiwg left at the place of an output; nil when nobody has it any more.
  private func base(of change: Change, _ desired: [UInt8]) throws(TreeError) -> [UInt8]? {
    guard let recorded = change.recorded, recorded != change.desired else { return desired }
    return try pipeline.repository.recordedBytes(recorded, of: change)
  }

  /// An editor that ends every line otherwise has changed no line.
  private func withLineEnds(of base: [UInt8], _ edited: [UInt8]) -> [UInt8] {
    guard !base.contains(UInt8(ascii: "\r")), edited.contains(UInt8(ascii: "\r")) else { return edited }
    let isWindows = edited.indices.allSatisfy { edited[$0] != UInt8(ascii: "\n") || ($0 > 0 && edited[$0 - 1] == UInt8(ascii: "\r")) }
    return isWindows ? normalizedLineEnds(edited) : edited
  }

  private func normalizedLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    bytes.indices.compactMap { index in
      bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? nil : bytes[index]
    }
  }

  /// Where the canonical file of a copy is; nil outside of the repository.
  private func repositoryPath(ofResource source: TreePath, in change: Change) -> TreePath? {
    for delivery in pipeline.layout.deliveries where delivery.path.parent.map({ change.path.isInside($0) }) ?? false {
      guard let resource = delivery.artifact.resources.first(where: { $0.source == source }) else { continue }
      return delivery.artifact.repositoryPath?.parent?.appending(resource.path)
    }
    return nil
  }

  private mutating func refuse(_ change: Change, _ message: String, help: String) {
    let place = SourcePlace(path: pipeline.repository.shownAs + change.path.text)
    problems.append(Diagnostic(.error, "absorb/no-image", "this edit cannot go into the tree: " + message, at: place, help: help))
  }

  private mutating func refuseWithoutBase(_ change: Change) {
    refuse(
      change, "its source changed too, and neither .aiwg/state/base nor git has what aiwg had written there",
      help: "bring the edit into the source yourself, and save and undo it here with `aiwg sync --discard`")
  }

  /// The pipeline over the canonical files as they are to be.
  ///
  /// - Parameter handEdits: what is done about edited outputs that were not taken in.
  /// - Throws: `CommandFailure` with every edit that cannot be taken in; nothing is written then.
  func pipeline(_ options: CommonOptions, _ request: Pipeline.Request, besides handEdits: HandEdits) throws -> Pipeline {
    let found = problems + absorber.problems
    guard found.isEmpty else { throw CommandFailure(.blocked, diagnostics: found + [Self.nothingWritten]) }
    var reconciled = Reconciled(handEdits: handEdits)
    reconciled.handEdits.settled.merge(settled) { $1 }
    reconciled.handEdits.taken = taken
    reconciled.fetched = pipeline.fetched
    reconciled.edits = absorber.files.map { FileEdit(path: $0.path, old: $0.old, new: $0.new, saves: preference == .theirs) }
    let next = try Pipeline(in: pipeline.repository, options, request, reconciled: reconciled)
    let moved = try moved(in: next) + movedRules(in: next)
    guard moved.isEmpty else { throw CommandFailure(.blocked, diagnostics: moved + [Self.nothingWritten]) }
    return next
  }

  private static let nothingWritten = Diagnostic(.note, "plan/nothing-written", "nothing was written")

  /// Outputs that would not say what they were edited to say: with the edit in the tree, they would stand elsewhere or hold something else.
  private func moved(in next: Pipeline) throws -> [Diagnostic] {
    let outputs = Dictionary(next.rendering.desired.outputs.map { ($0.path, $0) }) { first, _ in first }
    return try absorber.expected.sorted { $0.key < $1.key }.compactMap { path, expected in
      if let output = outputs[path], try Self.bytes(of: output) == expected { return nil }
      let message = "this edit cannot go into the tree: with it, the artifact would be laid out in another way"
      return Diagnostic(
        .error, "absorb/moves", message, at: SourcePlace(path: pipeline.repository.shownAs + path.text),
        help: "make the change in the canonical file, and undo it here with `aiwg sync --discard`")
    }
  }

  /// Rules that a settings file would not say as it was edited to, such as one that an earlier source has too.
  private func movedRules(in next: Pipeline) -> [Diagnostic] {
    guard preference == nil else { return [] }
    return rules.sorted { $0.key < $1.key }.compactMap { path, wanted in
      let before = pipeline.settingsLayout.permissions.first { $0.place.path == path }.map { PermissionLens($0) }
      let after = next.settingsLayout.permissions.first { $0.place.path == path }.map { PermissionLens($0) }
      guard let before else { return nil }
      let said = after?.settings ?? []
      let isNew = before.rules(in: wanted, besides: before.settings).isDisjoint(with: before.rules(in: wanted, besides: said))
      let isGone = before.rules(in: before.settings, besides: wanted).isSubset(of: before.rules(in: before.settings, besides: said))
      if isNew, isGone { return nil }
      return Diagnostic(
        .error, "absorb/moves", "this edit cannot go into the tree: with it, other rules would stand here",
        at: SourcePlace(path: pipeline.repository.shownAs + path.text),
        help: "make the change in the canonical file, and undo it here with `aiwg sync --discard`")
    }
  }

  /// What is allowed from then on and was not before: it holds for every platform.
  var loosened: [Diagnostic] {
    absorber.loosened.map { place, changes in
      Diagnostic(.warning, "absorb/allows-more", "taken into the tree, for every platform: \(Absorber.inWords(changes))", at: place)
    }
  }

  private static func bytes(of output: DesiredOutput) throws(CommandFailure) -> [UInt8] {
    switch output.form {
    case .block(let bytes, _): return bytes
    case .settings: return []
    case .file(let content, _):
      var bytes: [UInt8] = []
      do throws(TreeError) { try content.stream { bytes += $0 } } catch { throw CommandFailure(error, shownAs: "") }
      return bytes
    }
  }
}

extension [DesiredSetting] {
  /// The rules as they are by now.
  fileprivate func edited(_ values: [EditedSetting], _ rules: [EditedRule]) -> [DesiredSetting] {
    compactMap { setting in
      if let edit = rules.first(where: { $0.setting == setting }) { return edit.there }
      var out = setting
      if let edit = values.first(where: { $0.setting == setting }) { out.value = jsonText(of: edit.there) }
      return out
    }
  }
}
