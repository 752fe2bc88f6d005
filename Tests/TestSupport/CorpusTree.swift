package import FileTree
import Foundation

/// A directory of the disk as a tree in memory, or nil when there is none.
///
/// Names that no tree can hold are left out; links are kept as links.
package func memoryTree(of directory: String) -> MemoryTree? {
  var isDirectory: ObjCBool = false
  guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else { return nil }
  guard let names = FileManager.default.enumerator(atPath: directory) else { return nil }
  var nodes: [TreePath: MemoryTree.Node] = [:]
  for case let name as String in names {
    guard let path = TreePath(name), let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + name) else { continue }
    switch attributes[.type] as? FileAttributeType {
    case .typeDirectory?: continue
    case .typeSymbolicLink?: nodes[path] = MemoryTree.Node(kind: .symlink)
    case .typeRegular?:
      guard let data = FileManager.default.contents(atPath: directory + "/" + name) else { continue }
      let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
      nodes[path] = MemoryTree.Node(bytes: [UInt8](data), isExecutable: mode & 0o100 != 0)
    default: nodes[path] = MemoryTree.Node(kind: .other)
    }
  }
  return MemoryTree(nodes)
}

/// A folder beside the checkout that may hold large real inputs, such as `corpus/aiwg`; nil when it is absent.
package func sharedDirectory(_ name: String, file: String = #filePath) -> String? {
  let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let beside = ProcessInfo.processInfo.environment["AIWG_SHARED"] ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
  let path = beside + "/" + name
  return FileManager.default.fileExists(atPath: path) ? path : nil
}
