import ContextLoading
package import ContextModel
package import Diagnostics
package import FileTree
import Platforms
package import Settings
import SettingsFiles
import YAML

/// A value in a settings file that somebody edited.
package struct EditedValue: Sendable {
  /// The settings file.
  package var path: TreePath
  /// What aiwg wants there.
  package var setting: DesiredSetting
  /// What is there now.
  package var there: FieldValue
  /// In the settings file.
  package var place: SourcePlace

  package init(path: TreePath, setting: DesiredSetting, there: FieldValue, place: SourcePlace) {
    (self.path, self.setting, self.there, self.place) = (path, setting, there, place)
  }
}

extension Absorber {
  /// Takes in a value of a settings file: what it says goes into the canonical file of the server or hook.
  ///
  /// - Parameter lenses: what stands in that file, for the artifacts as they were when the edit was found.
  package mutating func take(_ value: EditedValue, through lenses: [SettingsLens]) {
    do throws(Refusal) {
      guard let lens = lenses.first(where: { $0.setting == value.setting }) else {
        throw Refusal(
          "no one artifact stands for this value", help: "make the change in the tree, and undo it here with `aiwg sync --discard`")
      }
      try take(value, through: lens)
    } catch {
      refuse(error, at: value.place)
    }
  }

  private mutating func take(_ value: EditedValue, through lens: SettingsLens) throws(Refusal) {
    let original = lens.artifact
    guard original.repositoryPath != nil else {
      let help = "copy `\(original.text.path)` into a source of this repository that comes later in aiwg.yaml, and edit that"
      throw Refusal("`\(original.id)` comes from outside of the repository, where nothing is written", help: help)
    }
    let current = changed[original.id] ?? original
    var changes: [SettingChange] = []
    for change in try self.changes(of: lens, saying: value.there) where try isOpen(change, since: original, in: current) { changes.append(change) }
    var findings: [Diagnostic] = []
    let bytes = try bytes(of: current, with: changes)
    guard let artifact = current.rereading(bytes, platformIDs: catalog.ids, findings: &findings) else {
      let reason = findings.first { $0.severity == .error }?.message ?? "its file could not be read then"
      throw Refusal("`\(original.id)`: \(reason)", help: Self.undoing(original))
    }
    let isSettled = preference == .ours && changes.isEmpty
    // A behavior has a hook for each of its events.
    let said = artifact.hooks.first { $0.hookEvent == original.hookEvent } ?? artifact
    guard isSettled || lens.replacing(said).says(value.there) else {
      throw Refusal("`\(original.id)`: no canonical file says this on its own", help: Self.undoing(original))
    }
    changed[original.id] = artifact
    originals[original.id] = originals[original.id] ?? original.text.bytes
  }

  private func bytes(of artifact: Artifact, with changes: [SettingChange]) throws(Refusal) -> [UInt8] {
    guard !artifact.id.kind.isSetting else { return try CanonicalSettings(artifact.text).bytes(with: changes) }
    let edits = headEdits(of: artifact.text, making: changes.map { HeadChange(path: $0.path, value: $0.value) })
    guard let edits else { throw Refusal("the head of `\(artifact.text.path)` cannot be edited safely", help: "make the change there by hand") }
    return edits.applied(to: artifact.text.bytes)
  }

  private static func undoing(_ artifact: Artifact) -> String {
    "make the change in `\(artifact.text.path)`, and undo it here with `aiwg sync --discard`"
  }

  private func changes(of lens: SettingsLens, saying value: FieldValue) throws(Refusal) -> [SettingChange] {
    do throws(UnreadableSetting) { return try lens.changes(saying: value) } catch {
      throw Refusal("`\(lens.artifact.id)`: \(error.message)", help: Self.undoing(lens.artifact))
    }
  }

  /// Whether a change is still to be made; what another edit made of the same field already is a conflict.
  private func isOpen(_ change: SettingChange, since original: Artifact, in current: Artifact) throws(Refusal) -> Bool {
    let (before, now) = (original.settingValue(at: change.path), current.settingValue(at: change.path))
    if now == change.value { return false }
    if before == now { return true }
    switch preference {
    case .ours?: return false
    case .theirs?: return true
    case nil:
      let name = change.path.joined(separator: ".")
      throw Refusal("`\(name)` of `\(original.id)` was edited elsewhere too", help: "choose with `--ours` or `--theirs`")
    }
  }
}

extension Artifact {
  /// The value in the canonical file that some keys lead to; nil where there is none.
  fileprivate func settingValue(at path: [String]) -> FieldValue? {
    guard let key = path.first else { return nil }
    if let value = fields[key] { return value.member(at: path.dropFirst()) }
    guard let own = overrides[key], path.count > 1 else { return nil }
    return own[path[1]]?.member(at: path.dropFirst(2))
  }
}

extension FieldValue {
  fileprivate func member(at path: ArraySlice<String>) -> FieldValue? {
    guard let key = path.first else { return self }
    return self[key]?.member(at: path.dropFirst())
  }
}
