package import FileTree
package import Platforms

/// A file that somebody wrote for platforms: an artifact in one of their places, or a text that they load as it is.
package struct FoundFile: Sendable {
  package var path: TreePath
  /// Where artifacts of its sort stand; nil for a text.
  package var place: Place?
  /// What the file, or its folder, is called.
  package var name: String
  /// Ids of the platforms that it is for, in order.
  package var platforms: [String]
  package var bytes: [UInt8]
  /// The files beside SKILL.md, in byte order.
  package var resources: [Resource] = []

  /// A file beside SKILL.md.
  package struct Resource: Hashable, Sendable {
    /// Within the skill's folder.
    package var path: TreePath
    package var bytes: [UInt8]
    package var isExecutable: Bool
  }
}

/// What lies in a repository for some platforms.
package struct FoundFiles: Sendable {
  /// In byte order of the paths.
  package var files: [FoundFile] = []
  /// In byte order of the paths.
  package var settings: [FoundSettings] = []
  /// In byte order of the paths.
  package var ignored: [FoundIgnore] = []
  /// What is left alone, with the reason in words.
  package var leftAlone: [(path: TreePath, reason: String)] = []
}
