import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// The project of a run: what aiwg.yaml says, what the command line says instead, or what is assumed without either.
struct Configuration {
  var project: Project
  /// Nil when there is no aiwg.yaml.
  private let file: ProjectFile?
  private let repository: Repository

  /// - Parameters:
  ///   - mayBeMissing: whether a run goes on without aiwg.yaml.
  ///   - mayRecord: whether it may write one then, or into the one that is there; as `mayBeMissing` when nothing is said.
  ///   - text: aiwg.yaml as it is about to be written; nil reads it.
  /// - Throws: `CommandFailure` when it is wrong, or missing and needed.
  init(in repository: Repository, _ options: CommonOptions, mayBeMissing: Bool, mayRecord: Bool? = nil, reading text: SourceText? = nil) throws {
    let mayRecord = mayRecord ?? mayBeMissing
    self.repository = repository
    if let source = try text ?? repository.bytes(of: Repository.configurationPath) {
      var found: [Diagnostic] = []
      guard let file = ProjectFile(source, diagnostics: &found) else { throw CommandFailure(.invalid, diagnostics: found) }
      (self.file, project) = (file, file.project)
      try Self.check(project.scope, in: repository, at: file.place(of: "scope"))
      try Self.check(project.requires, at: file.place(of: "requires"))
      if let asked = options.source { try useSource(asked, mayRecord: mayRecord) }
      // Without any, every output would be unwanted.
      guard !project.sources.isEmpty else {
        let help = "add `sources:` with an item such as `- path: .aiwg`; `aiwg remove` takes out everything"
        throw CommandFailure(.invalid, "aiwg.yaml names no sources", id: "project/no-sources", at: file.place(of: "sources"), help: help)
      }
    } else {
      file = nil
      guard mayBeMissing || options.source != nil else {
        throw CommandFailure(
          .invalid, "there is no aiwg.yaml here", id: "project/missing", at: SourcePlace(path: repository.shownAs + Repository.configurationPath),
          help: repository.user == nil
            ? "run `aiwg deploy`, which writes one, or `aiwg init` to begin a tree of your own" : "run `aiwg deploy --scope user`, which writes one")
      }
      project = Project(sources: [try Self.assumedSource(options.source, in: repository)])
      if repository.user != nil { project.scope = .user }
    }
    if mayRecord, let locale = options.locale { try record(locale) }
  }

  /// What another file than aiwg.yaml says.
  init(_ file: ProjectFile, in repository: Repository) {
    (project, self.repository, self.file) = (file.project, repository, file)
  }

  /// Whether there is an aiwg.yaml already.
  var isWritten: Bool { file != nil }

  /// The name of the file, as the user knows it.
  var path: String { file?.source.path ?? repository.shownAs + Repository.configurationPath }

  /// A project that aiwg.yaml is about to record.
  init(_ project: Project, in repository: Repository) {
    (self.project, self.repository, file) = (project, repository, nil)
  }

  /// Where aiwg.yaml says something; the command line has no place.
  func place(of key: String) -> SourcePlace? { file?.place(of: key) }
  func place(ofPlatform name: String) -> SourcePlace? { file?.place(ofPlatform: name) }
  func place(ofLint id: String) -> SourcePlace? { file?.place(ofLint: id) }
  func place(ofSource path: String) -> SourcePlace? { file?.place(ofSource: path) }
  func place(ofSource index: Int) -> SourcePlace? { file?.place(ofSource: index) }
  func place(of source: Project.Source, _ index: Int) -> SourcePlace? {
    if case .path(let path) = source.origin { place(ofSource: path) } else { place(ofSource: index) }
  }
  func place(ofAllowance index: Int, _ key: String? = nil) -> SourcePlace? { file?.place(ofAllowance: index, key) }
  func rejections(ofSource index: Int) -> [(name: String, place: SourcePlace)] { file?.rejections(ofSource: index) ?? [] }
  func place(ofPicksInSource index: Int) -> SourcePlace? { file?.place(ofPicksInSource: index) }
  func place(ofTag tag: String, inSource index: Int) -> SourcePlace? { file?.place(ofTag: tag, inSource: index) }

  private static func check(_ requires: VersionRange?, at place: SourcePlace) throws {
    guard let requires, !Release.isAllowed(by: requires) else { return }
    throw CommandFailure(
      .invalid, "this is aiwg \(Release.version), and the project requires `\(requires.text)`", id: "project/other-version", at: place,
      help: "use a version in that range, or change `requires:` and deploy with this one")
  }

  /// What is for a home directory must not go into a repository, and the other way round.
  private static func check(_ scope: Project.Scope, in repository: Repository, at place: SourcePlace?) throws {
    let wanted: Project.Scope = repository.user == nil ? .project : .user
    guard scope != wanted else { return }
    let path = SourcePlace(path: repository.shownAs + Repository.configurationPath)
    throw scope == .user
      ? CommandFailure(
        .invalid, "this aiwg.yaml is for a home directory", id: "scope/other", at: place ?? path,
        help: "take `scope: user` out of it, or run the command with `--scope user`, which reads the one in `~/.config/aiwg`")
      : CommandFailure(
        .invalid, "this aiwg.yaml does not say that it is for a home directory", id: "scope/other", at: place ?? path,
        help: "write `scope: user` into it")
  }

  /// What is deployed must be what a later check deploys.
  private mutating func record(_ locale: String) throws {
    guard file == nil else { return try expectRecorded(locale: locale) }
    project.locale = locale
  }

  /// What is written in another language than aiwg.yaml says would be out of line at once.
  /// - Throws: `CommandFailure` when aiwg.yaml says another one.
  func expectRecorded(locale: String) throws {
    guard let file, file.project.locale != locale else { return }
    throw CommandFailure(
      .invalid, "aiwg.yaml records " + (file.project.locale.map { "the locale `\($0)`" } ?? "no locale") + ", not `\(locale)`",
      id: "project/other-locale",
      at: file.place(of: "locale"), help: "write `locale: \(locale)` into aiwg.yaml")
  }

  /// A tree from the command line in place of the recorded sources.
  private mutating func useSource(_ asked: String, mayRecord: Bool) throws {
    let source = try Self.assumedSource(asked, in: repository)
    guard case .path(let path) = source.origin else { return }
    if let same = project.sources.first(where: { $0.origin == .path(path) }) {
      project.sources = [same]
    } else {
      project.sources = [source]
    }
    let isRecorded = file?.project.sources == project.sources
    if mayRecord && !isRecorded {
      throw CommandFailure(
        .invalid, "aiwg.yaml records other sources than `\(path)`", id: "project/other-source",
        at: SourcePlace(path: repository.shownAs + Repository.configurationPath),
        help: "add `- path: \(path)` under `sources:`, or take out what is there")
    }
  }

  /// The tree that was named, else `.aiwg/`, else what ships with aiwg.
  private static func assumedSource(_ asked: String?, in repository: Repository) throws -> Project.Source {
    if let asked {
      let absolute = try absolutePath(asked)
      guard !asked.isEmpty, Machine.hasFolder(absolute) else {
        throw CommandFailure(
          .invalid, "the source `\(asked)` is missing", id: "source/missing",
          help: "name the folder that holds `rules/`, `agents/`, `skills/` or `commands/`")
      }
      return Project.Source(.path(relativePath(from: repository.root, to: absolute)))
    }
    let kinds = ArtifactKind.texts.map(\.folder)
    if repository.user != nil {
      if kinds.contains(where: { Machine.hasFolder(repository.root + "/" + $0) }) { return Project.Source(.path(".")) }
      let folder = shown(repository.root)
      throw CommandFailure(
        .invalid, "there is nothing to deploy to the home directory", id: "scope/no-source",
        help: "put a tree of your own there, such as \(folder)rules/mine.md, or name one that you have: `aiwg deploy --scope user --source DIR`")
    }
    if hasOwnTree(in: repository) { return Project.Source(.path(".aiwg")) }
    let unguessed = unguessedTree(in: repository).map { Diagnostic(.error, $0.id, $0.message, help: $0.help) }
    guard unguessed.isEmpty else { throw CommandFailure(.invalid, diagnostics: unguessed) }
    let shipped = kinds.filter { (try? ShippedTree().entries(under: TreePath($0)))?.isEmpty == false }
    return Project.Source(.library(ArtifactPicks(artifacts: shipped.map { $0 + "/*" }.sorted())))
  }

  /// Whether there is a canonical tree where one is taken for granted.
  static func hasOwnTree(in repository: Repository) -> Bool {
    let tree = repository.root + "/.aiwg/"
    return ArtifactKind.allCases.contains { $0.file.map { Machine.hasFile(tree + $0) } ?? Machine.hasFolder(tree + $0.folder) }
  }

  /// A warning about a folder at the root that may be one of a canonical tree.
  static func unguessedTree(in repository: Repository) -> [Diagnostic] {
    let kinds = ArtifactKind.texts.map(\.folder)
    guard let kind = kinds.first(where: { Machine.hasFolder(repository.root + "/" + $0) }) else { return [] }
    let help = "add `--source .` if it is one; move your tree to `.aiwg/` otherwise"
    return [Diagnostic(.warning, "source/not-guessed", "there is a folder `\(kind)` here, which may be a canonical tree or not", help: help)]
  }

  /// The edit of aiwg.yaml that writes down a selection and exclusions; nil when it says so already.
  /// - Throws: `CommandFailure` when the file is spelled in a way that cannot be edited byte for byte.
  func edit(recording platforms: [String], excluding: [Int: [Exclusion]]) throws -> FileEdit? {
    guard let path = TreePath(Repository.configurationPath) else { return nil }
    var bytes = file?.source.bytes ?? []
    if file == nil {
      var new = project
      new.platforms = platforms
      bytes = Array(new.text.utf8)
    } else if project.platforms != platforms, let file {
      bytes = file.settingPlatforms(platforms)
    }
    for (index, exclusions) in excluding.sorted(by: { $0.key < $1.key }) {
      var ignored: [Diagnostic] = []
      guard let current = ProjectFile(SourceText(path: path.text, bytes: bytes), diagnostics: &ignored) else {
        throw uneditable(platforms, excluding)
      }
      bytes = current.adding(exclusions.sorted { $0.pattern < $1.pattern }, toSource: index)
    }
    guard bytes != file?.source.bytes else { return nil }
    guard says(bytes, platforms, excluding) else { throw uneditable(platforms, excluding) }
    return FileEdit(path: path, old: file?.source.bytes, new: bytes)
  }

  /// The edit of aiwg.yaml that writes down another revision of a source from elsewhere; nil when it says so already.
  /// - Throws: `CommandFailure` when the file is spelled in a way that cannot be edited byte for byte.
  func edit(recordingRevision rev: String, ofSource index: Int) throws -> FileEdit? {
    guard let file, let path = TreePath(Repository.configurationPath), var git = project.sources[index].git, git.rev != rev else { return nil }
    git.rev = rev
    var expected = project
    expected.sources[index].origin = .git(git)
    let bytes = file.settingRevision(rev, ofSource: index)
    var ignored: [Diagnostic] = []
    guard ProjectFile(SourceText(path: path.text, bytes: bytes), diagnostics: &ignored)?.project == expected else {
      throw CommandFailure(
        .invalid, "aiwg.yaml is spelled in a way that aiwg does not edit", id: "project/not-edited", at: place(ofSource: index),
        help: "write it there yourself: `rev: \(rev)`")
    }
    return FileEdit(path: path, old: file.source.bytes, new: bytes)
  }

  /// Whether an edited aiwg.yaml says what was meant, and otherwise what it said before.
  private func says(_ bytes: [UInt8], _ platforms: [String], _ excluding: [Int: [Exclusion]]) -> Bool {
    var ignored: [Diagnostic] = []
    var expected = project
    expected.platforms = platforms
    for (index, exclusions) in excluding where expected.sources.indices.contains(index) {
      let known = expected.sources[index].exclude
      expected.sources[index].exclude += exclusions.map(\.pattern).filter { !known.contains($0) }.sorted()
    }
    return ProjectFile(SourceText(path: Repository.configurationPath, bytes: bytes), diagnostics: &ignored)?.project == expected
  }

  private func uneditable(_ platforms: [String], _ excluding: [Int: [Exclusion]]) -> CommandFailure {
    let names = excluding.values.joined().map(\.pattern).sorted()
    let lines = ["platforms: [\(platforms.joined(separator: ", "))]"] + (names.isEmpty ? [] : ["exclude: [\(names.joined(separator: ", "))]"])
    return CommandFailure(
      .invalid, "aiwg.yaml is spelled in a way that aiwg does not edit", id: "project/not-edited",
      at: SourcePlace(path: repository.shownAs + Repository.configurationPath), help: "write it there yourself: " + lines.joined(separator: ", and "))
  }
}
