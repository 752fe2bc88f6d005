/// A tree in memory, for the library inside the binary and for tests.
package struct MemoryTree: ReadableTree {
  /// One node of the tree.
  package struct Node: Hashable, Sendable {
    package var kind: EntryKind
    package var bytes: [UInt8]
    package var isExecutable: Bool

    package init(kind: EntryKind = .file, bytes: [UInt8] = [], isExecutable: Bool = false) {
      self.kind = kind
      self.bytes = bytes
      self.isExecutable = isExecutable
    }
  }

  package var nodes: [TreePath: Node]

  package init(_ nodes: [TreePath: Node] = [:]) {
    self.nodes = nodes
  }

  package func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    let folders = Set(nodes.keys.flatMap(\.ancestors)).map { TreeEntry(path: $0, kind: .directory) }
    let files = nodes.map { TreeEntry(path: $0.key, kind: $0.value.kind, isExecutable: $0.value.isExecutable, size: $0.value.bytes.count) }
    return (folders + files).filter { entry in folder.map { entry.path.relative(to: $0) != nil } ?? true }.sorted { $0.path < $1.path }
  }

  package func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    guard let node = nodes[path] else { throw TreeError(path: path, reason: "No such file or directory", isAbsent: true) }
    guard node.kind == .file else { throw TreeError(path: path, reason: "Not a regular file") }
    return node.bytes
  }
}
