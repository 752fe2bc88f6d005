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
  let lens: SettingsLens
  let dialect: SettingsDialect

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
    guard let rule = form.first(where: { $0.key == member.key }) else {
      let implied = dialect.implied[lens.artifact.transport] ?? []
      return implied.contains { $0.key == member.key && $0.value.isSame(as: member.value) } ? [] : [try ownField(member)]
    }
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

  // MARK: Values

  /// What the dialect has no rule for is the platform's own, if there is one platform.
  func ownField(_ member: FieldValue.Entry) throws(UnreadableSetting) -> ReadField {
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
  var seconds: FieldValue? {
    guard case .number(let text) = self, let number = Double(text) else { return nil }
    let seconds = number / 1000
    return .number(seconds == seconds.rounded() && abs(seconds) < 1e15 ? String(Int(seconds)) : String(seconds))
  }
}
