import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Platforms
import ProjectFile

/// A translation of a source.
struct SourceTranslation {
  var loaded: LoadedTranslation
  /// Nil for one that lies outside of the repository, or behind a link.
  var repositoryPath: TreePath?
}

extension ArtifactID {
  /// What becomes of it when a later source has it too, in words.
  fileprivate var replacement: String {
    switch kind {
    case .permissions: "`\(self)` of a later source takes its place; what this one denies stays denied"
    case .ignore: "`\(self)` of a later source is put behind it"
    default: "`\(self)` of a later source takes its place"
    }
  }
}

/// The sources of a project, opened: what they hold, and what of it is left out.
struct Sources {
  var tree = ContextTree(joining: [])
  /// Servers and hooks.
  var settings: [Artifact] = []
  var catalog: PlatformCatalog
  var diagnostics: [Diagnostic] = []
  /// By index of the source: what has errors and is not excluded yet.
  var rejected: [Int: [Exclusion]] = [:]
  /// Those of sources that are folders, whether they are deployed or not.
  var translations: [SourceTranslation] = []
  /// By index of a source that is a folder: what it holds, whether it is taken or not.
  private(set) var own: [Int: [Artifact]] = [:]
  private var excluded: [Artifact] = []
  /// Picks of the library that cannot be meant.
  private var wrongPicks: [Diagnostic] = []
  /// Folders of the repository that hold canonical files.
  var canonicalFolders: [TreePath] = []
  /// What `.gitattributes` says to keep the line ends of.
  var canonicalPatterns: [String] = []
  /// What becomes of the copies of sources from elsewhere.
  var copies = CopiesInPlan()
  /// Artifacts that nothing may take the place of.
  private(set) var required: [ArtifactID: Artifact] = [:]

  private let repository: Repository
  private let locale: LanguageTag?

  /// Opens the sources; platforms of the project's own come from them too.
  ///
  /// - Parameters:
  ///   - skipsInvalid: whether artifacts with errors are put among the rejected ones instead.
  ///   - files: files of the repository as they are about to be written.
  ///   - fetched: by name, sources from elsewhere that were fetched; of others the copies are read that are here.
  ///   - base: the platforms when these sources may not say how platforms are.
  /// - Throws: `CommandFailure` when one is missing or cannot be read.
  init(
    _ configuration: Configuration, in repository: Repository, locale: LanguageTag? = nil, skipsInvalid: Bool,
    with files: [TreePath: OverlaidTree.File] = [:], fetched: [String: FetchedSource] = [:], below base: PlatformCatalog? = nil
  ) throws {
    let project = configuration.project
    self.repository = repository
    self.locale = locale
    catalog = try base ?? Self.everythingShipped()
    defer { if base == nil { catalog = repository.user == nil ? catalog.ofProject : catalog.ofHome(moving: repository.isMoved) } }
    let opened = try Self.open(configuration, in: repository, besides: files.keys, fetched).map { $0.overlaid(with: files) }
    for source in opened where base == nil { try addPlatforms(of: source) }
    var loaded: [[Artifact]] = []
    for (index, source) in opened.enumerated() { loaded.append(try load(source, index, skipsInvalid: skipsInvalid, configuration)) }
    for (source, artifacts) in zip(project.sources, loaded) where source.isRequired {
      required.merge(artifacts.map { ($0.id, $0) }) { first, _ in first }
    }
    wrongPicks += Self.findingsAboutRequired(project.sources, loaded)
    guard wrongPicks.isEmpty else { throw CommandFailure(.invalid, diagnostics: wrongPicks) }
    (tree, settings) = ContextTree(joining: loaded, excluded: excluded).parted()
    for artifact in tree.replaced {
      diagnostics.append(Diagnostic(.note, "source/replaced", artifact.id.replacement, at: artifact.text.whole))
    }
  }

  /// The shipped platforms, as they are in a home directory when that is meant.
  static func shippedCatalog(for repository: Repository) throws -> PlatformCatalog {
    repository.user == nil ? try shippedCatalog() : try everythingShipped().ofHome(moving: repository.isMoved)
  }

  /// The shipped platforms as they are in a repository.
  static func shippedCatalog() throws -> PlatformCatalog { try everythingShipped().ofProject }

  private static func everythingShipped() throws -> PlatformCatalog {
    var problems: [Diagnostic] = []
    guard let path = TreePath("platforms.yaml"), let bytes = try? ShippedTree().read(path),
      let catalog = decodePlatforms(SourceText(path: "library:platforms.yaml", bytes: bytes), diagnostics: &problems)
    else { throw CommandFailure(.machine, diagnostics: problems) }
    return catalog
  }

  /// - Parameter new: paths of the repository that are about to be written; a source may have nothing but those.
  private static func open(
    _ configuration: Configuration, in repository: Repository, besides new: some Collection<TreePath>, _ fetched: [String: FetchedSource]
  ) throws -> [OpenedSource] {
    var opened: [OpenedSource] = []
    var missing: [Diagnostic] = []
    for (index, source) in configuration.project.sources.enumerated() {
      do {
        opened.append(
          try OpenedSource(source, in: repository, fetched: source.git.flatMap { fetched[$0.name] }, at: configuration.place(of: source, index)) {
            folder in
            new.contains { path in TreePath(folder).map { path.isInside($0) } ?? true }
          })
      } catch let failure as CommandFailure where failure.status == .invalid {
        missing += failure.diagnostics
      }
    }
    guard missing.isEmpty else { throw CommandFailure(.invalid, diagnostics: missing) }
    return opened
  }

  /// What later sources have in the place of what an earlier one says must stay.
  private static func findingsAboutRequired(_ sources: [Project.Source], _ loaded: [[Artifact]]) -> [Diagnostic] {
    var required: [ArtifactID: Artifact] = [:]
    var found: [Diagnostic] = []
    for (source, artifacts) in zip(sources, loaded) {
      for artifact in artifacts {
        guard let first = required[artifact.id] else { continue }
        let message = "`\(artifact.id)` would take the place of one that aiwg.yaml requires"
        found.append(
          Diagnostic(
            .error, "source/required", message, at: artifact.text.whole, notes: ["the required one is \(first.text.path)"],
            help: "rename it, or take it out; `required: true` in aiwg.yaml says that nothing may replace the other"))
      }
      if source.isRequired { for artifact in artifacts where required[artifact.id] == nil { required[artifact.id] = artifact } }
    }
    return found
  }

  private mutating func addPlatforms(of source: OpenedSource) throws {
    // Only the project's own trees may say how platforms are, and not what was fetched from elsewhere.
    guard case .path = source.source.origin, let path = TreePath("platforms.yaml"),
      let text = try source.tree.configuration(path, shownAs: source.shownAs)
    else { return }
    if repository.user != nil, source.folder == nil {
      let help = "a tree elsewhere may not say where files go in a home directory; copy what you need of it to a tree beside aiwg.yaml"
      return diagnostics.append(
        Diagnostic(.warning, "source/platforms", "this platforms.yaml is not used", at: SourcePlace(path: text.path), help: help))
    }
    var problems: [Diagnostic] = []
    guard let extended = decodePlatforms(text, onto: catalog, diagnostics: &problems) else {
      throw CommandFailure(.invalid, diagnostics: problems)
    }
    catalog = extended
  }

  private mutating func load(_ source: OpenedSource, _ index: Int, skipsInvalid: Bool, _ configuration: Configuration) throws -> [Artifact] {
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
      } else if skipsInvalid && !source.source.isRequired && rejected.id?.kind.file == nil {
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
    let valid = Set(loaded.artifacts.map(\.id.description))
    for (name, place) in configuration.rejections(ofSource: index) where valid.contains(name) {
      let message = "`\(name)` had errors and was left out; it has none now, and is left out all the same"
      diagnostics.append(Diagnostic(.warning, "source/repaired", message, at: place, help: "take it out of `exclude:` in aiwg.yaml"))
    }
    let picks = source.source.taken
    if let picks { wrongPicks += findings(about: picks, of: loaded.artifacts, in: source.source, index, configuration) }
    var wanted: [Artifact] = []
    let artifacts = loaded.artifacts.map { artifact in
      var artifact = artifact
      artifact.repositoryPath = source.repositoryPath(artifact.path)
      return artifact
    }
    if case .path = source.source.origin { own[index] = artifacts }
    for artifact in artifacts {
      let name = artifact.id.description
      if !excluded.match(name) && picks?.take(name, tags: artifact.tags) ?? true { wanted.append(artifact) } else { self.excluded.append(artifact) }
    }
    leaveOutUntrusted(&wanted, of: source.source)
    warnAboutIdle(source.source, in: configuration, names: loaded.artifacts.map(\.id.description) + loaded.rejected.map(Self.name))
    return wanted
  }

  /// What a platform starts by itself comes from elsewhere only when somebody said so.
  private mutating func leaveOutUntrusted(_ artifacts: inout [Artifact], of source: Project.Source) {
    guard let git = source.git, !source.isTrusted else { return }
    for (index, artifact) in artifacts.enumerated() {
      let what: String
      switch artifact.id.kind {
      case .server, .hook: what = "it is left out, since a platform starts programs for it"
      case .permissions where artifact.fields["allow"] != nil:
        what = "what it allows is left out, and what it denies holds"
        artifacts[index].fields.removeAll { $0.key == "allow" }
      case .behavior where artifact.fields["command"] != nil:
        what = "what it runs is left out, and its text is a rule"
        artifacts[index].fields.removeAll { $0.key == "command" || $0.key == "timeout" }
      default:
        let removed = artifacts[index].removeGrants()
        guard !removed.isEmpty else { continue }
        what = "without \(removed.map { "`\($0)`" }.joined(separator: ", ")), since a platform starts programs for that or asks less"
      }
      let help = "read it, and write `trusted: true` under that source in aiwg.yaml; or take it out with `exclude: [\(artifact.id)]`"
      let message = "`\(artifact.id)` comes from `\(git.name)`, which is not trusted: \(what)"
      diagnostics.append(Diagnostic(.warning, "source/untrusted", message, at: artifact.text.whole, help: help))
    }
    artifacts.removeAll { $0.id.kind == .server || $0.id.kind == .hook }
  }

  /// What `exclude:` calls a file that became no artifact.
  private static func name(of rejected: LoadedSource.Rejected) -> String {
    rejected.id?.description ?? String(rejected.path.text.split(separator: ".").first ?? "")
  }

  /// A pattern that fits nothing is mostly a slip of the pen.
  private mutating func warnAboutIdle(_ source: Project.Source, in configuration: Configuration, names: [String]) {
    let patterns = source.exclude + (source.taken?.artifacts ?? [])
    let known = Set(names)
    for pattern in patterns where !known.contains(pattern) && !(pattern.contains("*") && names.contains { matches($0, pattern: pattern) }) {
      let help = nearest(to: pattern, among: names).map { "did you mean `\($0)`?" } ?? "patterns are kind/name, such as `rules/x` or `agents/*`"
      let place = SourcePlace(path: configuration.path)
      diagnostics.append(Diagnostic(.warning, "source/idle-pattern", "no artifact is called `\(pattern)`", at: place, help: help))
    }
  }

  /// Remembers where in the repository a source is, or warns that it is elsewhere.
  private mutating func note(_ source: OpenedSource) {
    diagnostics += source.diagnostics
    if let git = source.source.git, let copy = source.copy {
      copies.add(copy, of: git)
      canonicalFolders.append(git.folder)
    }
    guard case .path(let path) = source.source.origin else { return }
    guard let folder = source.folder else {
      // Nobody checks a home directory out.
      if repository.user != nil { return }
      let help = "a bare checkout will lack it: move it inside, or check where both are present"
      diagnostics.append(Diagnostic(.warning, "source/outside", "the source `\(path)` lies outside the repository", help: help))
      return
    }
    let kinds = ArtifactKind.inFolders.map(\.folder).sorted()
    let folders = folder == "." ? kinds : [folder]
    let files = folder == "." ? ArtifactKind.allCases.compactMap(\.file) : []
    canonicalFolders += (folders + files).compactMap { TreePath($0) }
    canonicalPatterns += folders.map { "/\($0)/**" }
  }
}
