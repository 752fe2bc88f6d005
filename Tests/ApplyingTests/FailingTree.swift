import FileTree

/// A tree whose n-th write fails, once or from then on, and which counts them.
struct FailingTree: WritableTree {
  var base: MemoryTree
  var failing: ClosedRange<Int>?
  /// What somebody else does to the tree right before a write.
  var meanwhile: (write: Int, act: @Sendable (inout MemoryTree) -> Void)?
  private(set) var writes = 0

  init(_ base: MemoryTree, failing: ClosedRange<Int>? = nil) {
    self.base = base
    self.failing = failing
  }

  private mutating func count(_ path: TreePath) throws(TreeError) {
    writes += 1
    if let meanwhile, meanwhile.write == writes { meanwhile.act(&base) }
    if failing?.contains(writes) == true { throw TreeError(path: path, reason: "No space left on device") }
  }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] { try base.entries(under: folder) }
  func read(_ path: TreePath) throws(TreeError) -> [UInt8] { try base.read(path) }
  func observe(_ path: TreePath) throws(TreeError) -> Observed { try base.observe(path) }
  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    try base.stream(path, to: piece)
  }

  mutating func makeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    try count(path)
    return try base.makeFolder(path)
  }
  mutating func removeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    try count(path)
    return try base.removeFolder(path)
  }
  mutating func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) {
    try count(path)
    try base.create(path, content, mode: mode)
  }
  mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) {
    try count(path)
    try base.createSymlink(path, target: target)
  }
  mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError) {
    try count(path)
    try base.link(path, as: second)
  }
  mutating func publish(_ staged: TreePath, as path: TreePath) throws(TreeError) {
    try count(path)
    try base.publish(staged, as: path)
  }
  mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) {
    try count(path)
    try base.replace(path, with: staged)
  }
  mutating func remove(_ path: TreePath) throws(TreeError) {
    try count(path)
    try base.remove(path)
  }
}
