/// What may stand in a document, or at one key of it: the one table that readers, editors and JSON Schemas go by.
package indirect enum Schema: Hashable, Sendable {
  case anything
  /// A scalar of YAML that counts as it is written, so that numbers, true and false are texts as well.
  ///
  /// A pattern is a regular expression that a text has to match; a number or a flag is let pass.
  case text(pattern: String? = nil)
  /// A text that cannot be mistaken for anything else.
  case string(pattern: String? = nil)
  case flag
  case number
  case integer(least: Int? = nil)
  case null
  /// One of these texts.
  case words([String])
  case numbers([Int])
  case list(ListSchema)
  case object(ObjectSchema)
  case either([Schema])
  /// What a document has under that name among its definitions.
  case named(String)
}

/// A list, and what its items are.
package struct ListSchema: Hashable, Sendable {
  package var items: Schema
  /// How many there have to be.
  package var least: Int
  /// Whether a key with nothing behind it counts as an empty one.
  package var mayBeNothing: Bool
}

/// A mapping, and which keys it has.
package struct ObjectSchema: Hashable, Sendable {
  /// In the order in which a reader lists them.
  package let keys: [SchemaKey]
  /// Those of the keys, worked out once: a reader asks at every mapping.
  package let names: [String]
  package var others: OtherKeys
  /// What a key that is not listed has to match.
  package var namePattern: String?
  /// Whether a key with nothing behind it counts as an empty one.
  package var mayBeNothing = false
  /// How many keys there have to be, and may be.
  package var count: ClosedRange<Int>?
  /// Sets of keys of which one at least has to be there as a whole.
  package var anyOf: [[String]]
  /// Keys that must not be there, although others may.
  package var without: [String]

  package init(
    keys: [SchemaKey], others: OtherKeys, namePattern: String? = nil, count: ClosedRange<Int>? = nil, anyOf: [[String]] = [], without: [String] = []
  ) {
    (self.keys, self.others, self.namePattern, self.count, self.anyOf, self.without) = (keys, others, namePattern, count, anyOf, without)
    names = keys.map(\.name)
  }

  /// What becomes of keys that are not listed.
  package enum OtherKeys: Hashable, Sendable {
    case refused
    case allowed
    case each(Schema)
  }
}

/// One key of a mapping.
package struct SchemaKey: Hashable, Sendable {
  package var name: String
  /// What it is for, in a sentence or two: what an editor shows.
  package var summary: String
  package var schema: Schema
  package var isRequired: Bool

  package init(_ name: String, _ summary: String, _ schema: Schema, isRequired: Bool = false) {
    (self.name, self.summary, self.schema, self.isRequired) = (name, summary, schema, isRequired)
  }

  /// The same key in a mapping that cannot be without it.
  package var required: SchemaKey { SchemaKey(name, summary, schema, isRequired: true) }
}

extension Schema {
  /// A mapping with these keys and no others.
  package static func object(_ keys: [SchemaKey]) -> Schema { .object(ObjectSchema(keys: keys, others: .refused)) }

  /// A mapping of names that somebody chooses, with these values.
  package static func map(of values: Schema, names: String? = nil) -> Schema {
    .object(ObjectSchema(keys: [], others: .each(values), namePattern: names))
  }

  /// A list that may be empty, but not be left out behind its key.
  package static func list(of items: Schema, least: Int = 0) -> Schema { .list(ListSchema(items: items, least: least, mayBeNothing: false)) }

  /// One of them, or a list of them.
  package static func oneOrMore(_ items: Schema) -> Schema { .either([items, .list(of: items)]) }

  /// The words of a type that has nothing but words.
  package static func words<Choice: RawRepresentable & CaseIterable>(of type: Choice.Type) -> Schema where Choice.RawValue == String {
    .words(type.allCases.map(\.rawValue))
  }

  /// The same, with nothing behind the key as another way to say that there is none.
  package var orNothing: Schema {
    switch self {
    case .object(var object):
      object.mayBeNothing = true
      return .object(object)
    case .list(var list):
      list.mayBeNothing = true
      return .list(list)
    case .either(let schemas): return .either(schemas + [.null])
    default: return .either([self, .null])
    }
  }

  /// The keys of a mapping, also of one that has several forms; each once.
  package var keys: [SchemaKey] {
    switch self {
    case .object(let object): object.keys
    case .either(let schemas):
      schemas.flatMap(\.keys).reduce(into: []) { keys, key in
        if !keys.contains(where: { $0.name == key.name }) { keys.append(key) }
      }
    default: []
    }
  }

  /// The names of those keys: what a reader knows, and nothing else.
  package var names: [String] {
    if case .object(let object) = self { return object.names }
    return keys.map(\.name)
  }

  /// The words that may stand there; none where it is not about words.
  package var choices: [String] {
    switch self {
    case .words(let words): words
    case .flag: ["true", "false"]
    case .either(let schemas): schemas.flatMap(\.choices)
    case .list(let list): list.items.choices
    default: []
    }
  }
}
