import ContextModel
import FileTree
import Formats
import Platforms
import SettingsFiles

/// The permissions of a tree in the words of one dialect.
///
/// Nothing may be allowed there that the tree does not allow. So an allow that cannot be said exactly is left out; and when a deny or an ask
/// cannot be said, so is every allow that it would have taken a part of.
struct PermissionRendering {
  private(set) var settings: [DesiredSetting] = []
  /// For a file of lines; empty for another one.
  private(set) var lines: [String] = []
  private(set) var losses: [Lost] = []

  /// What is not said as it is meant.
  struct Lost: Hashable {
    var permission: Permission
    var kind: Loss.Kind
    var reason: String
  }

  /// What is said, and of which permission.
  private(set) var rules: [Rule] = []

  /// A permission that is said, as what.
  struct Rule {
    var permission: Permission
    var decision: Permission.Decision
    var subject: Permission.Subject
    var texts: [String]
  }

  init(_ permissions: [Permission], in dialect: PermissionDialect) {
    var unsaid: [Permission] = []
    for permission in permissions where permission.decision != .allow {
      if let rule = restriction(permission, dialect) { rules.append(rule) } else { unsaid.append(permission) }
    }
    let asked = dialect.allowsBeforeAsking ? permissions.filter { $0.decision == .ask } : []
    for permission in permissions where permission.decision == .allow {
      guard dialect.decisions.contains(.allow) else {
        lose(permission, .dropped, "nothing can be allowed in this file")
        continue
      }
      if let other = unsaid.first(where: permission.mayOverlap) {
        lose(permission, .dropped, "it would allow what `\(other)` is about, which cannot be said there")
      } else if let other = asked.first(where: permission.mayOverlap) {
        lose(permission, .dropped, "it would go before `\(other)` there")
      } else {
        switch words(for: permission, in: dialect) {
        case .exactly(let texts): rules.append(Rule(permission: permission, decision: .allow, subject: permission.subject, texts: texts))
        case .less(let texts):
          lose(permission, .standIn, "it is said of less there: " + texts.map { "`\($0)`" }.joined(separator: ", "))
          rules.append(Rule(permission: permission, decision: .allow, subject: permission.subject, texts: texts))
        case .more: lose(permission, .dropped, "it would allow more there")
        case .none(let reason): lose(permission, .dropped, reason)
        }
      }
    }
    if case .lines(let lines) = dialect.target {
      self.lines = Self.lines(rules, lines)
    } else {
      settings = Self.settings(rules, dialect)
    }
  }

  private mutating func lose(_ permission: Permission, _ kind: Loss.Kind, _ reason: String) {
    losses.append(Lost(permission: permission, kind: kind, reason: reason))
  }

  private func words(for permission: Permission, in dialect: PermissionDialect) -> PermissionWords {
    if case .maps(let maps, _) = dialect.target, maps[permission.subject] == nil { return .none("it has no words for this") }
    return PermissionWords(permission, in: dialect)
  }

  /// The rule for what restricts; nil, with a loss, when there is none.
  private mutating func restriction(_ permission: Permission, _ dialect: PermissionDialect) -> Rule? {
    var decision = permission.decision
    let known = dialect.decisions
    if !known.contains(decision) {
      guard decision == .deny, known.contains(.ask) else {
        lose(permission, .dropped, decision == .ask ? "it cannot be told to ask" : "it cannot be told to refuse")
        return nil
      }
      decision = .ask
    }
    let texts: [String]
    switch words(for: permission, in: dialect) {
    case .none(let reason):
      lose(permission, .dropped, reason)
      return nil
    case .exactly(let found): texts = found
    case .more(let found), .less(let found):
      texts = found
      lose(permission, .standIn, "it is said of more there: " + found.map { "`\($0)`" }.joined(separator: ", "))
    }
    if decision != permission.decision { lose(permission, .standIn, "it asks there, and refuses nothing") }
    return Rule(permission: permission, decision: decision, subject: permission.subject, texts: texts)
  }

  private static func settings(_ rules: [Rule], _ dialect: PermissionDialect) -> [DesiredSetting] {
    var out: [DesiredSetting] = []
    switch dialect.target {
    case .lists(let lists):
      for rule in rules {
        guard let path = lists[rule.decision] else { continue }
        out += rule.texts.map { text in
          var setting = DesiredSetting(path: path, isElement: true, value: jsonText(of: .text(text)))
          // Who wrote the same rule by hand keeps it.
          setting.isLeftToUser = true
          setting.isRule = true
          return setting
        }
      }
    case .maps(let maps, let words):
      for subject in Permission.Subject.allCases {
        guard let path = maps[subject] else { continue }
        let entries = entries(rules.filter { $0.subject == subject }, words)
        if entries.isEmpty { continue }
        if dialect.order == .last {
          // One rule behind another is what counts, so that the map is one value.
          var setting = DesiredSetting(path: path, value: jsonText(of: .map(entries)))
          setting.isOrdered = true
          out.append(setting)
        } else {
          out += entries.map { entry in
            var setting = DesiredSetting(path: path + [entry.key], value: jsonText(of: entry.value))
            setting.isRule = true
            return setting
          }
        }
      }
    case .lines: break
    }
    var seen: Set<DesiredSetting> = []
    return out.filter { seen.insert($0).inserted }
  }

  /// Those that restrict most first, each once.
  private static func lines(_ rules: [Rule], _ templates: [Permission.Decision: String]) -> [String] {
    var out: [String] = []
    for decision in Permission.Decision.allCases {
      guard let template = templates[decision] else { continue }
      for text in rules.filter({ $0.decision == decision }).flatMap(\.texts) {
        let line = template.replacing("{rule}", with: text)
        if !out.contains(line) { out.append(line) }
      }
    }
    return out
  }

  /// From what allows to what refuses, each rule once.
  private static func entries(_ rules: [Rule], _ words: [Permission.Decision: FieldValue]) -> [FieldValue.Entry] {
    var out: [FieldValue.Entry] = []
    for decision in Permission.Decision.allCases.reversed() {
      guard let word = words[decision] else { continue }
      for text in rules.filter({ $0.decision == decision }).flatMap(\.texts) {
        out.removeAll { $0.key == text }
        out.append(.init(text, word))
      }
    }
    return out
  }
}
