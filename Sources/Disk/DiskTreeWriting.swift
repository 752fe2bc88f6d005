import CSystemCalls
package import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension DiskTree: WritableTree {
  package func makeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    if mounts.descriptor(at: path) != nil { return false }
    let made = try inPlace(of: path) { (folder, name) throws(TreeError) -> Bool in
      guard mkdirat(folder, name, 0o755) == 0 else {
        guard errno == EEXIST else { throw TreeError(path) }
        return false
      }
      try giveBack(folder, name, path)
      return true
    }
    guard made else {
      let found = try observe(path)
      if found == .directory { return false }
      if case .symlink = found { throw TreeError(inTheWay: .symlink, at: path, isOnTheWay: true) }
      throw TreeError(inTheWay: .file, at: path, isOnTheWay: true)
    }
    return true
  }

  /// Those that lie side by side go to one lane: the system lets nobody else into a folder while a name is added.
  package func makeFolders(_ paths: [TreePath]) -> [Result<Bool, TreeError>] {
    var siblings: [Range<Int>] = []
    for (index, path) in paths.enumerated() {
      if let last = siblings.last, paths[last.lowerBound].parent == path.parent {
        siblings[siblings.count - 1] = last.lowerBound..<index + 1
      } else {
        siblings.append(index..<index + 1)
      }
    }
    let groups = siblings
    return ThreadLanes(least: 2).map(below: groups.count) { number in
      paths[groups[number]].map { path in Result { () throws(TreeError) -> Bool in try self.makeFolder(path) } }
    }.flatMap(\.self)
  }

  /// Gives a new folder what the umask took: the same input gives the same tree on every machine.
  private func giveBack(_ folder: Int32, _ name: UnsafePointer<CChar>, _ path: TreePath) throws(TreeError) {
    var info = stat()
    guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { throw TreeError(path) }
    if info.st_mode & 0o755 == 0o755, kind(ofMode: info.st_mode) == .directory { return }
    let made = uninterrupted { openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    guard made >= 0 else { throw TreeError(path) }
    defer { closeDescriptor(made) }
    guard fstat(made, &info) == 0, fchmod(made, info.st_mode & 0o7777 | 0o755) == 0 else { throw TreeError(path) }
  }

  package func removeFolder(_ path: TreePath) throws(TreeError) -> Bool {
    // It may be behind a link, or be what another program was told to use.
    if mounts.descriptor(at: path) != nil { return false }
    let reached = try inFolder(of: path) { (folder, name) throws(TreeError) -> Bool in
      if unlinkat(folder, name, AT_REMOVEDIR) == 0 { return true }
      // Where a file system is mounted is nothing of ours.
      guard [ENOTEMPTY, EEXIST, ENOENT, EBUSY].contains(errno) else { throw TreeError(path) }
      return false
    }
    guard case .folder(let removed) = reached else { return false }
    if removed { forgetFolders() }
    return removed
  }

  package func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) {
    _ = try created(path, content, mode: mode)
  }

  package func create(_ files: [NewFile]) -> [Result<FileIdentity?, TreeError>] {
    let make = { @Sendable (number: Int) -> Result<FileIdentity?, TreeError> in
      let file = files[number]
      return Result { () throws(TreeError) -> FileIdentity? in try self.created(file.path, file.content, mode: file.mode) }
    }
    guard files.count >= Self.manyFiles else { return ThreadLanes().map(below: files.count, make) }
    let half = files.count / 2
    var out = ThreadLanes().map(below: half, make)
    // A full disk takes no more.
    guard out.allSatisfy({ (try? $0.get()) != nil }) else { return out }
    // The disk begins with what is there already. That all of it is durable is for somebody else to see to.
    let sync = Thread { [root] in _ = aiwg_sync_file_system(root) }
    out += ThreadLanes().map(below: files.count - half) { make(half + $0) }
    sync.join()
    return out
  }

  /// So many that the disk is busy with them for a while.
  private static let manyFiles = 1_000

  private func created(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError) -> FileIdentity {
    let permissions = try self.permissions(mode)
    // What is like another file may be nobody else's business, also before it is complete.
    let first: mode_t = if case .like = mode { 0o600 } else { permissions }
    let file = try inPlace(of: path) { (folder, name) throws(TreeError) -> OpenFile in
      let descriptor = uninterrupted { openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, first) }
      guard descriptor >= 0 else { throw TreeError(path) }
      return OpenFile(descriptor: descriptor, path: path)
    }
    do throws(TreeError) {
      defer { file.close() }
      try file.write(content)
      if case .like(let other, _) = mode { keepOwner(of: other, on: file.descriptor) }
      var info = stat()
      guard fstat(file.descriptor, &info) == 0 else { throw TreeError(path) }
      // The umask has no say: the same input gives the same tree on every machine.
      if info.st_mode & 0o7777 != permissions {
        guard fchmod(file.descriptor, permissions) == 0 else { throw TreeError(path) }
      }
      #if canImport(Darwin)
        // No call makes a whole file system durable there.
        guard fsync(file.descriptor) == 0 else { throw TreeError(path) }
      #endif
      return FileIdentity(info)
    } catch {
      // What stopped the writing is what the user has to hear of.
      do throws(TreeError) { try remove(path) } catch { _ = error }
      throw error
    }
  }

  package func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError) {
    try inPlace(of: path) { (folder, name) throws(TreeError) in
      let result = try withName(target[...]) { (target) throws(TreeError) in symlinkat(target, folder, name) }
      guard result == 0 else { throw TreeError(path) }
    }
  }

  package func link(_ path: TreePath, as second: TreePath) throws(TreeError) {
    do throws(SystemRefusal) {
      try between(path, second) { linkat($0, $1, $2, $3, 0) }
    } catch {
      guard error.hasNoLinks else { throw error.treeError }
      try create(second, .copy(of: path, in: self), mode: .like(path))
    }
  }

  package func move(_ path: TreePath, to free: TreePath) throws(TreeError) {
    do throws(SystemRefusal) {
      return try between(path, free) { aiwg_rename_to_free_name($0, $1, $2, $3) }
    } catch {
      guard error.isUnknown else { throw error.treeError }
    }
    do throws(SystemRefusal) {
      try between(path, free) { linkat($0, $1, $2, $3, 0) }
    } catch {
      guard error.hasNoLinks else { throw error.treeError }
      guard case .absent = try observe(free) else { throw TreeError(free, errno: EEXIST) }
      return try replace(free, with: path)
    }
    do throws(TreeError) {
      try remove(path)
    } catch {
      try remove(free)
      throw error
    }
  }

  package func exchange(_ first: TreePath, _ second: TreePath) throws(TreeError) -> Bool {
    do throws(SystemRefusal) {
      try between(first, second) { aiwg_exchange($0, $1, $2, $3) }
      return true
    } catch {
      guard error.isUnknown else { throw error.treeError }
      return false
    }
  }

  package func replace(_ path: TreePath, with staged: TreePath) throws(TreeError) {
    do throws(SystemRefusal) {
      try between(staged, path) { renameat($0, $1, $2, $3) }
    } catch {
      throw error.treeError
    }
  }

  package func remove(_ path: TreePath) throws(TreeError) {
    try inPlace(of: path) { (folder, name) throws(TreeError) in
      guard unlinkat(folder, name, 0) == 0 else { throw TreeError(path) }
    }
  }

  package func syncFileSystem(of folder: TreePath?) throws(TreeError) {
    try opened(folder) { (descriptor) throws(TreeError) in
      guard uninterrupted({ aiwg_sync_file_system(descriptor) }) == 0 else { throw TreeError(folder) }
    }
  }

  package func sync(_ path: TreePath?) throws(TreeError) {
    try opened(path) { (descriptor) throws(TreeError) in
      // Some file systems know nothing of syncing a folder.
      guard uninterrupted({ fsync(descriptor) }) == 0 || errno == EINVAL else { throw TreeError(path) }
    }
  }

  private func opened(_ path: TreePath?, _ body: (Int32) throws(TreeError) -> Void) throws(TreeError) {
    guard let path else { return try body(root) }
    if let mount = mounts.descriptor(at: path) { return try body(mount) }
    try inPlace(of: path) { (folder, name) throws(TreeError) in
      let opened = uninterrupted { openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
      guard opened >= 0 else { throw TreeError(path) }
      defer { closeDescriptor(opened) }
      try body(opened)
    }
  }

  /// Who runs aiwg as root in the folder of another user does not take that user's files away; where the system refuses, the file is the runner's.
  private func keepOwner(of path: TreePath, on descriptor: Int32) {
    let reached = try? inFolder(of: path) { (folder, name) throws(TreeError) -> stat? in
      var info = stat()
      return fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info : nil
    }
    var own = stat()
    guard case .folder(let info?) = reached, fstat(descriptor, &own) == 0, (own.st_uid, own.st_gid) != (info.st_uid, info.st_gid) else { return }
    _ = fchown(descriptor, info.st_uid, info.st_gid)
  }

  /// A call with two names that the system refused.
  private struct SystemRefusal: Error {
    let treeError: TreeError
    private let number: Int32

    init(_ error: TreeError, number: Int32 = 0) {
      (treeError, self.number) = (error, number)
    }

    // The file system, not the tree, is the reason.

    var hasNoLinks: Bool { [EPERM, EOPNOTSUPP, ENOTSUP, EMLINK].contains(number) }
    var isUnknown: Bool { [EINVAL, ENOSYS, EOPNOTSUPP, ENOTSUP].contains(number) }
  }

  /// Runs a system call on two names, which may lie in two folders.
  private func between(
    _ first: TreePath, _ second: TreePath, _ call: (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>) -> Int32
  ) throws(SystemRefusal) {
    var number: Int32 = 0
    do throws(TreeError) {
      // The folders on the way to the first one are taken meanwhile, so that the walk to the second one closes none of them.
      try inPlace(of: first) { (source, from) throws(TreeError) in
        try inPlace(of: second) { (folder, to) throws(TreeError) in
          if call(source, from, folder, to) != 0 { number = errno }
        }
      }
    } catch {
      throw SystemRefusal(error)
    }
    guard number != 0 else { return }
    let path = number == ENOENT ? first : second
    throw SystemRefusal(TreeError(path, errno: number), number: number)
  }

  /// Runs system calls in the folder of a path, which must be there.
  private func inPlace<Result>(
    of path: TreePath, _ body: (Int32, UnsafePointer<CChar>) throws(TreeError) -> Result
  ) throws(TreeError) -> Result {
    switch try inFolder(of: path, body) {
    case .folder(let result): return result
    case .absent(let at): throw TreeError(at, errno: ENOENT)
    case .blocked(.symlink, let at): throw TreeError(inTheWay: .symlink, at: at, isOnTheWay: true)
    case .blocked(_, let at): throw TreeError(at, errno: ENOTDIR)
    }
  }

  private func permissions(_ mode: FileMode) throws(TreeError) -> mode_t {
    switch mode {
    case .plain: return 0o644
    case .executable: return 0o755
    case .like(let path, let isExecutable):
      let reached = try inFolder(of: path) { (folder, name) throws(TreeError) -> mode_t in
        var info = stat()
        guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return 0o644 }
        return kind(ofMode: info.st_mode) == .file ? info.st_mode & 0o777 : 0o644
      }
      guard case .folder(let permissions) = reached else { return isExecutable == true ? 0o755 : 0o644 }
      switch isExecutable {
      case nil: return permissions
      case false: return permissions & ~0o111
      // Whoever may read it may run it.
      case true: return permissions | (permissions & 0o444) >> 2
      }
    }
  }
}

extension OpenFile {
  /// So many bytes of small parts are written at once: a call of the system costs more than a copy.
  private static let mostGathered = 1 << 18

  fileprivate func write(_ content: Content) throws(TreeError) {
    guard case .parts(let parts) = content, parts.count > 1 else {
      return try content.stream { (piece) throws(TreeError) in try write(piece) }
    }
    var gathered: [UInt8] = []
    gathered.reserveCapacity(min(Self.mostGathered, parts.reduce(0) { $0 + $1.count }))
    try content.stream { (part) throws(TreeError) in
      if gathered.count + part.count > Self.mostGathered {
        try write(Content.bytes(gathered))
        gathered.removeAll(keepingCapacity: true)
      }
      if part.count > Self.mostGathered { try write(part) } else { gathered += part }
    }
    try write(Content.bytes(gathered))
  }
}
