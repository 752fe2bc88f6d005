package import Diagnostics
package import FileTree

/// What an earlier run left that did not come to its end.
package enum PendingRun: Hashable, Sendable {
  case none
  /// It is to be undone; the process that it was.
  case unfinished(processID: Int32)
  /// All is done but for clearing away.
  case uncleared(processID: Int32)
  /// Its journal cannot be read: it is damaged, or of a newer aiwg.
  case damaged(Diagnostic)

  /// Looks for one.
  /// - Throws: `TreeError` when the state cannot be read.
  package init(in tree: some ReadableTree) throws(TreeError) {
    self = .none
    // Where nothing can be written, nothing was.
    guard case .directory = try tree.observe(StateFolder.path) else { return }
    for place in [StateFolder.doneJournal, StateFolder.journal] where try StateFolder.has(place, in: tree) {
      guard let journal = Journal(try tree.read(place)) else {
        self = .damaged(Self.damage(at: place, try tree.read(place)))
        return
      }
      self = place == StateFolder.journal ? .unfinished(processID: journal.processID) : .uncleared(processID: journal.processID)
      return
    }
    // While files are staged, one of these says that nothing but copies is among them.
    for place in [StateFolder.staging, StateFolder.newJournal] where try tree.observe(place) != .absent { return }
    if try !tree.names(in: StateFolder.staged).isEmpty { self = .damaged(Self.loss) }
  }

  private static func damage(at place: TreePath, _ bytes: [UInt8]) -> Diagnostic {
    if Journal.isNewer(bytes) {
      return Diagnostic(
        .error, "run/newer-journal", "a run of a newer aiwg was interrupted, and this one cannot undo it", at: SourcePlace(path: place.text),
        help: "run `aiwg sync` with the aiwg that began it, or a newer one, and leave `\(StateFolder.path)` as it is until then")
    }
    return Diagnostic(
      .error, "run/damaged-journal", "a run was interrupted, and the journal by which it would be undone is damaged",
      at: SourcePlace(path: place.text),
      notes: Journal.linesAboutFiles(in: bytes, atMost: 10).map { "`\($0.kept)` may be what stood at `\($0.path)`" },
      help: "look for what you miss in `\(StateFolder.staged)`, then delete that folder and `\(place)`, and run `aiwg sync`")
  }

  private static var loss: Diagnostic {
    Diagnostic(
      .error, "run/no-journal", "files of an interrupted run are here, and no journal says where they belong",
      at: SourcePlace(path: StateFolder.staged.text), help: "look for what you miss in it, then delete the folder and run `aiwg sync`")
  }
}

/// What recovering came to.
package struct Recovered: Hashable, Sendable {
  /// What was there to recover from.
  package var run: PendingRun
  /// Bytes that somebody wrote meanwhile and that could not stay in their place.
  package var saved: [SavedEntry] = []
  /// Paths of the run where somebody else's file stands now; it stays.
  package var leftAlone: [TreePath] = []
  /// What could not be done; the journal is still there then.
  package var problems: [TreeError] = []
}

/// Undoes what an interrupted run began, or clears away what a finished one left; with nothing of that kind it writes nothing.
///
/// A damaged journal is left as it is.
/// - Throws: `TreeError` when the state cannot be read.
package func recover(_ tree: inout some WritableTree) throws(TreeError) -> Recovered {
  var recovered = Recovered(run: try PendingRun(in: tree))
  var cleaning = Cleaning(tree: tree)
  defer { tree = cleaning.tree }
  switch recovered.run {
  case .damaged: return recovered
  case .unfinished:
    guard let journal = Journal(try tree.read(StateFolder.journal)) else { return recovered }
    var rollback = Rollback(tree: tree, journal: journal)
    rollback.run()
    cleaning = Cleaning(tree: rollback.tree)
    (recovered.saved, recovered.leftAlone, recovered.problems) = (rollback.saved, rollback.leftAlone, rollback.problems)
    return recovered
  case .uncleared:
    guard let journal = Journal(try tree.read(StateFolder.doneJournal)) else { return recovered }
    do throws(TreeError) {
      try tree.sync(StateFolder.path)
    } catch {
      recovered.problems = [error]
      return recovered
    }
    cleaning = Cleaning(tree: tree)
    cleaning.finish(journal)
  case .none:
    guard try hasLeftOvers(tree) else { return recovered }
    cleaning.discardStaged()
  }
  (recovered.saved, recovered.problems) = (cleaning.saved, cleaning.problems)
  return recovered
}

/// Whether a run left something that ended before its journal was in place, or after that was gone.
private func hasLeftOvers(_ tree: some ReadableTree) throws(TreeError) -> Bool {
  if try StateFolder.isNewOurs(tree) { return true }
  guard case .directory = try tree.observe(StateFolder.path) else { return false }
  let names = try tree.names(in: StateFolder.path)
  if !Set(names).isDisjoint(with: [StateFolder.staged, StateFolder.newJournal, StateFolder.staging].map(\.name)) { return true }
  return names.allSatisfy { $0 == StateFolder.ignoreFile.name || $0 == StateFolder.marker.name }
}
