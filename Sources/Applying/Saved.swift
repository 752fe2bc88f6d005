package import FileTree
package import Planning
import SharedFiles

/// One thing of the user's that gave way.
package struct SavedEntry: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case file
    /// A file with the run bit.
    case executable
    /// A symlink; the target was saved.
    case symlink
  }

  /// Counts up, so that the last one saved has the highest.
  package var number: Int
  package var kind: Kind
  /// Of the bytes, and the name that they are saved under.
  package var digest: Digest
  /// Where it stood.
  package var path: TreePath

  /// As the index has it.
  fileprivate var line: String { "\(number) \(kind.rawValue) \(digest) \(path)\n" }
}

/// What `--force` and the like replaced: the bytes under `.aiwg/state/saved/`, by digest, and an index.
package struct Saved: Sendable {
  static let folder = TreePath(known: ".aiwg/state/saved")
  static let index = TreePath(known: ".aiwg/state/saved/index")
  private static let newPlace = TreePath(known: ".aiwg/state/saved/new")
  private static let newIndex = TreePath(known: ".aiwg/state/saved/index.new")

  /// Oldest first.
  package private(set) var entries: [SavedEntry] = []
  private var indexBytes: [UInt8]?

  /// Reads the index; lines that are none are passed over, since the bytes that they would name are still there by digest.
  /// - Throws: `TreeError` when it is there and cannot be read.
  package init(in tree: some ReadableTree) throws(TreeError) {
    guard try StateFolder.has(Self.index, in: tree) else { return }
    let bytes = try tree.read(Self.index)
    indexBytes = bytes
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
      guard parts.count == 4, let number = Int(String(decoding: parts[0], as: UTF8.self)),
        let kind = SavedEntry.Kind(rawValue: String(decoding: parts[1], as: UTF8.self)), let digest = Digest(hex: parts[2]),
        let path = TreePath(bytes: Array(parts[3])), !path.leadsIntoGit
      else { continue }
      entries.append(SavedEntry(number: number, kind: kind, digest: digest, path: path))
    }
  }

  /// Where the bytes of an entry lie.
  package static func place(of digest: Digest) -> TreePath {
    TreePath("\(folder)/\(digest)") ?? folder
  }

  /// The newest entry whose path, or whose digest or the beginning of it (eight digits or more), is that.
  package func entry(_ name: String) -> SavedEntry? {
    entries.last { $0.path.text == name || (name.utf8.count >= 8 && $0.digest.hex.hasPrefix(name)) }
  }

  /// The steps that save what is to be replaced.
  func steps(saving found: [(path: TreePath, before: Snapshot)], from tree: some ReadableTree) throws(TreeError) -> ([Step], [SavedEntry]) {
    guard !found.isEmpty else { return ([], []) }
    var steps: [Step] = []
    var added: [SavedEntry] = []
    for (path, before) in found {
      guard let (kind, digest, content) = try Self.what(before, at: path, tree) else { continue }
      let place = Self.place(of: digest)
      if try StateFolder.has(place, in: tree) {
        try Self.check(place, digest, in: tree)
      } else if !steps.contains(where: { $0.path == place }) {
        // Whoever could not read the file must not be able to read the copy.
        steps.append(Step(path: place, before: .absent, after: .file(content, kind == .symlink ? .plain : .like(path))))
      }
      added.append(SavedEntry(number: (added.last ?? entries.last).map { $0.number + 1 } ?? 1, kind: kind, digest: digest, path: path))
    }
    let lines = added.map(\.line).joined()
    let before = indexBytes.map { Snapshot.file(Digest(of: $0)) } ?? .absent
    steps.append(Step(path: Self.index, before: before, after: .file(.bytes((indexBytes ?? []) + Array(lines.utf8)), .plain)))
    return (steps, added)
  }

  private static func check(_ place: TreePath, _ digest: Digest, in tree: some ReadableTree) throws(TreeError) {
    guard try Digest.observe(place, in: tree).digest == digest else { throw TreeError(path: place, reason: "holds other bytes than its name says") }
  }

  private static func what(
    _ before: Snapshot, at path: TreePath, _ tree: some ReadableTree
  ) throws(TreeError) -> (SavedEntry.Kind, Digest, Content)? {
    switch before {
    case .absent: return nil
    case .symlink(let target): return (.symlink, Digest(of: target), .bytes(target))
    case .file(let digest):
      var kind = SavedEntry.Kind.file
      if case .file(_, true) = try tree.observe(path) { kind = .executable }
      return (kind, digest, .copy(of: path, in: tree))
    }
  }

  /// Moves a file or symlink that nobody expected to where saved bytes are, and lists it as having stood at a path.
  static func keep(_ stray: TreePath, of path: TreePath, in tree: inout some WritableTree) throws(TreeError) -> SavedEntry {
    // A second name costs nothing, and there is none on another file system.
    let isNear = try tree.identity(of: stray)?.device == tree.identity(of: StateFolder.path)?.device
    let entry = try save(stray, of: path, asCopy: !isNear, in: &tree)
    try tree.remove(stray)
    return entry
  }

  /// Saves what is about to go back to its place, where somebody may write over it who saw other bytes there meanwhile.
  static func copy(_ stray: TreePath, of path: TreePath, in tree: inout some WritableTree) throws(TreeError) -> SavedEntry {
    try save(stray, of: path, asCopy: true, in: &tree)
  }

  private static func save(_ stray: TreePath, of path: TreePath, asCopy: Bool, in tree: inout some WritableTree) throws(TreeError) -> SavedEntry {
    let saved = try Saved(in: tree)
    for folder in [StateFolder.parent, StateFolder.path, folder] { _ = try tree.makeFolder(folder) }
    if try tree.observe(newPlace) != .absent { try tree.remove(newPlace) }
    let kind: SavedEntry.Kind
    switch try tree.observe(stray) {
    case .symlink(let target):
      kind = .symlink
      try tree.create(newPlace, .bytes(target), mode: .plain)
    case .file(_, let isExecutable):
      kind = isExecutable ? .executable : .file
      if asCopy {
        try tree.create(newPlace, .copy(of: stray, in: tree), mode: .like(stray))
      } else {
        try tree.link(stray, as: newPlace)
      }
    case let other: throw TreeError(noFile: other, at: stray)
    }
    // Read from the copy: somebody may be writing to the file itself.
    guard let digest = try Digest.observe(newPlace, in: tree).digest else { throw TreeError(path: newPlace, reason: "Cannot be read back") }
    if try StateFolder.has(place(of: digest), in: tree) {
      try check(place(of: digest), digest, in: tree)
      try tree.remove(newPlace)
    } else {
      try tree.sync(newPlace)
      try tree.move(newPlace, to: place(of: digest))
    }
    if let known = saved.entries.last(where: { $0.path == path }), known.digest == digest, known.kind == kind { return known }
    let entry = SavedEntry(number: (saved.entries.last?.number ?? 0) + 1, kind: kind, digest: digest, path: path)
    let lines = (saved.indexBytes ?? []) + Array(entry.line.utf8)
    if try tree.observe(newIndex) != .absent { try tree.remove(newIndex) }
    try tree.create(newIndex, .bytes(lines), mode: .plain)
    try tree.replace(index, with: newIndex)
    return entry
  }
}
