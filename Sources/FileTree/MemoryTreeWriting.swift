extension MemoryTree: WritableTree {
  package mutating func makeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    try needFolder(of: path)
    switch try observe(path) {
    case .directory: return false
    case .absent: break
    default: throw TreeError(path: path, reason: "File exists")
    }
    nodes[path] = Node(kind: .directory)
    return true
  }

  package mutating func removeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    switch try observe(path) {
    case .absent: return false
    case .directory: break
    default: throw TreeError(path: path, reason: "Not a directory")
    }
    guard !nodes.keys.contains(where: { $0.relative(to: path) != nil }) else { return false }
    keepFolder(of: path)
    nodes[path] = nil
    return true
  }

  package mutating func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) {
    try needRoom(at: path)
    var isExecutable = mode == .executable
    if case .like(let other) = mode, case .file(_, true) = try observe(other) { isExecutable = true }
    var bytes: [UInt8] = []
    try content.stream { bytes.append(contentsOf: $0) }
    nodes[path] = Node(bytes: bytes, isExecutable: isExecutable)
  }

  package mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) {
    try needRoom(at: path)
    nodes[path] = Node(kind: .symlink, bytes: target)
  }

  package mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError) {
    let node = try movable(path)
    try needRoom(at: second)
    nodes[second] = node
  }

  package mutating func publish(_ staged: TreePath, as path: TreePath) throws(TreeError) {
    try link(staged, as: path)
    try remove(staged)
  }

  package mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) {
    let node = try movable(staged)
    try needFolder(of: path)
    if case .directory = try observe(path) { throw TreeError(path: path, reason: "Is a directory") }
    nodes[path] = node
    try remove(staged)
  }

  package mutating func remove(_ path: TreePath) throws(TreeError) {
    _ = try movable(path)
    keepFolder(of: path)
    nodes[path] = nil
  }

  /// A folder stays when the last thing in it goes.
  private mutating func keepFolder(of path: TreePath) {
    if let parent = path.parent, nodes[parent] == nil { nodes[parent] = Node(kind: .directory) }
  }

  private func needFolder(of path: TreePath) throws(TreeError) {
    guard let parent = path.parent else { return }
    switch try observe(parent) {
    case .directory: return
    case .absent: throw TreeError(path: parent, reason: "No such file or directory", isAbsent: true)
    default: throw TreeError(path: parent, reason: "Not a directory")
    }
  }

  private func needRoom(at path: TreePath) throws(TreeError) {
    try needFolder(of: path)
    guard case .absent = try observe(path) else { throw TreeError(path: path, reason: "File exists") }
  }

  private func movable(_ path: TreePath) throws(TreeError) -> Node {
    switch try observe(path) {
    case .absent: throw TreeError(path: path, reason: "No such file or directory", isAbsent: true)
    case .directory: throw TreeError(path: path, reason: "Is a directory")
    case .blocked: throw TreeError(path: path, reason: "Not a directory")
    default: break
    }
    guard let node = nodes[path] else { throw TreeError(path: path, reason: "No such file or directory", isAbsent: true) }
    return node
  }
}
