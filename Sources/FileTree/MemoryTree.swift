/// A tree in memory, for the library inside the binary and for tests.
package struct MemoryTree: ReadableTree {
  /// One node of the tree.
  package struct Node: Hashable, Sendable {
    package var kind: EntryKind
    /// Of a file its content, of a symlink its target.
    package var bytes: [UInt8]
    package var isExecutable: Bool
    /// Goes with the node when it is moved or linked; 0 for one that was there from the start.
    package var number: UInt64 = 0

    package init(kind: EntryKind = .file, bytes: [UInt8] = [], isExecutable: Bool = false) {
      self.kind = kind
      self.bytes = bytes
      self.isExecutable = isExecutable
    }
  }

  /// Files, symlinks and empty folders; the folders above a node need no node of their own.
  package var nodes: [TreePath: Node]
  /// Of the node that was made last.
  var lastNumber: UInt64 = 0

  package init(_ nodes: [TreePath: Node] = [:]) {
    self.nodes = nodes
  }

  package func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    if let folder {
      switch try observe(folder) {
      case .absent: return []
      case .directory: break
      default: throw TreeError(path: folder, reason: "Not a directory")
      }
    }
    var found: [TreePath: TreeEntry] = [:]
    for (path, node) in nodes {
      let size = node.kind == .file ? node.bytes.count : 0
      found[path] = TreeEntry(path: path, kind: node.kind, isExecutable: node.kind == .file && node.isExecutable, size: size)
      for ancestor in path.ancestors where found[ancestor] == nil { found[ancestor] = TreeEntry(path: ancestor, kind: .directory) }
    }
    let depth = folder?.parts.count ?? 0
    let below = found.values.filter { entry in folder.map { entry.path.relative(to: $0) != nil } ?? true }
    return below.filter {
      !$0.path.parts.dropFirst(depth).dropLast().contains(Array(".git".utf8)[...]) && $0.path.depth <= depth + mostFolderDepth
    }.sorted { $0.path < $1.path }
  }

  package func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    switch try observe(path) {
    case .file: return nodes[path]?.bytes ?? []
    case let other: throw TreeError(noFile: other, at: path)
    }
  }

  package func observe(_ path: TreePath) throws(TreeError) -> Observed {
    for ancestor in path.ancestors.reversed() {
      if let node = nodes[ancestor], node.kind != .directory { return .blocked(by: node.kind, at: ancestor) }
    }
    guard let node = nodes[path] else { return nodes.keys.contains { $0.relative(to: path) != nil } ? .directory : .absent }
    return switch node.kind {
    case .file: .file(size: node.bytes.count, isExecutable: node.isExecutable)
    case .directory: .directory
    case .symlink: .symlink(target: node.bytes)
    case .other: .other
    }
  }

  package func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    let observed = try observe(path)
    if case .file(let size, _) = observed, size > 0, let node = nodes[path] {
      try node.bytes.withUnsafeBufferPointer { (buffer) throws(TreeError) in try piece(UnsafeRawBufferPointer(buffer)) }
    }
    return observed
  }

  package func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? {
    guard let path else { return FileIdentity(device: 1, number: 0) }
    switch try observe(path) {
    case .absent, .blocked: return nil
    default: break
    }
    if let number = nodes[path]?.number, number > 0 { return FileIdentity(device: 1, number: number) }
    // It never moved, so the place tells which one it is; marked, so that no number that is counted up is the same.
    return FileIdentity(device: 1, number: path.bytes.reduce(5381) { $0 &* 33 &+ UInt64($1) } | 1 << 63)
  }
}
