import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Layout
import Planning
import Platforms
import ProjectFile
import Settings

/// From the files of a repository to a plan: what deploy, sync, check, diff and status have in common.
struct Pipeline {
  let repository: Repository
  let configuration: Configuration
  let sources: Sources
  /// The language that is asked for.
  let locale: LanguageTag?
  let selection: Selection
  let layout: Layout
  let settingsLayout: SettingsLayout
  let renderer: Renderer
  let directories: RuleDirectories
  let surroundings: Surroundings
  let rendering: Rendering
  let plan: Plan
  /// By name: sources from elsewhere that were fetched for this run.
  let fetched: [String: FetchedSource]
  /// Everything that was found on the way; errors are not among it.
  let diagnostics: [Diagnostic]

  /// What is asked of a run.
  struct Request {
    var platforms: String?
    /// Whether the plan is to be carried out, so that nobody else may be at work.
    var writes = false
    /// Whether a selection, exclusions and a missing aiwg.yaml are written down.
    var records = false
    var skipsInvalid = false
    var force = false
    /// Whether sources from elsewhere may be fetched that are not here.
    var fetches = false
    /// Whether what one person adds is left out.
    var leavesOutOverlay = false
    /// Folders of other projects, which own all that is in them.
    var others: [TreePath] = []
  }

  /// - Throws: `CommandFailure` with every error that was found.
  init(_ options: CommonOptions, _ request: Request = Request()) throws {
    try self.init(in: Repository.find(options, to: request.writes ? .writing : .reading, makes: request.records && request.writes), options, request)
  }

  /// As `init(_:_:)`, of one of the projects that a run covers, on disk or as git has it.
  /// - Throws: `CommandFailure` with every error that was found.
  init(_ options: CommonOptions, _ request: Request, _ project: ProjectInRun) throws {
    guard let files = project.files else {
      try self.init(options, request)
      return
    }
    var request = request
    // What one person adds is not committed.
    request.leavesOutOverlay = true
    try self.init(in: Repository.find(options, in: files, project: project.path), options, request)
  }

  /// - Parameter reconciled: canonical files as they are to be, and what is done about edited outputs.
  /// - Throws: `CommandFailure` with every error that was found.
  init(in repository: Repository, _ options: CommonOptions, _ request: Request, reconciled: Reconciled = Reconciled()) throws {
    self.repository = repository
    configuration =
      try reconciled.project.map { Configuration($0, in: repository) }
      ?? Configuration(in: repository, options, mayBeMissing: request.records, reading: reconciled.configuration)
    if request.writes, !request.records, let locale = options.locale { try configuration.expectRecorded(locale: locale) }
    locale = try Self.locale(options.locale ?? configuration.project.locale, at: options.locale == nil ? configuration.place(of: "locale") : nil)
    fetched = try Self.fetched(configuration, repository, options, request, reconciled)
    sources = try Sources(
      configuration, in: repository, locale: locale, skipsInvalid: request.skipsInvalid, with: reconciled.files, fetched: fetched)
    let errors = sources.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw CommandFailure(.invalid, diagnostics: errors + Self.wayOut(errors, request)) }
    try repository.mountRoots(of: sources.catalog)
    selection = try Self.selection(request, configuration, sources.catalog, repository)
    let platforms = selection.platforms.compactMap(sources.catalog.platform)
    try repository.checkRoots(of: platforms, in: sources.catalog)
    directories = try RuleDirectories(
      of: sources.tree, asked: configuration.project.nested, for: selection.platforms, in: sources.catalog, of: repository, besides: request.others)
    surroundings = try Surroundings(
      of: repository, for: selection.platforms, in: sources.catalog, canonicalFolders: sources.canonicalFolders,
      without: Set(reconciled.handEdits.imported.keys), directories: directories)
    renderer = Renderer(of: sources.tree, in: sources.catalog, showing: configuration.project.show, lanes: ThreadLanes())
    let lock: Result<(file: RecordFile, findings: [Diagnostic]), TreeError>
    (layout, lock) = ThreadLanes(least: 2).both { [renderer, selection, surroundings] in
      renderer.layout(for: selection.platforms, surroundings: surroundings)
    } _: { [tree = repository.tree] in
      Result { () throws(TreeError) in
        var findings: [Diagnostic] = []
        return (try RecordFile(from: tree, findings: &findings), findings)
      }
    }
    let room = roomFindings(layout, of: sources.tree, surroundings: surroundings)
    guard !room.hasErrors else { throw CommandFailure(.invalid, diagnostics: room.filter { $0.severity == .error }) }
    let own = try privateFindings(layout, for: platforms, in: repository)
    var rendering = renderer.render(layout)
    settingsLayout = SettingsLayout(of: sources.settings, for: selection.platforms, in: sources.catalog)
    let settings = SettingsRendering(settingsLayout)
    rendering.add(settings.outputs, losing: settings.losses)
    self.rendering = rendering
    let long = findingsOverLimits(rendering.desired, for: selection.platforms, in: sources.catalog, surroundings: surroundings)
    var found: [Diagnostic] = []
    do {
      var record: RecordFile
      (record, found) = try lock.get()
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      var outputs = rendering.desired.outputs
      if reconciled.leavesNoRecord {
        let own = try outputs.filter { try !$0.isSaid(in: repository) && !($0.isFile && reconciled.spared.contains($0.path)) }
        outputs = try own.map { try $0.ownedByUser(in: repository, from: reconciled.origins) }
      }
      var uncommitted: Uncommitted?
      if !configuration.project.commitsOutputs, !reconciled.leavesNoRecord, repository.user == nil {
        var found = Uncommitted(in: repository)
        try found.add(outputs, recorded: record, besides: Set(reconciled.handEdits.imported.keys))
        uncommitted = found
      }
      if !reconciled.leavesNoRecord, repository.user == nil, !outputs.isEmpty,
        let attributes = gitAttributes(
          for: layout, canonicalPatterns: sources.canonicalPatterns, copyPatterns: sources.copies.patterns,
          listsOutputs: configuration.project.commitsOutputs)
      {
        outputs.append(attributes)
      }
      outputs += sources.copies.outputs
      let overlay = reconciled.leavesNoRecord || request.leavesOutOverlay ? nil : try Overlay(in: repository, onto: sources, locale: locale)
      let isWriting = request.records || request.fetches
      let personalPatterns =
        reconciled.leavesNoRecord ? [] : try repository.overlayPatterns(for: platforms, in: sources.catalog, isWanted: overlay != nil && isWriting)
      if let ignore = gitIgnore(uncommitted?.paths ?? [], in: layout, besides: personalPatterns) { outputs.append(ignore) }
      var local = uncommitted?.paths ?? []
      if let overlay {
        let base = PersonalOutputs.Base(
          sources: sources, platforms: selection.platforms, layout: layout, outputs: outputs, show: configuration.project.show, record: record,
          directories: directories)
        let personal = try PersonalOutputs(of: overlay, besides: base, asksGit: isWriting)
        // What is committed stays, whoever wants it.
        outputs.removeAll { local.contains($0.path) && !$0.platforms.isEmpty && overlay.removed.isSuperset(of: $0.platforms) }
        outputs += personal.outputs
        local.formUnion(personal.outputs.map(\.path))
        found += personal.diagnostics
      }
      if request.leavesOutOverlay { record = record.leavingOutLocal(besides: local) }
      let desired = DesiredTree(outputs)
      found += findingsAboutOtherProjects(desired.outputs, request.others, in: repository)
      found += findingsAboutPaths(of: desired.outputs, shownAs: repository.shownAs, lanes: ThreadLanes())
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      var planning = PlanOptions(header: try Release.header(), isPlaceable: Self.placeable(in: sources.catalog))
      planning.force = request.force
      // Where a lock was lost, what is there is aiwg's.
      let hasLock = record.bytes != nil && (configuration.project.commitsOutputs || record.localBytes != nil)
      planning.savesAdopted = hasLock || !configuration.isWritten
      planning.lanes = ThreadLanes()
      planning.handEdits = reconciled.handEdits
      planning.edits = reconciled.edits
      (planning.copies, planning.pins) = (sources.copies.kept, sources.copies.pins)
      planning.uncommitted = local
      if isWriting, let uncommitted { found += try uncommitted.diagnostics + uncommitted.findings(about: layout) }
      if request.records, let edit = try configuration.edit(recording: selection.recorded, excluding: sources.rejected) {
        planning.edits.append(edit)
      }
      let plan = try Plan(desired: desired, record: record, tree: repository.tree, options: planning)
      self.plan = reconciled.leavesNoRecord ? plan.leavingNoRecord : plan
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
    found += try nestedFindings(plan, for: platforms, in: repository)
    let pending = repository.pending.diagnostic(shownAs: repository.shownAs).map { [$0] } ?? []
    diagnostics =
      try pending + repository.rootNotes(of: platforms, in: sources.catalog) + (request.records ? selection.notes : []) + sources.diagnostics + found
      + room + own + directoryFindings(layout, for: platforms, in: sources.catalog, surroundings) + long + settings.findings
      + layout.exceptions.map(\.diagnostic)
      + layout.untriedFindings + Self.emptiness(selection)
      + lifeFindings(
        selection, recorded: configuration.project.platforms, isChosen: request.records, in: sources.catalog, at: configuration.place(ofPlatform:))
  }

  /// A selection without platforms is allowed, since the last one may go, and said, since it is seldom meant.
  private static func emptiness(_ selection: Selection) -> [Diagnostic] {
    guard selection.platforms.isEmpty else { return [] }
    let help = "choose some with `aiwg deploy --platforms a,b`, or take everything out with `aiwg remove`"
    return [Diagnostic(.warning, "project/no-platform-left", "no platform is left to deploy to", help: help)]
  }

  /// Paths at which the catalog places something, the file of attributes, and the copies of sources from elsewhere.
  static func placeable(in catalog: PlatformCatalog) -> @Sendable (TreePath, Bool) -> Bool {
    { path, isBlock in
      if catalog.places(path, asBlock: isBlock) { return true }
      return isBlock
        ? path.text == ".gitattributes" || path.name == ".gitignore" || catalog.isPersonal(path)
        : path.isInside(Record.copies) && path.depth > Record.copies.depth + 1
    }
  }

  /// What was fetched already, and what has to be and may be.
  private static func fetched(
    _ configuration: Configuration, _ repository: Repository, _ options: CommonOptions, _ request: Request, _ reconciled: Reconciled
  ) throws -> [String: FetchedSource] {
    guard request.fetches else { return reconciled.fetched }
    let fetching = SourceFetching(configuration: configuration, repository: repository, environment: options.environment)
    return try fetching.missing(besides: reconciled.fetched, restoresEdits: request.force || reconciled.handEdits.discardsOthers)
  }

  static func locale(_ text: String?, at place: SourcePlace?) throws -> LanguageTag? {
    guard let text else { return nil }
    if let tag = LanguageTag(text) { return tag }
    throw CommandFailure(.invalid, "`\(text)` is no language tag", id: "project/invalid-locale", at: place, help: "write it like `es` or `pt-BR`")
  }

  private static func selection(_ request: Request, _ configuration: Configuration, _ catalog: PlatformCatalog, _ repository: Repository) throws
    -> Selection
  {
    if !request.records && request.platforms == nil && configuration.project.platforms == nil {
      throw CommandFailure(
        .invalid, "no platforms are recorded", id: "project/no-platforms", at: configuration.place(of: "platforms"),
        help: "run `aiwg deploy`, which chooses and records them")
    }
    let detected = configuration.project.platforms == nil ? try catalog.detected { try repository.has($0) } : []
    guard repository.user == nil || !detected.isEmpty || request.platforms != nil || configuration.project.platforms != nil else {
      throw CommandFailure(
        .invalid, "no platform has a folder in the home directory yet", id: "scope/no-platform", help: "choose some with `--platforms a,b`")
    }
    return try Selection(
      asked: request.platforms, recorded: configuration.project.platforms, detected: detected, catalog: catalog, at: configuration.place(ofPlatform:))
  }

  /// What a person can do when artifacts have errors.
  private static func wayOut(_ errors: [Diagnostic], _ request: Request) -> [Diagnostic] {
    guard !request.skipsInvalid, request.records else { return [] }
    let count = Set(errors.compactMap { $0.place?.path }).count
    let help = "`aiwg lint --fix` repairs what it can; `aiwg deploy --skip-invalid` deploys the rest and records what it left out"
    return [Diagnostic(.note, "tree/invalid", "nothing was written, because \(count) \(count == 1 ? "file has" : "files have") errors", help: help)]
  }
}

extension Layout {
  /// That a search was given up, which only a catalog made for it should bring about.
  var untriedFindings: [Diagnostic] {
    guard !untried.isEmpty else { return [] }
    let some = untried.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (untried.count > 3 ? " …" : "")
    let count = "\(untried.count) \(untried.count == 1 ? "artifact" : "artifacts")"
    return [
      Diagnostic(
        .warning, "layout/untried", "there are more ways to place \(count) (\(some)) than can be tried; a better one may have been missed",
        help: "select fewer platforms, or let fewer of them read each other's files in your platforms.yaml")
    ]
  }
}

extension Layout.Exception {
  /// The exception in words.
  var diagnostic: Diagnostic {
    let who = "`\(platform)`" + (surface.isEmpty ? "" : " (\(surface))")
    let what = "\(artifacts.count) \(artifacts.count == 1 ? shape.kind.rawValue : shape.kind.folder)"
    let some = artifacts.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ") + (artifacts.count > 3 ? " …" : "")
    let places = { (paths: [String]) in paths.map { "`\($0)`" }.joined(separator: " and ") }
    let cost = bytes > 0 ? "; about \(grouped(estimatedTokens(ofBytes: bytes))) tokens more at start" : ""
    let others = neededBy.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (neededBy.count > 3 ? " and \(neededBy.count - 3) more" : "")
    let reason = neededBy.isEmpty ? "" : ", since \(others) \(neededBy.count == 1 ? "needs" : "need") them there"
    switch problem {
    case .missing(let reason): return Diagnostic(.warning, "layout/missing", "\(who) does not get \(what) (\(some)): \(reason)")
    case .repeated(let paths):
      return Diagnostic(.warning, "layout/repeated", "\(who) reads \(what) (\(some)) more than once: at \(places(paths))\(reason)\(cost)")
    case .unwanted(let paths):
      return Diagnostic(.warning, "layout/unwanted", "\(who) reads \(what) (\(some)) that exclude it: at \(places(paths))\(reason)\(cost)")
    }
  }
}
