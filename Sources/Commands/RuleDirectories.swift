import ContextModel
import Diagnostics
import Disk
import FileTree
import Globs
import Layout
import Planning
import Platforms
import SharedFiles

/// The directories that rules are for, and whether a file there may carry them: what `nested:` asks for, as far as the repository allows it.
///
/// What is looked at is in every checkout: folders that hold something, and no folder that is somebody else's.
struct RuleDirectories {
  /// By file: whether a block may be put there.
  private(set) var files: [String: Surroundings.DirectoryFile] = [:]
  /// Directories with a file that may.
  private(set) var open: [TreePath] = []
  var openFiles: [String] { files.filter { $0.value == .open }.keys.sorted() }

  /// Nobody asks for any.
  init() {}

  /// - Parameters:
  ///   - patterns: of the directories that are asked for.
  ///   - others: folders of other projects.
  /// - Throws: `CommandFailure` when a folder cannot be looked at.
  init(
    of tree: ContextTree, asked patterns: [String], for selected: [String], in catalog: PlatformCatalog, of repository: Repository,
    besides others: [TreePath]
  ) throws(CommandFailure) {
    let globs = patterns.map { Glob($0) }
    let taken = Set(catalog.platforms.filter { selected.contains($0.id) }.flatMap { $0.takes.values.joined() })
    let places = catalog.places.values.filter { taken.contains($0.id) && $0.path.isPerDirectory }.sorted { $0.id < $1.id }
    guard !globs.isEmpty, !places.isEmpty else { return }
    let directories = Set(tree.artifacts.compactMap(\.directory)).filter { directory in globs.contains { $0.matches(directory.text) } }
    let names = Set(places.compactMap { $0.path.filled(with: "x")?.relative(to: TreePath(known: "x"))?.text })
    for directory in directories.sorted() {
      do throws(TreeError) {
        let reason = try Self.obstacle(in: directory, to: names, of: repository, besides: others)
        for file in places.compactMap({ $0.path.filled(in: directory)?.filled(with: "") }) {
          let own = if let reason { reason } else { try Self.obstacle(at: file, in: repository.tree) }
          files[file.text] = own.map { .closed($0) } ?? .open
          if own == nil, open.last != directory { open.append(directory) }
        }
      } catch {
        throw CommandFailure(error, shownAs: repository.shownAs)
      }
    }
  }

  /// Why no file of a directory can be ours; nil when one can.
  private static func obstacle(
    in directory: TreePath, to names: Set<String>, of repository: Repository, besides others: [TreePath]
  ) throws(TreeError) -> String? {
    for folder in directory.ancestors.reversed() + [directory] {
      switch try repository.tree.observe(folder) {
      case .directory: break
      case .symlink: return "`\(folder)` is a link"
      case .absent: return "there is no folder `\(folder)`"
      case .file, .other, .blocked: return "`\(folder)` is no folder"
      }
      // Some file systems find a folder whose name is spelled otherwise; on others it is not there.
      guard try repository.tree.names(in: folder.parent).contains(folder.name) else { return "there is no folder `\(folder)`" }
      let inside = try repository.tree.names(in: folder)
      if others.contains(folder) || inside.contains(Repository.configurationPath) { return "`\(folder)` is a project of its own" }
      if inside.contains(".git") { return "`\(folder)` is a git repository of its own" }
      // Git keeps no empty folder, and what is ours alone holds none.
      if folder == directory, try isEmpty(inside, besides: names, in: directory, repository.tree) {
        return "there is nothing in the folder `\(folder)`"
      }
    }
    return nil
  }

  private static func isEmpty(_ inside: [String], besides names: Set<String>, in directory: TreePath, _ tree: some ReadableTree) throws(TreeError)
    -> Bool
  {
    for name in inside {
      guard names.contains(name), let file = TreePath(name) else { return false }
      if try hasUsersText(directory.appending(file), in: tree) { return false }
    }
    return true
  }

  private static func obstacle(at file: TreePath, in tree: some ReadableTree) throws(TreeError) -> String? {
    switch try tree.observe(file) {
    case .absent, .file: nil
    case .symlink: "`\(file)` is a link"
    case .directory, .other, .blocked: "`\(file)` is no file"
    }
  }
}

/// Whether a file has more in it than a block of ours; what nobody can look into has.
func hasUsersText(_ file: TreePath, in tree: some ReadableTree) throws(TreeError) -> Bool {
  guard case .file = try tree.observe(file), case .bytes(let bytes) = try tree.read(file, atMost: mostSharedBytes) else { return true }
  guard case .found(let block) = findBlock(in: SourceText(path: file.text, bytes: bytes), syntax: .markdown) else { return !bytes.isEmpty }
  return block.removed().contains { $0 != 0x20 && !(0x09...0x0D).contains($0) }
}

/// Notes about rules for one directory that stand in a file of the whole repository because that directory cannot have a file with them.
func directoryFindings(_ layout: Layout, for platforms: [Platform], in catalog: PlatformCatalog, _ surroundings: Surroundings) -> [Diagnostic] {
  guard !surroundings.directoryFiles.isEmpty else { return [] }
  let taken = Set(platforms.flatMap { $0.takes.values.joined() })
  let places = catalog.places.values.filter { taken.contains($0.id) && $0.path.isPerDirectory }.sorted { $0.id < $1.id }
  var seen: Set<ArtifactID> = []
  return layout.deliveries.compactMap { delivery in
    guard delivery.place.format == .block, delivery.place.directory == nil, let directory = delivery.artifact.directory else { return nil }
    let asked = places.compactMap { $0.filled(in: directory) }.filter { surroundings.directoryFiles[$0.path.text] != nil }
    guard let reason = asked.lazy.compactMap({ surroundings.obstacle(to: $0, for: platforms) }).first else { return nil }
    guard seen.insert(delivery.artifact.id).inserted else { return nil }
    let artifact = delivery.artifact
    let field = artifact.fields.first { $0.key == "globs" } ?? artifact.fields.first { $0.key == "paths" }
    return Diagnostic(
      .note, "layout/directory", "this rule stands in `\(delivery.path)` and loads at start: \(reason)",
      at: field.map { artifact.text.place($0.range) } ?? artifact.text.whole)
  }
}
