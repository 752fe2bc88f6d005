import Diagnostics
package import FileTree
import Globs
package import Platforms
import SharedFiles

/// Looks for the files of platforms in a repository.
package struct Finding {
  let tree: any ReadableTree
  let catalog: PlatformCatalog
  private let platforms: [Platform]
  private let isTaken: (TreePath) -> Bool
  private var listings: [TreePath: [TreeEntry]] = [:]
  private var found: [TreePath: FoundFile] = [:]
  private var leftAlone: [TreePath: String] = [:]
  /// By id of the place.
  var settings: [String: FoundSettings] = [:]
  var ignored: [TreePath: FoundIgnore] = [:]

  /// What is read of one file.
  private static let mostBytes = 1 << 20

  /// - Parameters:
  ///   - platforms: ids of those whose files are looked for.
  ///   - isTaken: whether a path is an output of aiwg's, or in a canonical tree.
  package init(in tree: any ReadableTree, for platforms: [String], of catalog: PlatformCatalog, besides isTaken: @escaping (TreePath) -> Bool) {
    (self.tree, self.catalog, self.isTaken) = (tree, catalog, isTaken)
    self.platforms = platforms.compactMap { catalog.platform($0) }
  }

  /// Everything that is there.
  /// - Throws: `TreeError` when a folder or file cannot be read.
  package mutating func all() throws(TreeError) -> FoundFiles {
    for platform in platforms {
      for place in places(of: platform) { try look(at: place, for: platform) }
      try lookForTexts(of: platform)
      try lookForSettings(of: platform)
      try lookForIgnored(of: platform)
    }
    let files = found.values.sorted { $0.path < $1.path }
    let settings = settings.values.sorted { ($0.path, $0.place.id) < ($1.path, $1.place.id) }
    let ignored = ignored.values.sorted { $0.path < $1.path }
    return FoundFiles(
      files: files, settings: settings, ignored: ignored, leftAlone: leftAlone.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// Places where a platform's artifacts stand, or stood.
  private func places(of platform: Platform) -> [Place] {
    let ids = Set(platform.takes.values.joined()).union(platform.legacy)
    // What only reviewers check would be a rule for everybody.
    return ids.compactMap { catalog.places[$0] }.filter { $0.path.isPerArtifact && $0.forms.keys.contains { !$0.isReview } }.sorted { $0.id < $1.id }
  }

  private mutating func look(at place: Place, for platform: Platform) throws(TreeError) {
    guard let folder = place.path.folder else { return }
    for entry in try listing(of: folder) {
      guard let name = name(of: entry.path, at: place, in: folder, for: platform) else { continue }
      if entry.kind == .symlink { leave(entry.path, "a link; what it leads to is found where it is") }
      guard entry.kind == .file else { continue }
      try add(entry, place, name, platform)
    }
  }

  /// What an artifact's main file at a place is called; files in folders further down count where the platform reads them.
  private func name(of path: TreePath, at place: Place, in folder: TreePath, for platform: Platform) -> String? {
    if place.format == .skill {
      guard path.name == "SKILL.md", let own = path.parent else { return nil }
      return place.path.name(in: own)
    }
    if let name = place.path.name(in: path) { return name }
    guard let inner = path.relative(to: folder), inner.parent != nil, let flat = TreePath(path.name) else { return nil }
    guard platform.reads.contains(where: { Glob($0.path).matches(path.text) }) else { return nil }
    guard !places(of: platform).contains(where: { $0.path.name(in: path) != nil }) else { return nil }
    return place.path.name(in: folder.appending(flat))
  }

  private mutating func add(_ entry: TreeEntry, _ place: Place, _ name: String, _ platform: Platform) throws(TreeError) {
    if found[entry.path] != nil {
      if found[entry.path]?.place?.id == place.id, found[entry.path]?.platforms.contains(platform.id) == false {
        found[entry.path]?.platforms.append(platform.id)
      }
      return
    }
    guard !isTaken(entry.path), let bytes = try read(entry) else { return }
    var file = FoundFile(path: entry.path, place: place, name: name, platforms: [platform.id], bytes: bytes)
    if place.format == .skill, let own = entry.path.parent { file.resources = try resources(in: own, of: place) }
    found[entry.path] = file
  }

  mutating func read(_ entry: TreeEntry) throws(TreeError) -> [UInt8]? {
    if case .bytes(let bytes) = try tree.read(entry.path, atMost: Self.mostBytes) { return bytes }
    leave(entry.path, "more than the \(Self.mostBytes) bytes that an artifact may have")
    return nil
  }

  private mutating func resources(in folder: TreePath, of place: Place) throws(TreeError) -> [FoundFile.Resource] {
    var out: [FoundFile.Resource] = []
    for entry in try tree.entries(under: folder) where entry.path.name != "SKILL.md" || entry.path.parent != folder {
      guard let inner = entry.path.relative(to: folder) else { continue }
      // What a form writes beside a skill is not the skill's.
      if place.sidecars.contains(where: { $0.path == inner }) { continue }
      switch entry.kind {
      case .file: out.append(FoundFile.Resource(path: inner, bytes: try tree.read(entry.path), isExecutable: entry.isExecutable))
      case .symlink: leave(entry.path, "a link")
      case .directory, .other: continue
      }
    }
    return out
  }

  /// Files that a platform loads as they are.
  private mutating func lookForTexts(of platform: Platform) throws(TreeError) {
    try leaveChecks(of: platform)
    for read in platform.reads where !read.path.contains("*") && !platform.isForReviewers(read) {
      guard let path = TreePath(read.path) else { continue }
      switch try tree.observe(path) {
      case .file: break
      case .symlink:
        leave(path, "a link; what it leads to is found where it is")
        continue
      default: continue
      }
      guard !read.isPrivate, !platform.personal.contains(where: { Glob($0).matches(path.text) }) else {
        leave(path, "one person's own")
        continue
      }
      guard read.when == .always else { continue }
      if found[path] != nil {
        if found[path]?.platforms.contains(platform.id) == false { found[path]?.platforms.append(platform.id) }
        continue
      }
      guard let bytes = try self.read(TreeEntry(path: path, kind: .file)) else { continue }
      found[path] = FoundFile(path: path, place: nil, name: path.stem, platforms: [platform.id], bytes: bytes)
    }
    for name in platform.personal {
      if let path = TreePath(name), case .file = try tree.observe(path) { leave(path, "one person's own") }
    }
  }

  /// What only reviewers read stays where it is; a file with a block of aiwg's is no news.
  private mutating func leaveChecks(of platform: Platform) throws(TreeError) {
    for read in platform.reads where platform.isForReviewers(read) {
      guard !platform.reads.contains(where: { $0.path == read.path && !platform.isForReviewers($0) }) else { continue }
      let folder = TreePath(String(read.path.prefix { $0 != "*" }.drop { $0 == "/" }).droppingSlash)
      var paths = [TreePath(read.path)].compactMap(\.self)
      if let folder, read.path.contains("*") { paths = try listing(of: folder).map(\.path) }
      for path in paths where Glob(read.path).matches(path.text) && !isTaken(path) {
        guard case .file = try tree.observe(path), let bytes = try self.read(TreeEntry(path: path, kind: .file)) else { continue }
        if case .found = findBlock(in: SourceText(path: path.text, bytes: bytes), syntax: .markdown) { continue }
        leave(path, "checks of a reviewer; a rule with `review: only` says such a thing")
      }
    }
  }

  mutating func leave(_ path: TreePath, _ reason: String) { leftAlone[path] = reason }

  private mutating func listing(of folder: TreePath) throws(TreeError) -> [TreeEntry] {
    if let known = listings[folder] { return known }
    guard case .directory = try tree.observe(folder) else {
      listings[folder] = []
      return []
    }
    let entries = try tree.entries(under: folder)
    listings[folder] = entries
    return entries
  }
}

extension PathTemplate {
  /// The folder that all paths of the template lie in; nil for the root.
  fileprivate var folder: TreePath? {
    let fixed = text.prefix { $0 != "{" }
    return fixed.lastIndex(of: "/").flatMap { TreePath(String(fixed[..<$0])) }
  }
}

extension TreePath {
  /// The name without its dots and extension, in lower case: `agents` for `AGENTS.md`, `cursorrules` for `.cursorrules`.
  fileprivate var stem: String {
    let word = name.hasPrefix(".") ? String(name.dropFirst()) : name
    return (word.firstIndex(of: ".").map { String(word[..<$0]) } ?? word).lowercased()
  }
}

extension String {
  /// Without a slash at its end.
  fileprivate var droppingSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
