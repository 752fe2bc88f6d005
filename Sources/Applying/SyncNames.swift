import FileTree

extension WritableTree {
  /// Makes the names in some folders durable; nil is the root.
  mutating func syncNames(in folders: Set<TreePath?>) throws(TreeError) {
    // Each folder costs the disk a flush, which all of them together cost once.
    guard folders.count <= 8 else { return try sync() }
    for folder in folders.sorted(by: { ($0?.bytes ?? []).lexicographicallyPrecedes($1?.bytes ?? []) }) {
      // A folder that was swapped away meanwhile is nobody's to sync.
      if let folder, try observe(folder) != .directory { continue }
      try sync(folder)
    }
  }
}
