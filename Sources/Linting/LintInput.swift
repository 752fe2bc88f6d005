package import ContextModel
package import FileTree
package import Formats
package import Platforms

/// What the checks of a tree look at.
package struct LintInput: Sendable {
  /// What the project keeps itself, and so can put right; those of the library and of other repositories are not among it.
  package var artifacts: [Artifact]
  /// What references name, whichever source it is from.
  package var references: References
  /// The selected platforms.
  package var platforms: [Platform]
  package var catalog: PlatformCatalog
  /// The repository that the tree is deployed to.
  package var repository: LintedRepository

  package init(
    artifacts: [Artifact], references: References, platforms: [Platform], catalog: PlatformCatalog, repository: LintedRepository
  ) {
    self.artifacts = artifacts
    self.references = references
    self.platforms = platforms
    self.catalog = catalog
    self.repository = repository
  }
}

/// A repository, as far as the checks ask for it.
package struct LintedRepository: Sendable {
  /// The files that people work on, in byte order; nil when nobody knows them, or nothing says that the tree is for them.
  package var files: [TreePath]?
  /// What aiwg wrote there, in byte order.
  package var outputs: [TreePath]
  package var tree: any ReadableTree
  /// What goes before its paths for a person.
  package var shownAs: String

  package init(files: [TreePath]?, outputs: [TreePath], tree: any ReadableTree, shownAs: String) {
    (self.files, self.outputs, self.tree, self.shownAs) = (files, outputs, tree, shownAs)
  }
}
