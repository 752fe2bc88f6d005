package import FileTree
import Globs

/// The files of a tree by the paths under which they are found, those that a symlink leads to as well.
package struct FileList: Sendable {
  /// In byte order.
  package private(set) var paths: [TreePath] = []
  /// By path: where the bytes are, when a symlink is on the way.
  private var places: [TreePath: TreePath] = [:]

  /// - Parameter entries: a listing of the tree, or of the folders that count.
  /// - Throws: `TreeError` when a symlink cannot be followed.
  package init(_ entries: [TreeEntry], of tree: some ReadableTree) throws(TreeError) {
    for entry in entries {
      switch entry.kind {
      case .file: paths.append(entry.path)
      case .symlink: try follow(entry.path, in: tree)
      case .directory, .other: continue
      }
    }
    paths = Array(Set(paths)).sorted()
  }

  /// Where the bytes of a file are.
  package func place(of path: TreePath) -> TreePath { places[path] ?? path }

  package func contains(_ path: TreePath) -> Bool {
    let index = paths.start(of: path.bytes)
    return index < paths.count && paths[index] == path
  }

  /// The paths that a pattern covers.
  func matching(_ glob: Glob) -> [TreePath] {
    // They lie together, as all of them begin alike.
    paths[paths.start(of: glob.prefix)...].prefix { $0.bytes.starts(with: glob.prefix) }.filter { glob.matches($0.text) }
  }

  /// The paths of files of that name, in whatever folder.
  func named(_ name: String) -> [TreePath] {
    let end = Array(("/" + name).utf8)
    return paths.filter { $0.bytes.count > end.count && $0.bytes.suffix(end.count).elementsEqual(end) || $0.bytes.elementsEqual(end.dropFirst()) }
  }

  /// A symlink to a file is that file; one to a folder is what is in there.
  ///
  /// Those that lead out of the tree, or in a circle, are nothing.
  private mutating func follow(_ link: TreePath, in tree: some ReadableTree) throws(TreeError) {
    guard let place = try resolved(link, in: tree) else { return }
    switch try tree.observe(place) {
    case .file:
      paths.append(link)
      places[link] = place
    case .directory:
      for entry in try tree.entries(under: place) where entry.kind == .file {
        guard let rest = entry.path.relative(to: place) else { continue }
        let path = link.appending(rest)
        paths.append(path)
        places[path] = entry.path
      }
    default: return
    }
  }

  private func resolved(_ link: TreePath, in tree: some ReadableTree) throws(TreeError) -> TreePath? {
    var path = link
    for _ in 0..<8 {
      guard case .symlink(let target) = try tree.observe(path) else { return path }
      guard let next = path.parent.following(String(decoding: target, as: UTF8.self)) else { return nil }
      path = next
    }
    return nil
  }
}

extension [TreePath] {
  /// Where the paths from some bytes on begin; they are in byte order.
  func start(of bytes: [UInt8]) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].bytes.lexicographicallyPrecedes(bytes) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
