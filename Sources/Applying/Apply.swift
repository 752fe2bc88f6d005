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
  /// All is done, but these could not be cleaned up; the next run does it.
  package var leftBehind: [TreeError] = []

  package init() {}
}

/// Carries a plan out, all of it or nothing; a plan with nothing to do writes nothing.
///
/// What gives way is saved first, aiwg.lock comes last. What an earlier run left pending must have been recovered.
/// - Throws: `ApplyError` with conflicts in the plan, when something changed since it was made, when the run is interrupted, and when the
///   system refuses.
package func apply<Tree: WritableTree>(_ plan: Plan, to tree: inout Tree, run: Run = Run()) throws(ApplyError) -> Outcome {
  guard !plan.hasConflicts else { throw ApplyError(.conflicts) }
  let steps = steps(of: plan) + [step(Record.localPath, from: plan.recordFile.localBytes, to: plan.nextLocalLock)].compactMap(\.self)
  let lock = step(Record.path, from: plan.recordFile.bytes, to: plan.nextLock)
  guard !steps.isEmpty || lock != nil else { return Outcome() }
  var saving: [Step] = []
  var saved: [SavedEntry] = []
  do throws(TreeError) {
    (saving, saved) = try Saved(in: tree).steps(
      saving: plan.changes.filter(\.saves).map { ($0.path, $0.before) }, from: tree)
  } catch {
    throw ApplyError(.failed(error))
  }
  var transaction = Transaction(tree: tree, run: run)
  defer { tree = transaction.tree }
  var outcome = try transaction.carryOut(saving + steps, last: lock, vacating: plan.vacated)
  outcome.saved = saved + outcome.saved
  for step in steps + (lock.map { [$0] } ?? []) {
    if step.removes { outcome.removed.append(step.path) } else { outcome.written.append(step.path) }
  }
  return outcome
}

/// What goes and what is written.
private func steps(of plan: Plan) -> [Step] {
  let all = plan.changes.map { Step(path: $0.path, before: $0.before, after: $0.after, planned: $0.role == .file ? $0.desired : nil) }
  // A file that goes may make room for a folder.
  return all.filter(\.removes) + all.filter(\.writes)
}

/// What becomes of a lock; nil when it stays.
private func step(_ path: TreePath, from old: [UInt8]?, to new: [UInt8]?) -> Step? {
  guard new != old else { return nil }
  let before = old.map { Snapshot.file(Digest(of: $0)) } ?? .absent
  // Its owner stays who it was, also when somebody else runs this for once.
  let mode: FileMode = before == .absent ? .plain : .like(path)
  return Step(path: path, before: before, after: new.map { .file(.bytes($0), mode) } ?? .nothing)
}
