import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

/// Whatever stands where an output is to go: what is done is written down, and nothing of the user's is ever lost.
@Suite struct CollisionTests {
  @Test func everyCellIsAsRecorded() throws {
    guard try distinguishesCase() else { return print("skipped: the disk does not tell upper case from lower case") }
    let outcomes = try atOnce(CollisionCell.all) { try CollisionOutcome($0) }
    let broken = outcomes.flatMap { outcome in outcome.broken.map { "\(outcome.cell): \($0)" } }
    reportFigures("collision matrix", "states, kinds and commands", count: outcomes.count, unit: "cells", failures: broken.count)
    #expect(broken == [], "\(broken.joined(separator: "\n"))")
    let table = "# kind, state, run: exit; what stands there; whose bytes; findings\n" + outcomes.map(\.line).joined()
    if let difference = differenceFromGolden(table, at: "Tests/ScriptTests/collisions.txt") { Issue.record(Comment(rawValue: difference)) }
  }

  /// A folder that may not be written to is a failure of the machine, and nothing else changes then.
  @Test func aReadOnlyFolderIsLeftAlone() throws {
    guard getuid() != 0 else { return print("skipped: root may write anywhere") }
    for kind in CollisionCell.Kind.allCases where kind != .merged {
      let ground = try CollisionGround(CollisionCell(kind: kind, state: .readOnly, run: .sync))
      let folder = ground.place.deletingLastPathComponent().path
      guard chmod(folder, 0o555) == 0 else { throw SetupError("cannot change a mode") }
      defer { chmod(folder, 0o755) }
      let before = try FolderSnapshot(of: ground.repository)
      let result = try ground.aiwg(["sync"])
      #expect(result.status == 4)
      #expect(result.errors.contains(ground.cell.kind.place))
      #expect(before.differences(to: try FolderSnapshot(of: ground.repository)) == [])
    }
  }

  /// The same as `map`, on all processors.
  private func atOnce<Value: Sendable>(_ cells: [CollisionCell], _ body: @Sendable (CollisionCell) throws -> Value) throws -> [Value] {
    let results = Mutex([Int: Result<Value, any Error>]())
    DispatchQueue.concurrentPerform(iterations: cells.count) { index in
      let result = Result { try body(cells[index]) }
      results.withLock { $0[index] = result }
    }
    return try cells.indices.map { index in
      guard let result = results.withLock({ $0[index] }) else { throw SetupError("a cell was not run") }
      return try result.get()
    }
  }

  private func distinguishesCase() throws -> Bool {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appendingPathComponent("a"))
    return !FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("A").path)
  }
}

/// What a cell came to, and what must never be.
struct CollisionOutcome: Sendable {
  let cell: CollisionCell
  private(set) var line = ""
  private(set) var broken: [String] = []

  private let ground: CollisionGround
  private let before: FolderSnapshot
  private let after: FolderSnapshot
  private let result: Program.Result

  init(_ cell: CollisionCell) throws {
    self.cell = cell
    ground = try CollisionGround(cell)
    before = try FolderSnapshot(of: ground.repository)
    let far = try FolderSnapshot(of: ground.outside)
    result = try ground.aiwg(cell.run.arguments)
    after = try FolderSnapshot(of: ground.repository)
    line = "\(cell): \(result.status); \(standing); \(bytes); \(ids.joined(separator: " "))\n"
    require(far.writes(to: try FolderSnapshot(of: ground.outside)) == [], "something outside of the repository changed")
    require([0, 1, 2, 3, 4].contains(result.status), "exit code \(result.status)")
    checkNothingIsLost()
    // A run that writes nothing beside a twin makes nothing worse.
    let mayStay = cell.run == .remove || before.writes(to: after) == []
    require(result.status == 3 || mayStay || !cell.state.isTwin, "two files that are one elsewhere")
    if result.status == 0 { try checkSuccess() } else { checkRefusal() }
  }

  private mutating func require(_ holds: Bool, _ what: String) {
    if !holds { broken.append(what + (result.errors.isEmpty ? "" : " — " + result.errors.split(separator: "\n")[0])) }
  }

  // MARK: What is recorded

  private var standing: String {
    guard let entry = after.entries[cell.kind.place] else { return "nothing" }
    let isWritable = entry.mode & 0o200 != 0
    switch entry.mode & 0o170000 {
    case 0o100000: return isWritable ? "file" : "read-only file"
    case 0o120000: return "symlink"
    case 0o040000: return "folder"
    case 0o010000: return "FIFO"
    default: return "something"
    }
  }

  private var bytes: String {
    let text = after.entries[cell.kind.place].map { String(decoding: $0.bytes, as: UTF8.self) }
    let isSame = after.entries[cell.kind.place] == before.entries[cell.kind.place]
    let gaveWay = ground.mine.contains { isSaved($0.value) }
    let whose =
      isSame ? (text == nil ? "as before" : "same bytes") : text?.contains("body") == true ? "rendered" : text == nil ? "gone" : "other bytes"
    return whose + (gaveWay ? ", saved" : "")
  }

  /// The ids of findings on stderr, each once.
  private var ids: [String] {
    let found = result.errors.matches(of: /\[([a-z-]+\/[a-z-]+)\]$/.anchorsMatchLineEndings()).map { String($0.1) }
    return Array(Set(found)).sorted()
  }

  // MARK: What must hold

  /// Every byte of the user's is where it was, or saved and named.
  private mutating func checkNothingIsLost() {
    for (path, entry) in ground.original.entries where !entry.isFolder && path != cell.kind.source {
      require(after.entries[path]?.bytes == entry.bytes, "`\(path)` changed")
    }
    for (path, bytes) in ground.mine {
      let there = after.entries[path]?.bytes
      let isKept = there == bytes || (cell.kind == .merged && cell.state == .foreign && there?.starts(with: bytes) == true)
      require(isKept || (isSaved(bytes) && result.errors.contains(path)), "`\(path)` is lost")
    }
    if cell.state == .fifo { require(standing == "FIFO", "a FIFO is gone") }
  }

  private func isSaved(_ bytes: Data) -> Bool {
    after.entries.contains { $0.key.hasPrefix(".aiwg/state/saved/") && !$0.key.hasSuffix("/index") && $0.value.bytes == bytes }
  }

  /// A run that did not succeed changed nothing.
  private mutating func checkRefusal() {
    let changes = before.writes(to: after)
    require(changes == [], "exit \(result.status), but \(changes)")
    require(!ids.isEmpty, "exit \(result.status) without a reason")
  }

  /// What was deployed is in order, and leaves no trace when it is removed.
  private mutating func checkSuccess() throws {
    // With no lock nothing there is known as aiwg's.
    guard cell.run != .remove else {
      return cell.state == .identical ? require(before.writes(to: after) == [], "changed without a lock") : checkRoundTrip(after)
    }
    let check = try ground.aiwg(["check"])
    require(check.status == 0, "check says \(check.status) afterwards: \(check.errors)")
    // The others come to the same repository.
    guard cell.run == .deploy || (cell.run == .force && !cell.state.isWritable) else { return }
    let remove = try ground.aiwg(["remove"])
    require(remove.status == 0, "remove says \(remove.status) afterwards: \(remove.errors)")
    checkRoundTrip(try FolderSnapshot(of: ground.repository))
  }

  /// The tree is what it was before the first deploy, with what the user made since; what gave way is saved.
  private mutating func checkRoundTrip(_ end: FolderSnapshot) {
    let differences = ground.original.differences(to: end).filter { line in
      let path = String(line.dropFirst(2))
      let isMine = ground.mine.keys.contains { $0 == path || $0.hasPrefix(path + "/") } || (cell.state == .fifo && cell.kind.place.hasPrefix(path))
      let isState = path == ".aiwg/state" || path.hasPrefix(".aiwg/state/")
      // Without the lock nobody knows any more who made the folders.
      let isFolderOfNobody = cell.state == .identical && end.entries[path]?.isFolder == true
      return !isMine && !isState && !isFolderOfNobody && path != cell.kind.source
    }
    require(differences == [], "remove leaves or takes: \(differences)")
  }
}
