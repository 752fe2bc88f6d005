import ContextModel
import Platforms
import SettingsFiles

extension SettingReading {
  /// The fields of a hook, from what stands for it.
  func hook(_ value: FieldValue) throws(UnreadableSetting) -> [ReadField] {
    var members = try membersOfHook(value)
    var out: [ReadField] = []
    if let matcher = dialect.matcher, let index = members.firstIndex(where: { $0.key == matcher.key }) {
      let pattern = members.remove(at: index).value
      if !matcher.isForAll(pattern) {
        out.append(ReadField(path: ["tools"], value: .list(try tools(in: pattern, matcher).map(FieldValue.text))))
      }
    }
    if let group = dialect.group, !(lens.artifact.hookEvent.map(dialect.ungrouped.contains) ?? false) {
      let there = members.first { $0.key == group }?.value
      guard case .list(let handlers)? = there, handlers.count == 1, case .map(let only) = handlers[0] else {
        throw UnreadableSetting("`\(group)` does not hold one handler, and a hook is one")
      }
      if let other = members.first(where: { $0.key != group }) {
        throw UnreadableSetting("`\(other.key)` is about the group, and a hook is no group")
      }
      members = only
    }
    for member in unfolded(members) { out += try field(ofHandler: member) }
    return out
  }

  private func field(ofHandler member: FieldValue.Entry) throws(UnreadableSetting) -> [ReadField] {
    guard let rule = dialect.handler.first(where: { $0.key == member.key }) else { return [try ownField(member)] }
    switch rule.source {
    case .constant(let value):
      guard value.isSame(as: member.value) else { throw UnreadableSetting("`\(member.key)` is the same for every hook") }
      return []
    case .field(["name"], _, _):
      guard member.value == .text(lens.artifact.hookName) else { throw UnreadableSetting("`\(member.key)` follows from the hook's file") }
      return []
    case .field(let names, _, let spelling):
      let name = names.first { lens.fields[$0] != nil } ?? names.first ?? member.key
      guard let value = spelling == .milliseconds ? member.value.seconds : member.value else {
        throw UnreadableSetting("`\(member.key)` is no number")
      }
      return [ReadField(path: [name], value: value)]
    }
  }

  /// The members of a hook without what says its event.
  private func membersOfHook(_ value: FieldValue) throws(UnreadableSetting) -> [FieldValue.Entry] {
    guard case .map(let members) = value else { throw UnreadableSetting("it is no map, as a hook is") }
    let event = lens.artifact.hookEvent.flatMap { dialect.events[$0] }
    switch dialect.layout {
    case .events: return members
    case .list(let key):
      guard let event, value[key] == .text(event) else { throw UnreadableSetting("`\(key)` is another event, and an event is not taken in") }
      return members.filter { $0.key != key }
    case .names:
      guard members.count == 1, members[0].key == event, case .list(let hooks) = members[0].value, hooks.count == 1, case .map(let only) = hooks[0]
      else { throw UnreadableSetting("it does not hold one hook for `\(event ?? "")`") }
      return only
    }
  }

  /// With the members of a map in its place, where a rule leads into it.
  private func unfolded(_ members: [FieldValue.Entry]) -> [FieldValue.Entry] {
    members.flatMap { member -> [FieldValue.Entry] in
      guard case .map(let entries) = member.value, dialect.handler.contains(where: { $0.key.hasPrefix(member.key + ".") }) else { return [member] }
      return entries.map { .init(member.key + "." + $0.key, $0.value) }
    }
  }

  /// Canonical words that come to a pattern, in its order; of several, one that the hook has.
  private func tools(in pattern: FieldValue, _ matcher: HookMatcher) throws(UnreadableSetting) -> [String] {
    guard case .text(let text) = pattern else { throw UnreadableSetting("the pattern of tools is no text") }
    let (before, behind) = matcher.frame
    guard text.hasPrefix(before), text.hasSuffix(behind), text.count >= before.count + behind.count else {
      throw UnreadableSetting("`\(text)` is no list of tools")
    }
    let had = lens.fields["tools"]?.textList ?? []
    var left = text.dropFirst(before.count).dropLast(behind.count).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    var out: [String] = []
    while let word = left.first {
      let mine = had.first { matcher.words.translation(of: $0).map { $0.contains(word) && $0.allSatisfy(left.contains) } ?? false }
      guard let tool = mine ?? Self.tool(for: word, among: left, in: matcher.words) else {
        throw UnreadableSetting("`\(word)` is no tool that has a word of its own")
      }
      let said = matcher.words.translation(of: tool) ?? [word]
      left.removeAll { said.contains($0) }
      out.append(tool)
    }
    return out
  }

  /// The canonical word for one of the platform's; the one that comes to most of those that are there.
  private static func tool(for word: String, among left: [String], in words: Vocabulary) -> String? {
    let fitting = words.words.filter { !$0.key.hasSuffix("*") && $0.value.contains(word) && $0.value.allSatisfy(left.contains) }
    let candidates = fitting.keys.sorted { (-(fitting[$0]?.count ?? 0), $0) < (-(fitting[$1]?.count ?? 0), $1) }
    if candidates.contains(word) { return word }
    return candidates.first ?? (words.translation(of: word) == [word] ? word : nil)
  }
}
