import ArgumentParser

/// The command `aiwg deploy`.
struct Deploy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Make a repository match a selection of platforms, and record the selection.",
    discussion: """
      Without aiwg.yaml the tree is --source, else .aiwg/ when that is one, else the library that ships with aiwg. Without --platforms \
      the recorded platforms are taken, else those that the repository shows signs of, else the thirteen that \
      platforms.yaml has as the default. `all` stands for every one that is not retired.

      Examples:
        aiwg deploy
        aiwg deploy --platforms claude-code,codex,cursor
        aiwg deploy --platforms +warp,-cursor
        aiwg deploy --source ../team-rules --target ../service --dry-run
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var write: WriteOptions

  @OptionGroup var losses: LossOptions

  // What follows is the value whatever it begins with: `--platforms -cursor`.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Platforms by id or alias, or `all`; they replace the recorded ones, `+x` and `-x` change them.", valueName: "a,b"), completion: .platforms)
  var platforms: String?

  func run() throws {
    try reportingProjects(common) { environment, common, project in
      environment.progress("reading …")
      let request = Pipeline.Request(
        platforms: platforms, writes: !write.isDryRun, records: true, skipsInvalid: write.skipsInvalid, force: write.force,
        fetches: true, others: project.others)
      let pipeline = try Pipeline(common, request)
      try losses.check(pipeline)
      let fine: ExitStatus = pipeline.sources.rejected.isEmpty || write.isDryRun ? .fine : .drift
      return try PlanReport(pipeline: pipeline, environment: environment, below: project.prefix)
        .carryOut(isDryRun: write.isDryRun, command: "deploy", format: common.format, fine: fine)
    }
  }
}
