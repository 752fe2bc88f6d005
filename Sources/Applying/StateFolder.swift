package import FileTree

/// Where a repository keeps what is not committed: `.aiwg/state`, which ignores itself.
package enum StateFolder {
  static let parent = TreePath(known: ".aiwg")
  /// The folder itself.
  package static let path = TreePath(known: ".aiwg/state")
  /// Says that the folder above was made by a run, and goes with it.
  static let marker = TreePath(known: ".aiwg/state/made")
  /// The folder above while it is made or removed.
  static let newParent = TreePath(known: ".aiwg.new")
  private static let newPath = TreePath(known: ".aiwg.new/state")
  private static let newMarker = TreePath(known: ".aiwg.new/state/made")
  static let ignoreFile = TreePath(known: ".aiwg/state/.gitignore")
  /// New files before they are moved to their places, and old ones after.
  static let staged = TreePath(known: ".aiwg/state/staged")
  static let newJournal = TreePath(known: ".aiwg/state/journal.new")
  /// Says that what is staged are new files, and nothing that stood anywhere.
  static let staging = TreePath(known: ".aiwg/state/staging")
  /// Says what is being done; while it is there, what was done may have to be undone.
  static let journal = TreePath(known: ".aiwg/state/journal")
  /// The journal once all is done; while it is there, what was replaced may have to be cleared away.
  static let doneJournal = TreePath(known: ".aiwg/state/journal.done")
  /// The version of a journal that is written; docs/compatibility.md says when it is raised.
  package static let journalVersion = 1

  private static let ignored = Array("*\n".utf8)

  /// Whether a folder of that name is one that a run was making or removing.
  static func isNewOurs(_ tree: some ReadableTree) throws(TreeError) -> Bool {
    guard case .directory = try tree.observe(newParent) else { return false }
    if case .file = try tree.observe(newMarker) { return true }
    let names = try tree.names(in: newParent)
    if names.isEmpty { return true }
    guard names == [path.name], case .directory = try tree.observe(newPath) else { return false }
    return try tree.names(in: newPath).isEmpty
  }

  static func staged(_ number: Int) -> TreePath { TreePath("\(staged)/\(number)") ?? staged }

  /// Whether a file of the state is there; anything else in its place is an error.
  static func has(_ path: TreePath, in tree: some ReadableTree) throws(TreeError) -> Bool {
    switch try tree.observe(path) {
    case .absent: return false
    case .file: return true
    case let other: throw TreeError(noFile: other, at: path)
    }
  }

  /// Makes the folders that a run needs.
  static func open(in tree: inout some WritableTree) throws(TreeError) {
    try clearNew(in: &tree)
    if try tree.observe(parent) == .absent, try tree.observe(newParent) != .absent {
      // Somebody has a folder of that name.
      for folder in [parent, path] { _ = try tree.makeFolder(folder) }
      try tree.create(marker, .bytes([]), mode: .plain)
    } else if try tree.observe(parent) == .absent {
      // Under another name until the marker is in it, so that an empty folder of the user's is never taken for one of these.
      for folder in [newParent, newPath] { _ = try tree.makeFolder(folder) }
      try tree.create(newMarker, .bytes([]), mode: .plain)
      try tree.move(newParent, to: parent)
    }
    _ = try tree.makeFolder(path)
    if try !has(ignoreFile, in: tree) { try tree.create(ignoreFile, .bytes(ignored), mode: .plain) }
  }

  /// Makes the folder for new files, with a list of those that are to wait elsewhere.
  static func beginStaging(besides paths: [TreePath], in tree: inout some WritableTree) throws(TreeError) {
    if try has(staging, in: tree) { try tree.remove(staging) }
    try tree.create(staging, .bytes(Array(paths.map { "\($0)\n" }.joined().utf8)), mode: .plain)
    guard try tree.makeFolder(staged) else { throw TreeError(path: staged, reason: "File exists") }
  }

  /// The new files that wait elsewhere, as far as somebody can have listed them who only names a run's own.
  static func stagedElsewhere(in tree: some ReadableTree) throws(TreeError) -> [TreePath] {
    guard try has(staging, in: tree) else { return [] }
    return try tree.read(staging).split(separator: UInt8(ascii: "\n")).compactMap { TreePath(bytes: Array($0)) }.filter(isTemporary)
  }

  /// A name for a new file in a folder itself, for one on another file system, to which nothing can be moved.
  static func temporary(in folder: TreePath?, token: String, _ number: Int) -> TreePath {
    let name = TreePath(".aiwg-\(token)-\(number)") ?? staged(number)
    return folder?.appending(name) ?? name
  }

  /// Whether a path is one that a run gives to new files, and nothing of version control.
  static func isTemporary(_ path: TreePath) -> Bool {
    if path.leadsIntoGit { return false }
    if path.parent == staged { return true }
    let parts = path.name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == ".aiwg" && Int(parts[2]) != nil
      && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Lets the folder above go with the state, as one that a run made.
  static func mark(in tree: inout some WritableTree) throws(TreeError) {
    guard case .directory = try tree.observe(path) else { return }
    if try !has(marker, in: tree) { try tree.create(marker, .bytes([]), mode: .plain) }
  }

  /// Removes the folders again, unless they hold something that is kept.
  static func close(in tree: inout some WritableTree) throws(TreeError) {
    try clearNew(in: &tree)
    guard case .directory = try tree.observe(path) else { return }
    _ = try tree.removeFolder(staged)
    guard try tree.names(in: path).allSatisfy({ $0 == ignoreFile.name || $0 == marker.name }) else { return }
    if try has(ignoreFile, in: tree) {
      // One that is cut short was being written when the run was killed.
      guard ignored.starts(with: try tree.read(ignoreFile)) else { return }
      try tree.remove(ignoreFile)
    }
    guard try has(marker, in: tree) else {
      _ = try tree.removeFolder(path)
      return
    }
    if try tree.names(in: parent) == [path.name], try tree.observe(newParent) == .absent {
      try tree.move(parent, to: newParent)
      try clearNew(in: &tree)
    } else {
      try tree.remove(marker)
      for folder in [path, parent] { _ = try tree.removeFolder(folder) }
    }
  }

  /// Removes what a run left that was killed as it made or removed the folders.
  private static func clearNew(in tree: inout some WritableTree) throws(TreeError) {
    guard try isNewOurs(tree) else { return }
    let (names, inner) = (try tree.names(in: newParent), try tree.names(in: newPath))
    let isAlone = names.allSatisfy { $0 == path.name } && inner.allSatisfy { $0 == marker.name }
    if try tree.observe(newMarker) != .absent { try tree.remove(newMarker) }
    if try tree.observe(newPath) != .absent { _ = try tree.removeFolder(newPath) }
    // What somebody put there in that moment belongs where they put it.
    if try !tree.removeFolder(newParent), !isAlone { try tree.move(newParent, to: parent) }
  }
}
