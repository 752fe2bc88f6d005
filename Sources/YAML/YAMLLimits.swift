/// How much of a document from others is read before it is refused.
package struct YAMLLimits: Hashable, Sendable {
  /// Collections inside each other.
  package var depth: Int
  /// Scalars and collections, those that aliases repeat counted each time.
  package var nodes: Int
  /// With 0, anchors are refused as well.
  package var aliases: Int
  /// Of the source.
  package var bytes: Int

  package init(depth: Int, nodes: Int, aliases: Int, bytes: Int) {
    self.depth = depth
    self.nodes = nodes
    self.aliases = aliases
    self.bytes = bytes
  }

  /// For the head of a Markdown file.
  package static let frontmatter = YAMLLimits(depth: 32, nodes: 10_000, aliases: 0, bytes: 64 << 10)
  /// For aiwg.yaml and platforms.yaml.
  package static let configuration = YAMLLimits(depth: 64, nodes: 100_000, aliases: 64, bytes: 1 << 20)
}
