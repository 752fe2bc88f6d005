/// What stands at one path of a tree now.
package enum Observed: Hashable, Sendable {
  case absent
  /// A regular file; the size in bytes.
  case file(size: Int, isExecutable: Bool)
  case directory
  /// A symlink, which is never followed; the target as it is written.
  case symlink(target: [UInt8])
  /// A device, socket or pipe.
  case other
  /// A file, symlink or device stands where a folder on the way would have to be.
  case blocked(by: EntryKind, at: TreePath)
}
