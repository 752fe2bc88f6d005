package import ContextModel

/// One key of a head and what it is to be; a key of a platform's own map is `[platform, key]`.
package struct HeadChange: Hashable, Sendable {
  package var path: [String]
  /// Nil removes it.
  package var value: FieldValue?

  package init(path: [String], value: FieldValue?) {
    (self.path, self.value) = (path, value)
  }
}
