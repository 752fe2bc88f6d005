import Diagnostics
import FileTree
import Planning
import Testing

/// Claims in two locks: what is committed, and what is not.
struct RecordPartsTests {
  private static let header = PlanTests.header

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  private func outputs() throws -> [DesiredOutput] {
    let form: (String) -> DesiredOutput.Form = { .file(.bytes(Array($0.utf8)), isExecutable: false) }
    let server = DesiredSetting(path: ["servers", "x"], value: Array("{}".utf8))
    return [
      DesiredOutput(path: try path("a/one"), form: form("1"), origins: [], platforms: []),
      DesiredOutput(path: try path("a/two"), form: form("2"), origins: [], platforms: []),
      DesiredOutput(path: try path("b/three"), form: form("3"), origins: [], platforms: []),
      DesiredOutput(path: try path("A.md"), form: .block(Array("x\n".utf8), .markdown), origins: [], platforms: []),
      DesiredOutput(path: try path("s.json"), form: .settings([server], .json), origins: [], platforms: []),
    ]
  }

  private func plan(_ outputs: [DesiredOutput], _ file: RecordFile, _ tree: MemoryTree, local: [String], header: Record.Header = header) throws
    -> Plan
  {
    var options = PlanOptions(header: header) { _, _ in true }
    options.uncommitted = Set(try local.map(path))
    options.pins = file.record.pins
    return try Plan(desired: DesiredTree(outputs), record: file, tree: tree, options: options)
  }

  /// What a plan comes to on disk, and the locks as they are read back.
  private func carriedOut(_ plan: Plan, _ tree: inout MemoryTree) throws -> RecordFile {
    for change in plan.changes {
      switch change.after {
      case .file: tree.nodes[change.path] = .init(bytes: try #require(try change.newBytes()))
      case .nothing: tree.nodes[change.path] = nil
      default: continue
      }
    }
    for (path, bytes) in [(Record.path, plan.nextLock), (Record.localPath, plan.nextLocalLock)] { tree.nodes[path] = bytes.map { .init(bytes: $0) } }
    var findings: [Diagnostic] = []
    let file = try RecordFile(from: tree, findings: &findings)
    #expect(findings.isEmpty)
    return file
  }

  @Test(arguments: [[], ["a/one"], ["a/one", "A.md"], ["s.json", "b/three"], ["a/one", "a/two", "b/three", "A.md", "s.json"]])
  func claimsMoveBetweenTheLocksAndNoneIsLost(local: [String]) throws {
    var tree = MemoryTree()
    let all = try outputs()
    var first = try carriedOut(try plan(all, RecordFile(), tree, local: []), &tree)
    // A pin is nobody's but the committed lock's.
    var pinned = first.record
    pinned.pins = [
      try path(".aiwg/sources/x"): [
        .init(digest: Digest(of: []), commit: String(repeating: "a", count: 40), rev: "main", url: "https://example.com/x")
      ]
    ]
    first = RecordFile(record: pinned, bytes: pinned.bytes)
    tree.nodes[Record.path] = .init(bytes: pinned.bytes)
    let there = try plan(all, first, tree, local: local)
    #expect(there.changes.allSatisfy { $0.decision == .keep })
    #expect(there.isEmpty == local.isEmpty)
    let parted = try carriedOut(there, &tree)
    #expect(Set(try local.map(path)) == Set(parted.local.claims.keys).union(parted.local.settings.keys))
    #expect(Set(parted.committed.claims.keys).isDisjoint(with: parted.local.claims.keys))
    #expect(parted.local.pins.isEmpty && parted.committed.pins == pinned.pins)
    #expect(parted.record.claims == pinned.claims && parted.record.settings == pinned.settings && parted.record.created == pinned.created)
    #expect(parted.record.folders == pinned.folders)
    #expect(try plan(all, parted, tree, local: local).isEmpty)
    let back = try carriedOut(try plan(all, parted, tree, local: []), &tree)
    #expect(back.bytes == pinned.bytes && back.localBytes == nil)
  }

  @Test func whatIsNotCommittedIsAwaitedOnlyWhereNobodyDeployed() throws {
    var tree = MemoryTree()
    let all = try outputs()
    let local = ["a/one", "a/two", "b/three", "s.json"]
    let file = try carriedOut(try plan(all, RecordFile(), tree, local: local), &tree)
    // A bare checkout has neither the outputs nor the lock of them.
    var bare = tree
    for place in local + [Record.localPath.text] { bare.nodes[try path(place)] = nil }
    var findings: [Diagnostic] = []
    let bareFile = try RecordFile(from: bare, findings: &findings)
    #expect(try plan(all, bareFile, bare, local: local).isInLine)
    #expect(try !plan(all, bareFile, bare, local: local).isEmpty)
    #expect(try !plan(all, bareFile, bare, local: []).isInLine)
    // With the lock, what it lists has to be there; and what is committed has to be there in any case.
    var torn = tree
    torn.nodes[try path("a/one")] = nil
    #expect(try !plan(all, file, torn, local: local).isInLine)
    bare.nodes[try path("A.md")] = nil
    #expect(try !plan(all, bareFile, bare, local: local).isInLine)
  }

  @Test func oneLockKeepsItsHeaderWhenOnlyTheOtherOneChanges() throws {
    var tree = MemoryTree()
    let all = try outputs()
    let file = try carriedOut(try plan(all, RecordFile(), tree, local: ["b/three"]), &tree)
    let newer = Record.Header(version: "2.0.0", data: "bb")
    let fewer = all.filter { $0.path.text != "b/three" }
    let next = try plan(fewer, file, tree, local: [], header: newer)
    #expect(next.nextLock == file.bytes && next.nextLocalLock == nil)
    #expect(next.vacated == [try path("b")])
  }
}
