import ContextModel
import Platforms

/// One MCP server in the words of a dialect.
struct ServerRendering {
  private(set) var members: [FieldValue.Entry] = []
  private(set) var unsaid: [Unsaid] = []
  private let dialect: SettingsDialect
  /// Fields that a rule took up; of maps, the entries.
  private var said: Set<String> = []
  private var saidEntries: [String: Set<String>] = [:]

  /// Without these a server still is the same one.
  private static let dispensable: Set<String> = ["timeout"]

  /// - Parameter fields: those of the artifact as its platforms see it; keys that are not canonical are the platform's own.
  /// - Throws: `Refused` when the server cannot be said without becoming another one.
  init(_ artifact: Artifact, fields: [Field], own: Set<String>, in dialect: SettingsDialect) throws(Refused) {
    self.dialect = dialect
    let transport = artifact.transport
    guard let form = dialect.forms[transport] else {
      throw Refused(field: "transport", reason: "it has no form for a server over \(transport.rawValue)")
    }
    said = fieldsOfNoPlatform.union(["transport"])
    if fields["enabled"] == .bool(true) { said.insert("enabled") }
    for rule in form { try apply(rule, fields) }
    for field in fields where !said.contains(field.key) && field.value != .null {
      if own.contains(field.key) {
        members.append(.init(field.key, field.value))
      } else if case .map(let entries) = field.value {
        let rest = entries.filter { !(saidEntries[field.key]?.contains($0.key) ?? false) }
        if let entry = rest.first { throw Refused(field: field.key + "." + entry.key, reason: "it has no form for this") }
      } else if Self.dispensable.contains(field.key) {
        unsaid.append(Unsaid(field: field.key, reason: "it has no field for it"))
      } else {
        throw Refused(field: field.key, reason: "it has no field for it, and without it the server would be another one")
      }
    }
  }

  private mutating func apply(_ rule: FieldRule, _ fields: [Field]) throws(Refused) {
    guard case .field(let names, _, let spelling) = rule.source else {
      if case .constant(let value) = rule.source { members.append(.init(rule.key, value)) }
      return
    }
    guard let name = names.first(where: { fields[$0] != nil && fields[$0] != .null }), let value = fields[name] else { return }
    guard let spelled = try spell(value, of: name, spelling, fields) else { return }
    members.append(.init(rule.key, spelled))
  }

  private mutating func spell(_ value: FieldValue, of name: String, _ spelling: FieldRule.Spelling, _ fields: [Field]) throws(Refused) -> FieldValue?
  {
    switch spelling {
    case .commandLine:
      said.formUnion([name, "args"])
      let arguments = fields["args"]?.textList ?? []
      return try translated(.list([value] + arguments.map(FieldValue.text)), of: name)
    case .milliseconds:
      said.insert(name)
      return (value.scalarText.flatMap { Double($0) }).map { .number(String(Int($0 * 1000))) }
    case .negated:
      said.insert(name)
      if case .bool(let flag) = value { return flag ? nil : .bool(true) }
      return nil
    case .literals: return Self.map(entries(value, of: name) { !$0.value.namesVariable ? $0.value : nil })
    case .variables: return Self.map(entries(value, of: name) { Self.wholeVariable(in: $0.value).map(FieldValue.text) })
    case .ownVariables:
      let own = entries(value, of: name) { entry in Self.wholeVariable(in: entry.value) == entry.key ? .text(entry.key) : nil }
      return own.isEmpty ? nil : .list(own.map(\.value))
    case .bearer:
      return entries(value, of: name) { entry in
        guard entry.key.lowercased() == "authorization", case .text(let text) = entry.value, text.hasPrefix("Bearer ") else { return nil }
        return Self.wholeVariable(in: .text(String(text.dropFirst(7)))).map(FieldValue.text)
      }.first?.value
    default:
      if case .map(let entries) = value {
        let rest = entries.filter { !(saidEntries[name]?.contains($0.key) ?? false) }
        said.insert(name)
        return rest.isEmpty ? nil : try translated(.map(rest), of: name)
      }
      said.insert(name)
      return try translated(value, of: name)
    }
  }

  /// The entries that something is made of; they count as said.
  private mutating func entries(_ value: FieldValue, of name: String, _ make: (FieldValue.Entry) -> FieldValue?) -> [FieldValue.Entry] {
    guard case .map(let entries) = value else { return [] }
    var out: [FieldValue.Entry] = []
    for entry in entries where !(saidEntries[name]?.contains(entry.key) ?? false) {
      guard let made = make(entry) else { continue }
      saidEntries[name, default: []].insert(entry.key)
      out.append(.init(entry.key, made))
    }
    return out
  }

  private static func map(_ entries: [FieldValue.Entry]) -> FieldValue? { entries.isEmpty ? nil : .map(entries) }

  private static func wholeVariable(in value: FieldValue) -> String? {
    guard case .text(let text) = value, case .variable(let name, nil)? = TextPart.parts(of: text).first, TextPart.parts(of: text).count == 1 else {
      return nil
    }
    return name
  }

  /// The value with variables named in the dialect's way.
  private func translated(_ value: FieldValue, of field: String) throws(Refused) -> FieldValue {
    switch value {
    case .text(let text): return .text(try translated(text, of: field))
    case .list(let items):
      var out: [FieldValue] = []
      for item in items { out.append(try translated(item, of: field)) }
      return .list(out)
    case .map(let entries):
      var out: [FieldValue.Entry] = []
      for entry in entries { out.append(.init(entry.key, try translated(entry.value, of: field))) }
      return .map(out)
    case .bool, .number, .null: return value
    }
  }

  private func translated(_ text: String, of field: String) throws(Refused) -> String {
    var out = ""
    for part in TextPart.parts(of: text) {
      switch part {
      case .text(let text): out += text
      case .variable(let name, let value):
        guard let style = dialect.references[field] else { throw Refused(field: field, reason: "it cannot name a variable of the environment there") }
        guard let value else {
          out += style.plain.replacing("{name}", with: name)
          continue
        }
        guard let form = style.withDefault else { throw Refused(field: field, reason: "it knows no default of a variable") }
        out += form.replacing("{name}", with: name).replacing("{default}", with: value)
      }
    }
    return out
  }
}
