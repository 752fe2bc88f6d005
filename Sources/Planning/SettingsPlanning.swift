import ContextModel
import Diagnostics
import FileTree
import SettingsFiles
import SharedFiles

extension Planner {
  /// A settings file of the user's, of which some members and elements are, were or are to be aiwg's.
  ///
  /// - Parameter output: nil when nothing is wanted in it any more.
  mutating func takeSettings(
    _ path: TreePath, _ settings: [DesiredSetting], _ syntax: SettingsSyntax, output: DesiredOutput?
  ) throws(TreeError) {
    let recorded = record.settings[path] ?? Record.Settings()
    var change = Change(path: path, role: .settings, decision: .keep, output: output)
    guard output != nil || options.isPlaceable(path, true) else {
      change.decision = .conflict(.notOurs)
      return keep(change, recorded)
    }
    let observed = try observer.tree.observe(path)
    var bytes: [UInt8] = []
    switch observed {
    case .absent: break
    case .file:
      bytes = try observer.tree.read(path)
      change.before = .file(Digest(of: bytes))
    default:
      change.decision = .conflict(.notAFile(observed.kind, at: observed.barrier ?? path))
      return keep(change, recorded)
    }
    do throws(SettingsRefusal) {
      let file = try SettingsFile(bytes, syntax: syntax, path: path.text)
      var claimed = recorded
      claimed.pieces.formUnion(options.handEdits.taken[path] ?? [])
      if options.handEdits.savesTaken, options.handEdits.taken[path] != nil, observed != .absent {
        (change.reason, change.saves) = (.absorbed, true)
      }
      var edit = SettingsEdit(file, claimed, settings)
      if options.force || options.handEdits.discardsOthers || options.handEdits.settled[path] == .discarded { edit.force(&change) }
      if let conflict = edit.conflict {
        change.decision = .conflict(conflict)
        return keep(change, recorded)
      }
      let (new, next) = try edit.made()
      decide(&change, from: observed == .absent ? nil : bytes, to: new, recorded, next)
    } catch {
      change.decision = .conflict(.damagedBlock(error.diagnostics))
      keep(change, recorded)
    }
  }

  private mutating func keep(_ change: Change, _ recorded: Record.Settings) {
    if recorded != Record.Settings() { next.settings[change.path] = recorded }
    next.created[change.path] = record.created[change.path]
    changes.append(change)
  }

  private mutating func decide(_ change: inout Change, from old: [UInt8]?, to new: [UInt8], _ recorded: Record.Settings, _ next: Record.Settings) {
    let path = change.path
    let isNew = recorded == Record.Settings()
    // What aiwg made, and what holds nothing of anybody else's, goes with the last of it.
    let isLeftOver = next == Record.Settings() && record.created[path]?.contains(Digest(of: new)) == true
    if isLeftOver || (old == nil && next == Record.Settings()) {
      (change.decision, change.reason, change.after) = old == nil ? (.forget, .unwanted, .same) : (.delete, .unwanted, .nothing)
      if old == nil, isNew { return }
      changes.append(change)
      return
    }
    if next != Record.Settings() {
      self.next.settings[path] = next
      self.next.created[path] = old == nil ? Set([emptied(next, change)].compactMap(\.self)) : record.created[path]
    }
    let reason = change.reason
    switch (old, new == old) {
    case (nil, _): (change.decision, change.reason) = isNew ? (.create, .sourceChanged) : (.restore, .missing)
    case (_, true):
      (change.decision, change.reason) = next == recorded ? (.keep, nil) : next == Record.Settings() ? (.forget, .unwanted) : (.adopt, .unrecorded)
    case (_, false):
      change.decision = next == Record.Settings() ? .delete : .update
      change.reason = next == Record.Settings() ? .unwanted : record.header == options.header ? .sourceChanged : .aiwgChanged
    }
    if change.saves { change.reason = reason ?? change.reason }
    if new != old { change.after = .file(.bytes(new), .like(path)) }
    changes.append(change)
  }

  /// The digest of a file that aiwg makes, once all that is aiwg's is out of it again.
  private func emptied(_ next: Record.Settings, _ change: Change) -> Digest? {
    guard case .settings(let settings, let syntax)? = change.output?.form else { return nil }
    guard let file = try? SettingsFile([], syntax: syntax, path: ""), let full = try? SettingsEdit(file, Record.Settings(), settings).made().bytes,
      let back = try? SettingsFile(full, syntax: syntax, path: "")
    else { return nil }
    return (try? SettingsEdit(back, next, []).made().bytes).map { Digest(of: $0) }
  }
}

/// What is done to one settings file, piece by piece.
struct SettingsEdit {
  private let file: SettingsFile
  private let recorded: Record.Settings
  private let wanted: [(setting: DesiredSetting, piece: SettingsPiece)]
  private var obsolete: [SettingsPiece] = []
  private var replaced: [SettingsPiece] = []
  private var problems: [Diagnostic] = []
  private var isHandEdit = true
  /// Members that stand in the way, for whoever forces them out.
  private var barred: [SettingsPiece] = []
  private var barredObsolete: [SettingsPiece] = []

  init(_ file: SettingsFile, _ recorded: Record.Settings, _ settings: [DesiredSetting]) {
    (self.file, self.recorded) = (file, recorded)
    wanted = settings.compactMap { setting in
      fieldValue(ofJSON: setting.value).map { (setting, setting.isElement ? .element(of: setting.path, $0) : .member(setting.path, $0)) }
    }
    for (setting, piece) in wanted where piece.kind == .member { compare(piece, isOrdered: setting.isOrdered) }
    for edited in recorded.edited(in: file, among: settings) where edited.setting.isElement { compareElement(edited) }
    for edited in recorded.editedRules(in: file, among: settings) { compareRule(edited) }
    for piece in recorded.pieces.sorted(by: { ($0.path.joined(separator: "/"), $0.digest) < ($1.path.joined(separator: "/"), $1.digest) }) {
      compareUnwanted(piece)
    }
  }

  /// Why nothing is written; nil when nothing is in the way.
  var conflict: Conflict? { problems.isEmpty ? nil : .members(problems, isHandEdit: isHandEdit) }

  private func digest(of value: FieldValue) -> Digest { .ofSetting(value) }

  private func orderedDigest(of value: FieldValue) -> Digest { Digest(of: jsonText(of: value)) }

  private mutating func compare(_ piece: SettingsPiece, isOrdered: Bool) {
    guard let there = file.value(at: piece.path) else { return }
    if file.contains(piece), !isOrdered || orderedDigest(of: there) == orderedDigest(of: piece.value) { return }
    let claims = recorded.pieces.filter { !$0.isElement && $0.path == piece.path }
    if claims.contains(where: { $0.digest == (isOrdered ? orderedDigest(of: there) : digest(of: there)) }) { return replaced.append(piece) }
    barred.append(piece)
    let name = piece.path.joined(separator: ".")
    if claims.isEmpty {
      isHandEdit = false
      problem(
        "plan/foreign", "`\(name)` is in this file and not aiwg's", piece,
        "rename or remove one of the two, or pass --force, which saves the file first")
    } else {
      problem(
        "plan/edited", "`\(name)` was edited by hand", piece,
        "take the edit into the tree with `aiwg sync --absorb`; `aiwg sync --discard` saves and undoes it")
    }
  }

  private mutating func compareElement(_ edited: EditedSetting) {
    let piece = SettingsPiece.element(of: edited.setting.path, edited.there)
    barredObsolete.append(piece)
    let name = piece.path.joined(separator: ".")
    problem(
      "plan/edited", "`\(edited.setting.identity ?? "")` in `\(name)` was edited by hand", piece,
      "take the edit into the tree with `aiwg sync --absorb`; `aiwg sync --discard` saves and undoes it")
  }

  private mutating func compareRule(_ edited: EditedRule) {
    let path = edited.setting.path
    let list = (edited.setting.isElement ? path[...] : path.dropLast()).joined(separator: ".")
    let rule = edited.setting.isElement ? String(decoding: edited.setting.value, as: UTF8.self) : "\"\(path.last ?? "")\""
    if let there = edited.there, let value = fieldValue(ofJSON: there.value) { barredObsolete.append(.element(of: there.path, value)) }
    problem(
      "plan/edited", edited.there == nil ? "`\(rule)` was taken out of `\(list)` by hand" : "`\(rule)` in `\(list)` was edited by hand",
      .member(path, .null), "take the edit into the tree with `aiwg sync --absorb`; `aiwg sync --discard` saves and undoes it")
  }

  private mutating func compareUnwanted(_ claim: Record.Settings.Piece) {
    let isWanted = wanted.contains { wanted in
      wanted.setting.path == claim.path && wanted.setting.isElement == claim.isElement
        && (!claim.isElement || digest(of: wanted.piece.value) == claim.digest)
    }
    guard !isWanted, let there = file.value(at: claim.path) else { return }
    if claim.isElement {
      guard case .list(let items) = there, let item = items.last(where: { digest(of: $0) == claim.digest }) else { return }
      return obsolete.append(.element(of: claim.path, item))
    }
    if digest(of: there) == claim.digest || orderedDigest(of: there) == claim.digest { return obsolete.append(.member(claim.path, there)) }
    barredObsolete.append(.member(claim.path, there))
    let name = claim.path.joined(separator: ".")
    problem(
      "plan/edited", "`\(name)` was edited by hand, and nothing wants it any more", .member(claim.path, there),
      "take it out, or pass --force, which saves the file first")
  }

  private mutating func problem(_ id: String, _ message: String, _ piece: SettingsPiece, _ help: String) {
    problems.append(Diagnostic(.error, id, message, at: file.place(of: piece.path), help: help))
  }

  /// Lets what stands in the way give way.
  mutating func force(_ change: inout Change) {
    guard !problems.isEmpty else { return }
    replaced += barred
    obsolete += barredObsolete
    problems = []
    (change.reason, change.saves) = (.forced, true)
  }

  /// Whether what was there already counts as aiwg's.
  private func isClaim(_ setting: DesiredSetting, _ piece: SettingsPiece) -> Bool {
    if setting.isOwned, !setting.isLeftToUser { return true }
    return recorded.pieces.contains { $0.path == piece.path && $0.isElement == setting.isElement && $0.digest == digest(of: piece.value) }
  }

  /// The file as it is to be, and what of it is aiwg's then.
  func made() throws(SettingsRefusal) -> (bytes: [UInt8], next: Record.Settings) {
    let path = file.path
    var next = Record.Settings()
    let containers = recorded.containers.sorted { ($0.path.count, $0.path.joined(separator: "/")) < ($1.path.count, $1.path.joined(separator: "/")) }
    let made = containers.map { SettingsContainer(path: $0.path, before: $0.before) }
    var current = file
    for piece in replaced {
      // The same keys in another order are the same to an edit: what is there goes first.
      let isSame = current.contains(piece)
      if isSame { current = try SettingsFile(try current.replacing(piece.path, with: .map([])), syntax: file.syntax, path: path) }
      current = try SettingsFile(try current.replacing(piece.path, with: piece.value), syntax: file.syntax, path: path)
    }
    // What is new comes first, so that a container does not go and come back.
    let addition = try current.adding(wanted.map(\.piece))
    current = try SettingsFile(addition.bytes, syntax: file.syntax, path: path)
    let all = made + addition.made
    current = try SettingsFile(try current.removing(obsolete, made: wanted.isEmpty ? all : []), syntax: file.syntax, path: path)
    for (setting, piece) in wanted where addition.added.contains(piece) || isClaim(setting, piece) {
      next.pieces.insert(
        .init(path: piece.path, isElement: setting.isElement, digest: setting.isOrdered ? orderedDigest(of: piece.value) : digest(of: piece.value)))
    }
    if !next.pieces.isEmpty { next.containers = Set(all.map { .init(path: $0.path, before: $0.before) }) }
    return (current.bytes, next)
  }
}

extension SettingsSyntax {
  /// As the end of the name says; what a file is that only the lock speaks of.
  static func named(_ path: TreePath) -> SettingsSyntax {
    if path.text.hasSuffix(".toml") { return .toml }
    return path.text.hasSuffix(".yaml") || path.text.hasSuffix(".yml") ? .yaml : .jsonc
  }
}

extension Observed {
  fileprivate var kind: EntryKind {
    switch self {
    case .absent, .file: .file
    case .directory: .directory
    case .symlink: .symlink
    case .other: .other
    case .blocked(let kind, _): kind
    }
  }

  fileprivate var barrier: TreePath? { if case .blocked(_, let at) = self { at } else { nil } }
}
