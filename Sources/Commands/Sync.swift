import ArgumentParser

/// The command `aiwg sync`.
struct Sync: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the outputs of the recorded selection in line with the tree.",
    discussion: """
      Renders what changed and removes what is no longer wanted. An output that was edited by hand stops the run, and nothing is written.

      Examples:
        aiwg sync
        aiwg sync --dry-run
      """)

  @OptionGroup var common: CommonOptions

  @OptionGroup var losses: LossOptions

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Overwrite what is in the way, after its bytes are saved under .aiwg/state/saved.")
  var force = false

  func run() throws {
    try reporting(common) { environment in
      environment.progress("reading …")
      let pipeline = try Pipeline(common, Pipeline.Request(writes: !isDryRun, force: force))
      try losses.check(pipeline)
      return try PlanReport(pipeline: pipeline, environment: environment).carryOut(isDryRun: isDryRun, command: "sync", format: common.format)
    }
  }
}
