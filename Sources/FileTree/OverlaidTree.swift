/// A tree in which some files have other bytes, or are there at all, as if they were written already.
package struct OverlaidTree: ReadableTree {
  private let base: any ReadableTree
  private let files: [TreePath: File]

  /// A whole file.
  package struct File: Hashable, Sendable {
    package var bytes: [UInt8]
    /// Of a file that is not there yet.
    package var isExecutable: Bool

    package init(_ bytes: [UInt8], isExecutable: Bool = false) {
      (self.bytes, self.isExecutable) = (bytes, isExecutable)
    }
  }

  /// - Parameter files: a folder on the way to one is there too.
  package init(_ base: any ReadableTree, files: [TreePath: File]) {
    (self.base, self.files) = (base, files)
  }

  package func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    var entries = Dictionary(try base.entries(under: folder).map { ($0.path, $0) }) { first, _ in first }
    for (path, file) in files where folder.map({ path.isInside($0) }) ?? true {
      entries[path] = TreeEntry(path: path, kind: .file, isExecutable: entries[path]?.isExecutable ?? file.isExecutable, size: file.bytes.count)
      for parent in path.ancestors where entries[parent] == nil && parent != folder && folder.map({ parent.isInside($0) }) ?? true {
        entries[parent] = TreeEntry(path: parent, kind: .directory)
      }
    }
    return entries.values.sorted { $0.path < $1.path }
  }

  package func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    if let file = files[path] { return file.bytes }
    return try base.read(path)
  }

  package func observe(_ path: TreePath) throws(TreeError) -> Observed {
    let observed = try base.observe(path)
    if let file = files[path] {
      if case .file(_, let isExecutable) = observed { return .file(size: file.bytes.count, isExecutable: isExecutable) }
      return .file(size: file.bytes.count, isExecutable: file.isExecutable)
    }
    if observed == .absent, files.keys.contains(where: { $0.isInside(path) }) { return .directory }
    return observed
  }

  package func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    guard let file = files[path] else { return try base.stream(path, to: piece) }
    try file.bytes.withUnsafeBufferPointer { (buffer) throws(TreeError) in try piece(UnsafeRawBufferPointer(buffer)) }
    return try observe(path)
  }

  package func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? { try base.identity(of: path) }
}
