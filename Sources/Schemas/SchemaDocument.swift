package import JSON

/// A schema with a name, as a file of its own.
package struct SchemaDocument: Hashable, Sendable {
  /// What it is asked for by, such as `aiwg.yaml` or `output-check`.
  package var name: String
  package var title: String
  /// What it is for.
  package var summary: String
  package var schema: Schema
  /// What `.named` leads to.
  package var definitions: [Definition]

  package init(_ name: String, title: String, summary: String, _ schema: Schema, definitions: [Definition] = []) {
    (self.name, self.title, self.summary, self.schema, self.definitions) = (name, title, summary, schema, definitions)
  }

  /// A part that other parts name.
  package struct Definition: Hashable, Sendable {
    package var name: String
    package var schema: Schema

    package init(_ name: String, _ schema: Schema) {
      (self.name, self.schema) = (name, schema)
    }
  }

  /// The whole document in the words of JSON Schema, draft 2020-12.
  package var json: JSONValue {
    var pairs: [(String, JSONValue)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("$id", .text("urn:aiwg:schema:" + name)), ("title", .text(title)),
      ("description", .text(summary)),
    ]
    pairs += schema.keywords
    if !definitions.isEmpty { pairs.append(("$defs", .object(definitions.map { ($0.name, .object($0.schema.keywords)) }))) }
    return .object(pairs)
  }
}

extension Schema {
  /// The keywords of JSON Schema that say it.
  fileprivate var keywords: [(String, JSONValue)] {
    switch self {
    case .anything: []
    case .text(let pattern): [("type", .texts(["string", "number", "boolean"]))] + Self.pattern(pattern)
    case .string(let pattern): [("type", .text("string"))] + Self.pattern(pattern)
    case .flag: [("type", .text("boolean"))]
    case .number: [("type", .text("number"))]
    case .integer(let least): [("type", .text("integer"))] + (least.map { [("minimum", .number($0))] } ?? [])
    case .null: [("type", .text("null"))]
    case .words(let words): words.count == 1 ? [("const", .text(words[0]))] : [("enum", .texts(words))]
    case .numbers(let numbers): numbers.count == 1 ? [("const", .number(numbers[0]))] : [("enum", .list(numbers.map { .number($0) }))]
    case .list(let list): list.keywords
    case .object(let object): object.keywords
    case .either(let schemas): Self.joined(schemas)
    case .named(let name): [("$ref", .text("#/$defs/" + name))]
    }
  }

  private static func pattern(_ pattern: String?) -> [(String, JSONValue)] { pattern.map { [("pattern", .text($0))] } ?? [] }

  /// Types alone are one list of types, which editors show better.
  private static func joined(_ schemas: [Schema]) -> [(String, JSONValue)] {
    let plain = schemas.flatMap { $0.plainTypes ?? [] }
    let others = schemas.filter { $0.plainTypes == nil }
    let types = plain.isEmpty ? [] : [[("type", plain.count == 1 ? JSONValue.text(plain[0]) : .texts(plain))]]
    let all = types + others.map(\.keywords)
    return all.count == 1 ? all[0] : [("anyOf", .list(all.map { .object($0) }))]
  }

  /// Its types, if that is all there is to say.
  private var plainTypes: [String]? {
    switch self {
    case .text(nil): ["string", "number", "boolean"]
    case .string(nil): ["string"]
    case .flag: ["boolean"]
    case .number: ["number"]
    case .integer(nil): ["integer"]
    case .null: ["null"]
    default: nil
    }
  }
}

extension ListSchema {
  fileprivate var keywords: [(String, JSONValue)] {
    var pairs: [(String, JSONValue)] = [("type", mayBeNothing ? .texts(["array", "null"]) : .text("array"))]
    if items != .anything { pairs.append(("items", .object(items.keywords))) }
    if least > 0 { pairs.append(("minItems", .number(least))) }
    return pairs
  }
}

extension ObjectSchema {
  fileprivate var keywords: [(String, JSONValue)] {
    var pairs: [(String, JSONValue)] = [("type", mayBeNothing ? .texts(["object", "null"]) : .text("object"))]
    let properties = keys.map { ($0.name, JSONValue.object([("description", .text($0.summary))] + $0.schema.keywords)) }
    if !keys.isEmpty || !without.isEmpty { pairs.append(("properties", .object(properties + without.map { ($0, .bool(false)) }))) }
    let required = keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { pairs.append(("required", .texts(required))) }
    switch others {
    case .refused: pairs.append(("additionalProperties", .bool(false)))
    case .allowed: break
    case .each(let schema): pairs.append(("additionalProperties", .object(schema.keywords)))
    }
    if let namePattern { pairs.append(("propertyNames", .object([("pattern", .text(namePattern))]))) }
    if let count {
      pairs.append(("minProperties", .number(count.lowerBound)))
      if count.upperBound < Int.max { pairs.append(("maxProperties", .number(count.upperBound))) }
    }
    if !anyOf.isEmpty { pairs.append(("anyOf", .list(anyOf.map { .object([("required", .texts($0))]) }))) }
    return pairs
  }
}
