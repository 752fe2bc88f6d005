import FileTree

/// Looks for paths that a file system on which case, or the spelling of a letter, does not count would take for one that is wanted.
struct TwinSearch<Tree: ReadableTree> {
  private let tree: Tree
  /// Folders that aiwg made, which go when what is in them goes.
  private let ownFolders: Set<TreePath>
  /// Of each folder that was looked at, its names by what they come to where case does not count.
  private var known: [TreePath?: [FoldedPath: [TreePath]]] = [:]

  init(tree: Tree, ownFolders: Set<TreePath>) {
    self.tree = tree
    self.ownFolders = ownFolders
  }

  /// The twin of a path where nothing stands yet, or of a folder on the way to it; nil without one.
  /// - Throws: `TreeError` when a folder cannot be read.
  mutating func twin(of path: TreePath, besides going: Set<TreePath>) throws(TreeError) -> TreePath? {
    for step in path.ancestors.reversed() + [path] {
      let others = try entries(in: step.parent)[step.folded] ?? []
      if others.contains(step) { continue }
      // Nothing is below a folder that is not there.
      return others.first { !going.contains($0) && !ownFolders.contains($0) }
    }
    return nil
  }

  private mutating func entries(in folder: TreePath?) throws(TreeError) -> [FoldedPath: [TreePath]] {
    if let entries = known[folder] { return entries }
    let paths = try tree.names(in: folder).compactMap { name in TreePath(name).map { folder?.appending($0) ?? $0 } }
    let entries = Dictionary(grouping: paths, by: \.folded)
    known[folder] = entries
    return entries
  }
}

extension TreePath {
  /// Whether the two differ in case, or in the spelling of a letter, and in nothing else.
  func isTwin(of other: TreePath) -> Bool { self != other && folded == other.folded }
}
