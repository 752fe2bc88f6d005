import Absorbing
import ArgumentParser
import Planning

/// The command `aiwg sync`.
struct Sync: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the outputs of the recorded selection in line with the tree, and hand edits of outputs into the tree.",
    discussion: """
      Renders what changed and removes what is no longer wanted. For an output that was edited by hand it asks on a terminal; \
      elsewhere --absorb takes the edit into the canonical file, and from there to all platforms, and --discard saves and undoes it. \
      With neither, nothing is written. Where the canonical file changed too, --absorb merges both.

      Examples:
        aiwg sync
        aiwg sync --absorb
        aiwg sync --absorb --theirs
        aiwg sync --dry-run
      """)

  @OptionGroup var common: CommonOptions

  @OptionGroup var losses: LossOptions

  @Flag(help: "Take edits of outputs into the canonical files.")
  var absorb = false

  @Flag(help: "Undo edits of outputs, after their bytes are saved under .aiwg/state/saved.")
  var discard = false

  @Flag(help: "With --absorb, where both changed the same lines: keep what the canonical files say.")
  var ours = false

  @Flag(help: "With --absorb, where both changed the same lines: take what the outputs say.")
  var theirs = false

  @Flag(help: "With --absorb: take edits of permissions and ignored lines, too, after which agents may do more.")
  var allowMore = false

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Overwrite what is in the way, after its bytes are saved under .aiwg/state/saved.")
  var force = false

  func validate() throws {
    if absorb && discard { throw ValidationError("--absorb and --discard exclude each other") }
    if ours && theirs { throw ValidationError("--ours and --theirs exclude each other") }
    if (ours || theirs) && !absorb { throw ValidationError("--ours and --theirs settle what --absorb cannot merge; add --absorb") }
    if allowMore && !absorb { throw ValidationError("--allow-more says what --absorb may take in; add --absorb") }
    if force && absorb { throw ValidationError("--force would overwrite the edits that --absorb is to take in") }
  }

  func run() throws {
    try reportingProjects(common) { environment, common, project in
      environment.progress("reading …")
      let request = Pipeline.Request(writes: !isDryRun, force: force, fetches: true, others: project.others)
      let found = try Pipeline(common, request)
      let pipeline = try Reconciliation(of: found, environment, mode).pipeline(common, request)
      try losses.check(pipeline)
      let isSettled = found.plan.handEdits.isSubset(of: pipeline.plan.changes.map(\.path))
      return try PlanReport(pipeline: pipeline, environment: environment, below: project.prefix)
        .carryOut(isDryRun: isDryRun, command: "sync", format: common.format, fine: isSettled ? .fine : .drift)
    }
  }

  private var mode: Reconciliation.Mode {
    if absorb { return .absorb(ours ? .ours : theirs ? .theirs : nil, allowMore) }
    if discard { return .discard }
    return isDryRun || force || common.format != .text ? .report : .ask
  }
}
