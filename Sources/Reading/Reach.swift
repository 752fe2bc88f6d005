package import FileTree
import Globs
package import Platforms

/// The files of a tree that platforms may ever look into: what they read, and all that lies in their own folders.
package struct Reach: Sendable {
  /// In byte order.
  private let paths: [TreePath]
  /// By name of the file.
  private let named: [String: [TreePath]]

  /// - Parameter paths: of files, and of symlinks as if they were files.
  package init(_ paths: [TreePath]) {
    self.paths = paths.sorted()
    named = Dictionary(grouping: self.paths, by: \.name)
  }

  /// What platforms read at the root or further down, what they read in earlier days, what lies in their folders, and what lies beside a skill.
  ///
  /// - Parameter more: globs of other files that count.
  package func files(of platforms: [Platform], besides more: [String] = []) -> Set<TreePath> {
    var found: Set<TreePath> = []
    var patterns = Set(more)
    for platform in platforms {
      patterns.formUnion(platform.reads.map(\.path))
      patterns.formUnion(platform.unread)
      patterns.formUnion(platform.personal)
      patterns.formUnion(platform.detect.map { $0.hasSuffix("/") ? $0 + "**" : $0 })
      for read in platform.reads where read.nested != nil { patterns.insert("**/" + read.path) }
    }
    for pattern in patterns { found.formUnion(matching(pattern)) }
    for path in found where path.name == "SKILL.md" || path.name == "AGENT.md" {
      guard let folder = path.parent else { continue }
      found.formUnion(inside(folder))
    }
    return found
  }

  /// The files below a folder.
  package func inside(_ folder: TreePath) -> ArraySlice<TreePath> {
    let prefix = folder.bytes + [UInt8(ascii: "/")]
    let start = paths.start(of: prefix)
    return paths[start...].prefix { $0.bytes.starts(with: prefix) }
  }

  private func matching(_ pattern: String) -> [TreePath] {
    let glob = Glob(pattern)
    if glob.prefix.isEmpty, let name = pattern.split(separator: "/").last.map(String.init), !name.contains(where: { "*?[{".contains($0) }) {
      return (named[name] ?? []).filter { glob.matches($0.text) }
    }
    return paths[paths.start(of: glob.prefix)...].prefix { $0.bytes.starts(with: glob.prefix) }.filter { glob.matches($0.text) }
  }
}
