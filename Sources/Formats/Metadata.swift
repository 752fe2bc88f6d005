import ContextModel

/// The `metadata` of an Agent Skill, which holds what the specification has no field for: keys and texts.
///
/// While a head is made or read, its entries stand there like other fields, under keys that begin with `metadata.`.
/// Source: https://agentskills.io/specification, compared 2026-11-22.
enum Metadata {
  private static let key = "metadata"
  private static let prefix = "metadata."

  /// The fields that the specification has.
  private static let specified: Set<String> = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"]

  /// Whether a field stands in the head beside `metadata`.
  static func isSpecified(_ key: String) -> Bool { specified.contains(key) }

  /// Whether a key is of an entry, and not of a field.
  static func holds(_ key: String) -> Bool { key.hasPrefix(prefix) }

  /// The canonical field that an entry stands for; any other key is its own.
  static func field(_ key: String) -> String { holds(key) ? String(key.dropFirst(prefix.count)) : key }

  /// What a canonical field comes to: itself when the specification has it, else an entry.
  static func entries(of field: Field) -> [(key: String, value: FieldValue)] {
    if field.key == key, case .map(let entries) = field.value { return entries.map { (prefix + $0.key, $0.value) } }
    if specified.contains(field.key) { return [(field.key, field.value)] }
    return [(prefix + field.key, .text(text(of: field.value)))]
  }

  /// The head as it is written: all entries together where the first one stands.
  static func nested(_ fields: [(key: String, value: RenderedValue)]) -> [(key: String, value: RenderedValue)] {
    guard let first = fields.firstIndex(where: { holds($0.key) }) else { return fields }
    let entries = fields.compactMap { key, value -> FieldValue.Entry? in
      guard holds(key), case .value(let value) = value else { return nil }
      return .init(field(key), value)
    }
    var out = fields.filter { !holds($0.key) }
    out.insert((key, .value(.map(entries))), at: fields[..<first].count { !holds($0.key) })
    return out
  }

  /// The inverse; a map that holds more than texts stays as it is.
  static func flat(_ fields: [Field]) -> [Field] {
    fields.flatMap { field -> [Field] in
      guard field.key == key, case .map(let entries) = field.value, !entries.isEmpty else { return [field] }
      let isOfTexts = entries.allSatisfy { if case .text = $0.value { true } else { false } }
      return isOfTexts ? entries.map { Field(prefix + $0.key, $0.value, range: field.range) } : [field]
    }
  }

  /// A value as the text of an entry: a text as it is, unless it would be taken for something else.
  static func text(of value: FieldValue) -> String {
    if case .text(let text) = value, self.value(of: text) == value { return text }
    return Facts.text(of: value)
  }

  /// The inverse.
  static func value(of text: String) -> FieldValue { Facts.value(text) ?? Facts.plainValue(text) }
}
