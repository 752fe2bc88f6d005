package import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A new folder among the temporary files of the machine, which nobody else may enter and which goes with this value.
package final class ScratchFolder {
  /// Where it is, from the root.
  package let path: String
  private let tree: DiskTree

  /// - Parameter parent: the folder to make it in; nil, and a relative one, is that of the machine.
  /// - Throws: `TreeError` when there is no room for it.
  package init(in parent: String?) throws(TreeError) {
    let parent = parent.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array((parent + "/aiwg-XXXXXX").utf8CString)
    guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.map { mkdtemp($0) } ?? nil }) != nil else {
      var error = TreeError(nil)
      error.reason += ", making a temporary folder in \(parent)"
      throw error
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    tree = try DiskTree(root: path)
  }

  deinit { clear() }

  /// The bytes of all files in it, as far as they can be seen while somebody writes them.
  package var size: Int { ((try? tree.entries(under: nil)) ?? []).reduce(0) { $0 + $1.size } }

  /// What stays, because it cannot be removed, the machine clears away with its other temporary files.
  private func clear() {
    let tree = self.tree
    for entry in ((try? tree.entries(under: nil)) ?? []).reversed() {
      if entry.kind == .directory { _ = try? tree.removeFolder(entry.path) } else { try? tree.remove(entry.path) }
    }
    rmdir(path)
  }
}
