package import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A directory on disk.
///
/// The root is opened once; every path is walked from there one part at a time, and a symlink on the way or at the end is never followed.
/// Safe to use from several threads; fastest when the paths come in order.
package final class DiskTree: ReadableTree, @unchecked Sendable {
  private static let stacksOfAThread = 2

  let root: Int32
  private let lock = Lock()
  /// Stacks that nobody walks with at the moment; a thread takes its own for a call, so that two never wait for each other's calls.
  private var idle: [(owner: pthread_t, folders: FolderStack)] = []
  /// Folders elsewhere that lie in the tree; nothing is added once a path below the root was walked by several threads.
  private(set) var mounts = Mounts()

  /// Opens the directory; symlinks in the path to the root itself are followed.
  /// - Throws: `TreeError` without a path when it is absent or no directory.
  package init(root path: String) throws(TreeError) {
    root = uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard root >= 0 else { throw TreeError(nil) }
  }

  deinit {
    forgetFolders()
    mounts.close()
    closeDescriptor(root)
  }

  /// Lets a folder elsewhere lie in the tree at a path, which need not be there; symlinks in the path to the folder itself are followed, once.
  ///
  /// It hides what has that path otherwise. It must come before runs of several threads.
  /// - Throws: `TreeError` for the path when the folder is absent or no directory.
  package func mount(_ folder: String, at path: TreePath) throws(TreeError) {
    let opened = uninterrupted { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard opened >= 0 else { throw TreeError(path) }
    mounts.add(opened, at: path)
    forgetFolders()
  }

  /// Closes what is open below the root; a folder that was removed must not be found again through its descriptor.
  func forgetFolders() {
    let stacks = lock.held {
      defer { idle = [] }
      return idle
    }
    for var stack in stacks.map(\.folders) { stack.close() }
  }

  /// Walks with the stack of this thread that was last in the same top folder: what moves between two folders would otherwise open both anew each time.
  private func withFolders<Result>(_ folder: TreePath?, _ body: (inout FolderStack) throws(TreeError) -> Result) throws(TreeError) -> Result {
    let me = pthread_self()
    let top = folder?.top
    let taken = lock.held { () -> FolderStack? in
      let own = idle.indices.filter { idle[$0].owner == me }
      let best = own.first { idle[$0].folders.top == top } ?? (own.count < Self.stacksOfAThread ? nil : own.first)
      return best.map { idle.remove(at: $0).folders }
    }
    var folders = taken ?? FolderStack(root: root, mounts: mounts)
    defer { lock.held { idle.append((me, folders)) } }
    return try body(&folders)
  }

  /// Where a path's folder is, and what `body` made of it there.
  enum Reached<Result> {
    case folder(Result)
    case absent(at: TreePath)
    case blocked(by: EntryKind, at: TreePath)
  }

  /// Runs a few system calls in the folder that holds a path, which stays open meanwhile.
  func inFolder<Result>(
    of path: TreePath, _ body: (Int32, UnsafePointer<CChar>) throws(TreeError) -> Result
  ) throws(TreeError) -> Reached<Result> {
    try withFolders(path.parent) { (folders) throws(TreeError) -> Reached<Result> in
      switch try folders.walk(to: path.parent) {
      case .absent(let at): return .absent(at: at)
      case .blocked(let kind, let at): return .blocked(by: kind, at: at)
      case .folder(let descriptor):
        let name = path.bytes[((path.bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
        return .folder(try withName(name) { (name) throws(TreeError) -> Result in try body(descriptor, name) })
      }
    }
  }

  package func observe(_ path: TreePath) throws(TreeError) -> Observed {
    if mounts.descriptor(at: path) != nil { return .directory }
    let reached = try inFolder(of: path) { (folder, name) throws(TreeError) -> Observed in
      var info = stat()
      guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else {
        if errno == ENOENT || errno == ENAMETOOLONG { return .absent }
        throw TreeError(path)
      }
      switch kind(ofMode: info.st_mode) {
      case .file: return .file(size: Int(info.st_size), isExecutable: info.st_mode & S_IXUSR != 0)
      case .directory: return .directory
      case .symlink: return .symlink(target: try target(ofLink: name, in: folder, path: path))
      case .other: return .other
      }
    }
    return switch reached {
    case .folder(let observed): observed
    case .absent: .absent
    case .blocked(let kind, let at): .blocked(by: kind, at: at)
    }
  }

  package func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    switch try opened(path) {
    case .file(let file):
      defer { file.close() }
      return try file.readAll()
    case .found(let other): throw TreeError(noFile: other, at: path)
    }
  }

  package func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    switch try opened(path) {
    case .found(let observed): return observed
    case .file(let file):
      defer { file.close() }
      return .file(size: try file.stream(to: piece), isExecutable: file.isExecutable)
    }
  }

  private enum Opened {
    case file(OpenFile)
    case found(Observed)
  }

  private func opened(_ path: TreePath) throws(TreeError) -> Opened {
    let reached = try inFolder(of: path) { (folder, name) throws(TreeError) -> Opened in
      // A pipe without a writer must not hold the run up.
      let descriptor = uninterrupted { openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
      guard descriptor >= 0 else {
        switch errno {
        // Nothing can have a name that is too long.
        case ENOENT, ENAMETOOLONG: return .found(.absent)
        case ELOOP: return .found(.symlink(target: try target(ofLink: name, in: folder, path: path)))
        case ENXIO, EOPNOTSUPP: return .found(.other)
        default: throw TreeError(path)
        }
      }
      var info = stat()
      guard fstat(descriptor, &info) == 0 else {
        let error = TreeError(path)
        closeDescriptor(descriptor)
        throw error
      }
      let kind = kind(ofMode: info.st_mode)
      if kind == .file {
        return .file(OpenFile(descriptor: descriptor, path: path, size: Int(info.st_size), isExecutable: info.st_mode & S_IXUSR != 0))
      }
      closeDescriptor(descriptor)
      return .found(kind == .directory ? .directory : .other)
    }
    return switch reached {
    case .folder(let opened): opened
    case .absent: .found(.absent)
    case .blocked(let kind, let at): .found(.blocked(by: kind, at: at))
    }
  }

  package func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    let way = try withFolders(folder) { (folders) throws(TreeError) -> Reached<Int32> in
      switch try folders.walk(to: folder) {
      case .absent(let at): return .absent(at: at)
      case .blocked(let kind, let at): return .blocked(by: kind, at: at)
      case .folder(let descriptor):
        let opened = uninterrupted { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard opened >= 0 else { throw TreeError(folder) }
        return .folder(opened)
      }
    }
    switch way {
    case .absent: return []
    case .blocked(_, let at): throw TreeError(at, errno: ENOTDIR)
    case .folder(let descriptor):
      var listing = Listing()
      try listing.add(contentsOf: descriptor, at: folder)
      return listing.entries.sorted { $0.path < $1.path }
    }
  }

  package func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? {
    var info = stat()
    guard let path else {
      guard fstat(root, &info) == 0 else { throw TreeError(nil) }
      return FileIdentity(info)
    }
    if let mount = mounts.descriptor(at: path) {
      guard fstat(mount, &info) == 0 else { throw TreeError(path) }
      return FileIdentity(info)
    }
    let reached = try inFolder(of: path) { (folder, name) throws(TreeError) -> FileIdentity? in
      guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else {
        if errno == ENOENT || errno == ENAMETOOLONG { return nil }
        throw TreeError(path)
      }
      return FileIdentity(info)
    }
    guard case .folder(let identity) = reached else { return nil }
    return identity
  }

  package func names(in folder: TreePath?) throws(TreeError) -> [String] {
    let way = try withFolders(folder) { (folders) throws(TreeError) -> [[UInt8]] in
      guard case .folder(let descriptor) = try folders.walk(to: folder) else { return [] }
      return try Listing.names(in: descriptor, at: folder)
    }
    return way.compactMap { TreePath(bytes: $0)?.text }
  }
}

extension FileIdentity {
  init(_ info: stat) {
    self.init(device: UInt64(truncatingIfNeeded: info.st_dev), number: UInt64(truncatingIfNeeded: info.st_ino))
  }
}
