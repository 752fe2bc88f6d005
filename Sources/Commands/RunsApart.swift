import Applying
import Diagnostics
import Disk
import FileTree

extension RunLock {
  /// Longest wait for another run, in seconds.
  private static let patience = 60.0

  /// Takes the lock, waiting for whoever holds it; on a file system without locks goes on without.
  /// - Throws: `CommandFailure` when another run holds it and waiting is not wanted, or took too long.
  func take(_ mode: Mode, _ options: CommonOptions) throws(CommandFailure) {
    let start = Machine.uptime
    var isTold = false
    while case .busy(let process) = attempt(mode) {
      let holder = process.map { "another run (process \($0))" } ?? "another run"
      guard !options.waitsNot, Machine.uptime - start < Self.patience else {
        throw CommandFailure(
          .locked, "\(holder) is at work here", id: "run/locked",
          help: options.waitsNot ? "wait until it has ended, or leave out --no-wait" : "end it, or wait until it has ended, and run this again")
      }
      // A run that is over at once is not worth a word.
      if !isTold, Machine.uptime - start > 0.3 {
        options.environment.say("waiting for \(holder) …\n")
        isTold = true
      }
      Self.pause(milliseconds: 20)
    }
  }
}

extension Repository {
  /// Puts back what an interrupted run began, and says so.
  /// - Throws: `CommandFailure` when that cannot be done.
  static func putBack(in tree: DiskTree, shownAs prefix: String, _ environment: Environment) throws(CommandFailure) {
    var tree = tree
    let recovered: Recovered
    do throws(TreeError) {
      recovered = try Machine.holdingSignals { () throws(TreeError) in try recover(&tree) }
    } catch {
      throw CommandFailure(error, shownAs: prefix)
    }
    switch recovered.run {
    case .none: break
    case .damaged(let damage): throw CommandFailure(.machine, diagnostics: [damage.shown(below: prefix)])
    case .unfinished(let process):
      let exceptions = recovered.leftAlone.isEmpty ? "" : ", except where something else stands now"
      if recovered.problems.isEmpty { environment.news("a run was interrupted (process \(process)); what it began was put back\(exceptions)\n") }
    case .uncleared(let process): environment.news("a run was interrupted at its end (process \(process)); what it did stands\n")
    }
    environment.tell(recovered.saved)
    for path in recovered.leftAlone { environment.news("`\(environment.located(prefix + path.text).escapedForDisplay)` stays as it is\n") }
    guard recovered.problems.isEmpty else {
      let isOver = recovered.run == .none
      let message = isOver ? "what an earlier run left could not be cleared up" : "an interrupted run could not be put back yet"
      let pending = Diagnostic(.note, isOver ? "run/uncleared" : "run/pending", message, help: "the next run tries again")
      throw CommandFailure(.machine, diagnostics: recovered.problems.map { $0.diagnostic("machine/failed", shownAs: prefix) } + [pending])
    }
  }
}

extension PendingRun {
  /// What a run that only reads says of it; nil when there is nothing to say.
  func diagnostic(shownAs prefix: String) -> Diagnostic? {
    let help = "`aiwg sync` puts things right first"
    switch self {
    case .none: return nil
    case .damaged(let damage): return damage.shown(below: prefix)
    case .unfinished(let process):
      return Diagnostic(.warning, "run/pending", "a run was interrupted (process \(process)), and what it began is still there", help: help)
    case .uncleared(let process):
      return Diagnostic(.warning, "run/pending", "a run was interrupted at its end (process \(process)) before it had cleared up", help: help)
    }
  }
}

extension Diagnostic {
  /// With its place as the user knows it.
  fileprivate func shown(below prefix: String) -> Diagnostic {
    var shown = self
    if let place { shown.place = SourcePlace(path: prefix + place.path) }
    return shown
  }
}

extension TreeError {
  func diagnostic(_ id: String, shownAs prefix: String) -> Diagnostic {
    let path = path.map { prefix + $0.text } ?? (prefix.isEmpty ? "." : prefix)
    return Diagnostic(.error, isInTheWay ? "plan/in-the-way" : id, reason, at: SourcePlace(path: path), help: help)
  }
}
