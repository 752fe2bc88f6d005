import Applying
import Auditing
import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import ProjectFile
import Reading

/// The files that an audit looks into, each once.
struct FilesToAudit {
  struct Item: Sendable {
    var tree: any ReadableTree
    /// In its tree.
    var path: TreePath
    /// What goes before the path in messages.
    var shownAs: String
    /// From the root of the repository; nil for what lies elsewhere.
    var repositoryPath: TreePath?
    var origin: AuditedFile.Origin
  }

  private(set) var items: [Item] = []
  /// About what is not looked into, with its path from the root of the repository; nil for what lies elsewhere.
  private(set) var findings: [(diagnostic: Diagnostic, path: TreePath?)] = []
  private let repository: Repository

  // MARK: What is named

  /// Files and folders that the user named, wherever they lie.
  init(named paths: [String], in repository: Repository) throws {
    self.repository = repository
    var seen: Set<String> = []
    for path in paths {
      let absolute = try normalized(absolutePath(path))
      guard Machine.exists(absolute) else {
        throw CommandFailure(.invalid, "`\(path)` is not there", id: "usage/no-file", help: "paths begin at the working directory")
      }
      for item in try items(at: absolute, shown: path) where seen.insert(item.shownAs + item.path.text).inserted { items.append(item) }
    }
  }

  private mutating func items(at absolute: String, shown path: String) throws -> [Item] {
    let relative = relativePath(from: repository.root, to: absolute)
    do throws(TreeError) {
      if relative == "." { return try files(of: repository.tree, under: nil, repository.shownAs) { $0 } }
      if relative != "..", !relative.hasPrefix("../"), let inside = TreePath(relative) {
        return try files(of: repository.tree, under: inside, repository.shownAs) { $0 }
      }
      if Machine.hasFolder(absolute) {
        return try files(of: DiskTree(root: absolute), under: nil, path.hasSuffix("/") ? path : path + "/") { _ in nil }
      }
      guard let slash = absolute.lastIndex(of: "/"), let name = TreePath(String(absolute[absolute.index(after: slash)...])) else { return [] }
      let tree = try DiskTree(root: slash == absolute.startIndex ? "/" : String(absolute[..<slash]))
      return try files(of: tree, under: name, String(path.dropLast(name.text.count))) { _ in nil }
    } catch {
      findings.append((Self.unreadable(error, shownAs: path), nil))
      return []
    }
  }

  private mutating func files(
    of base: some ReadableTree, under path: TreePath?, _ shownAs: String, repositoryPath: (TreePath) -> TreePath?
  ) throws(TreeError) -> [Item] {
    let tree = PatientTree(base)
    defer { tell(tree.failures, shownAs, repositoryPath) }
    var found: [TreePath] = []
    if let path, case .file = try tree.observe(path) {
      found = [path]
    } else {
      for entry in try tree.entries(under: path) {
        if entry.kind == .file { found.append(entry.path) }
        if entry.kind == .symlink { try tellLink(entry.path, of: tree, shownAs, repositoryPath(entry.path)) }
      }
    }
    return found.map { file in
      let inside = repositoryPath(file)
      return Item(
        tree: base, path: file, shownAs: shownAs, repositoryPath: inside,
        origin: inside.map { $0.isInside(Record.copies) ? .foreign : .own } ?? .foreign)
    }
  }

  // MARK: What platforms read

  /// The files of a repository that some platform reads, and the canonical ones.
  ///
  /// - Parameters:
  ///   - configuration: nil without aiwg.yaml.
  ///   - others: folders of other projects, which have an audit of their own.
  init(of repository: Repository, _ configuration: Configuration?, _ catalog: PlatformCatalog, besides others: [TreePath]) throws {
    self.repository = repository
    let tree = PatientTree(repository.tree)
    do throws(TreeError) {
      let entries =
        (repository.user == nil ? try tree.entries(under: nil) : try entries(ofUserWith: configuration, catalog, tree))
        .filter { entry in !others.contains { entry.path.isInside($0) } }
      let files = try FileList(entries, of: tree)
      let links = Set(entries.filter { $0.kind == .symlink }.map(\.path))
      let reach = Reach(files.paths + links)
      var wanted = reach.files(of: catalog.platforms, besides: EditorFiles.patterns + catalog.settings.values.map(\.path.text))
      wanted.formUnion(catalog.platforms.compactMap(\.ignoreFile?.path))
      for folder in canonicalFolders(configuration) { wanted.formUnion(reach.inside(folder)) }
      wanted.formUnion(reach.inside(Record.copies))
      // Of runs, and never committed.
      wanted = wanted.filter { !$0.isInside(StateFolder.path) }
      wanted.formUnion([Repository.configurationPath, "platforms.yaml", "permissions.yaml", "ignore"].compactMap { TreePath($0) })
      wanted.formUnion(try imported(by: catalog.platforms, wanted, files))
      var seen: Set<TreePath> = []
      for path in wanted.sorted() {
        if links.contains(path) { try tellLink(path, of: tree, repository.shownAs, path) }
        guard files.contains(path), seen.insert(files.place(of: path)).inserted else { continue }
        let place = files.place(of: path)
        items.append(
          Item(
            tree: repository.tree, path: place, shownAs: repository.shownAs, repositoryPath: place,
            origin: place.isInside(Record.copies) ? .foreign : .own))
      }
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
    tell(tree.failures, repository.shownAs) { $0 }
    try addSourcesElsewhere(configuration)
  }

  /// What platforms read in a home directory, their settings there, and the canonical files; nothing else of it is listed.
  private func entries(
    ofUserWith configuration: Configuration?, _ catalog: PlatformCatalog, _ tree: some ReadableTree
  ) throws(TreeError) -> [TreeEntry] {
    var found = Dictionary(try Commands.entries(readBy: catalog.platforms, of: tree).map { ($0.path, $0) }) { first, _ in first }
    let files = catalog.settings.values.map(\.path) + catalog.platforms.compactMap(\.ignoreFile?.path)
    let own = [Repository.configurationPath, "platforms.yaml", "permissions.yaml", "ignore"].compactMap { TreePath($0) }
    for path in files + own + canonicalFolders(configuration) + [Record.copies] {
      switch try tree.observe(path) {
      case .file(let size, let isExecutable): found[path] = TreeEntry(path: path, kind: .file, isExecutable: isExecutable, size: size)
      case .symlink: found[path] = TreeEntry(path: path, kind: .symlink)
      case .directory: for entry in try tree.entries(under: path) { found[entry.path] = entry }
      case .absent, .other, .blocked: continue
      }
    }
    return found.values.sorted { $0.path < $1.path }
  }

  /// The folders of the repository that hold canonical files.
  private func canonicalFolders(_ configuration: Configuration?) -> [TreePath] {
    let kinds = ArtifactKind.inFolders.map(\.folder)
    return (configuration?.project.sources ?? []).flatMap { source -> [TreePath] in
      guard case .path(let path) = source.origin else { return [] }
      let folder = relativePath(from: repository.root, to: normalized(repository.root + "/" + path))
      return folder == "." ? kinds.compactMap { TreePath($0) } : [TreePath(folder)].compactMap { $0 }
    }
  }

  /// Files that import lines of other files lead to.
  private func imported(by platforms: [Platform], _ read: Set<TreePath>, _ files: FileList) throws(TreeError) -> Set<TreePath> {
    let names = Set(platforms.flatMap(\.reads).filter(\.followsImports).compactMap { $0.path.split(separator: "/").last.map(String.init) })
    var open = read.filter { names.contains($0.name) && files.contains($0) }
    var found: Set<TreePath> = []
    for _ in 0..<5 where !open.isEmpty {
      var next: Set<TreePath> = []
      for path in open.sorted() {
        guard case .bytes(let bytes)? = try? repository.tree.read(files.place(of: path), atMost: Auditor.mostBytes) else { continue }
        for target in importedPaths(in: bytes, of: path) where files.contains(target) && found.insert(target).inserted { next.insert(target) }
      }
      open = next
    }
    return found
  }

  /// Sources that lie outside of the repository.
  private mutating func addSourcesElsewhere(_ configuration: Configuration?) throws {
    for source in configuration?.project.sources ?? [] {
      guard case .path(let path) = source.origin else { continue }
      let absolute = normalized(repository.root + "/" + path)
      let relative = relativePath(from: repository.root, to: absolute)
      guard relative == ".." || relative.hasPrefix("../"), Machine.hasFolder(absolute) else { continue }
      let shownAs = shown(absolute)
      do throws(TreeError) {
        let tree = try DiskTree(root: absolute)
        let folders = ArtifactKind.inFolders.compactMap { TreePath($0.folder) } + ArtifactKind.allCases.compactMap(\.file).compactMap { TreePath($0) }
        for folder in folders where try tree.observe(folder) != .absent {
          for var item in try files(of: tree, under: folder, shownAs, repositoryPath: { _ in nil }) {
            item.origin = .own
            items.append(item)
          }
        }
      } catch {
        findings.append((Self.unreadable(error, shownAs: shownAs), nil))
      }
    }
  }

  // MARK: What cannot be read

  private mutating func tell(_ failures: [TreeError], _ shownAs: String, _ repositoryPath: (TreePath) -> TreePath?) {
    for failure in failures { findings.append((Self.unreadable(failure, shownAs: shownAs), failure.path.flatMap(repositoryPath))) }
  }

  private static func unreadable(_ error: TreeError, shownAs: String) -> Diagnostic {
    let shown = shownAs + (error.path?.text ?? "")
    return Diagnostic(
      .error, AuditKind.unreadable.id, "this folder cannot be read, and nobody knows what is in it: \(error.reason)",
      at: SourcePlace(path: shown.isEmpty ? "." : shown), help: "give yourself the right to read it, or take it out")
  }

  // MARK: Symlinks

  private mutating func tellLink(_ path: TreePath, of tree: some ReadableTree, _ shownAs: String, _ repositoryPath: TreePath?) throws(TreeError) {
    var place = path
    for _ in 0..<8 {
      guard case .symlink(let target) = try tree.observe(place) else { return }
      let text = String(decoding: target, as: UTF8.self)
      guard let next = place.parent.following(text) else {
        let found = Diagnostic(
          .warning, AuditKind.linkOutside.id, "this symlink leads out of the repository, to `\(text.escapedForDisplay)`",
          at: SourcePlace(path: shownAs + path.text), help: "put what it leads to in its place; nobody who reviews the repository sees it")
        return findings.append((found, repositoryPath))
      }
      place = next
    }
  }
}
