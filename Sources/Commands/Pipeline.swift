import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Layout
import Planning
import Platforms
import ProjectFile

/// From the files of a repository to a plan: what deploy, sync, check, diff and status have in common.
struct Pipeline {
  let repository: Repository
  let configuration: Configuration
  let sources: Sources
  /// The language that is asked for.
  let locale: LanguageTag?
  let selection: Selection
  let layout: Layout
  let renderer: Renderer
  let surroundings: Surroundings
  let rendering: Rendering
  let plan: Plan
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
  }

  /// - Throws: `CommandFailure` with every error that was found.
  init(_ options: CommonOptions, _ request: Request = Request()) throws {
    try self.init(in: Repository.find(options, to: request.writes ? .writing : .reading), options, request)
  }

  /// - Parameter reconciled: canonical files as they are to be, and what is done about edited outputs.
  /// - Throws: `CommandFailure` with every error that was found.
  init(in repository: Repository, _ options: CommonOptions, _ request: Request, reconciled: Reconciled = Reconciled()) throws {
    self.repository = repository
    configuration =
      try reconciled.project.map { Configuration($0, in: repository) } ?? Configuration(in: repository, options, mayBeMissing: request.records)
    locale = try Self.locale(options.locale ?? configuration.project.locale, at: options.locale == nil ? configuration.place(of: "locale") : nil)
    sources = try Sources(configuration, in: repository, locale: locale, skipsInvalid: request.skipsInvalid, with: reconciled.files)
    let errors = sources.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw CommandFailure(.invalid, diagnostics: errors + Self.wayOut(errors, request)) }
    selection = try Self.selection(request, configuration, sources.catalog, repository)
    surroundings = try Surroundings(
      of: repository, for: selection.platforms, in: sources.catalog, canonicalFolders: sources.canonicalFolders,
      without: Set(reconciled.handEdits.imported.keys))
    renderer = Renderer(of: sources.tree, in: sources.catalog, showing: configuration.project.show, lanes: ThreadLanes())
    layout = renderer.layout(for: selection.platforms, surroundings: surroundings)
    let room = roomFindings(layout, of: sources.tree, surroundings: surroundings)
    guard !room.hasErrors else { throw CommandFailure(.invalid, diagnostics: room.filter { $0.severity == .error }) }
    let platforms = selection.platforms.compactMap(sources.catalog.platform)
    let own = try privateFindings(layout, for: platforms, in: repository)
    rendering = renderer.render(layout)
    let long = findingsOverLimits(rendering.desired, for: selection.platforms, in: sources.catalog, surroundings: surroundings)
    var found: [Diagnostic] = []
    do {
      let record = try RecordFile(from: repository.tree, findings: &found)
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      var outputs = rendering.desired.outputs
      if reconciled.leavesNoRecord {
        let own = try outputs.filter { try !$0.isSaid(in: repository) && !($0.isFile && reconciled.spared.contains($0.path)) }
        outputs = try own.map { try $0.ownedByUser(in: repository, from: reconciled.origins) }
      }
      if !reconciled.leavesNoRecord, !outputs.isEmpty, let attributes = gitAttributes(for: layout, canonicalPatterns: sources.canonicalPatterns) {
        outputs.append(attributes)
      }
      let desired = DesiredTree(outputs)
      found += findingsAboutPaths(of: desired.outputs, shownAs: repository.shownAs)
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      var planning = PlanOptions(header: try Release.header(), isPlaceable: Self.placeable(in: sources.catalog))
      planning.force = request.force
      planning.lanes = ThreadLanes()
      planning.handEdits = reconciled.handEdits
      planning.edits = reconciled.edits
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
      pending + sources.diagnostics + found + room + own + long + layout.exceptions.map(\.diagnostic) + Self.emptiness(selection)
  }

  /// A selection without platforms is allowed, since the last one may go, and said, since it is seldom meant.
  private static func emptiness(_ selection: Selection) -> [Diagnostic] {
    guard selection.platforms.isEmpty else { return [] }
    let help = "choose some with `aiwg deploy --platforms a,b`, or take everything out with `aiwg remove`"
    return [Diagnostic(.warning, "project/no-platform-left", "no platform is left to deploy to", help: help)]
  }

  /// Paths at which the catalog places something, and the file of attributes.
  static func placeable(in catalog: PlatformCatalog) -> @Sendable (TreePath, Bool) -> Bool {
    { path, isBlock in catalog.places(path, asBlock: isBlock) || (isBlock && path.text == ".gitattributes") }
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
