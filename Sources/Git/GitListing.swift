internal import Disk
import FileTree

/// Everything that a commit, or the index, has in the way of files.
struct GitListing: Sendable {
  enum Kind: Hashable, Sendable {
    case file(isExecutable: Bool)
    case symlink
    /// One that is not checked out is an empty folder.
    case submodule
    case folder
    /// A name that no path may have.
    case other
  }

  struct Node: Sendable {
    var kind: Kind
    /// By which git knows the bytes; empty for what has none.
    var id: String
  }

  private(set) var nodes: [TreePath: Node] = [:]
  /// In byte order.
  private(set) var paths: [TreePath] = []
  private(set) var settings = Settings()

  /// What a repository's settings say about the files of a checkout.
  struct Settings: Sendable {
    var ignoresCase = false
    var hasSymlinks = true
    /// Names of filters that run a program.
    var filters: Set<String> = []
  }

  private static let mostListed = 1 << 30

  /// What a commit has.
  init(ofCommit id: String, in repository: GitRepository) throws(GitFailure) {
    for line in try repository.answer(["ls-tree", "-r", "-z", "--full-tree", id], mostOutput: Self.mostListed).split(separator: 0) {
      guard let entry = Entry(line, columns: 3) else { throw .refused("ls-tree writes a line that is not understood") }
      try add(entry)
    }
    try finish(repository)
  }

  /// What is staged.
  ///
  /// A file of which only the intent to add it is there is none yet, and in a sparse checkout all of the index counts.
  init(stagedIn repository: GitRepository) throws(GitFailure) {
    var (unmerged, empty): (Set<String>, [Entry]) = ([], [])
    for line in try repository.answer(["ls-files", "--stage", "-z"], mostOutput: Self.mostListed).split(separator: 0) {
      guard let entry = Entry(line, columns: 3) else { throw .refused("ls-files writes a line that is not understood") }
      if entry.last != "0" {
        unmerged.insert(String(decoding: entry.path, as: UTF8.self))
      } else if Self.emptyFiles.keys.contains(entry.id) {
        empty.append(entry)
      } else {
        try add(entry)
      }
    }
    guard unmerged.isEmpty else { throw .unmerged(unmerged.sorted()) }
    if let first = empty.first, let tree = Self.emptyFiles[first.id] {
      let arguments = ["diff-index", "--cached", "--ita-invisible-in-index", "--name-only", "--no-renames", "--no-ext-diff", "-z", tree]
      let there = Set(try repository.answer(arguments, mostOutput: Self.mostListed).split(separator: 0))
      for entry in empty where there.contains(entry.path) { try add(entry) }
    }
    try finish(repository)
  }

  /// The names of a file without bytes, and beside them those of a folder without files.
  private static let emptyFiles = [
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
  ]

  /// A line such as `100644 blob 257cc56…`, a tab and a path.
  private struct Entry {
    var mode: String
    var id: String
    var last: String
    var path: ArraySlice<UInt8>

    init?(_ line: ArraySlice<UInt8>, columns: Int) {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = line[..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == columns else { return nil }
      // One command has the id at the end, the other one behind the mode.
      (mode, id, last) = (words[0], words[1].utf8.count >= 40 ? words[1] : words[2], words[2])
      path = line[(tab + 1)...]
    }

    var kind: Kind {
      switch mode {
      case "100755": .file(isExecutable: true)
      case "120000": .symlink
      case "160000": .submodule
      default: .file(isExecutable: false)
      }
    }
  }

  private mutating func add(_ entry: Entry) throws(GitFailure) {
    let parts = entry.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !parts.contains(where: Self.isGits) else { throw .unsafePath(String(decoding: entry.path, as: UTF8.self)) }
    if let path = TreePath(bytes: Array(entry.path)) {
      nodes[path] = Node(kind: entry.kind, id: entry.id)
      return addFolders(above: path)
    }
    // Listed up to the name that no path may have, as of a folder on disk.
    var folder: TreePath?
    for part in parts {
      guard let own = TreePath(bytes: Array(part)) else {
        guard let shown = TreePath(bytes: TreePath.shown(Array(part))) else { throw .unsafePath(String(decoding: entry.path, as: UTF8.self)) }
        let path = folder?.appending(shown) ?? shown
        if nodes[path] == nil { nodes[path] = Node(kind: .other, id: "") }
        return addFolders(above: path)
      }
      folder = folder?.appending(own) ?? own
    }
  }

  /// `.git` in any case, and what would lead out of the tree: no git checks these out.
  private static func isGits(_ part: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: part, as: UTF8.self).lowercased()
    return text == ".git" || text == "." || text == ".." || text.isEmpty
  }

  private mutating func addFolders(above path: TreePath) {
    var folder = path.parent
    while let path = folder, nodes[path] == nil {
      nodes[path] = Node(kind: .folder, id: "")
      folder = path.parent
    }
  }

  private mutating func finish(_ repository: GitRepository) throws(GitFailure) {
    paths = nodes.keys.sorted()
    let pattern = #"^(core\.(ignorecase|symlinks)|filter\..*\.(smudge|process))$"#
    let result = try repository.result(["config", "-z", "--get-regexp", pattern], mostOutput: 1 << 20)
    // 1 says that there is none.
    guard result.ending == .exited(0) || result.ending == .exited(1) else { throw GitRepository.failure(result, repository.seconds) }
    for item in result.output.split(separator: 0) {
      let parts = item.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
      let (key, value) = (String(decoding: parts[0], as: UTF8.self), parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true")
      let isTrue = ["true", "yes", "on"].contains(value.lowercased()) || (Int(value) ?? 0) != 0
      switch key {
      case "core.ignorecase": settings.ignoresCase = isTrue
      case "core.symlinks": settings.hasSymlinks = isTrue
      default:
        let name = key.dropFirst("filter.".utf8.count)
        guard let dot = name.lastIndex(of: "."), !value.isEmpty else { continue }
        settings.filters.insert(String(name[..<dot]))
      }
    }
  }
}
