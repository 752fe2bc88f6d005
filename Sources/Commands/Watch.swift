import ArgumentParser
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// The command `aiwg watch`.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Sync whenever a file of the tree is saved, until Ctrl-C.",
    discussion: """
      Looks after the sources, aiwg.yaml and aiwg.local.yaml. Files that are saved together are one run, which prints what `aiwg sync` prints. \
      A run that fails says why, and the next save is another run. An output that was edited by hand stops a run as it stops a sync.

      Examples:
        aiwg watch
        aiwg watch --absorb
        aiwg watch --poll 2    where the system tells of no changes: network drives, some mounts of containers
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var losses: LossOptions

  @Flag(help: "Take edits of outputs into the canonical files at each run.")
  var absorb = false

  @Option(help: ArgumentHelp("Look every so many seconds, instead of being told by the system.", valueName: "seconds"))
  var poll: Double?

  func validate() throws {
    if let poll, !(poll >= 0.1 && poll <= 86_400) { throw ValidationError("--poll is a number of seconds from 0.1 to 86400") }
  }

  func run() throws {
    try reporting(common, in: [.text]) { environment in
      var watching = try Watching(common, environment, lookingEvery: poll)
      while true { watching.turn { environment, common, project in try sync(environment, common, project) } }
    }
  }

  /// One run: what a sync would do that asks nobody.
  /// - Returns: the files of the tree that the run itself wrote, from the root of the project.
  private func sync(_ environment: Environment, _ common: CommonOptions, _ project: ProjectInRun) throws -> [TreePath] {
    let request = Pipeline.Request(writes: true, fetches: true, others: project.others)
    let found = try Pipeline(common, request)
    let pipeline = try Reconciliation(of: found, environment, absorb ? .absorb(nil, false) : .report).pipeline(common, request)
    try losses.check(pipeline)
    _ = try PlanReport(pipeline: pipeline, environment: environment, below: project.prefix).carryOut(isDryRun: false, command: "sync", format: .text)
    return pipeline.plan.changes.filter { $0.role == .edit && $0.decision != .keep }.map(\.path)
  }
}

/// The turns of a watch: wait, look, and run for the projects of which something changed.
struct Watching {
  typealias Work = (Environment, CommonOptions, ProjectInRun) throws -> [TreePath]

  private let options: CommonOptions
  private let environment: Environment
  private let watch: FolderWatch
  private var projects: [Watched] = []
  private var isFirst = true
  private var isFallbackTold = false
  /// Seconds until a run that could not begin is tried again.
  private static let retry = 1.0

  /// A project, and how its files were before its last run.
  private struct Watched {
    var project: ProjectInRun
    var options: CommonOptions
    var root: String
    var sources: WatchedSources
    var stamps: FileStamps?
  }

  /// - Throws: `CommandFailure` when there is no project to watch.
  init(_ options: CommonOptions, _ environment: Environment, lookingEvery interval: Double?) throws {
    (self.options, self.environment) = (options, environment)
    let repository = try Repository.find(options, to: .reading)
    guard try repository.has(Repository.configurationPath) else {
      throw CommandFailure(
        .invalid, "there is no aiwg.yaml here", id: "project/missing", at: SourcePlace(path: repository.shownAs + Repository.configurationPath),
        help: "run `aiwg deploy`, which writes one, or `aiwg init` to begin a tree of your own")
    }
    watch = FolderWatch(lookingEvery: interval)
  }

  /// Waits for a change, lets a burst of them end, and runs.
  mutating func turn(_ work: Work) {
    if !isFirst {
      watch.wait(atMost: projects.contains { $0.stamps == nil } ? Self.retry : nil)
      watch.settle { [projects, watch] in watch.look(at: projects.flatMap(\.sources.folders)) }
    }
    refresh()
    let changes = look()
    for (number, stamps, paths) in changes { run(number, stamps, paths, work) }
    if isFirst {
      let way = watch.interval.map { ", looking every \($0.told) seconds" } ?? ""
      environment.print("watching \(counted(Set(projects.flatMap(\.sources.folders)).count, "folder"))\(way); Ctrl-C ends\n")
    }
    isFirst = false
  }

  /// Which projects there are, and which files are theirs, may have changed too.
  private mutating func refresh() {
    let all: [ProjectInRun]
    let inRun = try? ProjectsInRun(options)
    all = inRun?.all ?? projects.map(\.project)
    projects = all.compactMap { project in
      let known = projects.first { $0.project.path == project.path }
      let own = inRun?.options(options, for: project) ?? known?.options ?? options
      guard let root = known?.root ?? Self.root(own) else { return nil }
      let sources = WatchedSources(of: root, own, earlier: known?.sources)
      return Watched(project: project, options: own, root: root, sources: sources, stamps: known?.stamps)
    }
  }

  private static func root(_ options: CommonOptions) -> String? {
    if options.scope == .user { return try? UserHome().folder }
    return (try? Repository.place(options, false)).map { normalized($0.root) }
  }

  /// The projects of which something changed, how their files are, and what changed.
  private mutating func look() -> [(number: Int, stamps: FileStamps, paths: [String])] {
    // All at once: what is not looked at is not watched any more.
    _ = watch.look(at: projects.flatMap(\.sources.folders))
    if let reason = watch.reasonToPoll, !isFallbackTold {
      isFallbackTold = true
      environment.say("\(reason); looking every \((watch.interval ?? 0).told) seconds instead\n")
    }
    return projects.indices.compactMap { number in
      let now = FolderWatch.stamps(of: projects[number].sources.folders)
      guard let before = projects[number].stamps else { return (number, now, []) }
      let paths = now.changes(since: before)
      return paths.isEmpty ? nil : (number, now, paths)
    }
  }

  private mutating func run(_ number: Int, _ stamps: FileStamps, _ paths: [String], _ work: Work) {
    let watched = projects[number]
    environment.print(line(watched, paths))
    projects[number].stamps = stamps
    do {
      let written = try work(environment, watched.options, watched.project)
      guard !written.isEmpty else { return }
      let later = FolderWatch.stamps(of: watched.sources.folders)
      projects[number].stamps?.take(Set(written.map { watched.root + "/" + $0.text }), from: later)
    } catch let failure as CommandFailure {
      environment.endProgress()
      failure.tell(command: "watch", in: environment, .text)
      // Another run is at work: this one is still to be done.
      if failure.status == .locked { projects[number].stamps = nil }
    } catch {
      environment.report([Diagnostic(.error, "machine/failed", "\(error)")])
    }
  }

  /// When it is, and what changed.
  private func line(_ watched: Watched, _ paths: [String]) -> String {
    let names = paths.map { relativePath(from: watched.root, to: $0).escapedForDisplay }
    let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    let whose = watched.project.path.isEmpty ? "" : watched.project.path.escapedForDisplay + ": "
    return "\(Machine.clock) \(whose)\(!some.isEmpty ? some : isFirst ? "first run" : "again")\n"
  }
}

extension Double {
  /// Without a fraction that is nothing.
  fileprivate var told: String { self == rounded() ? String(Int(self)) : "\(self)" }
}
