import FileTree
import Planning

/// A repository as it will be when a plan is carried out, for whoever wants to read it.
struct OutcomeTree<Base: ReadableTree>: ReadableTree {
  private let base: Base
  /// By path: what the plan puts there; nil for nothing.
  private var planned: [TreePath: Content?] = [:]
  /// The folders above what is put there.
  private var folders: Set<TreePath> = []

  init(_ base: Base, after plan: Plan) {
    self.base = base
    for change in plan.changes where change.conflict == nil {
      switch (change.after, change.output?.form) {
      case (.file(let content, _), _): planned[change.path] = content
      // It is there already; in memory, it need not be read again.
      case (.same, .file(let content, _)): planned[change.path] = content
      case (.nothing, _): planned[change.path] = .some(nil)
      case (.same, _), (.symlink, _): continue
      }
      if case .nothing = change.after { continue }
      folders.formUnion(change.path.ancestors)
    }
  }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    let there = try base.entries(under: folder).filter { planned[$0.path] == nil }
    let isBelow = { (path: TreePath) in folder.map { path.isInside($0) && path != $0 } ?? true }
    let further = planned.compactMap { path, content in content != nil && isBelow(path) ? TreeEntry(path: path, kind: .file) : nil }
    return (there + further).sorted { $0.path < $1.path }
  }

  func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    guard let content = planned[path] else { return try base.read(path) }
    guard let content else { throw TreeError(noFile: .absent, at: path) }
    var bytes: [UInt8] = []
    try content.stream { bytes += $0 }
    return bytes
  }

  func observe(_ path: TreePath) throws(TreeError) -> Observed {
    guard planned[path] != nil else { return folders.contains(path) ? .directory : try base.observe(path) }
    return try stream(path) { _ in }
  }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    guard let content = planned[path] else { return try base.stream(path, to: piece) }
    guard let content else { return .absent }
    var size = 0
    try content.stream { (bytes) throws(TreeError) in
      size += bytes.count
      try piece(bytes)
    }
    return .file(size: size, isExecutable: false)
  }
}
