package import FileTree

/// What a repository holds of its user's that decides where outputs may go.
package struct Surroundings: Hashable, Sendable {
  /// Files with text of the user's, among those that some platform reads or that hide such a file.
  package var files: Set<String>
  /// By file: the paths that the user's own lines import; ours would make a layout depend on the one before it.
  package var imports: [String: Set<String>]
  /// Folders that hold canonical trees, where no output may go.
  package var canonicalFolders: [TreePath]

  package init(files: Set<String> = [], imports: [String: Set<String>] = [:], canonicalFolders: [TreePath] = []) {
    self.files = files
    self.imports = imports
    self.canonicalFolders = canonicalFolders
  }
}
