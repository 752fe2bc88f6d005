package import FileTree
package import Planning

/// What carrying out a plan came to.
package struct Outcome: Hashable, Sendable {
  /// Paths that were written, aiwg.lock included.
  package var written: [TreePath] = []
  /// Paths that were removed.
  package var removed: [TreePath] = []
  /// What was saved before it gave way.
  package var saved: [SavedEntry] = []
  /// All is done, but these could not be cleaned up.
  package var leftBehind: [TreeError] = []

  package init() {}
}

/// Carries a plan out, all of it or nothing; a plan with nothing to do writes nothing.
///
/// What gives way is saved first, aiwg.lock comes last. The token names this run's temporary files.
/// - Throws: `ApplyError` with conflicts in the plan, when something changed since it was made, and when the system refuses.
package func apply<Tree: WritableTree>(_ plan: Plan, to tree: inout Tree, token: String = newToken()) throws(ApplyError) -> Outcome {
  guard !plan.hasConflicts else { throw .conflicts }
  var outcome = Outcome()
  let steps = steps(of: plan)
  guard !steps.isEmpty else { return outcome }
  var saving: [Step] = []
  do throws(TreeError) {
    (saving, outcome.saved) = try Saved(in: tree).steps(saving: plan.changes.filter(\.saves), from: tree)
  } catch {
    throw .failed(error, leftBehind: [])
  }
  var transaction = Transaction(tree: tree, token: token)
  defer { tree = transaction.tree }
  outcome.leftBehind = try transaction.run(saving + steps)
  for step in steps {
    if step.removes { outcome.removed.append(step.path) } else { outcome.written.append(step.path) }
  }
  return outcome
}

/// A name for the temporary files of one run.
package func newToken() -> String { String(UInt64.random(in: 0...UInt64.max), radix: 36) }

/// What goes, what is written, and the lock.
private func steps(of plan: Plan) -> [Step] {
  let all = plan.changes.map { Step(path: $0.path, before: $0.before, after: $0.after) }
  // A file that goes may make room for a folder.
  var steps = all.filter(\.removes) + all.filter(\.writes)
  let lock = plan.nextLock
  if lock != plan.recordFile.bytes {
    let before = plan.recordFile.bytes.map { Snapshot.file(Digest(of: $0)) } ?? .absent
    steps.append(Step(path: Record.path, before: before, after: lock.map { .file(.bytes($0), .plain) } ?? .nothing))
  }
  return steps
}

extension Step {
  var removes: Bool { if case .nothing = after { true } else { false } }

  var writes: Bool {
    switch after {
    case .same, .nothing: false
    case .file, .symlink: true
    }
  }
}
