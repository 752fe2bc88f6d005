import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Git
import Globs
import Importing
import Planning
import Platforms
import ProjectFile
import SettingsFiles
import SharedFiles

/// An import at work: what is found, what it becomes, and the plan of the tree that it makes.
struct Importation {
  let repository: Repository
  let found: FoundFiles
  let result: Import
  private let project: Project
  private let isRecorded: Bool
  /// The canonical tree in the repository, as aiwg.yaml calls it.
  let folder: String

  /// - Parameters:
  ///   - files: files or folders, as the user names them; with none, everything.
  ///   - from: platforms by id or alias; nil takes those of aiwg.yaml, else those that the repository shows signs of.
  ///   - tree: the folder of the canonical tree; nil takes the first one of aiwg.yaml, else `.aiwg`.
  /// - Throws: `CommandFailure` with everything that cannot be imported.
  init(_ options: CommonOptions, of files: [String] = [], from: String?, tree: String?, _ importing: ImportOptions, writes: Bool) throws {
    let repository = try Repository.find(options, to: writes ? .writing : .reading)
    self.repository = repository
    let recorded =
      try repository.bytes(of: Repository.configurationPath) == nil ? nil : Configuration(in: repository, options, mayBeMissing: true).project
    let catalog = try Sources.shippedCatalog()
    let detected = try catalog.detected { try repository.has($0) }
    guard from != nil || recorded?.platforms != nil || !detected.isEmpty else {
      let retired = try catalog.detectedRetired { try repository.has($0) }
      let help =
        retired.isEmpty
        ? "name the platforms with --from" : "retired platforms are imported when they are named: `--from \(retired.joined(separator: ","))`"
      throw CommandFailure(.invalid, "no files of any platform are here", id: "import/nothing", help: help)
    }
    let shown = try Self.withFilesOfTheirOwn(detected, catalog, repository)
    let selection = try Selection(asked: from, recorded: recorded?.platforms, detected: shown, catalog: catalog)
    isRecorded = recorded != nil
    folder = try Self.folder(tree ?? options.source, recorded, repository)
    project = recorded ?? Project(platforms: selection.recorded, sources: [Project.Source(.path(folder))], locale: options.locale)
    var finding = Finding(in: repository.tree, for: selection.platforms, of: catalog, besides: try Self.taken(in: repository, folder))
    let shownAs = repository.shownAs
    var everything: FoundFiles
    do throws(TreeError) { everything = try finding.all() } catch { throw CommandFailure(error, shownAs: shownAs) }
    if !files.isEmpty { everything = try Self.only(files, of: everything, in: repository) }
    found = try Self.withoutIgnored(Self.withoutUnknownBlocks(everything, in: repository), in: repository)
    var importing = importing
    importing.isOurs = try Self.recordedSettings(in: repository)
    let (folder, tree) = (folder, repository.tree)
    importing.inTree = { path in TreePath(folder == "." ? path.text : folder + "/" + path.text).flatMap { try? tree.read($0) } }
    result = Import(found, for: selection.platforms, in: catalog, options: importing, shownAs: repository.shownAs) { path in
      (try? repository.has(path.text)) ?? false
    }
    let errors = result.problems.filter { $0.severity == .error }
    guard errors.isEmpty else {
      let isConflict = errors.allSatisfy { ["import/conflict", "import/same-name"].contains($0.id) }
      throw CommandFailure(
        isConflict ? .blocked : .invalid, diagnostics: result.problems + [Diagnostic(.note, "plan/nothing-written", "nothing was written")])
    }
    guard !result.isEmpty else {
      let nothing = Diagnostic(
        .error, "import/nothing", "there is nothing to import for \(selection.platforms.joined(separator: ", "))",
        help: "what aiwg wrote is left out; an edit of that goes into the tree with `aiwg sync --absorb`")
      throw CommandFailure(.invalid, diagnostics: result.problems + [nothing])
    }
  }

  /// Platforms that have a file which is not also another one's: a text that many read is a sign of none of them.
  private static func withFilesOfTheirOwn(_ detected: [String], _ catalog: PlatformCatalog, _ repository: Repository) throws -> [String] {
    let signs = try Dictionary(
      uniqueKeysWithValues: detected.map { id in (id, Set(try catalog.platform(id)?.detect.filter { try repository.has($0) } ?? [])) })
    let isShared = { (sign: String, id: String) in
      guard let other = catalog.platform(id) else { return false }
      let places = Set(other.takes.values.joined()).compactMap { catalog.places[$0]?.path.text }
      return other.reads.contains { $0.path == sign } || (sign.hasSuffix("/") && places.contains { $0.hasPrefix(sign) })
    }
    let own = detected.filter { id in
      let others = detected.filter { $0 != id }
      return others.isEmpty || !(signs[id] ?? []).allSatisfy { sign in others.contains { isShared(sign, $0) } }
    }
    return own.isEmpty ? detected : own
  }

  /// What git does not commit is somebody's own, or a secret.
  private static func withoutIgnored(_ found: FoundFiles, in repository: Repository) throws -> FoundFiles {
    let resources = found.files.flatMap { file in file.resources.compactMap { file.path.parent?.appending($0.path) } }
    let asked = found.files.map(\.path) + resources + found.settings.map(\.path) + found.ignored.map(\.path)
    guard let ignored = GitHistory(root: repository.root)?.ignored(among: asked), !ignored.isEmpty else { return found }
    var out = found
    out.settings.removeAll { ignored.contains($0.path) }
    out.ignored.removeAll { ignored.contains($0.path) }
    out.files = found.files.compactMap { file in
      guard !ignored.contains(file.path) else { return nil }
      var file = file
      file.resources.removeAll { resource in file.path.parent.map { ignored.contains($0.appending(resource.path)) } ?? false }
      return file
    }
    out.leftAlone += ignored.sorted().map { ($0, "git ignores it") }
    return out
  }

  /// The rules of a block that no aiwg.lock speaks of are in no tree either.
  private static func withoutUnknownBlocks(_ found: FoundFiles, in repository: Repository) throws -> FoundFiles {
    let record = try repository.record()
    var out = found
    out.files = found.files.filter { file in
      guard file.place == nil, record.claims[file.path] == nil else { return true }
      if case .none = findBlock(in: SourceText(path: file.path.text, bytes: file.bytes), syntax: .markdown) { return true }
      return false
    }
    let gone = Set(found.files.map(\.path)).subtracting(out.files.map(\.path)).sorted()
    out.leftAlone += gone.map { ($0, "it has a block of aiwg's that no aiwg.lock speaks of; take its two markers out to import all of it") }
    return out
  }

  /// Those that were named, or lie in a folder that was.
  private static func only(_ names: [String], of found: FoundFiles, in repository: Repository) throws -> FoundFiles {
    let wanted = try names.map { try repository.path(of: $0.hasSuffix("/") ? String($0.dropLast()) : $0) }
    let paths = found.files.map(\.path) + found.settings.map(\.path) + found.ignored.map(\.path)
    for (name, path) in zip(names, wanted) where !paths.contains(where: { $0.isInside(path) }) && !found.files.contains(where: { $0.holds(path) }) {
      let reason = found.leftAlone.first { $0.path == path }?.reason
      throw CommandFailure(
        .invalid, "`\(name)` is nothing that a selected platform has as its own" + (reason.map { ": " + $0 } ?? ""), id: "import/not-found",
        help: "name a file in a place of the platform's, such as `.cursor/rules/x.mdc`; outputs of aiwg's are in the tree already")
    }
    var out = found
    out.files = found.files.filter { file in wanted.contains { file.path.isInside($0) || file.holds($0) } }
    out.settings = found.settings.filter { file in wanted.contains { file.path.isInside($0) } }
    out.ignored = found.ignored.filter { file in wanted.contains { file.path.isInside($0) } }
    return out
  }

  private static func folder(_ asked: String?, _ recorded: Project?, _ repository: Repository) throws -> String {
    if let asked {
      let path = relativePath(from: repository.root, to: try absolutePath(asked))
      guard path != "..", !path.hasPrefix("../") else {
        throw CommandFailure(.invalid, "`\(asked)` lies outside the repository", id: "import/outside", help: "name a folder inside of it")
      }
      let reads = try Sources.shippedCatalog().platforms.flatMap(\.reads).map(\.path) + [".git/", ".aiwg/state/"]
      guard path == "." || !reads.contains(where: { $0.hasPrefix(path + "/") || (path + "/").hasPrefix($0) }) else {
        throw CommandFailure(
          .invalid, "`\(asked)` is a folder that something else reads", id: "import/not-a-tree", help: "name a folder of its own, such as `.aiwg`")
      }
      return path
    }
    for source in recorded?.sources ?? [] {
      if case .path(let path) = source.origin, path != "..", !path.hasPrefix("../") { return path }
    }
    return ".aiwg"
  }

  /// What is no file of the user's for a platform: outputs, and canonical files.
  private static func taken(in repository: Repository, _ folder: String) throws -> (TreePath) -> Bool {
    let claims = try repository.record().claims.mapValues { $0.contains { !$0.isBlock } }
    let kinds = ArtifactKind.texts.compactMap { TreePath(folder == "." ? $0.folder : folder + "/" + $0.folder) }
    return { path in claims[path] ?? false || kinds.contains { path.isInside($0) } }
  }

  /// Whether a value of a settings file is what aiwg put there, whatever became of a member since.
  private static func recordedSettings(in repository: Repository) throws -> @Sendable (TreePath, SettingsPiece) -> Bool {
    let recorded = try repository.record().settings.mapValues(\.pieces)
    return { path, piece in
      guard let pieces = recorded[path] else { return false }
      if piece.kind == .element { return pieces.contains(Record.Settings.Piece(of: piece)) }
      return pieces.contains { !$0.isElement && $0.path == piece.path }
    }
  }

  /// The plan: the tree, aiwg.yaml when there is none, and the outputs in place of what was imported.
  /// - Throws: `CommandFailure`, also when the tree has something of that name already.
  func pipeline(_ options: CommonOptions, writes: Bool) throws -> Pipeline {
    var reconciled = Reconciled()
    var taken: [Diagnostic] = []
    for file in result.written {
      guard let path = TreePath(folder == "." ? file.path.text : folder + "/" + file.path.text) else { continue }
      let there = try repository.bytes(of: path.text)
      if let there, there.bytes != file.bytes {
        taken.append(
          Diagnostic(
            .error, "import/taken", "the tree has this file already, and it says something else",
            at: SourcePlace(path: repository.shownAs + path.text),
            help: "rename it, or delete the platform's file if this one is to count"))
      }
      if there == nil { reconciled.edits.append(FileEdit(path: path, old: nil, new: file.bytes, isExecutable: file.isExecutable)) }
    }
    guard taken.isEmpty else { throw CommandFailure(.blocked, diagnostics: taken) }
    if !isRecorded {
      reconciled.project = project
    }
    for file in result.taken { reconciled.handEdits.imported[file.path] = Digest(of: file.bytes) }
    reconciled.handEdits.savesTaken = true
    for setting in result.takenSettings {
      reconciled.handEdits.taken[setting.path, default: []].insert(Record.Settings.Piece(of: setting.piece, isOrdered: setting.isOrdered))
    }
    return try Pipeline(in: repository, options, Pipeline.Request(writes: writes, records: true), reconciled: reconciled)
  }

  /// The plan of a conversion: the files of other platforms, and nothing else.
  ///
  /// - Parameter to: platforms by id or alias.
  /// - Throws: `CommandFailure`, also in a repository that aiwg deploys to.
  func conversion(_ options: CommonOptions, to: String, writes: Bool, force: Bool) throws -> Pipeline {
    guard !isRecorded, try repository.bytes(of: Repository.recordPath) == nil else {
      throw CommandFailure(
        .invalid, "aiwg deploys to this repository already", id: "convert/deployed",
        at: SourcePlace(path: repository.shownAs + (isRecorded ? Repository.configurationPath : Repository.recordPath)),
        help: "`aiwg import` takes the files into its tree, and `aiwg deploy --platforms +\(to)` adds the platforms")
    }
    var reconciled = Reconciled()
    reconciled.leavesNoRecord = true
    reconciled.spared = Set(result.taken.map(\.path))
    for file in result.taken {
      for path in file.became { reconciled.origins[repository.shownAs + shown(path)] = repository.shownAs + file.path.text }
    }
    for setting in result.takenSettings { reconciled.origins[repository.shownAs + shown(setting.became)] = repository.shownAs + setting.path.text }
    reconciled.project = Project(platforms: [], sources: [Project.Source(.path(folder))], locale: options.locale)
    for file in result.written {
      guard let path = TreePath(shown(file.path.text)) else { continue }
      reconciled.lent[path] = OverlaidTree.File(file.bytes, isExecutable: file.isExecutable)
    }
    return try Pipeline(in: repository, options, Pipeline.Request(platforms: to, writes: writes, force: force), reconciled: reconciled)
  }
}

extension Importation {
  /// Files that a conversion writes, and that the platforms read too whose files were converted.
  func readTwice(_ pipeline: Pipeline, from: String) throws -> [Diagnostic] {
    let catalog = try Sources.shippedCatalog()
    return try platformIDs(from).flatMap { id -> [Diagnostic] in
      let reads = catalog.platform(id)?.reads.filter { $0.when != .never }.map { Glob($0.path) } ?? []
      let twice = pipeline.plan.changes.filter { $0.decision != .keep && $0.decision != .adopt }.map(\.path).filter { path in
        reads.contains { $0.matches(path.text) }
      }
      guard let first = twice.first else { return [] }
      let files = "`\(first)`" + (twice.count > 1 ? " and \(twice.count - 1) more of these files" : "")
      return [
        Diagnostic(
          .warning, "convert/read-twice", "`\(id)` reads \(files) as well, and has what they say already",
          help: "take the files of `\(id)` away when nobody uses it any more; `aiwg import` gives each platform everything once")
      ]
    }
  }
}

extension DesiredOutput {
  /// Whether it is a whole file.
  var isFile: Bool {
    if case .file = form { true } else { false }
  }

  /// Whether the file that it would share says all of it already.
  func isSaid(in repository: Repository) throws(CommandFailure) -> Bool {
    guard case .block(let bytes, _) = form, let path = TreePath(path.text), let there = try repository.sharedBytes(of: path) else { return false }
    return String(decoding: there, as: UTF8.self).contains(String(decoding: bytes, as: UTF8.self))
  }

  /// The same text without markers where there is no file that it would share, from the files that were converted.
  func ownedByUser(in repository: Repository, from files: [String: String]) throws(CommandFailure) -> DesiredOutput {
    var own = form
    if case .block(let bytes, _) = form, try !repository.has(path.text) { own = .file(.bytes(bytes), isExecutable: false) }
    return DesiredOutput(path: path, form: own, origins: origins.map { files[$0] ?? $0 }, platforms: platforms)
  }
}

extension FoundFile {
  /// Whether a path is one of the files beside it.
  fileprivate func holds(_ path: TreePath) -> Bool {
    guard place?.format == .skill, let folder = self.path.parent else { return false }
    return path.isInside(folder)
  }
}
