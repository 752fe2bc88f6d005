/// One value of a document, with the bytes that it stands on.
package struct JSONNode: Hashable, Sendable {
  /// What a value is; numbers stay as they are written.
  package indirect enum Content: Hashable, Sendable {
    /// Decoded.
    case text(String)
    case number(String)
    case bool(Bool)
    case null
    /// The elements have no keys.
    case array([JSONElement])
    /// In source order; each element has a key.
    case object([JSONElement])
  }

  package var content: Content
  /// Byte offsets in the file, with the quotes or brackets.
  package var range: Range<Int>

  package init(_ content: Content, range: Range<Int>) {
    self.content = content
    self.range = range
  }
}

/// The name of a member of an object, decoded.
package struct JSONKey: Hashable, Sendable {
  package var text: String
  /// With its quotes.
  package var range: Range<Int>
}

/// A member of an object, or an item of an array.
package struct JSONElement: Hashable, Sendable {
  /// Nil for an item of an array.
  package var key: JSONKey?
  package var value: JSONNode
  /// Where the comma after it stands; nil when there is none.
  package var comma: Int?

  /// From its first byte to its last, without the comma.
  package var range: Range<Int> { (key?.range.lowerBound ?? value.range.lowerBound)..<value.range.upperBound }
}

extension JSONNode {
  /// The decoded text of a string; nil for anything else.
  package var text: String? {
    guard case .text(let text) = content else { return nil }
    return text
  }

  /// The items of an array; nil for anything else.
  package var list: [JSONElement]? {
    guard case .array(let items) = content else { return nil }
    return items
  }

  /// The members of an object; nil for anything else.
  package var members: [JSONElement]? {
    guard case .object(let members) = content else { return nil }
    return members
  }

  /// The value of a key; nil when this is no object or has no such key.
  package subscript(key: String) -> JSONNode? {
    // Swift takes two spellings of a letter for one text, and JSON does not.
    members?.first { $0.key?.text.utf8.elementsEqual(key.utf8) ?? false }?.value
  }

  /// What it is, for sentences such as "expected a list here, not a text".
  package var kindInWords: String {
    switch content {
    case .text: "a text"
    case .number: "a number"
    case .bool: "true or false"
    case .null: "null"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
