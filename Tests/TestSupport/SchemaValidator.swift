package import ContextModel
import Diagnostics
import Foundation
package import JSON

/// Holds values against a JSON Schema that has the keywords that aiwg writes, and no others: an unknown one is an error.
package struct SchemaValidator {
  /// What came of holding one value against it.
  package struct Result {
    /// Such as `/sources/0: lacks path`.
    package var problems: [String] = []
    /// The keys of the schema that the value has, as ways into the schema.
    package var keys: Set<String> = []
    /// By way into the value: the words that the schema has for it.
    package var choices: [String: [FieldValue]] = [:]

    mutating func join(_ other: Result) {
      problems += other.problems
      keys.formUnion(other.keys)
      choices.merge(other.choices) { $0 + $1 }
    }
  }

  /// Every key that the schema describes, as ways into it.
  package let keys: Set<String>
  private let root: FieldValue
  /// Whether a key that is not described is a problem, also where others may come later.
  private let refusesNew: Bool

  /// - Throws: `SetupError` for a keyword that this does not know.
  package init(_ root: FieldValue, refusesNew: Bool = false) throws {
    (self.root, self.refusesNew) = (root, refusesNew)
    var keys: Set<String> = []
    try Self.survey(root, "", &keys)
    self.keys = keys
  }

  /// The schema of that name, from the checkout.
  package init(named name: String, refusesNew: Bool = false) throws {
    try self.init(try jsonValue(try checkoutText("schemas/\(name).json")), refusesNew: refusesNew)
  }

  package func check(_ value: FieldValue) -> Result { check(value, root, at: "", in: "") }

  /// The key with those that it stands among: the same for an object that several schemas have.
  package func shape(ofKey way: String) -> String {
    let steps = way.split(separator: "/").map(String.init)
    let owner = steps.dropLast().reduce(Optional(root)) { part, step in
      if case .list(let items)? = part { return Int(step).map { items[$0] } }
      return part?[step]
    }
    guard case .map(let entries)? = owner, let key = steps.last else { return way }
    return entries.map(\.key).sorted().joined(separator: ",") + " has " + key
  }

  // MARK: The schema

  private static let annotations: Set<String> = ["$schema", "$id", "title", "description"]
  private static let plain: Set<String> = [
    "type", "required", "enum", "const", "pattern", "minimum", "minItems", "minProperties", "maxProperties", "$ref",
  ]

  private static func survey(_ schema: FieldValue, _ way: String, _ keys: inout Set<String>) throws {
    if case .bool = schema { return }
    guard case .map(let entries) = schema else { throw SetupError("\(way) is no schema") }
    for entry in entries {
      let here = way + "/" + entry.key
      switch entry.key {
      case "properties", "$defs":
        guard case .map(let parts) = entry.value else { throw SetupError("\(here) is no map") }
        for part in parts {
          if entry.key == "properties", part.value != .bool(false) { keys.insert(here + "/" + part.key) }
          try survey(part.value, here + "/" + part.key, &keys)
        }
      case "additionalProperties", "items", "propertyNames": try survey(entry.value, here, &keys)
      case "anyOf":
        guard case .list(let parts) = entry.value, !parts.isEmpty else { throw SetupError("\(here) is no list") }
        for (index, part) in parts.enumerated() { try survey(part, here + "/\(index)", &keys) }
      default:
        guard annotations.contains(entry.key) || plain.contains(entry.key) else { throw SetupError("\(here) is no keyword that is known here") }
      }
    }
  }

  // MARK: A value

  private func check(_ value: FieldValue, _ schema: FieldValue, at place: String, in way: String) -> Result {
    var out = Result()
    if case .bool(let isAllowed) = schema {
      if !isAllowed { out.problems.append("\(place): must not be there") }
      return out
    }
    guard case .map(let keywords) = schema else { return out }
    for keyword in keywords { apply(keyword, of: schema, to: value, at: place, in: way + "/" + keyword.key, &out) }
    return out
  }

  private func apply(
    _ keyword: FieldValue.Entry, of schema: FieldValue, to value: FieldValue, at place: String, in way: String, _ out: inout Result
  ) {
    func expect(_ holds: Bool, _ problem: @autoclosure () -> String) { if !holds { out.problems.append("\(place): \(problem())") } }
    switch keyword.key {
    case "type":
      let types = keyword.value.textList ?? []
      expect(types.contains { value.has(type: $0) }, "is not \(types.joined(separator: " or "))")
    case "enum":
      guard case .list(let choices) = keyword.value else { return }
      out.choices[place, default: []] += choices
      expect(choices.contains(value), "is none of the words")
    case "const":
      out.choices[place, default: []].append(keyword.value)
      expect(value == keyword.value, "is not \(keyword.value)")
    case "pattern":
      guard case .text(let text) = value, let pattern = keyword.value.scalarText else { return }
      expect(Self.fits(text, pattern), "does not fit \(pattern)")
    case "minimum":
      guard case .number(let text) = value, let number = Double(text), let least = keyword.value.scalarText.flatMap({ Double($0) }) else { return }
      expect(number >= least, "is less than \(least)")
    case "minItems": if case .list(let items) = value { expect(items.count >= keyword.number, "has too few items") }
    case "minProperties": if case .map(let entries) = value { expect(entries.count >= keyword.number, "has too few keys") }
    case "maxProperties": if case .map(let entries) = value { expect(entries.count <= keyword.number, "has too many keys") }
    case "required":
      guard case .map(let entries) = value else { return }
      for key in keyword.value.textList ?? [] { expect(entries.contains { $0.key == key }, "lacks \(key)") }
    case "$ref":
      let name = String((keyword.value.scalarText ?? "").dropFirst("#/$defs/".count))
      guard let part = root["$defs"]?[name] else { return expect(false, "there is no definition \(name)") }
      out.join(check(value, part, at: place, in: "/$defs/" + name))
    case "items":
      guard case .list(let items) = value else { return }
      for (index, item) in items.enumerated() { out.join(check(item, keyword.value, at: place + "/\(index)", in: way)) }
    case "properties": checkKeys(of: value, schema, at: place, in: way, &out)
    case "additionalProperties": checkOthers(of: value, schema, keyword.value, at: place, in: way, &out)
    case "propertyNames":
      guard case .map(let entries) = value else { return }
      for entry in entries { out.join(check(.text(entry.key), keyword.value, at: place + "/" + entry.key, in: way)) }
    case "anyOf": checkForms(of: value, keyword.value, at: place, in: way, &out)
    default: return
    }
  }

  private func checkKeys(of value: FieldValue, _ schema: FieldValue, at place: String, in way: String, _ out: inout Result) {
    guard case .map(let entries) = value, let properties = schema["properties"] else { return }
    for entry in entries {
      if let part = properties[entry.key] {
        if part != .bool(false) { out.keys.insert(way + "/" + entry.key) }
        out.join(check(entry.value, part, at: place + "/" + entry.key, in: way + "/" + entry.key))
      } else if refusesNew, schema["additionalProperties"] == nil {
        out.problems.append("\(place)/\(entry.key): no key of that name is described")
      }
    }
  }

  private func checkOthers(of value: FieldValue, _ schema: FieldValue, _ rest: FieldValue, at place: String, in way: String, _ out: inout Result) {
    guard case .map(let entries) = value else { return }
    for entry in entries where schema["properties"]?[entry.key] == nil {
      out.join(check(entry.value, rest, at: place + "/" + entry.key, in: way))
    }
  }

  private func checkForms(of value: FieldValue, _ forms: FieldValue, at place: String, in way: String, _ out: inout Result) {
    guard case .list(let parts) = forms else { return }
    let results = parts.enumerated().map { check(value, $0.element, at: place, in: way + "/\($0.offset)") }
    let fitting = results.filter(\.problems.isEmpty)
    for result in fitting { out.join(result) }
    for result in results { out.choices.merge(result.choices) { $0 + $1 } }
    guard fitting.isEmpty else { return }
    let reasons = results.map { $0.problems.prefix(3).joined(separator: "; ") }
    out.problems.append("\(place): has none of the forms (\(reasons.joined(separator: " | ")))")
  }

  private static func fits(_ text: String, _ pattern: String) -> Bool {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}

extension FieldValue {
  /// The value of a key of a map.
  package subscript(key: String) -> FieldValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  fileprivate func has(type: String) -> Bool {
    switch self {
    case .text: type == "string"
    case .bool: type == "boolean"
    case .null: type == "null"
    case .list: type == "array"
    case .map: type == "object"
    case .number(let text): type == "number" || type == "integer" && (Double(text).map { $0.rounded() == $0 } ?? false)
    }
  }

  /// As JSON, which is YAML as well.
  package var json: String {
    switch self {
    case .text(let text): quoted(text)
    case .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .null: "null"
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .map(let entries): "{" + entries.map { quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
    }
  }

  private func quoted(_ text: String) -> String { JSONValue.text(text).text.trimmingCharacters(in: .newlines) }
}

extension FieldValue.Entry {
  fileprivate var number: Int { value.scalarText.flatMap { Int($0) } ?? 0 }
}

/// A JSON document as a value.
/// - Throws: `SetupError` when it is none.
package func jsonValue(_ text: String) throws -> FieldValue {
  var diagnostics: [Diagnostic] = []
  let limits = JSONLimits(depth: 64, values: 4_000_000, bytes: 1 << 26)
  guard let node = parseJSON(SourceText(path: "x.json", bytes: Array(text.utf8)), limits: limits, diagnostics: &diagnostics) else {
    throw SetupError(rendered(diagnostics))
  }
  return fieldValue(of: node)
}

/// The same value as a field would have it.
package func fieldValue(of node: JSONNode) -> FieldValue {
  switch node.content {
  case .text(let text): .text(text)
  case .number(let text): .number(text)
  case .bool(let flag): .bool(flag)
  case .null: .null
  case .array(let items): .list(items.map { fieldValue(of: $0.value) })
  case .object(let members): .map(members.map { FieldValue.Entry($0.key?.text ?? "", fieldValue(of: $0.value)) })
  }
}
