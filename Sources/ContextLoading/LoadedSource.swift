package import ContextModel
package import Diagnostics
package import FileTree

/// What one canonical tree holds.
package struct LoadedSource: Sendable {
  /// Those without errors, in order of kind and name, each id once.
  package var artifacts: [Artifact]
  /// What was left out because of an error, one entry for each file.
  package var rejected: [Rejected]
  /// The Markdown files that were read, in byte order; resources are listed but not read.
  package var files: [TreePath]
  /// Without errors in them or their base, in order of kind, name and path.
  package var translations: [LoadedTranslation] = []

  /// A file that became no artifact.
  package struct Rejected: Sendable {
    /// Nil when the file's name gives none.
    package var id: ArtifactID?
    package var path: TreePath
    /// The first error about it.
    package var reason: Diagnostic
  }

  package init(artifacts: [Artifact] = [], rejected: [Rejected] = [], files: [TreePath] = []) {
    self.artifacts = artifacts
    self.rejected = rejected
    self.files = files
  }
}
