import CShipped
import ContextModel
import Diagnostics
import FileTree
import Platforms

/// What is compiled into the binary: platforms.yaml and the library.
struct ShippedTree: ReadableTree {
  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    var out: [TreeEntry] = []
    var folders = Set<TreePath>()
    for file in Self.files where folder.map({ file.path.relative(to: $0) != nil }) ?? true {
      for ancestor in file.path.ancestors where folder.map({ ancestor.relative(to: $0) != nil }) ?? true { folders.insert(ancestor) }
      out.append(TreeEntry(path: file.path, kind: .file, isExecutable: file.isExecutable, size: file.size))
    }
    return (out + folders.map { TreeEntry(path: $0, kind: .directory) }).sorted { $0.path < $1.path }
  }

  func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    guard let file = Self.files.first(where: { $0.path == path }) else { throw TreeError(path: path, reason: "Not in the library", isAbsent: true) }
    return Array(UnsafeRawBufferPointer(start: aiwg_shipped_files[file.index].bytes, count: file.size))
  }

  func observe(_ path: TreePath) throws(TreeError) -> Observed {
    if let file = Self.files.first(where: { $0.path == path }) { return .file(size: file.size, isExecutable: file.isExecutable) }
    return Self.files.contains { $0.path.isInside(path) } ? .directory : .absent
  }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    if let file = Self.files.first(where: { $0.path == path }) {
      try piece(UnsafeRawBufferPointer(start: aiwg_shipped_files[file.index].bytes, count: file.size))
      return .file(size: file.size, isExecutable: file.isExecutable)
    }
    return try observe(path)
  }

  private struct File {
    var index: Int
    var path: TreePath
    var isExecutable: Bool
    var size: Int
  }

  private static let files: [File] = (0..<Int(aiwg_shipped_count)).compactMap { index in
    let file = aiwg_shipped_files[index]
    return TreePath(String(cString: file.path)).map { File(index: index, path: $0, isExecutable: file.is_executable != 0, size: Int(file.size)) }
  }
}
