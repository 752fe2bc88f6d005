import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// What goes before the paths of a folder in messages: the way there from the working directory, or from the root when that is shorter.
func shown(_ folder: String) -> String {
  let relative = Machine.workingDirectory.map { relativePath(from: $0, to: folder) } ?? folder
  if relative == "." { return "" }
  return (relative.count < folder.count ? relative : folder) + "/"
}

/// One source with its tree.
struct OpenedSource {
  var source: Project.Source
  var tree: any ReadableTree
  var shownAs: String
  /// The folder in the repository; nil for what lies elsewhere, and for a copy of it, which nobody edits here.
  var folder: String?
  /// Of what lies elsewhere: its copy here, or what comes in its place.
  var copy: Copy?
  /// What was found about it.
  var diagnostics: [Diagnostic] = []

  enum Copy {
    case here(SourceCopy, Record.Pin)
    case fetched(FetchedSource)
  }

  /// The same source with other bytes in some files of the repository.
  func overlaid(with files: [TreePath: OverlaidTree.File]) -> OpenedSource {
    guard !files.isEmpty, let folder else { return self }
    let own = files.compactMap { path, bytes -> (TreePath, OverlaidTree.File)? in
      if folder == "." { return (path, bytes) }
      return TreePath(folder).flatMap { path.relative(to: $0) }.map { ($0, bytes) }
    }
    var out = self
    out.tree = OverlaidTree(tree, files: Dictionary(own) { first, _ in first })
    return out
  }

  /// The translations that it holds; none for the library, which nobody edits here.
  func translations(_ loaded: LoadedSource, in repository: Repository) -> [SourceTranslation] {
    guard case .path = source.origin, !loaded.translations.isEmpty else { return [] }
    // What a link leads to may be anywhere.
    let isHere =
      folder.map { folder in folder == "." || TreePath(folder).map { (try? repository.tree.observe($0)) == .directory } ?? false } ?? false
    return loaded.translations.map { SourceTranslation(loaded: $0, repositoryPath: isHere ? repositoryPath($0.path) : nil) }
  }

  /// A path of the source as one of the repository; nil for what lies elsewhere.
  func repositoryPath(_ path: TreePath) -> TreePath? { folder.flatMap { TreePath($0 == "." ? path.text : $0 + "/" + path.text) } }

  /// - Parameters:
  ///   - fetched: what was fetched of it; nil takes the copy that is here.
  ///   - isNew: whether files are about to be written to a folder of the repository.
  /// - Throws: `CommandFailure` when it is missing or cannot be read.
  init(
    _ source: Project.Source, in repository: Repository, fetched: FetchedSource?, at place: SourcePlace?, isNew: (String) -> Bool
  ) throws {
    self.source = source
    switch source.origin {
    case .library:
      (tree, shownAs) = (ShippedTree(), Library.prefix)
    case .path(let path):
      let absolute = normalized(repository.root + "/" + path)
      shownAs = shown(absolute)
      let relative = relativePath(from: repository.root, to: absolute)
      folder = relative == ".." || relative.hasPrefix("../") ? nil : relative
      if let folder, !repository.hasFolder(absolute), isNew(folder) {
        tree = MemoryTree([:])
        return
      }
      guard repository.hasFolder(absolute) else {
        let help = "correct the path in aiwg.yaml, or pass --source; a checkout that lacks a source cannot be checked"
        throw CommandFailure(.invalid, "the source `\(path)` is missing", id: "source/missing", at: place, help: help)
      }
      // A submodule that is not checked out is an empty folder, and must not take all outputs with it.
      let kinds = ArtifactKind.inFolders.map(\.folder).sorted()
      let files = ["platforms.yaml"] + ArtifactKind.allCases.compactMap(\.file)
      guard
        folder.map(isNew) ?? false || kinds.contains(where: { repository.hasFolder(absolute + "/" + $0) })
          || files.contains(where: { repository.hasFile(absolute + "/" + $0) })
      else {
        let help = "check it out, or correct the path; `aiwg remove` takes out what was deployed from it"
        let message = "the source `\(path)` holds no " + kinds.map { "`\($0)/`" }.joined(separator: ", ")
        throw CommandFailure(.invalid, message, id: "source/empty", at: place, help: help)
      }
      do {
        tree = try repository.tree(at: absolute)
      } catch {
        throw CommandFailure(error, shownAs: shownAs)
      }
    case .git(let git):
      shownAs = repository.shownAs + git.folder.text + "/"
      if let fetched {
        (tree, copy, diagnostics) = (fetched.tree, .fetched(fetched), fetched.diagnostics)
        return
      }
      let here = try SourceCopy(of: git, try repository.record(), in: repository)
      if let obstacle = here.obstacle(at: place) { throw obstacle }
      tree = here.tree
      diagnostics = try here.strangers(in: repository)
      switch here.state {
      case .whole(let pin), .damaged(let pin, _, _): copy = .here(here, pin)
      case .never, .other, .differing, .torn: break
      }
    }
  }
}

/// What becomes of the copies of sources from elsewhere.
struct CopiesInPlan {
  /// The files of those that were fetched.
  var outputs: [DesiredOutput] = []
  /// The files of those that stay.
  var kept: Set<TreePath> = []
  var pins: [TreePath: [Record.Pin]] = [:]
  /// What `.gitattributes` says to keep every byte of.
  var patterns: [String] = []

  mutating func add(_ copy: OpenedSource.Copy, of git: GitSource) {
    patterns.append("/\(git.folder)/**")
    switch copy {
    case .here(let here, let pin):
      kept.formUnion(here.claimed.filter { path in path.relative(to: git.folder).map(here.isOfCopy) ?? false })
      pins[git.folder] = [pin]
    case .fetched(let fetched):
      outputs += fetched.outputs
      pins[git.folder] = [fetched.pin]
    }
  }
}
