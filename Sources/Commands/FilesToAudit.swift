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
  /// About what is not looked into.
  private(set) var findings: [Diagnostic] = []
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
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  private mutating func files(
    of tree: some ReadableTree, under path: TreePath?, _ shownAs: String, repositoryPath: (TreePath) -> TreePath?
  ) throws(TreeError) -> [Item] {
    var found: [TreePath] = []
    if let path, case .file = try tree.observe(path) {
      found = [path]
    } else {
      for entry in try tree.entries(under: path) {
        if entry.kind == .file { found.append(entry.path) }
        if entry.kind == .symlink { try tellLink(entry.path, of: tree, shownAs) }
      }
    }
    return found.map { file in
      let inside = repositoryPath(file)
      return Item(
        tree: tree, path: file, shownAs: shownAs, repositoryPath: inside,
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
    do throws(TreeError) {
      let tree = repository.tree
      let entries =
        (repository.user == nil ? try tree.entries(under: nil) : try Commands.entries(readBy: catalog.platforms, of: tree))
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
        if links.contains(path) { try tellLink(path, of: tree, repository.shownAs) }
        guard files.contains(path), seen.insert(files.place(of: path)).inserted else { continue }
        let place = files.place(of: path)
        items.append(
          Item(
            tree: tree, path: place, shownAs: repository.shownAs, repositoryPath: place, origin: place.isInside(Record.copies) ? .foreign : .own))
      }
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
    try addSourcesElsewhere(configuration)
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
        throw CommandFailure(error, shownAs: shownAs)
      }
    }
  }

  // MARK: Symlinks

  private mutating func tellLink(_ path: TreePath, of tree: some ReadableTree, _ shownAs: String) throws(TreeError) {
    var place = path
    for _ in 0..<8 {
      guard case .symlink(let target) = try tree.observe(place) else { return }
      let text = String(decoding: target, as: UTF8.self)
      guard let next = place.parent.following(text) else {
        findings.append(
          Diagnostic(
            .warning, AuditKind.linkOutside.id, "this symlink leads out of the repository, to `\(text.escapedForDisplay)`",
            at: SourcePlace(path: shownAs + path.text), help: "put what it leads to in its place; nobody who reviews the repository sees it"))
        return
      }
      place = next
    }
  }
}
