package import FileTree

/// Where a repository keeps what is not committed: `.aiwg/state`, which ignores itself.
package enum StateFolder {
  static let parent = TreePath(known: ".aiwg")
  /// The folder itself.
  package static let path = TreePath(known: ".aiwg/state")
  static let ignoreFile = TreePath(known: ".aiwg/state/.gitignore")
  /// New files before they are moved to their places, and old ones after.
  static let staged = TreePath(known: ".aiwg/state/staged")
  static let newJournal = TreePath(known: ".aiwg/state/journal.new")
  /// Says what is being done; while it is there, what was done may have to be undone.
  static let journal = TreePath(known: ".aiwg/state/journal")
  /// The journal once all is done; while it is there, what was replaced may have to be cleared away.
  static let doneJournal = TreePath(known: ".aiwg/state/journal.done")

  static func staged(_ number: Int) -> TreePath { TreePath("\(staged)/\(number)") ?? staged }

  /// Whether a file of the state is there; anything else in its place is an error.
  static func has(_ path: TreePath, in tree: some ReadableTree) throws(TreeError) -> Bool {
    switch try tree.observe(path) {
    case .absent: return false
    case .file: return true
    case .blocked(let kind, let at): throw TreeError(path: at, reason: kind == .symlink ? "Symbolic link on the way" : "Not a directory")
    default: throw TreeError(path: path, reason: "Not a regular file")
    }
  }

  /// Makes the folders that a run needs.
  static func open(in tree: inout some WritableTree) throws(TreeError) {
    for folder in [parent, path] { _ = try tree.makeFolder(folder) }
    if try !has(ignoreFile, in: tree) { try tree.create(ignoreFile, .bytes(Array("*\n".utf8)), mode: .plain) }
    guard try tree.makeFolder(staged) else { throw TreeError(path: staged, reason: "File exists") }
  }

  /// Removes the folders again, unless they hold something that is kept.
  static func close(in tree: inout some WritableTree) throws(TreeError) {
    _ = try tree.removeFolder(staged)
    guard try tree.names(in: path).allSatisfy({ $0 == ignoreFile.name }) else { return }
    if try has(ignoreFile, in: tree) { try tree.remove(ignoreFile) }
    _ = try tree.removeFolder(path)
    if case .absent = try tree.observe(path) { _ = try tree.removeFolder(parent) }
  }
}
