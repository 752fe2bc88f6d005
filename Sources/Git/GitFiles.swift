internal import Disk
package import FileTree

/// All files of one commit, or of the index, read through the git on the machine: nothing is checked out, fetched, written or run.
package final class GitFiles: Sendable {
  package enum Version: Hashable, Sendable {
    /// What a commit would have that is made now.
    case staged
    /// A commit, by any name that git has for it.
    case commit(String)
  }

  /// The top of the repository, from the root; nil when it has no work tree.
  package let top: String?
  /// The folder where the search began, from the top.
  package let start: TreePath?
  /// The full id of the commit; nil for what is staged.
  package let commit: String?
  /// The whole tree.
  package var tree: GitTree { GitTree(self, below: nil) }

  let listing: GitListing
  let contents: GitContents
  private let folded: [String: TreePath]

  /// Searches the repository from a folder upward, and lists what it has.
  /// - Parameters:
  ///   - start: a folder, from the root.
  ///   - working: where relative paths of the environment begin.
  ///   - seconds: how long each step of git may take.
  package init(
    _ version: Version, around start: String, working: String, variables: (String) -> String? = Machine.variable, seconds: Double = 120
  ) throws(GitFailure) {
    let repository = try GitRepository(around: start, working: working, variables: variables, seconds: seconds)
    switch version {
    case .staged:
      guard repository.top != nil else { throw .noIndex }
      commit = nil
      listing = try GitListing(stagedIn: repository)
    case .commit(let name):
      let id = try Self.commit(name, in: repository)
      commit = id
      listing = try GitListing(ofCommit: id, in: repository)
    }
    (top, self.start) = (repository.top, repository.prefix)
    contents = GitContents(listing, in: repository)
    folded =
      listing.settings.ignoresCase
      ? Dictionary(listing.paths.map { ($0.text.lowercased(), $0) }) { first, _ in first } : [:]
  }

  private static func commit(_ name: String, in repository: GitRepository) throws(GitFailure) -> String {
    let result = try repository.result(["rev-parse", "--verify", name + "^{commit}"], mostOutput: 1000)
    let words = String(decoding: result.errors, as: UTF8.self)
    // A name may be that word, too.
    if words.contains(" is ambiguous") { throw .ambiguousRevision }
    let id = String(decoding: result.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard result.ending == .exited(0), [40, 64].contains(id.utf8.count), id.utf8.allSatisfy(\.isHexDigit) else { throw .unknownRevision }
    return id
  }

  /// What has that path, also in another case where the repository's settings say that case does not count.
  func path(for path: TreePath) -> TreePath? {
    if listing.nodes[path] != nil { return path }
    return folded.isEmpty ? nil : folded[path.text.lowercased()]
  }
}

/// A folder of what git has, as it would be after a checkout.
///
/// The sizes in a listing are 0, since a file is read only when it is asked for.
package struct GitTree: ReadableTree {
  private let files: GitFiles
  /// Nil is the top.
  private let folder: TreePath?

  init(_ files: GitFiles, below folder: TreePath?) {
    (self.files, self.folder) = (files, folder)
  }

  /// Where a path leads to when symlinks are followed.
  package enum Way: Hashable, Sendable {
    /// From the top of the tree; nil is the top.
    case inside(TreePath?)
    /// Out of the tree: from the root, or from the top upward.
    case outside(String)
    case nowhere
  }

  /// The tree below a folder of this one.
  package func below(_ folder: TreePath?) -> GitTree {
    GitTree(files, below: folder.map { self.folder?.appending($0) ?? $0 } ?? self.folder)
  }

  package func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    if let folder {
      switch try kind(at: folder) {
      case .absent: return []
      case .found(.folder, _), .found(.submodule, _): break
      case .found, .blocked: throw TreeError(path: folder, reason: "Not a directory")
      }
    }
    let base = folder.map { full($0) } ?? self.folder
    let most = (base?.depth ?? 0) + mostFolderDepth
    return pathsBelow(base.flatMap { files.path(for: $0) }).compactMap { path in
      guard path.depth <= most, let node = files.listing.nodes[path], let own = self.folder.map({ path.relative(to: $0) }) ?? path else { return nil }
      switch node.kind {
      case .file(let isExecutable): return TreeEntry(path: own, kind: .file, isExecutable: isExecutable)
      case .symlink: return TreeEntry(path: own, kind: files.listing.settings.hasSymlinks ? .symlink : .file)
      case .submodule, .folder: return TreeEntry(path: own, kind: .directory)
      case .other: return TreeEntry(path: own, kind: .other)
      }
    }
  }

  package func observe(_ path: TreePath) throws(TreeError) -> Observed {
    switch try kind(at: path) {
    case .absent: return .absent
    case .blocked(let kind, let at): return .blocked(by: kind, at: at)
    case .found(let node, let full):
      switch node {
      case .submodule, .folder: return .directory
      case .other: return .other
      case .symlink where files.listing.settings.hasSymlinks: return .symlink(target: try bytes(full, for: path))
      case .symlink: return .file(size: try bytes(full, for: path).count, isExecutable: false)
      case .file(let isExecutable): return .file(size: try bytes(full, for: path).count, isExecutable: isExecutable)
      }
    }
  }

  package func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    if case .found(let node, let full) = try kind(at: path) {
      switch node {
      case .file: return try bytes(full, for: path)
      case .symlink where !files.listing.settings.hasSymlinks: return try bytes(full, for: path)
      case .symlink, .submodule, .folder, .other: break
      }
    }
    throw TreeError(noFile: try observe(path), at: path)
  }

  package func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    let observed = try observe(path)
    guard case .file = observed else { return observed }
    try read(path).withUnsafeBufferPointer { (buffer) throws(TreeError) in
      if !buffer.isEmpty { try piece(UnsafeRawBufferPointer(buffer)) }
    }
    return observed
  }

  package func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? {
    guard let path else { return FileIdentity(device: 1, number: 0) }
    guard case .found(_, let full) = try kind(at: path), let index = files.listing.index(of: full) else { return nil }
    return FileIdentity(device: 1, number: UInt64(index) + 1)
  }

  /// Follows symlinks from the top of the tree on.
  package func following(_ path: TreePath?) throws(TreeError) -> Way {
    var rest = (path?.text ?? "").split(separator: "/").map(String.init)[...]
    var reached: TreePath?
    var links = 0
    while let part = rest.popFirst() {
      if part == "." { continue }
      if part == ".." {
        guard let folder = reached else { return .outside((["..".description] + rest).joined(separator: "/")) }
        reached = folder.parent
        continue
      }
      guard let own = TreePath(part) else { return .nowhere }
      let next = reached?.appending(own) ?? own
      guard case .symlink(let target) = try observe(next) else {
        reached = next
        continue
      }
      links += 1
      guard links <= 40, let text = String(validating: target, as: UTF8.self) else { return .nowhere }
      if text.hasPrefix("/") { return .outside(([text] + rest).joined(separator: "/")) }
      rest = text.split(separator: "/").map(String.init)[...] + rest
    }
    return .inside(reached)
  }

  // MARK: Finding

  private enum Found {
    case absent
    case found(GitListing.Kind, TreePath)
    case blocked(by: EntryKind, at: TreePath)
  }

  private func full(_ path: TreePath) -> TreePath { folder?.appending(path) ?? path }

  private func kind(at path: TreePath) throws(TreeError) -> Found {
    if let full = files.path(for: full(path)), let node = files.listing.nodes[full] { return .found(node.kind, full) }
    for above in path.ancestors {
      guard let full = files.path(for: full(above)), let node = files.listing.nodes[full] else { continue }
      switch node.kind {
      case .folder, .submodule: return .absent
      case .file: return .blocked(by: .file, at: above)
      case .symlink: return .blocked(by: files.listing.settings.hasSymlinks ? .symlink : .file, at: above)
      case .other: return .blocked(by: .other, at: above)
      }
    }
    return .absent
  }

  private func bytes(_ full: TreePath, for path: TreePath) throws(TreeError) -> [UInt8] {
    guard let node = files.listing.nodes[full] else { throw TreeError(noFile: .absent, at: path) }
    do throws(TreeError) { return try files.contents.bytes(of: node, at: full) } catch {
      // About the attributes of a folder, whatever the file.
      throw error.path == full ? error.moved(to: path) : error
    }
  }

  private func pathsBelow(_ folder: TreePath?) -> ArraySlice<TreePath> {
    let paths = files.listing.paths
    guard let folder else { return paths[...] }
    // What lies in a folder lies together, behind its slash.
    let prefix = folder.bytes + [UInt8(ascii: "/")]
    return paths[files.listing.start(of: prefix)...].prefix { $0.bytes.starts(with: prefix) }
  }
}

extension GitListing {
  /// Where the paths from some bytes on begin.
  func start(of bytes: [UInt8]) -> Int {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].bytes.lexicographicallyPrecedes(bytes) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func index(of path: TreePath) -> Int? {
    let index = start(of: path.bytes)
    return index < paths.count && paths[index] == path ? index : nil
  }
}
