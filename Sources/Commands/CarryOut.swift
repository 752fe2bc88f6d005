import Applying
import Diagnostics
import Disk
import FileTree
import Formats
import JSON
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
    let library = format == .text && environment.verbosity < 0 ? [] : try pipeline.libraryChanges()
    if format == .text {
      if environment.verbosity >= 0 { environment.print([SourceChange](of: pipeline.fetched).text) }
      environment.print(library.text)
    }
    var saved: [SavedEntry] = []
    if !isDryRun {
      environment.progress("writing \(plan.changes.count) outputs …")
      try pipeline.repository.keepRoots(of: plan, in: pipeline.sources.catalog)
      do throws(CommandFailure) {
        saved = try pipeline.repository.apply(plan, environment).saved
      } catch {
        // The first run that fails leaves nothing; why it failed is what the user has to hear of.
        do throws(CommandFailure) { try pipeline.repository.dropRoots() } catch { _ = error }
        throw error
      }
      pipeline.repository.keepBases(of: plan, environment)
      environment.endProgress()
    }
    guard format == .text else {
      environment.print(try json(command: command, status: fine, saved: saved, library: library).text)
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
    environment.tell(saved, below: prefix)
    if hasLosses, environment.verbosity == 0 { environment.say("-v names each loss\n") }
    return fine
  }
}

extension Environment {
  /// What gave way, and how to get it back.
  func tell(_ saved: [SavedEntry], below prefix: String = "") {
    let folder = prefix.isEmpty ? "" : prefix.utf8.allSatisfy(\.isPlainInShells) ? "-C \(prefix.dropLast()) " : "-C DIR "
    for entry in saved.prefix(6) {
      let digest = entry.digest.hex.prefix(12)
      // A path that a shell would read otherwise is better not typed.
      let name = entry.path.text.utf8.allSatisfy(\.isPlainInShells) ? entry.path.text : String(digest)
      news("saved `\((prefix + entry.path.text).escapedForDisplay)` as \(digest): get it back with `aiwg restore \(folder)\(name)`\n")
    }
    if saved.count > 6 { news("and saved \(saved.count - 6) more: `aiwg restore` lists them\n") }
  }
}

extension UInt8 {
  /// Whether it means itself in every shell.
  var isPlainInShells: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "./_-+@,".utf8.contains(self)
    }
  }
}

extension Repository {
  /// Carries a plan out.
  /// - Throws: `CommandFailure` when something changed meanwhile or the machine failed; nothing is changed then.
  func apply(_ plan: Plan, _ environment: Environment) throws(CommandFailure) -> Outcome {
    let outcome = try carryingOut(shownAs: shownAs, environment) { (run) throws(ApplyError) in
      var tree = disk
      return try Applying.apply(plan, to: &tree, run: run)
    }
    guard outcome.leftBehind.isEmpty else {
      environment.tell(outcome.saved)
      let note = Diagnostic(.note, "run/uncleared", "everything was written, and not all could be cleared up after it", help: "the next run does it")
      throw CommandFailure(.machine, diagnostics: outcome.leftBehind.map { $0.diagnostic("machine/failed", shownAs: shownAs) } + [note])
    }
    return outcome
  }
}

/// Writes files of a canonical tree, all of them or none.
/// - Throws: `CommandFailure` and `TreeError` when something changed meanwhile or the machine failed; nothing is changed then.
func write(_ edits: [FileEdit], to tree: DiskTree, shownAs prefix: String, _ environment: Environment) throws {
  var tree = tree
  var options = PlanOptions(header: try Release.header()) { _, _ in false }
  options.edits = edits
  let plan = try Plan(desired: DesiredTree([]), record: RecordFile(), tree: tree, options: options)
  let conflicts = plan.conflictDiagnostics(shownAs: prefix)
  guard conflicts.isEmpty else {
    throw CommandFailure(.blocked, diagnostics: conflicts + [Diagnostic(.note, "plan/nothing-written", "nothing was written")])
  }
  _ = try carryingOut(shownAs: prefix, environment) { (run) throws(ApplyError) in try Applying.apply(plan, to: &tree, run: run) }
}

/// Changes a tree while signals wait; one that came ends the process when all is done or undone.
/// - Throws: `CommandFailure` when something changed meanwhile or the machine failed; nothing is changed then.
func carryingOut<Result>(
  shownAs prefix: String, _ environment: Environment, _ work: (Run) throws(ApplyError) -> Result
) throws(CommandFailure) -> Result {
  try Machine.holdingSignals { () throws(CommandFailure) in
    do throws(ApplyError) {
      let result = try work(.own)
      if Machine.isInterrupted { environment.say("a signal came when all was done already\n") }
      return result
    } catch {
      environment.endProgress()
      environment.tell(error.saved)
      let failure = CommandFailure(error, shownAs: prefix)
      // The process ends before anybody else can say it.
      if Machine.isInterrupted { environment.report(failure.diagnostics) }
      if error.reason == .interrupted, error.leftBehind.isEmpty { environment.say("a signal came; what was begun was undone\n") }
      throw failure
    }
  }
}

extension Run {
  /// Of this process.
  static var own: Run { Run(processID: Machine.processID) { Machine.isInterrupted } }
}

extension CommandFailure {
  init(_ error: ApplyError, shownAs prefix: String) {
    var left = error.leftBehind.map { $0.diagnostic("machine/left-behind", shownAs: prefix) }
    if !left.isEmpty {
      left.append(Diagnostic(.note, "run/pending", "not all of it could be put back", help: "the next `aiwg sync` tries again before anything else"))
    }
    switch error.reason {
    case .conflicts, .interrupted:
      self.init(.blocked, diagnostics: left)
    case .changedMeanwhile(let paths):
      let found = paths.map {
        Diagnostic(
          .error, "plan/changed", "this changed while aiwg was working; nothing was written", at: SourcePlace(path: prefix + $0.text),
          help: "run it again")
      }
      self.init(.blocked, diagnostics: found + left)
    case .failed(let failure):
      self.init(failure, shownAs: prefix)
      diagnostics += left
    }
  }
}
