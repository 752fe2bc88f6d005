import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The entries below a folder, as they are found.
struct Listing {
  private(set) var entries: [TreeEntry] = []

  /// Adds what a folder holds and goes down into its folders, `.git` and too deep ones excepted; closes the descriptor.
  mutating func add(contentsOf descriptor: Int32, at folder: TreePath?, depth: Int = 0) throws(TreeError) {
    defer { closeDescriptor(descriptor) }
    for name in try Self.names(in: descriptor, at: folder) {
      guard let path = Self.path(of: name, in: folder) else {
        if let path = Self.shown(name, in: folder) { entries.append(TreeEntry(path: path, kind: .other)) }
        continue
      }
      let kind = try withName(name[...]) { (name) throws(TreeError) in try add(name, at: path, in: descriptor) }
      guard kind == .directory, name != Array(".git".utf8), depth + 1 < mostFolderDepth else { continue }
      let inner = try withName(name[...]) { (name) throws(TreeError) -> Int32 in
        uninterrupted { openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
      }
      if inner >= 0 {
        try add(contentsOf: inner, at: path, depth: depth + 1)
      } else if errno != ENOENT {
        throw TreeError(path)
      }
    }
  }

  /// Adds one entry; nil when it vanished since the folder was read.
  private mutating func add(_ name: UnsafePointer<CChar>, at path: TreePath, in folder: Int32) throws(TreeError) -> EntryKind? {
    var info = stat()
    guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw TreeError(path)
    }
    let kind = kind(ofMode: info.st_mode)
    let isFile = kind == .file
    entries.append(TreeEntry(path: path, kind: kind, isExecutable: isFile && info.st_mode & S_IXUSR != 0, size: isFile ? Int(info.st_size) : 0))
    return kind
  }

  private static func path(of name: [UInt8], in folder: TreePath?) -> TreePath? {
    guard let own = TreePath(bytes: name) else { return nil }
    return folder?.appending(own) ?? own
  }

  /// A path to show for a name that no path may have.
  private static func shown(_ name: [UInt8], in folder: TreePath?) -> TreePath? { path(of: TreePath.shown(name), in: folder) }

  /// The names in an open folder, in the order of the file system.
  static func names(in descriptor: Int32, at folder: TreePath?) throws(TreeError) -> [[UInt8]] {
    // The stream closes the descriptor that it is given; the entries are opened from the other one.
    let second = uninterrupted { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard second >= 0 else { throw TreeError(folder) }
    guard let stream = fdopendir(second) else {
      let error = TreeError(folder)
      closeDescriptor(second)
      throw error
    }
    defer { closedir(stream) }
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw TreeError(folder) }
        return names
      }
      let start = UnsafeRawPointer(entry).advanced(by: offset)
      let name = [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
  }
}
