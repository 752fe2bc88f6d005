/// How much of a document from others is read before it is refused.
package struct JSONLimits: Hashable, Sendable {
  /// Objects and arrays inside each other.
  package var depth: Int
  /// Values of all kinds.
  package var values: Int
  /// Of the source.
  package var bytes: Int

  package init(depth: Int, values: Int, bytes: Int) {
    self.depth = depth
    self.values = values
    self.bytes = bytes
  }

  /// For a file of some tool's settings.
  package static let standard = JSONLimits(depth: 64, values: 100_000, bytes: 4 << 20)
}
