import Diagnostics
import FileTree
import Planning
import Platforms
import Reading

/// The tokens that each platform loads at start when a plan is carried out, files that the user wrote by hand among them.
///
/// - Returns: by platform id; of several surfaces, the one that loads most counts. A failure when a file that it reads cannot be read.
func tokensAtStart(
  after plan: Plan, in tree: some ReadableTree, for platforms: [Platform], lanes: any Lanes
) -> [String: Result<Int, TreeError>] {
  let outcome = OutcomeTree(tree, after: plan)
  let files: FileList
  do throws(TreeError) {
    files = try FileList(try entries(readBy: platforms, of: outcome), of: outcome)
  } catch {
    return Dictionary(uniqueKeysWithValues: platforms.map { ($0.id, .failure(error)) })
  }
  let found = lanes.map(below: platforms.count) { number -> Result<Int, TreeError> in
    let platform = platforms[number]
    return Result { () throws(TreeError) in
      var most = 0
      for surface in platform.surfaces { most = max(most, try read(files, of: outcome, as: platform, on: surface).bytesAtStart) }
      return estimatedTokens(ofBytes: most)
    }
  }
  return Dictionary(uniqueKeysWithValues: zip(platforms.map(\.id), found))
}

/// What stands where the platforms read from the root of a repository; what they read in other folders does not load at start.
func entries(readBy platforms: [Platform], of tree: some ReadableTree) throws(TreeError) -> [TreeEntry] {
  var found: [TreePath: TreeEntry] = [:]
  var listed: Set<String> = []
  let patterns = platforms.flatMap { $0.reads.flatMap { [$0.path] + $0.unless } }
  for pattern in patterns where listed.insert(fixedPart(of: pattern)).inserted {
    let fixed = fixedPart(of: pattern)
    guard let path = TreePath(fixed) else {
      for entry in try tree.entries(under: nil) { found[entry.path] = entry }
      continue
    }
    switch try tree.observe(path) {
    case .file: found[path] = TreeEntry(path: path, kind: .file)
    case .symlink: found[path] = TreeEntry(path: path, kind: .symlink)
    case .directory: for entry in try tree.entries(under: path) { found[entry.path] = entry }
    case .absent, .other, .blocked: continue
    }
  }
  for read in platforms.flatMap(\.reads) where read.followsImports {
    guard let path = TreePath(read.path), found[path]?.kind == .file else { continue }
    try follow(path, read.importDepth, in: tree, &found)
  }
  return found.values.sorted { $0.path < $1.path }
}

/// Adds the files that import lines lead to.
private func follow(_ path: TreePath, _ depth: Int, in tree: some ReadableTree, _ found: inout [TreePath: TreeEntry]) throws(TreeError) {
  guard depth > 0, case .bytes(let bytes) = try tree.read(path, atMost: mostImportingBytes) else { return }
  for imported in importedPaths(in: bytes, of: path) where found[imported] == nil {
    guard case .file = try tree.observe(imported) else { continue }
    found[imported] = TreeEntry(path: imported, kind: .file)
    try follow(imported, depth - 1, in: tree, &found)
  }
}

/// A longer file is no text that anybody wrote for a model.
private let mostImportingBytes = 16 << 20

/// The folders, or the whole path, before the first part with a wildcard.
private func fixedPart(of pattern: String) -> String {
  pattern.split(separator: "/").prefix { part in !part.contains { "*?[{".contains($0) } }.joined(separator: "/")
}
