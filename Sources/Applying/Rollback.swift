import FileTree
import Planning

/// Puts back what a journal says was done: after a step that failed, or after a run that was killed.
///
/// It goes by what is there and not by what was tried, so that it can itself be cut short and begun again.
struct Rollback<Tree: WritableTree> {
  private(set) var tree: Tree
  private let journal: Journal
  /// What could not be put back; the journal stays then.
  private(set) var problems: [TreeError] = []
  /// What somebody wrote meanwhile and could not stay in its place.
  private(set) var saved: [SavedEntry] = []
  /// Paths where somebody else's file stands now, which stays; what stood there before is saved.
  private(set) var leftAlone: [TreePath] = []

  init(tree: Tree, journal: Journal) {
    self.tree = tree
    self.journal = journal
  }

  mutating func run() {
    for entry in journal.entries.reversed() { attempt { (self) throws(TreeError) in try self.putBack(entry) } }
    let folders = Set(journal.entries.map(\.path.parent))
    attempt { (self) throws(TreeError) in try self.tree.syncNames(in: folders) }
    guard problems.isEmpty else { return }
    for folder in journal.made.reversed() {
      attempt { (self) throws(TreeError) in
        if case .directory = try self.tree.observe(folder) { _ = try self.tree.removeFolder(folder) }
      }
    }
    var cleaning = Cleaning(tree: tree)
    for entry in journal.entries { cleaning.drop(entry, besides: leftAlone.contains(entry.path) ? entry.before : nil) }
    if problems.isEmpty { cleaning.close(dropping: StateFolder.journal) }
    tree = cleaning.tree
    problems += cleaning.problems
    saved += cleaning.saved
  }

  private mutating func putBack(_ entry: Journal.Entry) throws(TreeError) {
    // Only the very file that the run made or moved is ever touched: a journal from elsewhere knows none.
    guard let identity = entry.identity else { return }
    if entry.after == .absent { return try bringBack(entry, identity, from: entry.temporary) }
    let kept = try tree.identity(of: entry.kept)
    if try tree.identity(of: entry.temporary) == identity {
      try takeSecondName(entry, identity)
      // It was not moved yet; what it was to replace may have been.
      return kept == nil ? () : try bringBack(entry, kept, from: entry.kept)
    }
    guard try tree.identity(of: entry.path) == identity else {
      let now = try Snapshot(of: entry.path, in: tree)
      if entry.before != .absent && now != entry.before { leftAlone.append(entry.path) }
      return
    }
    guard try Snapshot(of: entry.path, in: tree) == entry.after else {
      leftAlone.append(entry.path)
      return
    }
    if entry.before == .absent || kept != nil {
      try tree.replace(entry.temporary, with: entry.path)
      try checkDisplaced(entry, identity)
      if kept != nil { try bringBack(entry, kept, from: entry.kept) }
    } else if try tree.observe(entry.temporary) != .absent {
      guard try tree.exchange(entry.temporary, entry.path) else { throw TreeError(path: entry.path, reason: "Cannot be put back in one step") }
      try checkDisplaced(entry, identity)
    }
  }

  /// Takes the place from a new file that a file system without moves to a free name had linked there and not yet unlinked.
  private mutating func takeSecondName(_ entry: Journal.Entry, _ identity: FileIdentity) throws(TreeError) {
    guard try tree.identity(of: entry.path) == identity else { return }
    try tree.replace(entry.spare, with: entry.path)
    guard try tree.identity(of: entry.spare) != identity else { return }
    if case .absent = try tree.observe(entry.path) { try tree.move(entry.spare, to: entry.path) }
  }

  /// Brings back what was taken away, unless something else stands there now.
  private mutating func bringBack(_ entry: Journal.Entry, _ identity: FileIdentity?, from kept: TreePath) throws(TreeError) {
    guard try tree.identity(of: kept) == identity, try tree.identity(of: entry.path) != identity else { return }
    guard case .absent = try tree.observe(entry.path) else {
      leftAlone.append(entry.path)
      return
    }
    try tree.move(kept, to: entry.path)
  }

  /// Somebody may have saved a file in the moment between the look and the move: then theirs goes back to its place.
  private mutating func checkDisplaced(_ entry: Journal.Entry, _ identity: FileIdentity) throws(TreeError) {
    let (displaced, snapshot) = (try tree.identity(of: entry.temporary), try Snapshot(of: entry.temporary, in: tree))
    if displaced == identity && snapshot == entry.after { return }
    leftAlone.append(entry.path)
    if case .absent = try tree.observe(entry.path) {
      try tree.move(entry.temporary, to: entry.path)
    } else if entry.before != .absent {
      _ = try tree.exchange(entry.temporary, entry.path)
    }
  }

  /// Tries twice, since what failed once under load may work the second time.
  private mutating func attempt(_ body: (inout Self) throws(TreeError) -> Void) {
    do throws(TreeError) {
      try body(&self)
    } catch {
      do throws(TreeError) { try body(&self) } catch { problems.append(error) }
    }
  }
}
