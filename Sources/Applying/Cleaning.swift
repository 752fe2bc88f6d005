import FileTree
import Planning

/// Clears away what a run no longer needs; what it did not expect is saved instead.
struct Cleaning<Tree: WritableTree> {
  private(set) var tree: Tree
  /// What could not be cleared away.
  private(set) var problems: [TreeError] = []
  private(set) var saved: [SavedEntry] = []

  init(tree: Tree) {
    self.tree = tree
  }

  /// After all is done: drops what was replaced, the folders that it leaves empty, and the journal.
  mutating func finish(_ journal: Journal) {
    let names = try? Set(tree.names(in: StateFolder.staged))
    for entry in journal.entries { drop(entry, staged: names) }
    for folder in journal.vacated where folder != StateFolder.parent {
      attempt { (tree) throws(TreeError) in _ = try Self.vacate(folder, in: &tree) }
    }
    // It holds the state itself, and goes with that.
    if journal.vacated.contains(StateFolder.parent) { attempt { (tree) throws(TreeError) in try StateFolder.mark(in: &tree) } }
    close(dropping: StateFolder.doneJournal)
  }

  /// After a run that ended before its journal was in place, so that nothing but copies was made.
  mutating func discardStaged() {
    attempt { (tree) throws(TreeError) in
      for path in try StateFolder.stagedElsewhere(in: tree) {
        switch try tree.observe(path) {
        case .file, .symlink: try tree.remove(path)
        default: continue
        }
      }
      for name in try tree.names(in: StateFolder.staged) {
        guard let number = Int(name.split(separator: ".")[0]) else { continue }
        let path = StateFolder.staged(number)
        if try tree.observe(path) != .absent { try tree.remove(path) }
      }
    }
    close(dropping: StateFolder.staging)
  }

  /// Drops one entry's staged or kept file: only with the bytes that it is known to have, and not with those that exist nowhere else.
  /// - Parameter names: what is in the folder of staged files; nil when nobody looked.
  mutating func drop(_ entry: Journal.Entry, besides precious: Snapshot? = nil, staged names: Set<String>? = nil) {
    let isNear = entry.temporary.parent == StateFolder.staged
    for path in [entry.temporary, entry.kept, entry.spare] {
      if isNear, let names, !names.contains(path.name) { continue }
      attempt { (self) throws(TreeError) in
        let snapshot = try Snapshot(of: path, in: self.tree)
        if snapshot == .absent { return }
        if let snapshot, snapshot != precious, snapshot == entry.before || snapshot == entry.after { return try self.tree.remove(path) }
        self.saved.append(try Saved.keep(path, of: entry.path, in: &self.tree))
      }
    }
  }

  /// Drops the journal as the last thing, and only when nothing is left that needs it.
  mutating func close(dropping last: TreePath) {
    guard problems.isEmpty else { return }
    attempt { (tree) throws(TreeError) in
      if case .directory = try tree.observe(StateFolder.path) {
        // A file system that moves in two steps may have left it under two names.
        let all = [StateFolder.newJournal, StateFolder.journal, StateFolder.staging]
        for path in all.filter({ $0 != last }) + [last] where try StateFolder.has(path, in: tree) { try tree.remove(path) }
      }
      try StateFolder.close(in: &tree)
    }
  }

  private static func vacate(_ folder: TreePath, in tree: inout Tree) throws(TreeError) -> Bool {
    guard case .directory = try tree.observe(folder) else { return false }
    return try tree.removeFolder(folder)
  }

  private mutating func attempt(_ body: (inout Tree) throws(TreeError) -> Void) {
    attempt { (self) throws(TreeError) in try body(&self.tree) }
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
