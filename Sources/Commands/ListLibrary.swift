import ArgumentParser
import ContextModel
import Diagnostics
import Disk
import FileTree
import JSON
import Platforms
import ProjectFile

/// The command `aiwg library`.
struct ListLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library",
    abstract: "List what ships with aiwg, or show what an upgrade changed of it.",
    discussion: """
      Each line has a name, `*` when this repository uses it, `~` when a file of your own takes its place, the tokens at start and \
      those when it is loaded (estimated: one for every 3.8 bytes), tags, languages and the description. \
      The name of a single artifact prints its text too; -q prints nothing else.

      Examples:
        aiwg library
        aiwg library 'rules/*' --tag twelve-factor
        aiwg library rules/stateless-processes --locale es
        aiwg library --diff
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("Kind/name patterns, such as `rules/x` or `agents/*`.", valueName: "pattern"), completion: .shippedArtifacts)
  var patterns: [String] = []

  @Option(name: .customLong("tag"), help: ArgumentHelp("Only what has this tag; of several, one of them.", valueName: "tag"))
  var tags: [String] = []

  @Option(
    name: [.customLong("platforms"), .customShort("p")], parsing: .unconditional,
    help: ArgumentHelp("The platforms whose tokens count; those of aiwg.yaml otherwise.", valueName: "a,b"), completion: .platforms)
  var platforms: String?

  @Flag(name: .customLong("diff"), help: "Instead: what a sync would change because the library changed; exit with 1 when there is something.")
  var showsChanges = false

  func validate() throws {
    guard showsChanges, !patterns.isEmpty || !tags.isEmpty || platforms != nil else { return }
    throw ValidationError("--diff is about what aiwg.yaml takes; it goes with no pattern, --tag or --platforms")
  }

  func run() throws {
    try reporting(common) { environment in
      try common.requireProject("library")
      environment.progress("reading …")
      return showsChanges ? try diff(environment) : try list(environment)
    }
  }

  private func diff(_ environment: Environment) throws -> ExitStatus {
    let pipeline = try Pipeline(common)
    let changes = try pipeline.libraryChanges()
    let status: ExitStatus = changes.isEmpty ? .fine : .drift
    environment.endProgress()
    if common.format == .json {
      environment.print(
        JSONValue.object([
          ("version", .number(1)), ("command", .text("library")), ("exit", .number(Int(status.rawValue))), ("library", changes.json),
        ]).text)
      return status
    }
    // What makes the difference itself doubtful, and nothing else.
    environment.report(pipeline.diagnostics.filter { ["run", "lock"].contains($0.id.prefix { $0 != "/" }) })
    if environment.verbosity >= 0 { environment.print(changes.text) }
    return status
  }

  private func list(_ environment: Environment) throws -> ExitStatus {
    let repository = try Repository.find(common, to: .reading)
    let use = try LibraryUse(in: repository, common, platforms: platforms)
    let library = try Library(in: use.catalog, locale: use.locale)
    let artifacts = try library.artifacts(fitting: ArtifactPicks(artifacts: patterns, tags: tags))
    let chosen = use.platforms.compactMap(use.catalog.platform)
    let tokens = ThreadLanes().map(below: artifacts.count) { number in
      LibraryTokens(of: artifacts[number], beside: library.artifacts, for: chosen, in: use.catalog, showing: use.shown)
    }
    let entries = zip(artifacts, tokens).map { artifact, tokens in
      LibraryReport.Entry(artifact: artifact, languages: library.languages(of: artifact), tokens: tokens, use: use.use(of: artifact.id))
    }
    let isOne = patterns.count == 1 && patterns[0] == artifacts[0].id.description
    let report = LibraryReport(entries: entries, platforms: use.platforms, showsText: isOne)
    environment.endProgress()
    if common.format == .json {
      environment.print(report.json.text)
      return .fine
    }
    environment.print(isOne ? report.details(isShort: environment.verbosity < 0) : report.rows)
    if !isOne { environment.say(report.totals) }
    return .fine
  }
}

/// What a repository makes of the library.
struct LibraryUse {
  let catalog: PlatformCatalog
  /// Ids of those that a deploy would be for.
  let platforms: [String]
  let locale: LanguageTag?
  /// Keys of fields that go into the text.
  let shown: [String]
  /// By artifact that is deployed: whether it is the library's.
  private var deployed: [ArtifactID: Bool] = [:]

  /// What becomes of one artifact.
  enum Use: String, CaseIterable {
    case used, replaced, unused
  }

  /// - Throws: `CommandFailure` when aiwg.yaml is wrong, or names what is not there.
  init(in repository: Repository, _ options: CommonOptions, platforms asked: String?) throws {
    var project = Project()
    var configuration: Configuration?
    if try repository.bytes(of: Repository.configurationPath) != nil || options.source != nil {
      let found = try Configuration(in: repository, options, mayBeMissing: false)
      (configuration, project) = (found, found.project)
    }
    locale = try Pipeline.locale(
      options.locale ?? project.locale, at: options.locale == nil ? configuration.flatMap { $0.place(of: "locale") } : nil)
    shown = project.show
    if let configuration {
      let sources = try Sources(configuration, in: repository, locale: locale, skipsInvalid: true)
      catalog = sources.catalog
      for artifact in sources.tree.artifacts { deployed[artifact.id] = artifact.isOfLibrary }
    } else {
      catalog = try Sources.shippedCatalog()
    }
    let detected = project.platforms == nil ? try catalog.detected { try repository.has($0) } : []
    let place = { (name: String) in configuration.flatMap { $0.place(ofPlatform: name) } }
    platforms = try Selection(asked: asked, recorded: project.platforms, detected: detected, catalog: catalog, at: place).platforms
  }

  func use(of id: ArtifactID) -> Use { deployed[id].map { $0 ? .used : .replaced } ?? .unused }
}

extension Artifact {
  /// Whether it ships with aiwg.
  var isOfLibrary: Bool { tree is ShippedTree }
}
