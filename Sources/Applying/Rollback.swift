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
    for entry in journal.entries {
      attempt { (self) throws(TreeError) in
        if try Snapshot(of: entry.path, in: self.tree) != entry.before { self.leftAlone.append(entry.path) }
      }
    }
    guard problems.isEmpty else { return }
    for folder in journal.made.reversed() {
      attempt { (self) throws(TreeError) in
        if case .directory = try self.tree.observe(folder) { _ = try self.tree.removeFolder(folder) }
      }
    }
    var cleaning = Cleaning(tree: tree)
    let elsewhere = Set(leftAlone)
    // Old bytes are cleared away only where the same ones stand in their place.
    for entry in journal.entries { cleaning.drop(entry, besides: elsewhere.contains(entry.path) ? entry.before : nil) }
    if problems.isEmpty { cleaning.close(dropping: StateFolder.journal) }
    tree = cleaning.tree
    problems += cleaning.problems
    saved += cleaning.saved
  }

  private mutating func putBack(_ entry: Journal.Entry) throws(TreeError) {
    if entry.after == .absent {
      copyUnexpected(entry)
      return try bringBack(entry, from: entry.temporary)
    }
    // Only the very file that the run made is ever taken away: a journal from elsewhere knows none.
    guard entry.identity != nil else { return }
    copyUnexpected(entry)
    let isKept = try tree.observe(entry.kept) != .absent
    if try isOwn(entry.temporary, entry) {
      try takeSecondName(entry)
      // It was not moved yet; what it was to replace may have been.
      return isKept ? try bringBack(entry, from: entry.kept) : ()
    }
    guard try isOwn(entry.path, entry), try Snapshot(of: entry.path, in: tree) == entry.after else { return }
    if entry.before == .absent || isKept {
      try tree.replace(entry.temporary, with: entry.path)
      try checkDisplaced(entry)
      if isKept { try bringBack(entry, from: entry.kept) }
    } else if try tree.observe(entry.temporary) != .absent {
      guard try tree.exchange(entry.temporary, entry.path) else { throw TreeError(path: entry.path, reason: "Cannot be put back in one step") }
      try checkDisplaced(entry)
    }
  }

  /// Whether the file that the run made for an entry is at a path.
  ///
  /// The numbers of files outlast a restart of the machine, those of devices do not: it is enough that it is the device on which it was staged.
  private func isOwn(_ path: TreePath, _ entry: Journal.Entry) throws(TreeError) -> Bool {
    guard let number = entry.identity?.number, let identity = try tree.identity(of: path), identity.number == number else { return false }
    return try identity.device == tree.identity(of: entry.temporary.parent)?.device
  }

  /// Takes the place from a new file that a file system without moves to a free name had linked there and not yet unlinked.
  private mutating func takeSecondName(_ entry: Journal.Entry) throws(TreeError) {
    guard try isOwn(entry.path, entry) else { return }
    try tree.replace(entry.spare, with: entry.path)
    guard try !isOwn(entry.spare, entry) else { return }
    if case .absent = try tree.observe(entry.path) { try tree.move(entry.spare, to: entry.path) }
  }

  /// Brings back what was taken away, unless something else stands there now or nothing can.
  private mutating func bringBack(_ entry: Journal.Entry, from kept: TreePath) throws(TreeError) {
    guard try tree.observe(kept) != .absent, case .absent = try tree.observe(entry.path) else { return }
    if let folder = entry.path.parent, try tree.observe(folder) != .directory { return }
    try tree.move(kept, to: entry.path)
  }

  /// Somebody may have saved a file in the moment between the look and the move: then theirs goes back to its place.
  private mutating func checkDisplaced(_ entry: Journal.Entry) throws(TreeError) {
    let snapshot = try Snapshot(of: entry.temporary, in: tree)
    if try isOwn(entry.temporary, entry), snapshot == entry.after { return }
    copyUnexpected(entry)
    if case .absent = try tree.observe(entry.path) {
      try tree.move(entry.temporary, to: entry.path)
    } else if entry.before != .absent {
      _ = try tree.exchange(entry.temporary, entry.path)
    }
  }

  /// Saves a copy of what somebody saved in the moment before it had to give way.
  ///
  /// It goes back to its place. But for a while they saw other bytes there, and a program that goes by those may write over it.
  private mutating func copyUnexpected(_ entry: Journal.Entry) {
    for path in [entry.temporary, entry.kept] {
      do throws(TreeError) {
        guard let snapshot = try Snapshot(of: path, in: tree), ![.absent, entry.before, entry.after].contains(snapshot) else { continue }
        let copy = try Saved.copy(path, of: entry.path, in: &tree)
        if !saved.contains(copy) { saved.append(copy) }
      } catch {
        // Nothing is lost without it, and a full disk must not keep the file itself from its place.
      }
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
