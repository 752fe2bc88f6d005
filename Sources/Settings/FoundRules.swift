package import ContextModel
package import FileTree
package import Platforms
package import SettingsFiles

/// A rule that a user wrote into a settings file, and the line of a permissions file that says just that.
package struct FoundRule: Sendable {
  /// Where it stands; of rules of which the order counts, the map that holds all of them.
  package var setting: DesiredSetting
  /// Such as `Bash(git status)`.
  package var text: String
  /// Nil when the word for it is none.
  package var decision: Permission.Decision?
  /// Why no line of a permissions file says it; nil when one does.
  package fileprivate(set) var reason: String?
  package fileprivate(set) var permission: Permission?
  fileprivate var said: SaidRule?
}

extension SettingsPlace.Entry {
  /// The rules of a file, in its order.
  ///
  /// - Parameter isOurs: whether something that stands there is an output of aiwg's.
  package func rules(in file: SettingsFile, besides isOurs: (SettingsPiece) -> Bool) -> [FoundRule] {
    guard let dialect = dialect.permissions else { return [] }
    var found: [FoundRule] = []
    switch dialect.target {
    case .lists(let lists):
      for decision in Permission.Decision.allCases {
        guard let path = lists[decision], let value = file.value(at: path), value != .null else { continue }
        guard case .list(let items) = value else {
          found.append(FoundRule(value, in: path, decision, isInList: false))
          continue
        }
        for item in items where !isOurs(.element(of: path, item)) { found.append(FoundRule(item, in: path, decision)) }
      }
    case .maps(let maps, let words):
      for subject in Permission.Subject.allCases {
        guard let path = maps[subject], case .map(let entries)? = file.value(at: path) else { continue }
        let whole = DesiredSetting(path: path, value: jsonText(of: .map(entries)))
        if dialect.order == .last, isOurs(.member(path, .map(entries))) { continue }
        for entry in entries where dialect.order == .last || !isOurs(.member(path + [entry.key], entry.value)) {
          found.append(FoundRule(entry, of: subject, in: path, dialect.order == .last ? whole : nil, words))
        }
      }
    case .lines: return []
    }
    read(&found, dialect)
    return found
  }

  private func read(_ found: inout [FoundRule], _ dialect: PermissionDialect) {
    let reading = PermissionReading(dialect)
    for index in found.indices {
      let text = reading.plain(found[index].text)
      found[index].said?.text = text
    }
    let all = found.compactMap(\.said)
    for index in found.indices {
      guard let said = found[index].said else { continue }
      do throws(UnreadableSetting) {
        guard let permission = try reading.permissions(said: [said], beside: all).first else { continue }
        if case .exactly = PermissionWords(permission, in: dialect) {
          found[index].permission = permission
        } else {
          found[index].reason = "this platform means more by it than a line of a permissions file does"
        }
      } catch {
        found[index].reason = error.message
      }
    }
    let readable = found.filter { $0.permission != nil }
    var permissions: [Permission] = []
    for permission in readable.compactMap(\.permission) where !permissions.contains(permission) { permissions.append(permission) }
    let rendering = PermissionRendering(permissions, in: dialect)
    let said = Set(rendering.rules.flatMap { rule in rule.texts.map { "\(rule.decision) " + $0 } })
    let isSame = said == Set(readable.map { "\($0.decision?.rawValue ?? "") " + ($0.said?.text ?? "") }) && rendering.losses.isEmpty
    let isInOrder = dialect.order != .last || Self.isInOrder(readable, rendering)
    guard !isSame || !isInOrder else { return }
    for index in found.indices where found[index].permission != nil {
      found[index].permission = nil
      found[index].reason = isSame ? "these rules count in another order" : "with all of these rules, others would be written"
    }
  }

  /// Whether what allows is first and what refuses is last, as it is written.
  private static func isInOrder(_ rules: [FoundRule], _ rendering: PermissionRendering) -> Bool {
    let strictness = { (rule: FoundRule) in rule.decision.flatMap { Permission.Decision.allCases.firstIndex(of: $0) } ?? 0 }
    let bySubject = Dictionary(grouping: rules) { $0.setting.path }
    return bySubject.values.allSatisfy { rules in zip(rules, rules.dropFirst()).allSatisfy { strictness($0) >= strictness($1) } }
  }
}

extension FoundRule {
  fileprivate init(_ item: FieldValue, in path: [String], _ decision: Permission.Decision, isInList: Bool = true) {
    setting = DesiredSetting(path: path, isElement: true, value: jsonText(of: item))
    (setting.isLeftToUser, setting.isRule) = (true, true)
    self.decision = decision
    guard isInList, case .text(let text) = item else {
      self.text = String(decoding: setting.value, as: UTF8.self)
      reason = isInList ? "it is no text, as a rule is" : "it is no list, as rules are"
      return
    }
    self.text = text
    said = SaidRule(decision: decision, subject: nil, text: text)
  }

  fileprivate init(
    _ entry: FieldValue.Entry, of subject: Permission.Subject, in path: [String], _ whole: DesiredSetting?, _ words: [Permission.Decision: FieldValue]
  ) {
    setting = whole ?? DesiredSetting(path: path + [entry.key], value: jsonText(of: entry.value))
    if whole == nil { setting.isRule = true } else { setting.isOrdered = true }
    text = entry.key
    decision = Permission.Decision.allCases.first { words[$0]?.isSame(as: entry.value) ?? false }
    if let decision {
      said = SaidRule(decision: decision, subject: subject, text: entry.key)
    } else {
      reason = "what is said to it is no word for allowing, asking or refusing"
    }
  }
}
