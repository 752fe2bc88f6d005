package import JSON

/// A document that is open in an editor, which may not be saved.
package struct OpenDocument: Hashable, Sendable {
  package private(set) var bytes: [UInt8]
  package private(set) var version: Int?

  package init(_ text: String, version: Int?) { (bytes, self.version) = (Array(text.utf8), version) }

  /// Takes the changes of one notification, each on top of the one before; false when one cannot be read.
  package mutating func take(_ changes: JSONNode?, version: Int?) -> Bool {
    guard let changes = changes?.list else { return false }
    for change in changes.map(\.value) {
      guard let text = change["text"]?.text else { return false }
      guard let range = change["range"] else {
        bytes = Array(text.utf8)
        continue
      }
      guard let start = TextPosition(range["start"]), let end = TextPosition(range["end"]) else { return false }
      let (from, to) = (bytes.offset(of: start), bytes.offset(of: end))
      guard from <= to else { return false }
      bytes.replaceSubrange(from..<to, with: text.utf8)
    }
    self.version = version
    return true
  }
}
