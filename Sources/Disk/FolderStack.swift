import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The open folders on the way to the path that was asked for last.
///
/// Calls come in the order of the paths, so the next one mostly starts where the last one ended, and costs no walk.
struct FolderStack {
  /// Where a walk ends.
  enum Way {
    case folder(Int32)
    case absent(at: TreePath)
    case blocked(by: EntryKind, at: TreePath)
  }

  private let root: Int32
  private let mounts: Mounts
  private var names: [ArraySlice<UInt8>] = []
  private var descriptors: [Int32] = []
  /// The folder that all of them lead to; empty when they lead to none that was asked for.
  private var last: [UInt8] = []

  /// The name of the folder right below the root; nil while none is open.
  var top: ArraySlice<UInt8>? { names.first }

  init(root: Int32, mounts: Mounts) {
    (self.root, self.mounts) = (root, mounts)
  }

  /// Goes down to a folder, one part at a time and through no symlink; nil is the root.
  mutating func walk(to folder: TreePath?) throws(TreeError) -> Way {
    if let folder, folder.bytes == last, let descriptor = descriptors.last { return .folder(descriptor) }
    let parts = folder?.parts ?? []
    last = []
    var depth = 0
    while depth < min(parts.count, names.count), parts[depth] == names[depth] { depth += 1 }
    close(from: depth)
    while depth < parts.count, let folder {
      let part = parts[depth]
      let parent = descriptors.last ?? root
      let path = { TreePath(bytes: Array(folder.bytes[..<part.endIndex])) ?? folder }
      let way: Way
      if let mounted = try mounts.isEmpty ? nil : mounts.copy(at: path()) {
        way = .folder(mounted)
      } else {
        way = try withName(part) { (name) throws(TreeError) -> Way in try Self.enter(name, in: parent, path: path) }
      }
      guard case .folder(let opened) = way else { return way }
      names.append(part)
      descriptors.append(opened)
      depth += 1
    }
    last = folder?.bytes ?? []
    return .folder(descriptors.last ?? root)
  }

  /// Forgets the folders from a depth on, so that they can be removed or found anew.
  mutating func close(from depth: Int = 0) {
    last = []
    for descriptor in descriptors[depth...] { closeDescriptor(descriptor) }
    names.removeSubrange(depth...)
    descriptors.removeSubrange(depth...)
  }

  private static func enter(_ name: UnsafePointer<CChar>, in parent: Int32, path: () -> TreePath) throws(TreeError) -> Way {
    let opened = uninterrupted { openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    if opened >= 0 { return .folder(opened) }
    let number = errno
    if number == ENOENT { return .absent(at: path()) }
    guard number == ENOTDIR || number == ELOOP else { throw TreeError(path(), errno: number) }
    var info = stat()
    guard fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { throw TreeError(path(), errno: number) }
    return .blocked(by: kind(ofMode: info.st_mode), at: path())
  }
}
