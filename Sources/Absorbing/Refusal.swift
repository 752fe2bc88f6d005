/// Why an edit of an output has no image in the canonical tree.
package struct Refusal: Error, Hashable, Sendable {
  /// About the edit, without a name of the file.
  package var message: String
  /// Of the edited output, from 1; nil for all of it.
  package var line: Int?
  /// What to do about it.
  package var help: String?

  init(_ message: String, line: Int? = nil, help: String? = nil) {
    (self.message, self.line, self.help) = (message, line, help)
  }
}
