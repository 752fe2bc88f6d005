package import ContextModel

/// Something that an artifact says and a platform does not get to know.
package struct Loss: Hashable, Sendable, Comparable {
  package var platform: String
  package var artifact: ArtifactID
  package var field: String
  /// Why, in words.
  package var reason: String

  /// The same loss on several platforms.
  struct Group: Sendable {
    var platforms: [String]
    var artifact: ArtifactID
    var field: String
    var reason: String
  }

  package static func < (left: Loss, right: Loss) -> Bool {
    (left.platform, left.artifact, left.field, left.reason) < (right.platform, right.artifact, right.field, right.reason)
  }
}
