import Applying
import FileTree
import Planning
import Testing

/// When a run, and the one that comes after a killed one, makes things durable: read off the order of the writes.
struct DurabilityTests {
  private typealias R = Repository

  private static let state = TreePath(known: ".aiwg/state")
  private static let journal = TreePath(known: ".aiwg/state/journal")
  private static let doneJournal = TreePath(known: ".aiwg/state/journal.done")

  /// An update, a delete and a new file, each in a folder of its own.
  private func scene() throws -> (before: MemoryTree, plan: Plan) {
    let repository = try R(.memory)
    try repository.deploy([R.file("d/update", "1"), R.file("e/gone", "1"), R.file("e/stays", "1")])
    let before = try #require(repository.tree as? MemoryTree)
    return (before, try repository.plan([R.file("d/update", "2"), R.file("e/stays", "1"), R.file("new/file", "2")]))
  }

  /// What a run leaves that is killed before each of its writes, while one of the journals is there.
  private func killed(with journal: TreePath) throws -> [MemoryTree] {
    let (before, plan) = try scene()
    var left: [MemoryTree] = []
    for write in 1...200 {
      var tree = FailingTree(before, failing: write...Int.max)
      do throws(ApplyError) { _ = try apply(plan, to: &tree) } catch { _ = error }
      if try tree.observe(journal) != .absent { left.append(tree.base) }
      if tree.writes < write { break }
    }
    #expect(left.count > 2)
    return left
  }

  private func index(of call: String, _ path: TreePath, in log: [(call: String, path: TreePath?, from: TreePath?)]) throws -> Int {
    try #require(log.firstIndex { $0.call == call && $0.path == path })
  }

  private func isSynced(_ folder: TreePath?, in log: ArraySlice<(call: String, path: TreePath?, from: TreePath?)>) -> Bool {
    log.contains { $0.call == "syncFileSystem(of:)" || ($0.call == "sync(_:)" && $0.path == folder) }
  }

  @Test func bytesThenJournalThenNamesThenLock() throws {
    let (before, plan) = try scene()
    var tree = FailingTree(before)
    _ = try apply(plan, to: &tree)
    let log = tree.log
    let written = try index(of: "create(_:_:mode:)", R.path(".aiwg/state/journal.new"), in: log)
    let begun = try index(of: "move(_:to:)", Self.journal, in: log)
    let locked = try index(of: "exchange(_:_:)", R.path("aiwg.lock"), in: log)
    let done = try index(of: "move(_:to:)", Self.doneJournal, in: log)
    #expect(log[written..<begun].contains { $0.call == "syncFileSystem(of:)" }, "the bytes before the journal")
    let first = try #require(log[begun...].dropFirst().firstIndex { $0.path?.isInside(Self.state) != true })
    #expect(isSynced(Self.state, in: log[begun..<first]), "the journal before the first move")
    let last = try index(of: "move(_:to:)", R.path("new/file"), in: log)
    try #require(last < locked, "the lock is the last one to move")
    for folder in ["d", "e", "new"] { #expect(isSynced(try R.path(folder), in: log[last..<locked]), "\(folder) before the lock") }
    #expect(isSynced(nil, in: log[locked..<done]), "the lock before the end of the journal")
    let cleared = try #require(log[done...].firstIndex { $0.call == "remove(_:)" })
    #expect(isSynced(Self.state, in: log[done..<cleared]), "the end of the journal before what was replaced goes")
  }

  /// A file system is not synced with another one: neither that of an output's folder nor that of the state.
  @Test(arguments: ["d", ".aiwg/state"]) func bytesOnAnotherDeviceComeBeforeTheJournal(far: String) throws {
    let (before, plan) = try scene()
    var tree = FailingTree(before)
    tree.far = try R.path(far)
    _ = try apply(plan, to: &tree)
    let begun = try index(of: "move(_:to:)", Self.journal, in: tree.log)
    let moved = try index(of: "exchange(_:_:)", R.path("d/update"), in: tree.log)
    let staged = try #require(tree.log[moved].from)
    #expect(staged.parent == TreePath("d"))
    let written = try index(of: "create(_:_:mode:)", staged, in: tree.log)
    let listed = try index(of: "create(_:_:mode:)", R.path(".aiwg/state/staging"), in: tree.log)
    #expect(listed < written && tree.log[listed..<written].contains { $0.call == "syncFileSystem(of:)" }, "the list of what waits elsewhere")
    let synced = tree.log[written..<begun].filter { $0.call == "syncFileSystem(of:)" }.map { $0.path?.isInside(Self.state) == true }
    #expect(synced.contains(true), "the state")
    #expect(synced.contains(false), "the rest")
    #expect(synced.count == 2)
  }

  /// After a loss of power the journal is either there, with all that undoing needs, or what was undone is.
  @Test func whatIsUndoneIsDurableBeforeTheJournalGoes() throws {
    for left in try killed(with: Self.journal) {
      var tree = FailingTree(left)
      #expect(try recover(&tree).problems.isEmpty)
      let cleared = try #require(tree.log.firstIndex { $0.call == "remove(_:)" && $0.path?.isInside(Self.state) == true })
      let moved = tree.log[..<cleared].lastIndex { $0.call != "sync(_:)" && $0.call != "removeFolder(_:)" } ?? 0
      for folder in [nil, try R.path("d"), try R.path("e")] {
        #expect(isSynced(folder, in: tree.log[moved..<cleared]), "\(folder?.text ?? "the root")")
      }
    }
  }

  @Test func theEndOfAKilledRunIsDurableBeforeWhatItReplacedGoes() throws {
    for left in try killed(with: Self.doneJournal) {
      var tree = FailingTree(left)
      #expect(try recover(&tree).problems.isEmpty)
      let cleared = try #require(tree.log.firstIndex { $0.call != "sync(_:)" })
      #expect(isSynced(Self.state, in: tree.log[..<cleared]))
    }
  }
}
