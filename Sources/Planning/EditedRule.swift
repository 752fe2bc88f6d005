import ContextModel
package import FileTree
package import SettingsFiles

/// A rule of aiwg's, one of several side by side, that somebody took out or made another one.
package struct EditedRule: Hashable, Sendable {
  /// What is wanted.
  package var setting: DesiredSetting
  /// The rule that it became; nil when it is only gone.
  package var there: DesiredSetting?
}

extension Record.Settings {
  /// Rules that were edited in a file, in the order of what is wanted.
  ///
  /// Where none of aiwg's is left, nobody edited them: they are missing, as a file may be.
  package func editedRules(in file: SettingsFile, among desired: [DesiredSetting]) -> [EditedRule] {
    let rules = desired.filter(\.isRule)
    let claimed = rules.filter { pieces.contains(Piece(of: $0)) }
    let gone = claimed.filter { !isThere($0, in: file) }
    guard !gone.isEmpty, gone.count < claimed.count else { return [] }
    let lists = Set(rules.filter(\.isElement).flatMap { [$0.path] + Self.lists(beside: $0.path, in: file) })
    var open = lists.sorted { $0.joined(separator: "/") < $1.joined(separator: "/") }.flatMap { others(at: $0, in: file, besides: rules) }
    return gone.map { setting in
      guard let found = Self.successor(of: setting, among: open) else { return EditedRule(setting: setting) }
      return EditedRule(setting: setting, there: open.remove(at: found))
    }
  }

  private func isThere(_ setting: DesiredSetting, in file: SettingsFile) -> Bool {
    guard let value = fieldValue(ofJSON: setting.value) else { return false }
    // A member with another value is an edit of that value.
    return setting.isElement ? file.contains(.element(of: setting.path, value)) : file.value(at: setting.path) != nil
  }

  /// Lists into which a rule may have been moved.
  private static func lists(beside path: [String], in file: SettingsFile) -> [[String]] {
    guard case .map(let entries)? = file.value(at: Array(path.dropLast())) else { return [] }
    return entries.compactMap { entry -> [String]? in
      guard case .list = entry.value else { return nil }
      return Array(path.dropLast()) + [entry.key]
    }
  }

  /// The texts of a list that nobody knows of.
  private func others(at path: [String], in file: SettingsFile, besides rules: [DesiredSetting]) -> [DesiredSetting] {
    guard case .list(let items)? = file.value(at: path) else { return [] }
    return items.compactMap { item in
      guard item.isText else { return nil }
      var setting = DesiredSetting(path: path, isElement: true, value: jsonText(of: item))
      (setting.isLeftToUser, setting.isRule) = (true, true)
      return rules.contains(setting) || pieces.contains(Piece(of: setting)) ? nil : setting
    }
  }

  /// The same text in another list, or the one text in its own list that goes on as it does for more than half of both.
  private static func successor(of setting: DesiredSetting, among others: [DesiredSetting]) -> Int? {
    if let moved = others.firstIndex(where: { $0.path != setting.path && $0.value == setting.value }) { return moved }
    let words = setting.words
    let near = others.indices.compactMap { index -> (index: Int, count: Int)? in
      guard others[index].path == setting.path else { return nil }
      let count = zip(words, others[index].words).prefix { $0 == $1 }.count
      return count * 2 > max(words.count, others[index].words.count) ? (index, count) : nil
    }
    guard let most = near.map(\.count).max() else { return nil }
    let nearest = near.filter { $0.count == most }
    return nearest.count == 1 ? nearest[0].index : nil
  }
}

extension Record.Settings.Piece {
  /// The line of the lock for a value that is there.
  package init(of setting: DesiredSetting) {
    let digest = setting.isOrdered ? Digest(of: setting.value) : fieldValue(ofJSON: setting.value).map { .ofSetting($0) } ?? Digest(of: setting.value)
    self.init(path: setting.path, isElement: setting.isElement, digest: digest)
  }

  /// The line of the lock for a value that a user wrote.
  package init(of piece: SettingsPiece, isOrdered: Bool = false) {
    let digest = isOrdered ? Digest(of: jsonText(of: piece.value)) : .ofSetting(piece.value)
    self.init(path: piece.path, isElement: piece.kind == .element, digest: digest)
  }
}

extension DesiredSetting {
  /// The runs of letters and digits in its text.
  fileprivate var words: [Substring] {
    String(decoding: value, as: UTF8.self).split { !$0.isLetter && !$0.isNumber }
  }
}

extension FieldValue {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
