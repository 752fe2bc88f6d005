import Applying
import Diagnostics
import FileTree
import Formats
import Planning

extension PlanReport {
  /// Carries the plan out, or tells what it would do; the shared end of deploy, sync, init and remove.
  func carryOut(isDryRun: Bool, command: String, format: OutputFormat, fine: ExitStatus = .fine) throws -> ExitStatus {
    let plan = pipeline.plan
    let conflicts = plan.conflictDiagnostics(shownAs: pipeline.repository.shownAs)
    guard conflicts.isEmpty || isDryRun else {
      var diagnostics = conflicts
      diagnostics.append(Diagnostic(.note, "plan/nothing-written", "nothing was written"))
      throw CommandFailure(.blocked, diagnostics: diagnostics)
    }
    var saved: [SavedEntry] = []
    if !isDryRun {
      environment.progress("writing \(plan.changes.count) outputs …")
      saved = try pipeline.repository.apply(plan).saved
      environment.endProgress()
    }
    guard format == .text else {
      environment.print(json(command: command, status: fine, saved: saved).text)
      return fine
    }
    // What is left out for the first time is told one by one.
    if pipeline.sources.rejected.isEmpty {
      environment.reportInShort(pipeline.diagnostics + conflicts)
    } else {
      environment.report(pipeline.diagnostics + conflicts)
    }
    environment.print(changeLines())
    if environment.verbosity > 0 { environment.print(lossLines()) }
    if environment.verbosity >= 0 { environment.print(platformLines() + totalLine(done: !isDryRun)) }
    environment.tell(saved)
    if hasLosses, environment.verbosity == 0 { environment.say("-v names each loss\n") }
    return fine
  }
}

extension Environment {
  /// What gave way, and how to get it back.
  func tell(_ saved: [SavedEntry]) {
    for entry in saved {
      say(
        "saved `\(entry.path.text.escapedForDisplay)` as \(entry.digest.hex.prefix(12)): get it back with `aiwg restore \(entry.path.text.escapedForDisplay)`\n"
      )
    }
  }
}

extension Repository {
  /// Carries a plan out.
  /// - Throws: `CommandFailure` when something changed meanwhile or the machine failed; nothing is changed then.
  func apply(_ plan: Plan) throws(CommandFailure) -> Outcome {
    var tree = self.tree
    do throws(ApplyError) {
      let outcome = try Applying.apply(plan, to: &tree)
      return outcome
    } catch {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }
}

extension CommandFailure {
  init(_ error: ApplyError, shownAs prefix: String) {
    let left = error.leftBehind.map { Diagnostic(.error, "machine/left-behind", $0.reason, at: SourcePlace(path: prefix + ($0.path?.text ?? ""))) }
    switch error {
    case .conflicts:
      self.init(.blocked, diagnostics: left)
    case .changedMeanwhile(let paths, _):
      let found = paths.map {
        Diagnostic(
          .error, "plan/changed", "this changed while aiwg was working; nothing was written", at: SourcePlace(path: prefix + $0.text),
          help: "run it again")
      }
      self.init(.blocked, diagnostics: found + left)
    case .failed(let failure, _):
      self.init(.machine, diagnostics: CommandFailure(failure, shownAs: prefix).diagnostics + left)
    }
  }
}
