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
    if case .like(let other, let wanted) = mode {
      if case .file(_, let has) = try observe(other) { isExecutable = has }
      isExecutable = wanted ?? isExecutable
    }
    var bytes: [UInt8] = []
    try content.stream { bytes.append(contentsOf: $0) }
    nodes[path] = Node(bytes: bytes, isExecutable: isExecutable)
    number(path)
  }

  package mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) {
    try needRoom(at: path)
    nodes[path] = Node(kind: .symlink, bytes: target)
    number(path)
  }

  private mutating func number(_ path: TreePath) {
    lastNumber += 1
    nodes[path]?.number = lastNumber
  }

  package mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError) {
    try needRoom(at: second)
    let node = try numbered(path)
    nodes[second] = node
  }

  package mutating func move(_ path: TreePath, to free: TreePath) throws(TreeError) {
    try needRoom(at: free)
    guard case .directory = try observe(path) else { return try replace(free, with: path) }
    keepFolder(of: path)
    for (old, node) in nodes where old.isInside(path) {
      nodes[old] = nil
      nodes[old.relative(to: path).map(free.appending) ?? free] = node
    }
  }

  package mutating func exchange(_ first: TreePath, _ second: TreePath) throws(TreeError) -> Bool {
    (nodes[first], nodes[second]) = (try numbered(second), try numbered(first))
    return true
  }

  package mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) {
    let node = try numbered(staged)
    try needFolder(of: path)
    if case .directory = try observe(path) { throw TreeError(path: path, reason: "Is a directory") }
    try remove(staged)
    nodes[path] = node
  }

  /// A node on its way to another name, which must not change its identity.
  private mutating func numbered(_ path: TreePath) throws(TreeError) -> Node {
    var node = try movable(path)
    if node.number == 0, let identity = try identity(of: path) { node.number = identity.number }
    nodes[path] = node
    return node
  }

  package mutating func syncFileSystem(of folder: TreePath?) throws(TreeError) {}

  package mutating func sync(_ path: TreePath?) throws(TreeError) {}

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
