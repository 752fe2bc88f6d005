import FileTree
import Planning

/// One path that is to change.
struct Step {
  var path: TreePath
  /// What stood there when the plan was made.
  var before: Snapshot
  var after: Replacement
}

/// Steps that happen together or not at all.
///
/// Every new file is staged beside its place before the first one moves, and what is displaced keeps a second name until the last one has:
/// at any moment every byte is in its place, in a staged file or in a kept one.
struct Transaction<Tree: WritableTree> {
  /// What was done, to be undone from the last to the first.
  private enum Done {
    case madeFolder(TreePath)
    /// A staged file, or a second name of a file; gone from there once it moved.
    case temporary(TreePath)
    case created(TreePath)
    case replaced(TreePath, kept: TreePath)
    case removed(TreePath, kept: TreePath)
  }

  private(set) var tree: Tree
  private let token: String
  private var done: [Done] = []
  private var staged: [TreePath: TreePath] = [:]
  private var displaced: [(path: TreePath, kept: TreePath, before: Snapshot)] = []
  private var temporaries = 0
  private var knownFolders: Set<TreePath> = []

  /// The token makes the names of staged files this run's own.
  init(tree: Tree, token: String) {
    self.tree = tree
    self.token = token
  }

  /// Carries the steps out, in their order.
  ///
  /// Returns what could not be cleaned up after all was done.
  /// - Throws: `ApplyError` after undoing what was done.
  mutating func run(_ steps: [Step]) throws(ApplyError) -> [TreeError] {
    do throws(ApplyError) {
      try failing { (run) throws(TreeError) in for step in steps { try run.stage(step) } }
      try verify(steps)
      try failing { (run) throws(TreeError) in for step in steps { try run.commit(step) } }
      try verifyDisplaced()
    } catch {
      throw error.leaving(undo())
    }
    return finish(steps)
  }

  private mutating func failing(_ body: (inout Self) throws(TreeError) -> Void) throws(ApplyError) {
    do throws(TreeError) { try body(&self) } catch { throw .failed(error, leftBehind: []) }
  }

  private mutating func stage(_ step: Step) throws(TreeError) {
    let temporary: TreePath
    switch step.after {
    case .same, .nothing: return
    case .file(let content, let mode):
      temporary = try newTemporary(for: step.path)
      do {
        try tree.create(temporary, content, mode: mode)
      } catch  where error.path == temporary {
        // The name of a temporary says nothing to anybody.
        throw TreeError(path: step.path, reason: error.reason)
      }
    case .symlink(let target):
      temporary = try newTemporary(for: step.path)
      try tree.createSymlink(temporary, target: target)
    }
    done.append(.temporary(temporary))
    staged[step.path] = temporary
  }

  /// Sees to it that the user did nothing since the plan was made.
  private func verify(_ steps: [Step]) throws(ApplyError) {
    var changed: [TreePath] = []
    do throws(TreeError) {
      let going = Set(steps.filter { if case .nothing = $0.after { true } else { false } }.map(\.path))
      for step in steps {
        let now = try Snapshot(of: step.path, in: tree, besides: going)
        if now != step.before { changed.append(step.path) }
      }
    } catch {
      throw .failed(error, leftBehind: [])
    }
    guard changed.isEmpty else { throw .changedMeanwhile(changed, leftBehind: []) }
  }

  private mutating func commit(_ step: Step) throws(TreeError) {
    if case .same = step.after { return }
    guard let temporary = staged[step.path] else { return try takeAway(step) }
    switch step.before {
    case .absent:
      try makeFolders(above: step.path)
      try tree.publish(temporary, as: step.path)
      done.append(.created(step.path))
    case .file:
      let kept = try newTemporary(for: step.path)
      try tree.link(step.path, as: kept)
      done.append(.temporary(kept))
      try tree.replace(step.path, with: temporary)
      done.append(.replaced(step.path, kept: kept))
      displaced.append((step.path, kept, step.before))
    case .symlink:
      try takeAway(step)
      try tree.publish(temporary, as: step.path)
      done.append(.created(step.path))
    }
  }

  private mutating func takeAway(_ step: Step) throws(TreeError) {
    let kept = try newTemporary(for: step.path)
    try tree.publish(step.path, as: kept)
    done.append(.removed(step.path, kept: kept))
    displaced.append((step.path, kept, step.before))
  }

  /// A file that was written to between the look and the move is not what was planned to go.
  private func verifyDisplaced() throws(ApplyError) {
    var changed: [TreePath] = []
    do throws(TreeError) {
      for one in displaced where try Snapshot(of: one.kept, in: tree) != one.before { changed.append(one.path) }
    } catch {
      throw .failed(error, leftBehind: [])
    }
    guard changed.isEmpty else { throw .changedMeanwhile(changed, leftBehind: []) }
  }

  /// Removes the kept files, and the folders that were only there for what went.
  private mutating func finish(_ steps: [Step]) -> [TreeError] {
    var problems: [TreeError] = []
    for one in displaced { attempt(&problems) { (tree) throws(TreeError) in try tree.remove(one.kept) } }
    for step in steps {
      guard case .nothing = step.after else { continue }
      for folder in step.path.ancestors {
        var isGone = false
        attempt(&problems) { (tree) throws(TreeError) in isGone = try tree.removeFolder(folder) }
        if !isGone { break }
      }
    }
    return problems
  }

  /// Puts everything back; what cannot be is told.
  private mutating func undo() -> [TreeError] {
    var problems: [TreeError] = []
    for one in done.reversed() {
      attempt(&problems) { (tree) throws(TreeError) in
        switch one {
        case .madeFolder(let path): _ = try tree.removeFolder(path)
        case .created(let path): try tree.remove(path)
        case .replaced(let path, let kept): try tree.replace(path, with: kept)
        case .removed(let path, let kept): try tree.publish(kept, as: path)
        case .temporary(let path):
          if try tree.observe(path) != .absent { try tree.remove(path) }
        }
      }
    }
    return problems
  }

  /// Tries twice, since what failed once under load may work the second time.
  private mutating func attempt(_ problems: inout [TreeError], _ body: (inout Tree) throws(TreeError) -> Void) {
    do throws(TreeError) {
      try body(&tree)
    } catch {
      do throws(TreeError) { try body(&tree) } catch { problems.append(error) }
    }
  }

  private mutating func makeFolders(above path: TreePath) throws(TreeError) {
    for folder in path.ancestors.reversed() where !knownFolders.contains(folder) {
      if try tree.makeFolder(folder) { done.append(.madeFolder(folder)) }
      knownFolders.insert(folder)
    }
  }

  /// A name in the folder of a path, or in the nearest one above that is there: on the same file system.
  private mutating func newTemporary(for path: TreePath) throws(TreeError) -> TreePath {
    temporaries += 1
    let name = ".aiwg-\(token)-\(temporaries)"
    var folder = path.parent
    while let current = folder, !knownFolders.contains(current) {
      if case .directory = try tree.observe(current) {
        knownFolders.insert(current)
      } else {
        folder = current.parent
      }
    }
    guard let own = TreePath(name) else { throw TreeError(path: path, reason: "no name for a temporary file") }
    return folder?.appending(own) ?? own
  }
}

extension Snapshot {
  /// What stands at a path now; nil for what no plan puts or replaces there.
  init?(of path: TreePath, in tree: some ReadableTree, besides going: Set<TreePath> = []) throws(TreeError) {
    let (observed, digest) = try Digest.observe(path, in: tree)
    switch observed {
    case .absent: self = .absent
    case .file:
      guard let digest else { return nil }
      self = .file(digest)
    case .symlink(let target): self = .symlink(target: target)
    // A file of ours that goes, so that a folder can take its place.
    case .blocked(_, let at) where going.contains(at): self = .absent
    case .directory, .other, .blocked: return nil
    }
  }
}
