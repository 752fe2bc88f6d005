import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Folders elsewhere that lie in a tree, each opened once.
struct Mounts {
  private var descriptors: [TreePath: Int32] = [:]

  var isEmpty: Bool { descriptors.isEmpty }

  /// The open folder at exactly that path; nil when none is mounted there.
  func descriptor(at path: TreePath) -> Int32? { descriptors.isEmpty ? nil : descriptors[path] }

  /// A descriptor of its own for the folder at exactly that path; nil when none is mounted there.
  /// - Throws: `TreeError` when there are too many open files.
  func copy(at path: TreePath) throws(TreeError) -> Int32? {
    guard let mount = descriptor(at: path) else { return nil }
    let copy = fcntl(mount, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw TreeError(path) }
    return copy
  }

  /// Takes an open folder over, in the place of one that was mounted there before.
  mutating func add(_ descriptor: Int32, at path: TreePath) {
    if let old = descriptors.updateValue(descriptor, forKey: path) { closeDescriptor(old) }
  }

  mutating func close() {
    for descriptor in descriptors.values { closeDescriptor(descriptor) }
    descriptors = [:]
  }
}
