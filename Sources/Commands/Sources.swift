import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Platforms
import ProjectFile

/// What goes before the paths of a folder in messages: the way there from the working directory, or from the root when that is shorter.
func shown(_ folder: String) -> String {
  let relative = Machine.workingDirectory.map { relativePath(from: $0, to: folder) } ?? folder
  if relative == "." { return "" }
  return (relative.count < folder.count ? relative : folder) + "/"
}

/// A translation of a source.
struct SourceTranslation {
  var loaded: LoadedTranslation
  /// Nil for one that lies outside of the repository, or behind a link.
  var repositoryPath: TreePath?
}

/// The sources of a project, opened: what they hold, and what of it is left out.
struct Sources {
  var tree = ContextTree(joining: [])
  var catalog: PlatformCatalog
  var diagnostics: [Diagnostic] = []
  /// By index of the source: what has errors and is not excluded yet.
  var rejected: [Int: [Exclusion]] = [:]
  /// Those of sources that are folders, whether they are deployed or not.
  var translations: [SourceTranslation] = []
  private var excluded: [Artifact] = []
  /// Picks of the library that cannot be meant.
  private var wrongPicks: [Diagnostic] = []
  /// Folders of the repository that hold canonical files.
  var canonicalFolders: [TreePath] = []
  /// What `.gitattributes` says to keep the line ends of.
  var canonicalPatterns: [String] = []

  private let repository: Repository
  private let locale: LanguageTag?

  /// Opens the sources; platforms of the project's own come from them too.
  ///
  /// - Parameters:
  ///   - skipsInvalid: whether artifacts with errors are put among the rejected ones instead.
  ///   - files: files of the repository as they are about to be written.
  /// - Throws: `CommandFailure` when one is missing or cannot be read.
  init(
    _ configuration: Configuration, in repository: Repository, locale: LanguageTag? = nil, skipsInvalid: Bool,
    with files: [TreePath: OverlaidTree.File] = [:]
  ) throws {
    let project = configuration.project
    self.repository = repository
    self.locale = locale
    catalog = try Self.shippedCatalog()
    let opened = try Self.open(project.sources, in: repository, at: configuration.place(ofSource:), besides: files.keys)
      .map { $0.overlaid(with: files) }
    for source in opened { try addPlatforms(of: source) }
    var loaded: [[Artifact]] = []
    for (index, source) in opened.enumerated() { loaded.append(try load(source, index, skipsInvalid: skipsInvalid, configuration)) }
    guard wrongPicks.isEmpty else { throw CommandFailure(.invalid, diagnostics: wrongPicks) }
    tree = ContextTree(joining: loaded, excluded: excluded)
    for artifact in tree.replaced {
      diagnostics.append(Diagnostic(.note, "source/replaced", "`\(artifact.id)` of a later source takes its place", at: artifact.text.whole))
    }
  }

  static func shippedCatalog() throws -> PlatformCatalog {
    var problems: [Diagnostic] = []
    guard let path = TreePath("platforms.yaml"), let bytes = try? ShippedTree().read(path),
      let catalog = decodePlatforms(SourceText(path: "library:platforms.yaml", bytes: bytes), diagnostics: &problems)
    else { throw CommandFailure(.machine, diagnostics: problems) }
    return catalog
  }

  /// - Parameter new: paths of the repository that are about to be written; a source may have nothing but those.
  private static func open(
    _ sources: [Project.Source], in repository: Repository, at place: (String) -> SourcePlace?, besides new: some Collection<TreePath>
  ) throws -> [Opened] {
    var opened: [Opened] = []
    var missing: [Diagnostic] = []
    for source in sources {
      do {
        opened.append(
          try Opened(
            source, in: repository, at: place, isNew: { folder in new.contains { path in TreePath(folder).map { path.isInside($0) } ?? true } }))
      } catch let failure as CommandFailure where failure.status == .invalid {
        missing += failure.diagnostics
      }
    }
    guard missing.isEmpty else { throw CommandFailure(.invalid, diagnostics: missing) }
    return opened
  }

  /// One source with its tree.
  private struct Opened {
    var source: Project.Source
    var tree: any ReadableTree
    var shownAs: String
    /// The folder in the repository; nil for what lies elsewhere.
    var folder: String?

    /// The same source with other bytes in some files of the repository.
    func overlaid(with files: [TreePath: OverlaidTree.File]) -> Opened {
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

    init(_ source: Project.Source, in repository: Repository, at place: (String) -> SourcePlace?, isNew: (String) -> Bool) throws {
      self.source = source
      switch source.origin {
      case .library:
        (tree, shownAs) = (ShippedTree(), Library.prefix)
      case .path(let path):
        let absolute = normalized(repository.root + "/" + path)
        shownAs = shown(absolute)
        let relative = relativePath(from: repository.root, to: absolute)
        folder = relative == ".." || relative.hasPrefix("../") ? nil : relative
        if let folder, !Machine.hasFolder(absolute), isNew(folder) {
          tree = MemoryTree([:])
          return
        }
        guard Machine.hasFolder(absolute) else {
          let help = "correct the path in aiwg.yaml, or pass --source; a checkout that lacks a source cannot be checked"
          throw CommandFailure(.invalid, "the source `\(path)` is missing", id: "source/missing", at: place(path), help: help)
        }
        // A submodule that is not checked out is an empty folder, and must not take all outputs with it.
        let kinds = ArtifactKind.allCases.map(\.folder).sorted()
        guard
          folder.map(isNew) ?? false || kinds.contains(where: { Machine.hasFolder(absolute + "/" + $0) })
            || Machine.hasFile(absolute + "/platforms.yaml")
        else {
          let help = "check it out, or correct the path; `aiwg remove` takes out what was deployed from it"
          let message = "the source `\(path)` holds no " + kinds.map { "`\($0)/`" }.joined(separator: ", ")
          throw CommandFailure(.invalid, message, id: "source/empty", at: place(path), help: help)
        }
        do {
          tree = try DiskTree(root: absolute)
        } catch {
          throw CommandFailure(error, shownAs: shownAs)
        }
      }
    }
  }

  private mutating func addPlatforms(of source: Opened) throws {
    guard case .path = source.source.origin, let path = TreePath("platforms.yaml"),
      let text = try source.tree.configuration(path, shownAs: source.shownAs)
    else { return }
    var problems: [Diagnostic] = []
    guard let extended = decodePlatforms(text, onto: catalog, diagnostics: &problems) else {
      throw CommandFailure(.invalid, diagnostics: problems)
    }
    catalog = extended
  }

  private mutating func load(_ source: Opened, _ index: Int, skipsInvalid: Bool, _ configuration: Configuration) throws -> [Artifact] {
    var found: [Diagnostic] = []
    let loaded: LoadedSource
    do {
      loaded = try ContextLoader(tree: source.tree, shownAs: source.shownAs, platformIDs: catalog.ids, locale: locale, lanes: ThreadLanes()).load(
        diagnostics: &found)
    } catch {
      throw CommandFailure(error, shownAs: source.shownAs)
    }
    note(source)
    translations += source.translations(loaded, in: repository)
    let excluded = NamePatterns(source.source.exclude)
    var silenced: [String: String] = [:]
    for rejected in loaded.rejected {
      let name = Self.name(of: rejected)
      let place = source.shownAs + rejected.path.text
      if excluded.match(name) {
        silenced[place] = name
      } else if skipsInvalid {
        let at = rejected.reason.place.flatMap { place in place.line.map { " at line \($0)" } } ?? ""
        self.rejected[index, default: []].append(Exclusion(pattern: name, reason: rejected.reason.id + at))
        silenced[place] = name
      }
    }
    diagnostics += found.filter { $0.place.map { silenced[$0.path] == nil } ?? true }
    for (place, name) in silenced.sorted(by: { $0.key < $1.key }) {
      let help = "repair it and take it out of `exclude:`; `aiwg lint` says what is wrong"
      diagnostics.append(Diagnostic(.warning, "source/excluded", "`\(name)` has errors and is left out", at: SourcePlace(path: place), help: help))
    }
    var picks: LibraryPicks?
    if case .library(let wanted) = source.source.origin {
      picks = wanted
      wrongPicks += findings(about: wanted, of: loaded.artifacts, inSource: index, configuration)
    }
    var wanted: [Artifact] = []
    for var artifact in loaded.artifacts {
      let name = artifact.id.description
      artifact.repositoryPath = source.repositoryPath(artifact.path)
      if !excluded.match(name) && picks?.take(name, tags: artifact.tags) ?? true { wanted.append(artifact) } else { self.excluded.append(artifact) }
    }
    warnAboutIdle(source.source, names: loaded.artifacts.map(\.id.description) + loaded.rejected.map(Self.name))
    return wanted
  }

  /// What `exclude:` calls a file that became no artifact.
  private static func name(of rejected: LoadedSource.Rejected) -> String {
    rejected.id?.description ?? String(rejected.path.text.split(separator: ".").first ?? "")
  }

  /// A pattern that fits nothing is mostly a slip of the pen.
  private mutating func warnAboutIdle(_ source: Project.Source, names: [String]) {
    var patterns = source.exclude
    if case .library(let picks) = source.origin { patterns += picks.artifacts }
    let known = Set(names)
    for pattern in patterns where !known.contains(pattern) && !(pattern.contains("*") && names.contains { matches($0, pattern: pattern) }) {
      let help = nearest(to: pattern, among: names).map { "did you mean `\($0)`?" } ?? "patterns are kind/name, such as `rules/x` or `agents/*`"
      let place = SourcePlace(path: repository.shownAs + Repository.configurationPath)
      diagnostics.append(Diagnostic(.warning, "source/idle-pattern", "no artifact is called `\(pattern)`", at: place, help: help))
    }
  }

  /// Remembers where in the repository a source is, or warns that it is elsewhere.
  private mutating func note(_ source: Opened) {
    guard case .path(let path) = source.source.origin else { return }
    guard let folder = source.folder else {
      let help = "a bare checkout will lack it: move it inside, or check where both are present"
      diagnostics.append(Diagnostic(.warning, "source/outside", "the source `\(path)` lies outside the repository", help: help))
      return
    }
    let kinds = ArtifactKind.allCases.map(\.folder).sorted()
    let folders = folder == "." ? kinds : [folder]
    canonicalFolders += folders.compactMap { TreePath($0) }
    canonicalPatterns += folders.map { "/\($0)/**" }
  }
}
