/// One node of a document, with the bytes that it stands on.
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLPair])
  }

  package var content: Content
  /// Byte offsets in the whole file; a block collection ends where its last child ends.
  package var range: Range<Int>

  package init(_ content: Content, range: Range<Int>) {
    self.content = content
    self.range = range
  }
}

/// One key of a mapping and its value.
package struct YAMLPair: Hashable, Sendable {
  /// Always a scalar.
  package var key: YAMLNode
  package var value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }

  /// The key as text, decoded.
  package var keyText: String { key.text ?? "" }

  /// From the key's first byte to the value's last.
  package var range: Range<Int> { key.range.lowerBound..<max(key.range.upperBound, value.range.upperBound) }
}

extension YAMLNode {
  /// The decoded text of a scalar; nil for lists and mappings.
  package var text: String? { scalar?.text }

  package var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  /// The items of a list; nil for anything else.
  package var list: [YAMLNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The keys and values of a mapping in source order; nil for anything else.
  package var pairs: [YAMLPair]? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs
  }

  /// The value of a key; nil when this is no mapping or has no such key.
  package subscript(key: String) -> YAMLNode? {
    pairs?.first { $0.keyText == key }?.value
  }

  /// Whether it is a plain `null`, `~` or nothing at all.
  package var isNull: Bool { scalar?.isNull ?? false }

  /// What it is, for sentences such as "expected a list here, not a text".
  package var kindInWords: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar): scalar.isNull ? "nothing" : scalar.bool != nil ? "true or false" : scalar.isNumber ? "a number" : "a text"
    }
  }
}
