package import ContextModel
package import Diagnostics
import Layout

/// Something that an artifact says and that a platform does not get to know as it is said.
package struct Loss: Hashable, Sendable, Comparable {
  /// What becomes of it.
  package enum Kind: String, CaseIterable, Sendable {
    /// Something else stands for it: words that nothing enforces, or a form that loads at another time.
    case standIn = "stood-in"
    /// It is written, and the platform passes over it or takes it out before the model reads the file.
    case stripped
    /// It is not there.
    case dropped
  }

  package var platform: String
  package var artifact: ArtifactID
  /// The key in the frontmatter; `body`, `kind` for what the artifact is, or `everything`.
  package var field: String
  package var kind: Kind
  /// Why, in words.
  package var reason: String
  /// Where the artifact says it.
  package var place: SourcePlace

  package init(platform: String, artifact: ArtifactID, field: String, kind: Kind, reason: String, place: SourcePlace) {
    (self.platform, self.artifact, self.field) = (platform, artifact, field)
    (self.kind, self.reason, self.place) = (kind, reason, place)
  }

  /// One that was found, wherever it was.
  struct Found: Hashable, Sendable {
    var field: String
    var kind: Kind
    var reason: String
  }

  /// The same loss on several platforms.
  struct Group: Sendable {
    var platforms: [String]
    var delivery: Layout.Delivery
    var found: Found
  }

  package static func < (left: Loss, right: Loss) -> Bool {
    (left.platform, left.artifact, left.field, left.reason) < (right.platform, right.artifact, right.field, right.reason)
  }
}

extension Artifact {
  /// Where a key of the frontmatter stands, `platform.key` for one of a single platform; the file when it is not there.
  func place(ofField key: String) -> SourcePlace {
    if let field = fields.first(where: { $0.key == key }) { return text.place(field.range) }
    let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2, let field = overrides[parts[0]]?.first(where: { $0.key == parts[1] }) { return text.place(field.range) }
    return text.whole
  }
}
