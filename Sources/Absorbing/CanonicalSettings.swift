import ContextModel
import Diagnostics
import FileTree
import Settings
import SettingsFiles

/// The canonical file of a server or hook, of which some fields change and every other byte stays.
struct CanonicalSettings {
  private let text: SourceText

  init(_ text: SourceText) {
    self.text = text
  }

  /// - Throws: `Refusal` when the file is written in a way that cannot be edited safely.
  func bytes(with changes: [SettingChange]) throws(Refusal) -> [UInt8] {
    do throws(SettingsRefusal) {
      var file = try SettingsFile(text.bytes, syntax: .yaml, path: text.path)
      // What is new comes first, so that no map is empty in between.
      for change in changes { if let value = change.value { file = try put(value, at: change.path, into: file) } }
      for change in changes where change.value == nil { file = try remove(change.path, from: file) }
      return file.bytes
    } catch {
      let finding = error.diagnostics.first
      throw Refusal("`\(text.path)`: " + (finding?.message ?? "it cannot be edited"), help: "make the change there by hand")
    }
  }

  private func put(_ value: FieldValue, at path: [String], into file: SettingsFile) throws(SettingsRefusal) -> SettingsFile {
    let isThere = file.value(at: path) != nil
    return try again(isThere ? try file.replacing(path, with: value) : try file.adding([.member(path, value)]).bytes)
  }

  /// A map goes with its last entry.
  private func remove(_ path: [String], from file: SettingsFile) throws(SettingsRefusal) -> SettingsFile {
    guard let old = file.value(at: path) else { return file }
    let containers = path.count > 1 ? [SettingsContainer(path: Array(path.dropLast()))] : []
    return try again(try file.removing([.member(path, old)], made: containers))
  }

  private func again(_ bytes: [UInt8]) throws(SettingsRefusal) -> SettingsFile { try SettingsFile(bytes, syntax: .yaml, path: text.path) }
}
