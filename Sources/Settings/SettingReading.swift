import ContextModel
import Platforms
import SettingsFiles

/// A field that a value in a settings file says, or an entry of one.
struct ReadField: Hashable {
  /// The keys of the canonical file.
  var path: [String]
  var value: FieldValue
}

extension [ReadField] {
  subscript(path: [String]) -> FieldValue? { first { $0.path == path }?.value }
}

/// Reads what a dialect says back into canonical fields.
///
/// It need not find out whether the reading is right: what is made of it is written again, and compared.
struct SettingReading {
  private let lens: SettingsLens
  private let dialect: SettingsDialect

  init(_ lens: SettingsLens) {
    (self.lens, dialect) = (lens, lens.delivery.entry.dialect)
  }

  // MARK: Servers

  func server(_ value: FieldValue) throws(UnreadableSetting) -> [ReadField] {
    guard case .map(let members) = value, let form = dialect.forms[lens.artifact.transport] else {
      throw UnreadableSetting("it is no map, as a server is")
    }
    var out: [ReadField] = []
    for member in members { out += try fields(of: member, form) }
    return out
  }

  private func fields(of member: FieldValue.Entry, _ form: [FieldRule]) throws(UnreadableSetting) -> [ReadField] {
    guard let rule = form.first(where: { $0.key == member.key }) else { return [try ownField(member)] }
    switch rule.source {
    case .constant(let value):
      guard value.isSame(as: member.value) else {
        throw UnreadableSetting("`\(member.key)` follows from how the server is reached")
      }
      return []
    case .field(let names, _, let spelling):
      let name = names.first { lens.fields[$0] != nil } ?? names.first ?? member.key
      return try fields(saidBy: member, name, spelling)
    }
  }

  private func fields(saidBy member: FieldValue.Entry, _ name: String, _ spelling: FieldRule.Spelling) throws(UnreadableSetting) -> [ReadField] {
    let value = member.value
    switch spelling {
    case .commandLine:
      guard let words = value.textList, let program = words.first else { throw UnreadableSetting("`\(member.key)` is no list of words") }
      let arguments = words.dropFirst().map { FieldValue.text(canonical($0, in: name)) }
      return [ReadField(path: [name], value: .text(canonical(program, in: name)))]
        + (arguments.isEmpty ? [] : [ReadField(path: ["args"], value: .list(arguments))])
    case .milliseconds:
      guard let seconds = value.seconds else { throw UnreadableSetting("`\(member.key)` is no number") }
      return [ReadField(path: [name], value: seconds)]
    case .negated:
      guard case .bool(let flag) = value else { throw UnreadableSetting("`\(member.key)` is neither true nor false") }
      return flag ? [ReadField(path: [name], value: .bool(false))] : []
    case .literals: return try entries(of: member).map { ReadField(path: [name, $0.key], value: $0.value) }
    case .variables:
      return try entries(of: member).map { ReadField(path: [name, $0.key], value: .text("${" + ($0.value.scalarText ?? "") + "}")) }
    case .ownVariables:
      guard let names = value.textList else { throw UnreadableSetting("`\(member.key)` is no list of names") }
      return names.map { ReadField(path: [name, $0], value: .text("${" + $0 + "}")) }
    case .bearer:
      guard case .text(let variable) = value else { throw UnreadableSetting("`\(member.key)` is no text") }
      return [ReadField(path: [name, authorization(in: name)], value: .text("Bearer ${" + variable + "}"))]
    default:
      guard case .map(let entries) = value else { return [ReadField(path: [name], value: canonical(value, in: name))] }
      return entries.map { ReadField(path: [name, $0.key], value: canonical($0.value, in: name)) }
    }
  }

  private func entries(of member: FieldValue.Entry) throws(UnreadableSetting) -> [FieldValue.Entry] {
    guard case .map(let entries) = member.value else { throw UnreadableSetting("`\(member.key)` is no map") }
    return entries
  }

  /// The header's name, in the letters that the canonical file has it in.
  private func authorization(in name: String) -> String {
    guard case .map(let entries)? = lens.fields[name] else { return "Authorization" }
    return entries.first { $0.key.lowercased() == "authorization" }?.key ?? "Authorization"
  }

  // MARK: Hooks

  func hook(_ value: FieldValue) throws(UnreadableSetting) -> [ReadField] {
    guard case .map(let members) = value else { throw UnreadableSetting("it is no map, as a hook is") }
    var out: [ReadField] = []
    var handler = members
    if let matcher = dialect.matcher, let pattern = value[matcher.key] {
      handler.removeAll { $0.key == matcher.key }
      out.append(ReadField(path: ["tools"], value: .list(try tools(in: pattern, matcher.words).map(FieldValue.text))))
    }
    if let group = dialect.group {
      guard case .list(let handlers)? = value[group], handlers.count == 1, case .map(let only) = handlers[0] else {
        throw UnreadableSetting("`\(group)` does not hold one handler, and a hook is one")
      }
      if let other = handler.first(where: { $0.key != group }) {
        throw UnreadableSetting("`\(other.key)` is about the group, and a hook is no group")
      }
      handler = only
    }
    for member in handler {
      guard let rule = dialect.handler.first(where: { $0.key == member.key }) else {
        out.append(try ownField(member))
        continue
      }
      switch rule.source {
      case .constant(let value):
        guard value.isSame(as: member.value) else { throw UnreadableSetting("`\(member.key)` is the same for every hook") }
      case .field(let names, _, let spelling):
        let name = names.first { lens.fields[$0] != nil } ?? names.first ?? member.key
        guard let value = spelling == .milliseconds ? member.value.seconds : member.value else {
          throw UnreadableSetting("`\(member.key)` is no number")
        }
        out.append(ReadField(path: [name], value: value))
      }
    }
    return out
  }

  /// Canonical words that come to a pattern, in its order; of several, one that the hook has.
  private func tools(in pattern: FieldValue, _ words: Vocabulary) throws(UnreadableSetting) -> [String] {
    guard case .text(let text) = pattern else { throw UnreadableSetting("the pattern of tools is no text") }
    let had = lens.fields["tools"]?.textList ?? []
    var left = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    var out: [String] = []
    while let word = left.first {
      let mine = had.first { words.translation(of: $0).map { $0.contains(word) && $0.allSatisfy(left.contains) } ?? false }
      guard let tool = mine ?? Self.tool(for: word, in: words) else { throw UnreadableSetting("`\(word)` is no tool that has a word of its own") }
      let said = words.translation(of: tool) ?? [word]
      left.removeAll { said.contains($0) }
      out.append(tool)
    }
    return out
  }

  private static func tool(for word: String, in words: Vocabulary) -> String? {
    let candidates = words.words.filter { $0.value == [word] && !$0.key.hasSuffix("*") }.keys.sorted()
    if candidates.contains(word) { return word }
    return candidates.first ?? (words.translation(of: word) == [word] ? word : nil)
  }

  // MARK: Values

  /// What the dialect has no rule for is the platform's own, if there is one platform.
  private func ownField(_ member: FieldValue.Entry) throws(UnreadableSetting) -> ReadField {
    guard let platform = lens.onlyPlatform else {
      throw UnreadableSetting("no field stands for `\(member.key)`, and more than one platform reads this file")
    }
    return lens.own.contains(member.key)
      ? ReadField(path: [member.key], value: member.value) : ReadField(path: [platform, member.key], value: member.value)
  }

  private func canonical(_ value: FieldValue, in field: String) -> FieldValue {
    switch value {
    case .text(let text): .text(canonical(text, in: field))
    case .list(let items): .list(items.map { canonical($0, in: field) })
    case .map(let entries): .map(entries.map { .init($0.key, canonical($0.value, in: field)) })
    case .bool, .number, .null: value
    }
  }

  private func canonical(_ text: String, in field: String) -> String { dialect.references[field]?.canonical(text) ?? text }
}

extension ReferenceStyle {
  /// A text with the dialect's references in canonical form.
  fileprivate func canonical(_ text: String) -> String {
    let (plain, full) = (Frame(plain), withDefault.flatMap { Frame($0) })
    var out = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      if let found = full?.match(rest) ?? plain?.match(rest) {
        out += "${" + found.name + (found.value.map { ":-" + $0 } ?? "") + "}"
        rest = found.rest
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out
  }

  /// What stands before, between and behind the name and the default.
  private struct Frame {
    let before: Substring
    let between: Substring?
    let behind: Substring

    init?(_ form: String) {
      guard let name = form.firstRange(of: "{name}") else { return nil }
      before = form[..<name.lowerBound]
      let rest = form[name.upperBound...]
      if let value = rest.firstRange(of: "{default}") {
        (between, behind) = (rest[..<value.lowerBound], rest[value.upperBound...])
      } else {
        (between, behind) = (nil, rest)
      }
    }

    func match(_ text: Substring) -> (name: String, value: String?, rest: Substring)? {
      guard text.hasPrefix(before) else { return nil }
      var rest = text.dropFirst(before.count)
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard let first = name.first, !first.isNumber else { return nil }
      rest = rest.dropFirst(name.count)
      var value: String?
      if let between {
        guard rest.hasPrefix(between), !behind.isEmpty, let end = rest.dropFirst(between.count).firstRange(of: behind) else { return nil }
        value = String(rest.dropFirst(between.count)[..<end.lowerBound])
        rest = rest[end.lowerBound...]
      }
      guard rest.hasPrefix(behind) else { return nil }
      return (String(name), value, rest.dropFirst(behind.count))
    }
  }
}

extension FieldValue {
  /// Thousandths as seconds.
  fileprivate var seconds: FieldValue? {
    guard case .number(let text) = self, let number = Double(text) else { return nil }
    let seconds = number / 1000
    return .number(seconds == seconds.rounded() && abs(seconds) < 1e15 ? String(Int(seconds)) : String(seconds))
  }
}
