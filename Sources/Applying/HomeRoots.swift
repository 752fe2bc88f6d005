package import FileTree

/// Where the folders of a home directory were when outputs were last written there, beside the other state.
///
/// A run that was killed has to be undone where it was at work, whatever moved since.
package enum HomeRoots {
  private static let path = TreePath(known: ".aiwg/state/roots")
  private static let newPath = TreePath(known: ".aiwg/state/roots.new")

  /// By folder, from the home directory: where it was, from the root; empty in the home directory itself.
  package static func read(from tree: some ReadableTree) throws(TreeError) -> [TreePath: String] {
    guard try StateFolder.has(path, in: tree) else { return [:] }
    var roots: [TreePath: String] = [:]
    for line in try tree.read(path).split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let folder = TreePath(bytes: Array(parts[0])) else { continue }
      roots[folder] = String(decoding: parts[1], as: UTF8.self)
    }
    return roots
  }

  /// Writes them down, durably, before anything else is done.
  package static func write(_ roots: [TreePath: String], to tree: inout some WritableTree) throws(TreeError) {
    guard try read(from: tree) != roots else { return }
    try StateFolder.open(in: &tree)
    if try StateFolder.has(newPath, in: tree) { try tree.remove(newPath) }
    let lines = roots.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    try tree.create(newPath, .bytes(Array(lines.joined().utf8)), mode: .plain)
    try tree.sync(newPath)
    try tree.replace(path, with: newPath)
    try tree.sync(StateFolder.path)
  }

  /// Forgets them, when nothing is left that they are about.
  package static func clear(in tree: inout some WritableTree) throws(TreeError) {
    for file in [newPath, path] where try StateFolder.has(file, in: tree) { try tree.remove(file) }
    try StateFolder.close(in: &tree)
  }
}
