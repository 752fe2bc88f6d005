/// How much of a document from others is read before it is refused.
package struct TOMLLimits: Hashable, Sendable {
  /// Parts of a header, parts of a key, lists and inline tables, inside each other.
  package var depth: Int
  /// Values and tables.
  package var values: Int
  /// Of the source.
  package var bytes: Int

  package init(depth: Int, values: Int, bytes: Int) {
    self.depth = depth
    self.values = values
    self.bytes = bytes
  }

  /// For a file of one agent or of one tool's settings.
  package static let standard = TOMLLimits(depth: 64, values: 100_000, bytes: 1 << 20)
}
