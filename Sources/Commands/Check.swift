import ArgumentParser
import Diagnostics
import FileTree
import JSON
import Planning

/// The command `aiwg check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether the outputs are in line with the tree, and never write: the drift check for CI.",
    discussion: """
      Exits with 0 when `aiwg sync` would do nothing, with 1 when it would do something or an output was edited by hand, \
      with 3 when a file of yours is in the way.

      Examples:
        aiwg check
        aiwg check --format json
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var losses: LossOptions
  @OptionGroup var overlay: OverlayOptions
  @OptionGroup var version: VersionOptions

  func run() throws {
    try reportingProjects(common, in: OutputFormat.allCases, of: version) { environment, common, project in
      let pipeline = try Pipeline(common, overlay.request(besides: project.others), project)
      try losses.check(pipeline)
      let report = PlanReport(pipeline: pipeline, environment: environment, below: project.prefix)
      let status = pipeline.drift
      if common.format == .json {
        environment.print(try report.json(command: "check", status: status, also: pipeline.lockFinding.map { [$0] } ?? []).text)
        return status
      }
      if common.format != .text {
        environment.deliver(pipeline.driftReport(isVerbose: environment.verbosity > 0), in: common.format)
        return status
      }
      let isLayout = { (diagnostic: Diagnostic) in diagnostic.id.hasPrefix("layout/") }
      environment.reportInShort(pipeline.diagnostics.filter { environment.verbosity > 0 || !isLayout($0) })
      // What an interrupted run left looks like somebody else's.
      if !pipeline.repository.isPending { environment.report(pipeline.plan.conflictDiagnostics(shownAs: pipeline.repository.shownAs)) }
      environment.print(report.changeLines(withAwaited: false))
      if status == .fine {
        if environment.verbosity >= 0 {
          let awaited = pipeline.plan.changes.count { pipeline.plan.isAwaited($0) }
          let rest = awaited == 0 ? "" : ", and \(grouped(awaited)) to be made here, which \(awaited == 1 ? "is" : "are") not committed"
          environment.print("in line: \(counted(pipeline.plan.changes.count - awaited, "output"))\(rest)\n")
        }
      } else {
        environment.say(pipeline.plan.wayOut(isPending: pipeline.repository.isPending))
      }
      return status
    }
  }
}

extension Pipeline {
  /// How a check ends.
  var drift: ExitStatus { repository.isPending ? .drift : plan.drift }
}

extension Pipeline {
  /// What is the matter when every output is as it is to be, and aiwg.lock is not.
  var lockFinding: Diagnostic? {
    guard drift == .drift, !repository.isPending, plan.changes.allSatisfy({ $0.decision == .keep || plan.isAwaited($0) }) else { return nil }
    let place = SourcePlace(path: repository.shownAs + Repository.recordPath, line: 1)
    return Diagnostic(.error, "check/out-of-line", "aiwg.lock is out of line", at: place, help: "run `aiwg sync`, and commit aiwg.lock")
  }

  /// What a check found, for the places where people look.
  func driftReport(isVerbose: Bool) -> FindingReport {
    let origin = ReportOrigin(of: repository)
    var found = diagnostics.filter { $0.severity != .note && (isVerbose || !$0.id.hasPrefix("layout/")) }
    // What an interrupted run left looks like somebody else's.
    if !repository.isPending { found += plan.conflictDiagnostics(shownAs: repository.shownAs) }
    if let lockFinding { found.append(lockFinding) }
    let told = Set(found.compactMap { $0.place?.path })
    found += plan.changes.compactMap { change in
      let path = repository.shownAs + change.path.text
      guard change.decision != .keep, !plan.isAwaited(change), !told.contains(path) else { return nil }
      let help = "run `aiwg sync`, and commit what it changes; `aiwg diff` shows the difference"
      let why = change.reason.map { ": \($0.told)" } ?? ""
      return Diagnostic(.error, "check/out-of-line", "this output is out of line\(why)", at: SourcePlace(path: path, line: 1), help: help)
    }
    let rule = FindingReport.Rule(
      id: "check/out-of-line", severity: .error, summary: "An output is not what the tree says.", help: "Run `aiwg sync`, and commit what it changes."
    )
    return FindingReport(command: "check", rules: [rule], items: found.inReadingOrder().map { FindingReport.Item($0, from: origin) })
  }
}

extension Plan {
  /// How a check of the plan ends.
  var drift: ExitStatus {
    let conflicts = changes.compactMap(\.conflict)
    if conflicts.contains(where: { !$0.isHandEdit && $0 != .unmerged && !$0.isOfCopy }) { return .blocked }
    return isInLine ? .fine : .drift
  }

  /// What to do about drift.
  func wayOut(isPending: Bool) -> String {
    if isPending { return "an interrupted run is to be put right; run `aiwg sync`\n" }
    let work = changes.filter { $0.decision != .keep && !isAwaited($0) }
    if changes.contains(where: { $0.conflict.map { $0 != .missingCopy } ?? false }) {
      return "out of line: \(counted(work.count, "output")); `aiwg sync` will do nothing until the way is clear\n"
    }
    if work.isEmpty { return "aiwg.lock is out of line; run `aiwg sync`\n" }
    if work.allSatisfy({ $0.reason == .aiwgChanged }) {
      return
        "only aiwg or its library changed since aiwg.lock was written: `aiwg library --diff` shows the latter; run `aiwg sync`, and keep versions together with `requires:` in aiwg.yaml\n"
    }
    return "out of line: \(counted(work.count, "output")); run `aiwg sync`, or `aiwg diff` to see the difference\n"
  }
}

extension Change.Reason {
  /// What is the matter with the output, as a part of a sentence.
  var told: String {
    switch self {
    case .sourceChanged: "the tree changed"
    case .aiwgChanged: "aiwg or its library changed"
    case .missing: "it is missing"
    case .unwanted: "nothing wants it any more"
    case .mode: "its run bit is wrong"
    case .unrecorded: "aiwg.lock does not have it"
    case .forced: "your own content is in its place"
    case .absorbed: "an edit of it was taken into the tree"
    }
  }
}
