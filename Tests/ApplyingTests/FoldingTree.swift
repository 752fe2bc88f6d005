import FileTree

/// A tree as on a system where case does not count: a name that is there is found under each of its spellings, and keeps its own.
struct FoldingTree: WritableTree {
  var base = MemoryTree()

  private func there(_ path: TreePath) -> TreePath {
    let key = path.text.lowercased()
    return base.nodes.keys.first { $0.text.lowercased() == key } ?? path
  }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] { try base.entries(under: folder.map(there)) }
  func read(_ path: TreePath) throws(TreeError) -> [UInt8] { try base.read(there(path)) }
  func observe(_ path: TreePath) throws(TreeError) -> Observed { try base.observe(there(path)) }
  func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? { try base.identity(of: path.map(there)) }
  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    try base.stream(there(path), to: piece)
  }
  mutating func makeFolder(_ path: TreePath) throws(TreeError) -> Bool { try base.makeFolder(there(path)) }
  mutating func removeFolder(_ path: TreePath) throws(TreeError) -> Bool { try base.removeFolder(there(path)) }
  mutating func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) {
    try base.create(there(path), content, mode: mode)
  }
  mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) { try base.createSymlink(there(path), target: target) }
  mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError) { try base.link(there(path), as: there(second)) }
  mutating func move(_ path: TreePath, to free: TreePath) throws(TreeError) { try base.move(there(path), to: there(free)) }
  mutating func exchange(_ first: TreePath, _ second: TreePath) throws(TreeError) -> Bool { try base.exchange(there(first), there(second)) }
  mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) { try base.replace(there(path), with: there(staged)) }
  mutating func remove(_ path: TreePath) throws(TreeError) { try base.remove(there(path)) }
  mutating func syncFileSystem(of folder: TreePath?) throws(TreeError) {}
  mutating func sync(_ path: TreePath?) throws(TreeError) {}
}
