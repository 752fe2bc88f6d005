import FileTree
import Planning

/// Steps that happen together or not at all, also when the machine stops in between.
///
/// Every new file is staged and durable before a journal says what is to come; only then files move, each in one step of the file system.
/// At any moment every byte is in its place, in a staged file or in a kept one, and the journal leads to it.
struct Transaction<Tree: WritableTree> {
  private(set) var tree: Tree
  private let run: Run
  private var journal: Journal
  private var steps: [Step] = []
  private var folderDevices: [TreePath?: UInt64] = [:]
  /// Folders that were not there when the run was prepared.
  private var missing: Set<TreePath> = []
  private var touched: Set<TreePath?> = []
  /// Folders that this run made.
  private var made: Set<TreePath> = []

  init(tree: Tree, run: Run) {
    self.tree = tree
    self.run = run
    journal = Journal(processID: run.processID)
  }

  /// Carries the steps out in their order; the last one only when all others are durable.
  ///
  /// The folders go when they are empty afterwards.
  /// - Throws: `ApplyError` after undoing what was done.
  mutating func carryOut(_ steps: [Step], last: Step? = nil, vacating folders: [TreePath] = []) throws(ApplyError) -> Outcome {
    self.steps = steps + (last.map { [$0] } ?? [])
    journal.vacated = folders
    do throws(ApplyError) {
      try failing { (self) throws(TreeError) in try self.prepare() }
      try verify()
      try failing { (self) throws(TreeError) in try self.tree.move(StateFolder.newJournal, to: StateFolder.journal) }
    } catch {
      throw discard(error)
    }
    do throws(ApplyError) {
      try failing { (self) throws(TreeError) in
        try self.tree.remove(StateFolder.staging)
        try self.tree.sync(StateFolder.path)
      }
      try commit(..<steps.count)
      try commit(steps.count...)
      try failing { (self) throws(TreeError) in try self.tree.move(StateFolder.journal, to: StateFolder.doneJournal) }
    } catch {
      throw undo(error)
    }
    return finish()
  }

  private mutating func failing(_ body: (inout Self) throws(TreeError) -> Void) throws(ApplyError) {
    do throws(TreeError) { try body(&self) } catch { throw ApplyError(.failed(error)) }
  }

  // MARK: Before the journal

  /// Stages all new files and the journal, and makes them durable.
  private mutating func prepare() throws(TreeError) {
    try StateFolder.open(in: &tree)
    let device = try device(of: StateFolder.path)
    var made: Set<TreePath> = []
    for (index, step) in steps.enumerated() {
      let folder = try nearestFolder(above: step.path)
      let isNear = try self.device(of: folder) == device
      let temporary = isNear ? StateFolder.staged(index) : StateFolder.temporary(in: folder, token: run.token, index)
      journal.entries.append(Journal.Entry(path: step.path, before: step.before, after: try step.afterwards(), temporary: temporary))
      if step.writes { made.formUnion(step.path.ancestors.prefix { $0 != folder }) }
    }
    journal.made = made.sorted()
    try stage()
  }

  private mutating func stage() throws(TreeError) {
    let elsewhere = journal.entries.map(\.temporary).filter { $0.parent != StateFolder.staged }
    try StateFolder.beginStaging(besides: elsewhere, in: &tree)
    if !elsewhere.isEmpty { try tree.syncFileSystem(of: StateFolder.path) }
    for (index, step) in steps.enumerated() {
      if case .symlink(let target) = step.after { try stageLink(index, to: target) }
      if step.removes { journal.entries[index].identity = try tree.identity(of: step.path) }
    }
    try stageFiles()
    try tree.create(StateFolder.newJournal, .bytes(journal.bytes), mode: .plain)
    try tree.syncFileSystems(of: Set([StateFolder.path] + elsewhere.map(\.parent)))
  }

  private mutating func stageFiles() throws(TreeError) {
    var indices: [Int] = []
    var files: [NewFile] = []
    for (index, step) in steps.enumerated() {
      guard case .file(let content, let mode) = step.after else { continue }
      indices.append(index)
      files.append(NewFile(path: journal.entries[index].temporary, content: content, mode: mode))
    }
    for (index, result) in zip(indices, tree.create(files)) {
      do throws(TreeError) { journal.entries[index].identity = try result.get() } catch { throw told(error, index) }
    }
  }

  private mutating func stageLink(_ index: Int, to target: [UInt8]) throws(TreeError) {
    let temporary = journal.entries[index].temporary
    do throws(TreeError) {
      try tree.createSymlink(temporary, target: target)
      journal.entries[index].identity = try tree.identity(of: temporary)
    } catch {
      throw told(error, index)
    }
  }

  /// Why a step could not be staged: the name of a staged file says nothing to anybody.
  private func told(_ error: TreeError, _ index: Int) -> TreeError {
    let step = steps[index]
    if error.path == journal.entries[index].temporary { return error.moved(to: step.path) }
    if case .file(.copy(let source, _), _) = step.after, error.path == source { return error.reading(for: step.path) }
    return error
  }

  /// The folder that a path is in or, before that is made, the nearest one above.
  private mutating func nearestFolder(above path: TreePath) throws(TreeError) -> TreePath? {
    let ancestors = path.ancestors
    // Below what is not there is nothing.
    let free = ancestors.lastIndex(where: missing.contains).map { $0 + 1 } ?? 0
    missing.formUnion(ancestors[..<free])
    for folder in ancestors[free...] {
      if folderDevices[folder] != nil { return folder }
      if case .directory = try tree.observe(folder) { return folder }
      missing.insert(folder)
    }
    return nil
  }

  private mutating func device(of folder: TreePath?) throws(TreeError) -> UInt64? {
    if let known = folderDevices[folder] { return known }
    let device = try tree.identity(of: folder)?.device
    folderDevices[folder] = device
    return device
  }

  /// Sees to it that the user did nothing since the plan was made.
  private func verify() throws(ApplyError) {
    var changed: [TreePath] = []
    do throws(TreeError) {
      let going = Set(steps.filter(\.removes).map(\.path))
      let goingFiles = Set(journal.entries.filter { $0.after == .absent }.compactMap(\.identity))
      var absent: [TreePath: Bool] = [:]
      for step in steps {
        if try isBelowAbsent(step, &absent) { continue }
        if try Snapshot(of: step.path, in: tree, besides: going) == step.before { continue }
        // Where case does not count, a file that goes also stands at the name that differs from its own in case.
        if step.before == .absent, let identity = try tree.identity(of: step.path), goingFiles.contains(identity) { continue }
        changed.append(step.path)
      }
    } catch {
      throw ApplyError(.failed(error))
    }
    guard changed.isEmpty else { throw ApplyError(.changedMeanwhile(changed)) }
  }

  /// Whether the folder of a path that was free is still not there, looked up once for all that is to be in it.
  private func isBelowAbsent(_ step: Step, _ known: inout [TreePath: Bool]) throws(TreeError) -> Bool {
    guard step.before == .absent, let top = step.path.ancestors.last(where: missing.contains) else { return false }
    if let answer = known[top] { return answer }
    let answer = try tree.observe(top) == .absent
    known[top] = answer
    return answer
  }

  // MARK: Under the journal

  /// Moves files, sees that nothing else was displaced, and makes it durable.
  private mutating func commit(_ range: some RangeExpression<Int>) throws(ApplyError) {
    let range = range.relative(to: steps.indices)
    var hasFolders = false
    for index in range {
      guard !run.isInterrupted() else { throw ApplyError(.interrupted) }
      let step = steps[index]
      let entry = journal.entries[index]
      do throws(TreeError) {
        // What goes comes first, and may make room for them.
        if step.writes, !hasFolders {
          try makeFolders(above: range)
          hasFolders = true
        }
        try commit(step, entry)
      } catch {
        let isOwn = error.path == nil || error.path == entry.temporary || error.path == entry.kept
        throw ApplyError(.failed(isOwn ? error.moved(to: step.path) : error))
      }
    }
    var changed: [TreePath] = []
    try failing { (self) throws(TreeError) in
      for index in range where try self.displaced(by: self.journal.entries[index]) != self.journal.entries[index].before {
        changed.append(self.journal.entries[index].path)
      }
    }
    guard changed.isEmpty else { throw ApplyError(.changedMeanwhile(changed)) }
    try failing { (self) throws(TreeError) in try self.tree.syncNames(in: self.touched, new: self.made) }
    touched = []
  }

  private mutating func commit(_ step: Step, _ entry: Journal.Entry) throws(TreeError) {
    if case .same = step.after { return }
    touched.insert(step.path.parent)
    if step.removes { return try tree.replace(entry.temporary, with: step.path) }
    guard entry.before != .absent else {
      return try tree.move(entry.temporary, to: step.path)
    }
    if try tree.exchange(entry.temporary, step.path) { return }
    // For a moment nothing is there, but whatever somebody saved up to then was taken along, not written over.
    try tree.replace(entry.kept, with: step.path)
    try tree.move(entry.temporary, to: step.path)
  }

  /// What had to give way; nil for what no plan replaces.
  private func displaced(by entry: Journal.Entry) throws(TreeError) -> Snapshot? {
    if entry.before == .absent || entry.before == entry.after && entry.identity == nil { return entry.before }
    let kept = try tree.observe(entry.kept) == .absent ? entry.temporary : entry.kept
    return try Snapshot(of: kept, in: tree)
  }

  /// Makes the folders that new files need, those above first.
  private mutating func makeFolders(above range: Range<Int>) throws(TreeError) {
    var levels: [Int: [TreePath]] = [:]
    var known: Set<TreePath> = []
    for index in range where steps[index].writes && journal.entries[index].before == .absent {
      var folder = steps[index].path.parent
      while let missing = folder, folderDevices[missing] == nil, known.insert(missing).inserted {
        levels[missing.depth, default: []].append(missing)
        folder = missing.parent
      }
    }
    for (_, folders) in levels.sorted(by: { $0.key < $1.key }) {
      for (folder, result) in zip(folders, tree.makeFolders(folders)) where try result.get() {
        touched.insert(folder.parent)
        made.insert(folder)
      }
    }
  }

  // MARK: The end

  /// Clears away what was staged; nothing else has happened yet.
  private mutating func discard(_ error: ApplyError) -> ApplyError {
    var cleaning = Cleaning(tree: tree)
    cleaning.discardStaged()
    tree = cleaning.tree
    var error = error
    error.leftBehind = cleaning.problems
    return error
  }

  private mutating func undo(_ error: ApplyError) -> ApplyError {
    var rollback = Rollback(tree: tree, journal: journal)
    rollback.run()
    tree = rollback.tree
    return ApplyError(error.reason, leftBehind: rollback.problems, saved: rollback.saved)
  }

  private mutating func finish() -> Outcome {
    var outcome = Outcome()
    // Until it is sure that the journal says so after a loss of power too, nothing that undoing needs may go.
    do throws(TreeError) {
      try tree.sync(StateFolder.path)
    } catch {
      outcome.leftBehind = [error]
      return outcome
    }
    var cleaning = Cleaning(tree: tree)
    cleaning.finish(journal)
    tree = cleaning.tree
    (outcome.saved, outcome.leftBehind) = (cleaning.saved, cleaning.problems)
    return outcome
  }
}
