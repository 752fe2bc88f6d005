import FileTree

/// Looks for paths that a file system on which case, or the spelling of a letter, does not count would take for one that is wanted.
struct TwinSearch<Tree: ReadableTree> {
  private let tree: Tree
  /// Folders that aiwg made, which go when what is in them goes.
  private let ownFolders: Set<TreePath>
  /// Of each folder that was looked at, its names by what they come to where case does not count.
  private var known: [TreePath?: [String: [String]]] = [:]

  init(tree: Tree, ownFolders: Set<TreePath>) {
    self.tree = tree
    self.ownFolders = ownFolders
  }

  /// The twin of a path where nothing stands yet, or of a folder on the way to it; nil without one.
  /// - Throws: `TreeError` when a folder cannot be read.
  mutating func twin(of path: TreePath, besides going: Set<TreePath>) throws(TreeError) -> TreePath? {
    for step in path.ancestors.reversed() + [path] {
      let names = try names(in: step.parent)[step.name.foldedForCollision] ?? []
      let bytes = Array(step.name.utf8)
      if names.contains(where: { Array($0.utf8) == bytes }) { continue }
      let others = names.compactMap { name in TreePath(name).map { step.parent?.appending($0) ?? $0 } }
      // Nothing is below a folder that is not there.
      return others.first { !going.contains($0) && !ownFolders.contains($0) }
    }
    return nil
  }

  private mutating func names(in folder: TreePath?) throws(TreeError) -> [String: [String]] {
    if let names = known[folder] { return names }
    let names = Dictionary(grouping: try tree.names(in: folder), by: \.foldedForCollision)
    known[folder] = names
    return names
  }
}

extension TreePath {
  /// Whether the two differ in case, or in the spelling of a letter, and in nothing else.
  func isTwin(of other: TreePath) -> Bool { self != other && text.foldedForCollision == other.text.foldedForCollision }
}

extension String {
  /// Equal for two names that a file system may take for one; strings compare by what they show, whatever its bytes are.
  fileprivate var foldedForCollision: String { uppercased().lowercased() }
}
