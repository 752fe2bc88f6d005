package import FileTree
package import Platforms

/// What a repository holds of its user's that decides where outputs may go.
package struct Surroundings: Hashable, Sendable {
  /// Files with text of the user's, among those that some platform reads or that hide such a file.
  package var files: Set<String>
  /// By file: the paths that the user's own lines import.
  package var imports: [String: Set<String>]
  /// By file: the paths that a block of ours imports.
  ///
  /// Beside text of the user's such a line stays where it is, because a user who adds a line to a file must not turn a whole layout around.
  package var ownImports: [String: Set<String>]
  /// By file that a line of ours could be in: the lines of its block.
  package var ownLines: [String: Set<String>] = [:]
  /// By file that a block could be in: what is there without the block's lines.
  package var frames: [String: Frame]
  /// By file of a directory that a rule is for: whether a block may be put there; a file that is not among them is not thought of.
  package var directoryFiles: [String: DirectoryFile] = [:]
  /// Folders that hold canonical trees, where no output may go.
  package var canonicalFolders: [TreePath]

  package init(
    files: Set<String> = [], imports: [String: Set<String>] = [:], ownImports: [String: Set<String>] = [:], frames: [String: Frame] = [:],
    canonicalFolders: [TreePath] = []
  ) {
    self.frames = frames
    self.files = files
    self.imports = imports
    self.ownImports = ownImports
    self.canonicalFolders = canonicalFolders
  }

  /// Whether a block may be put into a file of a directory.
  package enum DirectoryFile: Hashable, Sendable {
    case open
    /// Why not, in words.
    case closed(String)
  }

  /// The user's text of a file, and the markers of our block.
  package struct Frame: Hashable, Sendable {
    package var size: TextSize
    /// Of that, what stands behind the block.
    package var behind: TextSize
    /// Of that, the user's text alone.
    package var users: TextSize
    /// Whether the lines of a block end with two bytes there.
    package var hasWindowsLineBreaks: Bool

    package init(size: TextSize = TextSize(), behind: TextSize = TextSize(), users: TextSize = TextSize(), hasWindowsLineBreaks: Bool = false) {
      (self.size, self.behind, self.users) = (size, behind, users)
      self.hasWindowsLineBreaks = hasWindowsLineBreaks
    }

    /// The file with the lines of a block in it.
    package func size(holding block: TextSize) -> TextSize {
      var file = size + block
      guard hasWindowsLineBreaks else { return file }
      file.bytes += block.lineBreaks
      file.characters += block.lineBreaks
      return file
    }
  }
}
