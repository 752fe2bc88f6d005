package import ContextModel
import Diagnostics
package import FileTree
package import SettingsFiles

/// A member or an element of aiwg's in a settings file that somebody gave another value.
package struct EditedSetting: Hashable, Sendable {
  /// What is wanted there.
  package var setting: DesiredSetting
  /// What is there.
  package var there: FieldValue
  /// Whether aiwg last wrote what is wanted now, so that the difference is the edit and nothing else.
  package var isSourceUnchanged: Bool
}

extension Record.Settings {
  /// What was edited in a file, in the order of what is wanted.
  package func edited(in file: SettingsFile, among desired: [DesiredSetting]) -> [EditedSetting] {
    let wanted = desired.compactMap { setting in fieldValue(ofJSON: setting.value).map { (setting, $0) } }
    return wanted.compactMap { setting, value in
      setting.isElement ? editedElement(setting, value, in: file, among: wanted) : editedMember(setting, value, in: file)
    }
  }

  private func editedMember(_ setting: DesiredSetting, _ value: FieldValue, in file: SettingsFile) -> EditedSetting? {
    func digest(_ value: FieldValue) -> Digest { setting.isOrdered ? Digest(of: jsonText(of: value)) : .ofSetting(value) }
    guard let there = file.value(at: setting.path), digest(there) != digest(value) else { return nil }
    let claims = pieces.filter { !$0.isElement && $0.path == setting.path }
    guard !claims.isEmpty, !claims.contains(where: { $0.digest == digest(there) }) else { return nil }
    return EditedSetting(setting: setting, there: there, isSourceUnchanged: claims.contains { $0.digest == digest(value) })
  }

  /// An element has no name: one that runs the same, with other words about it, is taken for it.
  private func editedElement(
    _ setting: DesiredSetting, _ value: FieldValue, in file: SettingsFile, among wanted: [(DesiredSetting, FieldValue)]
  ) -> EditedSetting? {
    guard case .list(let items)? = file.value(at: setting.path), !items.contains(where: { $0.isSame(as: value) }) else { return nil }
    let claims = Set(pieces.filter { $0.isElement && $0.path == setting.path }.map(\.digest))
    let digests = items.map(Digest.ofSetting)
    // What nobody took out was not edited.
    guard let identity = setting.identity, !claims.isSubset(of: digests) else { return nil }
    let others = wanted.filter { $0.0.path == setting.path && $0.0.isElement }.map(\.1)
    let there = zip(items, digests).first { item, digest in
      !claims.contains(digest) && !others.contains { $0.isSame(as: item) } && item.texts.contains { $0.isLike(identity) }
    }
    return there.map { EditedSetting(setting: setting, there: $0.0, isSourceUnchanged: claims.contains(.ofSetting(value))) }
  }
}

extension Digest {
  /// Of a value in a settings file, however it is spelled there.
  static func ofSetting(_ value: FieldValue) -> Digest { Digest(of: jsonText(of: value, sortingKeys: true)) }
}

extension FieldValue {
  /// Every text in it.
  fileprivate var texts: [String] {
    switch self {
    case .map(let entries): entries.flatMap(\.value.texts)
    case .list(let items): items.flatMap(\.texts)
    case .text(let text): [text]
    case .bool, .number, .null: []
    }
  }
}

extension String {
  /// Whether it begins as another command line does: with half of its words, or with the same file.
  fileprivate func isLike(_ other: String) -> Bool {
    let (mine, others) = (split(separator: " "), other.split(separator: " "))
    let common = zip(mine, others).prefix { $0 == $1 }.count
    // The name of an interpreter alone says nothing.
    return common * 2 >= others.count && (common >= 2 || common == others.count || (mine.first?.contains("/") ?? false)) && common > 0
  }
}
