package import Diagnostics

/// The value of a frontmatter field, free of how it was spelled.
package indirect enum FieldValue: Hashable, Sendable {
  case text(String)
  case bool(Bool)
  /// As it was written, so that `1.10` stays `1.10`.
  case number(String)
  case null
  case list([FieldValue])
  case map([Entry])

  /// One key of a map, in source order.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: FieldValue

    package init(_ key: String, _ value: FieldValue) {
      self.key = key
      self.value = value
    }
  }

  /// Scalars as text; nil for null, lists and maps.
  package var scalarText: String? {
    switch self {
    case .text(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .null, .list, .map: nil
    }
  }

  /// A list of scalars, or one scalar as a list of one; nil when something else is inside.
  package var textList: [String]? {
    if let text = scalarText { return [text] }
    guard case .list(let values) = self else { return nil }
    let texts = values.compactMap(\.scalarText)
    return texts.count == values.count ? texts : nil
  }
}

/// What an author put around a text that stands on one line.
package enum Quotes: Hashable, Sendable {
  case single, double
}

/// One key of an artifact's frontmatter.
package struct Field: Hashable, Sendable {
  package var key: String
  package var value: FieldValue
  /// Nil for a text without quotes, and for what is no text.
  package var quotes: Quotes?
  /// The bytes of the key and its value in the file.
  package var range: Range<Int>
  /// Where the items of a list stand, when each is spoken of by itself; of several sources, each in its own file.
  package var itemPlaces: [SourcePlace] = []

  package init(_ key: String, _ value: FieldValue, quotes: Quotes? = nil, range: Range<Int> = 0..<0) {
    self.key = key
    self.value = value
    self.quotes = quotes
    self.range = range
  }
}

extension [Field] {
  /// The value of a key.
  package subscript(key: String) -> FieldValue? { first { $0.key == key }?.value }
}
