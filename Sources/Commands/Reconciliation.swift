import Absorbing
import Diagnostics
import Disk
import FileTree
import Planning
import SettingsFiles
import SharedFiles
import TextDiff

extension Plan {
  /// Outputs that somebody edited.
  var handEdits: Set<TreePath> { Set(changes.filter { $0.conflict?.isHandEdit == true }.map(\.path)) }
}

/// What a sync does about outputs that were edited by hand.
struct Reconciliation {
  enum Mode {
    /// Takes the edits into the tree; the preference settles what cannot be merged. Only when the second value is true, more may be allowed then.
    case absorb(Preference?, Bool)
    case discard
    /// Asks for each on a terminal; elsewhere as `report`.
    case ask
    /// Leaves them in the way.
    case report

    fileprivate var isDiscard: Bool { if case .discard = self { true } else { false } }
  }

  private let found: Pipeline
  private let environment: Environment
  private let mode: Mode

  init(of found: Pipeline, _ environment: Environment, _ mode: Mode) {
    (self.found, self.environment, self.mode) = (found, environment, mode)
  }

  private var edited: [Change] { found.plan.changes.filter { $0.conflict?.isHandEdit == true } }

  /// The pipeline as it is once the edits are settled; the one that was found when there are none.
  /// - Throws: `CommandFailure` when an edit cannot be taken in, or a person gives up; nothing is written then.
  func pipeline(_ options: CommonOptions, _ request: Pipeline.Request) throws -> Pipeline {
    let hasEditedCopies = found.plan.changes.contains { $0.conflict == .editedCopy }
    guard !edited.isEmpty || hasEditedCopies && mode.isDiscard else { return found }
    switch mode {
    case .report: return found
    case .discard:
      var reconciled = Reconciled()
      reconciled.handEdits.discardsOthers = true
      reconciled.fetched = found.fetched
      return try Pipeline(in: found.repository, options, request, reconciled: reconciled)
    case .absorb(let preference, let allowsMore):
      return try absorb(edited, preference, HandEdits(), options, request) { _ in allowsMore }
    case .ask:
      guard Machine.isInteractive else { return found }
      let others = found.plan.changes.filter { $0.conflict.map { !$0.isHandEdit } ?? false }
      // With something else in the way, no answer would help.
      return others.isEmpty ? try ask(options, request) : found
    }
  }

  private func absorb(
    _ changes: [Change], _ preference: Preference?, _ handEdits: HandEdits, _ options: CommonOptions, _ request: Pipeline.Request,
    allowingMore allowsMore: @escaping (TreePath) -> Bool
  ) throws -> Pipeline {
    var absorption = Absorption(into: found, preferring: preference, allowingMore: allowsMore)
    for change in changes { try absorption.take(change) }
    let pipeline = try absorption.pipeline(options, request, besides: handEdits)
    environment.report(absorption.loosened)
    return pipeline
  }

  private func ask(_ options: CommonOptions, _ request: Pipeline.Request) throws -> Pipeline {
    var handEdits = HandEdits()
    var absorbed: [Change] = []
    var answerForAll: Answer?
    // Who saw an edit and took it meant what it allows.
    var seen: Set<TreePath> = []
    for change in edited {
      if answerForAll == nil { seen.insert(change.path) }
      switch try answerForAll ?? answer(about: change) {
      case .absorb(let isForAll):
        absorbed.append(change)
        if isForAll { answerForAll = .absorb(isForAll: true) }
      case .discard(let isForAll):
        handEdits.settled[change.path] = .discarded
        if isForAll { answerForAll = .discard(isForAll: true) }
      case .skip: handEdits.settled[change.path] = .left
      case .quit: throw CommandFailure(.blocked, diagnostics: [Diagnostic(.note, "plan/nothing-written", "nothing was written")])
      }
    }
    return try absorb(absorbed, nil, handEdits, options, request) { [seen] in seen.contains($0) }
  }

  private enum Answer {
    case absorb(isForAll: Bool)
    case discard(isForAll: Bool)
    case skip, quit
  }

  /// Shows the edit and asks until the answer is one; the end of the input is no.
  private func answer(about change: Change) throws -> Answer {
    environment.endProgress()
    environment.print(try difference(change))
    while true {
      environment.print("\(change.path.text.escapedForDisplay) was edited by hand: [a]bsorb, [d]iscard, [s]kip, [q]uit, A or D for all? ")
      switch readLine(strippingNewline: true)?.first {
      case "a": return .absorb(isForAll: false)
      case "A": return .absorb(isForAll: true)
      case "d": return .discard(isForAll: false)
      case "D": return .discard(isForAll: true)
      case "s": return .skip
      case "q", nil: return .quit
      default: continue
      }
    }
  }

  /// What each value is to be, and is.
  private func difference(_ settings: [DesiredSetting], _ syntax: SettingsSyntax, _ observed: [UInt8], _ change: Change) throws -> String {
    let recorded = try found.repository.record().settings[change.path] ?? Record.Settings()
    guard let file = try? SettingsFile(observed, syntax: syntax, path: change.path.text) else { return "" }
    let edited = recorded.edited(in: file, among: settings)
    let lines = edited.map { edited in
      let name = edited.setting.path.joined(separator: ".").escapedForDisplay
      return
        "-\(name): \(String(decoding: edited.setting.value, as: UTF8.self))\n+\(name): \(String(decoding: jsonText(of: edited.there), as: UTF8.self))\n"
    }
    let rules = recorded.editedRules(in: file, among: settings).map { edited in
      let there = edited.there.map { "+\($0.shown)\n" } ?? ""
      return "-\(edited.setting.shown)\n" + there
    }
    let path = change.path.text.escapedForDisplay
    return "--- a/\(path)\n+++ b/\(path)\n" + (lines + rules).joined()
  }

  /// What was edited, against what the tree says.
  private func difference(_ change: Change) throws -> String {
    let observed: [UInt8]
    do throws(TreeError) { observed = try found.repository.tree.read(change.path) } catch {
      throw CommandFailure(error, shownAs: found.repository.shownAs)
    }
    var desired: [UInt8] = []
    switch change.output?.form {
    case .block(let content, let syntax):
      let source = SourceText(path: change.path.text, bytes: observed)
      if case .found(let block) = findBlock(in: source, syntax: syntax) { desired = block.replacing(with: content) }
    case .file(let content, _):
      do throws(TreeError) { try content.stream { desired += $0 } } catch { throw CommandFailure(error, shownAs: found.repository.shownAs) }
    case .settings(let settings, let syntax)?: return try difference(settings, syntax, observed, change)
    case nil: return ""
    }
    return unifiedDiff(old: desired, new: observed, oldName: "a/" + change.path.text, newName: "b/" + change.path.text)
  }
}

extension DesiredSetting {
  /// A rule in its list, for a person.
  fileprivate var shown: String { path.joined(separator: ".").escapedForDisplay + ": " + String(decoding: value, as: UTF8.self) }
}
