import FileTree

/// A tree whose n-th write fails, once or from then on, and which remembers them.
struct FailingTree<Base: WritableTree>: WritableTree {
  var base: Base
  var failing: ClosedRange<Int>?
  /// What somebody else does to the tree right before a write.
  var meanwhile: (write: Int, act: @Sendable (inout Base) -> Void)?
  /// Whether the file system can swap two names.
  var swaps = true
  /// What is added to the number of the device.
  var firstDevice: UInt64 = 0
  /// A folder on another device.
  var far: TreePath?
  /// Each write that was tried: what was called, the path that it makes or changes, and the one that something is moved from.
  private(set) var log: [(call: String, path: TreePath?, from: TreePath?)] = []
  var writes: Int { log.count }

  init(_ base: Base, failing: ClosedRange<Int>? = nil) {
    self.base = base
    self.failing = failing
  }

  private func isFar(_ path: TreePath?) -> Bool { far.map { path?.isInside($0) ?? false } ?? false }

  private mutating func write<Result>(
    _ path: TreePath?, from: TreePath? = nil, _ call: String = #function, _ act: (inout Base) throws(TreeError) -> Result
  ) throws(TreeError) -> Result {
    log.append((call, path, from))
    if let from, isFar(from) != isFar(path) { throw TreeError(path: path, reason: "Invalid cross-device link") }
    if let meanwhile, meanwhile.write == writes { meanwhile.act(&base) }
    if failing?.contains(writes) == true { throw TreeError(path: path, reason: "No space left on device") }
    return try act(&base)
  }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] { try base.entries(under: folder) }
  func read(_ path: TreePath) throws(TreeError) -> [UInt8] { try base.read(path) }
  func observe(_ path: TreePath) throws(TreeError) -> Observed { try base.observe(path) }
  func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? {
    guard let identity = try base.identity(of: path) else { return nil }
    return FileIdentity(device: identity.device + firstDevice + (isFar(path) ? 1 : 0), number: identity.number)
  }
  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    try base.stream(path, to: piece)
  }

  mutating func makeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    try write(path) { (base) throws(TreeError) in try base.makeFolder(path) }
  }
  mutating func removeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    try write(path) { (base) throws(TreeError) in try base.removeFolder(path) }
  }
  mutating func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) {
    try write(path) { (base) throws(TreeError) in try base.create(path, content, mode: mode) }
  }
  mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) {
    try write(path) { (base) throws(TreeError) in try base.createSymlink(path, target: target) }
  }
  mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError) {
    try write(second, from: path) { (base) throws(TreeError) in try base.link(path, as: second) }
  }
  mutating func move(_ path: TreePath, to free: TreePath) throws(TreeError) {
    try write(free, from: path) { (base) throws(TreeError) in try base.move(path, to: free) }
  }
  mutating func exchange(_ first: TreePath, _ second: TreePath) throws(TreeError) -> Bool {
    guard swaps else { return false }
    return try write(second, from: first) { (base) throws(TreeError) in try base.exchange(first, second) }
  }
  mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) {
    try write(path, from: staged) { (base) throws(TreeError) in try base.replace(path, with: staged) }
  }
  mutating func remove(_ path: TreePath) throws(TreeError) {
    try write(path) { (base) throws(TreeError) in try base.remove(path) }
  }
  mutating func syncFileSystem(of folder: TreePath?) throws(TreeError) { try write(folder) { _ in } }
  mutating func sync(_ path: TreePath?) throws(TreeError) { try write(path) { _ in } }
}
