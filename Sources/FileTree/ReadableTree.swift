/// What stands at a path.
package enum EntryKind: Hashable, Sendable {
  case file, directory, symlink
  /// A device, socket or pipe; in a listing also anything whose name no path may have (shown with `%0A` for a byte that is refused).
  case other
}

/// One entry of a listing.
package struct TreeEntry: Hashable, Sendable {
  package var path: TreePath
  package var kind: EntryKind
  /// Whether the owner may run it; false for what is not a file.
  package var isExecutable: Bool
  /// Bytes; 0 for what is not a file.
  package var size: Int

  package init(path: TreePath, kind: EntryKind, isExecutable: Bool = false, size: Int = 0) {
    self.path = path
    self.kind = kind
    self.isExecutable = isExecutable
    self.size = size
  }
}

/// How many folders inside each other are listed: without an end, a hostile tree takes every descriptor that there is.
package let mostFolderDepth = 64

/// Which file it is, whatever its name: two names with one identity are one file.
package struct FileIdentity: Hashable, Sendable {
  /// The file system that it is on.
  package var device: UInt64
  /// Its number there.
  package var number: UInt64

  package init(device: UInt64, number: UInt64) {
    self.device = device
    self.number = number
  }
}

/// A tree that can be read: a directory on disk, the library inside the binary, or one in memory.
package protocol ReadableTree: Sendable {
  /// Everything below a folder, in byte order of the paths, symlinks not followed; empty when the folder is absent. Nil lists the whole tree.
  ///
  /// A folder called `.git`, and one that lies `mostFolderDepth` below, is listed and not entered.
  /// - Throws: `TreeError` when a folder cannot be read.
  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry]

  /// The bytes of a file.
  /// - Throws: `TreeError`, also when it is absent, is no regular file or is reached through a symlink.
  func read(_ path: TreePath) throws(TreeError) -> [UInt8]

  /// What stands at a path, without reading it.
  /// - Throws: `TreeError` when the system does not say.
  func observe(_ path: TreePath) throws(TreeError) -> Observed

  /// What stands at a path; of a file, also its bytes, in pieces of at most a megabyte or so and in order.
  ///
  /// The size that it returns is that of the bytes handed over.
  /// - Throws: `TreeError` when the file cannot be read, and what `piece` throws.
  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed

  /// Which file, folder or symlink stands at a path; nil is the root. Nil where nothing does, or where files have no identity.
  /// - Throws: `TreeError` when the system does not say.
  func identity(of path: TreePath?) throws(TreeError) -> FileIdentity?

  /// The names in one folder, in no order, those that no path may have left out; empty when it is absent or no folder. Nil lists the root.
  /// - Throws: `TreeError` when the folder cannot be read.
  func names(in folder: TreePath?) throws(TreeError) -> [String]
}

extension ReadableTree {
  package func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? { nil }

  package func names(in folder: TreePath?) throws(TreeError) -> [String] {
    if let folder, try observe(folder) != .directory { return [] }
    let depth = (folder?.parts.count ?? 0) + 1
    return try entries(under: folder).filter { $0.path.parts.count == depth }.map(\.path.name)
  }
}

/// A failure of the machine while a tree is read or written.
package struct TreeError: Error, Hashable, Sendable {
  /// The path in the tree, or of the tree's root when it is nil.
  package var path: TreePath?
  /// The system's words, such as `Permission denied`.
  package var reason: String
  /// Whether there is simply nothing at that path.
  package var isAbsent: Bool
  /// Whether the system is well, and something of the user's stands where it must not.
  package var isInTheWay = false
  /// What the user can do about it; nil where nobody knows.
  package var help: String?

  package init(path: TreePath?, reason: String, isAbsent: Bool = false, help: String? = nil) {
    self.path = path
    self.reason = reason
    self.isAbsent = isAbsent
    self.help = help
  }

  /// About what stands where a regular file, or a folder on the way to one, has to be.
  package init(inTheWay kind: EntryKind, at path: TreePath, isOnTheWay: Bool) {
    let wanted = isOnTheWay ? "directory" : "regular file"
    self.init(path: path, reason: kind == .symlink && isOnTheWay ? "Symbolic link on the way" : "Not a \(wanted)")
    isInTheWay = true
    help = kind == .symlink ? "no symlink is followed; put what it leads to in its place" : "move it away; a \(wanted) has to be there"
  }

  /// About a place where a regular file was looked for, and what stands there instead.
  package init(noFile observed: Observed, at path: TreePath) {
    switch observed {
    case .absent: self.init(path: path, reason: "No such file or directory", isAbsent: true)
    case .blocked(let kind, let place): self.init(inTheWay: kind, at: place, isOnTheWay: true)
    case .directory: self.init(inTheWay: .directory, at: path, isOnTheWay: false)
    case .symlink: self.init(inTheWay: .symlink, at: path, isOnTheWay: false)
    case .file, .other: self.init(inTheWay: .other, at: path, isOnTheWay: false)
    }
  }

  /// The same failure, told about another path.
  package func moved(to path: TreePath?) -> TreeError {
    var error = self
    error.path = path
    return error
  }

  /// The same about an output, for a failure to read the file of another tree that it is a copy of.
  package func reading(for output: TreePath) -> TreeError {
    var error = moved(to: output)
    if let path { error.reason = "\(reason), reading `\(path)` in its source" }
    error.isAbsent = false
    return error
  }
}
