/// One value of a document, with the bytes that it stands on.
package struct TOMLNode: Hashable, Sendable {
  package var content: TOMLValue
  /// Byte offsets in the file; a table reaches from its header or first key to the end of the last value that is in it.
  package var range: Range<Int>

  package init(_ content: TOMLValue, range: Range<Int>) {
    self.content = content
    self.range = range
  }
}

/// What a value is; numbers and dates stay as they are written.
package indirect enum TOMLValue: Hashable, Sendable {
  case text(TOMLText)
  /// The number is nil when it does not fit into 64 bits.
  case integer(String, Int64?)
  case float(String)
  case bool(Bool)
  case datetime(String)
  case array([TOMLNode])
  case table(TOMLTable)
}

/// A string, decoded, and where its bytes are.
package struct TOMLText: Hashable, Sendable {
  /// What stands around it.
  package enum Quotes: Hashable, Sendable { case basic, literal, multilineBasic, multilineLiteral }

  package var text: String
  package var quotes: Quotes
  /// The bytes between the quotes, without the line break right after the quotes of several lines, which does not count.
  package var inner: Range<Int>
  /// Whether the inner bytes are the text: always in literal quotes, and in the others when nothing is escaped.
  package var isVerbatim: Bool

  /// Whether a backslash between these quotes is itself.
  package var isLiteral: Bool { quotes == .literal || quotes == .multilineLiteral }
}

/// Keys and values in the order in which they first appear.
package struct TOMLTable: Hashable, Sendable {
  package var pairs: [TOMLPair]

  package init(_ pairs: [TOMLPair] = []) {
    self.pairs = pairs
  }

  /// The value of a key; nil when there is none.
  package subscript(key: String) -> TOMLNode? {
    // Swift takes two spellings of a letter for one text, and TOML does not.
    pairs.first { $0.key.text.utf8.elementsEqual(key.utf8) }?.value
  }
}

/// One part of a key, decoded.
package struct TOMLKey: Hashable, Sendable {
  package var text: String
  /// The part itself, with its quotes.
  package var range: Range<Int>
  /// The dotted key up to this part as it is written, such as `a."b c"`; the same as the range where no part comes before.
  package var path: Range<Int>
}

/// One key of a table and its value.
package struct TOMLPair: Hashable, Sendable {
  /// Where it is first given.
  package var key: TOMLKey
  package var value: TOMLNode

  /// From the first byte of both to the last.
  package var range: Range<Int> { key.range.joined(with: value.range) }
}

extension TOMLNode {
  /// The decoded text of a string; nil for anything else.
  package var text: String? {
    guard case .text(let text) = content else { return nil }
    return text.text
  }

  /// The items of a list; nil for anything else.
  package var list: [TOMLNode]? {
    guard case .array(let items) = content else { return nil }
    return items
  }

  /// The keys and values of a table; nil for anything else.
  package var table: TOMLTable? {
    guard case .table(let table) = content else { return nil }
    return table
  }

  /// What it is, for sentences such as "expected a list here, not a text".
  package var kindInWords: String {
    switch content {
    case .text: "a text"
    case .integer, .float: "a number"
    case .bool: "true or false"
    case .datetime: "a date or a time"
    case .array: "a list"
    case .table: "a table"
    }
  }
}

extension Range<Int> {
  /// The shortest range with all of both.
  func joined(with other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
