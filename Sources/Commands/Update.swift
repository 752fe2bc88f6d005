import ArgumentParser
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// The command `aiwg update`.
struct Update: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Fetch the newest of sources from elsewhere, show what it changes, and bring the outputs in line with it.",
    discussion: """
      A source with `git:` in aiwg.yaml stays at the commit that aiwg.lock names, whatever becomes of its branch, until this command is \
      run. What is fetched is copied to .aiwg/sources, which is to be committed; nothing of it is ever run.

      Examples:
        aiwg update --dry-run
        aiwg update team-rules
        aiwg update team-rules --rev v2
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var losses: LossOptions

  @Argument(help: "Sources by name; without any, all that have `git:`.")
  var names: [String] = []

  @Option(help: ArgumentHelp("Take this branch, tag or commit of the source from now on, and write it into aiwg.yaml.", valueName: "rev"))
  var rev: String?

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Overwrite what is in the way, after its bytes are saved under .aiwg/state/saved.")
  var force = false

  func validate() throws {
    if let rev, !GitSource.isRevision(rev) { throw ValidationError("`\(rev)` can be no branch, tag or commit") }
    if rev != nil, names.count > 1 { throw ValidationError("--rev is for one source; name one alone") }
    if common.source != nil { throw ValidationError("--source takes the place of the sources that would be fetched") }
  }

  func run() throws {
    try reporting(common) { environment in
      let repository = try Repository.find(common, to: isDryRun ? .reading : .writing)
      var reconciled = Reconciled()
      if let edit = try revisionEdit(in: repository) {
        reconciled.edits = [edit]
        reconciled.configuration = SourceText(path: repository.shownAs + edit.path.text, bytes: edit.new)
      }
      let configuration = try Configuration(in: repository, common, mayBeMissing: false, reading: reconciled.configuration)
      let fetching = SourceFetching(configuration: configuration, repository: repository, environment: environment)
      let record = try repository.record()
      for (index, git) in try chosen(configuration) {
        let copy = try SourceCopy(of: git, record, in: repository)
        reconciled.fetched[git.name] = try fetching.fetch(git, sourceIndex: index, replacing: copy)
      }
      let request = Pipeline.Request(writes: !isDryRun, force: force, fetches: true)
      let pipeline = try Pipeline(in: repository, common, request, reconciled: reconciled)
      try losses.check(pipeline)
      return try PlanReport(pipeline: pipeline, environment: environment)
        .carryOut(isDryRun: isDryRun, command: "update", format: common.format)
    }
  }

  /// The sources that are fetched, with their places in the list.
  private func chosen(_ configuration: Configuration) throws(CommandFailure) -> [(index: Int, git: GitSource)] {
    let all = configuration.project.sources.enumerated().compactMap { index, source in source.git.map { (index: index, git: $0) } }
    guard !all.isEmpty else {
      throw CommandFailure(
        .invalid, "no source of aiwg.yaml has `git:`", id: "update/nothing", at: configuration.place(of: "sources"),
        help: "the library comes with aiwg, and trees of your own are read as they are: `aiwg sync` takes both")
    }
    let known = all.map(\.git.name)
    let unknown = names.filter { !known.contains($0) }.map { name in
      Diagnostic(
        .error, "update/unknown-source", "no source is called `\(name)`", at: configuration.place(of: "sources"),
        help: nearest(to: name, among: known).map { "did you mean `\($0)`?" } ?? "there is " + known.map { "`\($0)`" }.joined(separator: ", "))
    }
    guard unknown.isEmpty else { throw CommandFailure(.invalid, diagnostics: unknown) }
    return names.isEmpty ? all : all.filter { names.contains($0.git.name) }
  }

  /// The edit of aiwg.yaml for `--rev`; nil when it says so already.
  private func revisionEdit(in repository: Repository) throws -> FileEdit? {
    guard let rev else { return nil }
    let configuration = try Configuration(in: repository, common, mayBeMissing: false)
    let chosen = try chosen(configuration)
    guard chosen.count == 1, let one = chosen.first else {
      let known = chosen.map { "`\($0.git.name)`" }.joined(separator: ", ")
      throw CommandFailure(.usage, "--rev is for one source", id: "usage/several-sources", help: "name one of \(known)")
    }
    return try configuration.edit(recordingRevision: rev, ofSource: one.index)
  }
}
