package import ContextModel
package import FileTree
import Formats
import Platforms
import SettingsFiles

/// What is permitted, at its place in a settings file: the rules there, and what other rules there say about the canonical files.
package struct PermissionLens: Sendable {
  package private(set) var delivery: PermissionDelivery

  package init(_ delivery: PermissionDelivery) {
    self.delivery = delivery
  }

  /// The same place for the artifacts as they are by now.
  package func replacing(permissions: Artifact?, ignore: Artifact?) -> PermissionLens {
    var out = self
    if delivery.permissions != nil { out.delivery.permissions = permissions }
    if delivery.ignore != nil { out.delivery.ignore = ignore }
    return out
  }

  /// What the file is to say.
  package var settings: [DesiredSetting] { rendering(permissions, lines)?.settings ?? [] }

  /// Whether the file is to say that, where the order of rules counts in an order that means the same.
  package func says(_ wanted: [DesiredSetting]) -> Bool {
    guard let one = try? said(by: settings), let other = try? said(by: wanted) else { return false }
    return isSame(one, other)
  }

  /// The rules that are in one list and not in the other; empty where they cannot be read.
  package func rules(in one: [DesiredSetting], besides other: [DesiredSetting]) -> Set<SaidRule> {
    Set((try? said(by: one)) ?? []).subtracting((try? said(by: other)) ?? [])
  }

  /// What somebody who wrote other rules there says about the canonical files.
  ///
  /// - Throws: `UnreadableSetting` when no canonical file comes to these rules and no others.
  package func edit(saying wanted: [DesiredSetting]) throws(UnreadableSetting) -> PermissionEdit {
    guard let dialect, let rendering = rendering(permissions, lines) else { throw UnreadableSetting("nothing is permitted here") }
    let before = Set(try said(by: rendering.settings))
    let after = try said(by: wanted)
    func keys(_ rule: PermissionRendering.Rule) -> [SaidRule] { rule.texts.map { key(rule.decision, rule.permission.subject, $0) } }
    var gone = rendering.rules.filter { keys($0).contains { before.contains($0) && !after.contains($0) } }.map(\.permission)
    let kept = Set(rendering.rules.filter { !gone.contains($0.permission) }.flatMap(keys))
    let reading = PermissionReading(dialect)
    let new = try reading.permissions(said: after.filter { !kept.contains($0) }, beside: after)
    let written = Set(new.flatMap { one in (PermissionWords(one, in: dialect).texts ?? []).map { key(one.decision, one.subject, $0) } })
    // A line whose rules are a part of those of a new one becomes that.
    let parts = rendering.rules.filter { kept.isSuperset(of: keys($0)) && written.isSuperset(of: keys($0)) }.map(\.permission)
    gone += parts.filter(permissions.contains)
    let edit = PermissionEdit(from: gone, to: new, own: permissions, hidden: IgnoreLines(lines: lines).refusals().said)
    guard let result = self.rendering(edit.applied(to: permissions), edit.applied(to: lines)) else { return edit }
    guard try !isSame(said(by: result.settings), after) else { return edit }
    if let lost = result.losses.first(where: { new.contains($0.permission) && $0.kind == .dropped }) {
      throw UnreadableSetting("`\(lost.permission)` is left out here: \(lost.reason)")
    }
    throw UnreadableSetting(edit.isEmpty ? "these rules count in another order there" : "with what these rules say, others would be written too")
  }

  // MARK: Rules

  private var dialect: PermissionDialect? { delivery.entry.dialect.permissions }
  private var permissions: [Permission] { delivery.permissions?.permissions ?? [] }
  private var lines: [String] { delivery.ignore.map { IgnoreLines($0.body.bytes).lines } ?? [] }

  private func rendering(_ permissions: [Permission], _ lines: [String]) -> PermissionRendering? {
    guard let dialect else { return nil }
    let hidden = IgnoreLines(lines: lines).refusals().said.map(\.permission)
    return PermissionRendering(permissions + hidden.filter { !permissions.contains($0) }, in: dialect)
  }

  private func key(_ decision: Permission.Decision, _ subject: Permission.Subject, _ text: String) -> SaidRule {
    if case .maps? = dialect?.target { return SaidRule(decision: decision, subject: subject, text: text) }
    return SaidRule(decision: decision, subject: nil, text: text)
  }

  /// The rules in their order.
  private func said(by settings: [DesiredSetting]) throws(UnreadableSetting) -> [SaidRule] {
    guard let dialect else { return [] }
    var out: [SaidRule] = []
    for setting in settings {
      guard let value = fieldValue(ofJSON: setting.value) else { continue }
      switch dialect.target {
      case .lists(let lists):
        guard let decision = lists.first(where: { $0.value == setting.path })?.key, case .text(let text) = value else { continue }
        out.append(SaidRule(decision: decision, subject: nil, text: text))
      case .maps(let maps, let words):
        let isWhole = dialect.order == .last
        let path = isWhole ? setting.path : setting.path.dropLast()
        guard let subject = maps.first(where: { $0.value == path })?.key else { continue }
        var entries = [FieldValue.Entry(setting.path.last ?? "", value)]
        if isWhole {
          guard case .map(let all) = value else { throw UnreadableSetting("it is no map of rules") }
          entries = all
        }
        for entry in entries {
          guard let decision = Permission.Decision.allCases.first(where: { words[$0]?.isSame(as: entry.value) ?? false }) else {
            throw UnreadableSetting("what is said to `\(entry.key)` is no word for allowing, asking or refusing")
          }
          out.append(SaidRule(decision: decision, subject: subject, text: entry.key))
        }
      // A file of ours, with no members.
      case .lines: continue
      }
    }
    return out
  }

  /// Whether both say the same; where the last rule counts, rules that may both fit stand in the same order.
  private func isSame(_ one: [SaidRule], _ other: [SaidRule]) -> Bool {
    guard Set(one) == Set(other) else { return false }
    guard dialect?.order == .last else { return true }
    let places = Dictionary(one.enumerated().map { ($1, $0) }) { first, _ in first }
    for (index, left) in other.enumerated() {
      for right in other[(index + 1)...] where right.subject == left.subject && right.decision != left.decision {
        guard let first = places[left], let second = places[right] else { return false }
        if first > second, wildcardsMeet(left.text, right.text) { return false }
      }
    }
    return true
  }
}

/// One rule of a settings file.
package struct SaidRule: Hashable, Sendable {
  var decision: Permission.Decision
  /// Nil where the text alone says it.
  var subject: Permission.Subject?
  package var text: String
}

/// What becomes of lines of a permissions file and of an ignore file.
package struct PermissionEdit: Hashable, Sendable {
  /// By line as it was: as it is to be; nil for one that is to go.
  package var replaced: [Permission: Permission?] = [:]
  package var added: [Permission] = []
  /// The same for lines of the ignore file.
  package var lines: [String: String?] = [:]

  package init() {}

  /// - Parameters:
  ///   - gone: what is not said any more.
  ///   - new: what is said by now.
  ///   - own: the lines of the permissions file; what is in none is from a line of the ignore file.
  init(from gone: [Permission], to new: [Permission], own: [Permission], hidden: [(line: String, permission: Permission)]) {
    var open = new
    var seen: Set<Permission> = []
    for old in gone where seen.insert(old).inserted {
      let ignored = hidden.filter { $0.permission == old }.map(\.line)
      let isOwn = own.contains(old)
      let fitting = open.firstIndex { one in
        one.subject == old.subject && (isOwn || (one.decision == .deny && IgnoreLines.line(for: one.text) != nil))
      }
      let same = open.firstIndex { $0.subject == old.subject && ($0.decision == old.decision || $0.text == old.text) && isOwn }
      let next = (same ?? fitting).map { open.remove(at: $0) }
      if isOwn { replaced.updateValue(next, forKey: old) }
      for line in ignored { lines.updateValue(isOwn ? nil : next.flatMap { IgnoreLines.line(for: $0.text) }, forKey: line) }
    }
    added = open
  }

  package var isEmpty: Bool { replaced.isEmpty && added.isEmpty && lines.isEmpty }

  /// The lines of a permissions file after the edit.
  package func applied(to permissions: [Permission]) -> [Permission] {
    var out: [Permission] = []
    for permission in permissions {
      guard let found = replaced[permission] else {
        out.append(permission)
        continue
      }
      if let new = found, !out.contains(new) { out.append(new) }
    }
    out += added.filter { !out.contains($0) }
    return Permission.Decision.allCases.flatMap { decision in out.filter { $0.decision == decision } }
  }

  /// The lines of an ignore file after the edit.
  package func applied(to lines: [String]) -> [String] {
    lines.compactMap { line in self.lines[line] ?? line }
  }
}

/// Whether some text fits both of two patterns in which `*` and `?` are any characters.
private func wildcardsMeet(_ one: String, _ other: String) -> Bool {
  let (left, right) = (Array(one), Array(other))
  // By how much of the second was taken: whether the rests can still meet.
  var reached = [Bool](repeating: false, count: right.count + 1)
  for leftIndex in (0...left.count).reversed() {
    var next = [Bool](repeating: false, count: right.count + 1)
    for rightIndex in (0...right.count).reversed() {
      let (first, second) = (leftIndex < left.count ? left[leftIndex] : nil, rightIndex < right.count ? right[rightIndex] : nil)
      var meets = first == nil && second == nil
      if first == "*" { meets = meets || reached[rightIndex] || (second != nil && next[rightIndex + 1]) }
      if second == "*" { meets = meets || next[rightIndex + 1] || (first != nil && reached[rightIndex]) }
      if let first, let second, first != "*", second != "*", first == second || first == "?" || second == "?" {
        meets = meets || reached[rightIndex + 1]
      }
      next[rightIndex] = meets
    }
    reached = next
  }
  return reached[0]
}
