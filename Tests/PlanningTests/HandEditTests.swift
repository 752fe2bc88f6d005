import FileTree
import Planning
import Testing

/// What a plan does about edited outputs once somebody has said it.
struct HandEditTests {
  private let header = Record.Header(version: "1.0.0", data: "aa")

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  private func digest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

  /// One output: what was recorded, what is there, what is wanted.
  private func plan(recorded: String?, observed: String, desired: String?, _ settle: (TreePath, inout HandEdits) -> Void) throws -> Plan {
    let place = try path("x/a.md")
    let tree = MemoryTree([place: .init(bytes: Array(observed.utf8))])
    let record = Record(header: header, claims: recorded.map { [place: [Record.Claim(digest($0))]] } ?? [:])
    var options = PlanOptions(header: header) { _, _ in true }
    settle(place, &options.handEdits)
    let output = desired.map { DesiredOutput(path: place, form: .file(.bytes(Array($0.utf8)), isExecutable: false), origins: [], platforms: []) }
    let file = RecordFile(record: record, bytes: record.isEmpty ? nil : record.bytes)
    return try Plan(desired: DesiredTree(output.map { [$0] } ?? []), record: file, tree: tree, options: options)
  }

  @Test func whatNobodySettledIsInTheWay() throws {
    #expect(try plan(recorded: "old", observed: "edited", desired: "old") { _, _ in }.hasConflicts)
  }

  @Test func whatWasAbsorbedGivesWayAndIsSaved() throws {
    let found = try plan(recorded: "old", observed: "edited", desired: "merged") { path, edits in
      edits.settled[path] = .absorbed(digest("edited"))
    }
    #expect(found.changes.map(\.decision) == [.update] && found.changes[0].saves && found.changes[0].reason == .absorbed)
  }

  @Test func whatChangedSinceItWasAbsorbedIsInTheWay() throws {
    let found = try plan(recorded: "old", observed: "edited again", desired: "merged") { path, edits in
      edits.settled[path] = .absorbed(digest("edited"))
    }
    #expect(found.hasConflicts)
  }

  @Test func whatIsDiscardedIsSaved() throws {
    let one = try plan(recorded: "old", observed: "edited", desired: "old") { path, edits in edits.settled[path] = .discarded }
    let all = try plan(recorded: "old", observed: "edited", desired: nil) { _, edits in edits.discardsOthers = true }
    #expect(one.changes.map(\.decision) == [.update] && one.changes[0].saves)
    #expect(all.changes.map(\.decision) == [.delete] && all.changes[0].saves)
  }

  @Test func whatIsLeftStaysRecordedAsItWas() throws {
    let found = try plan(recorded: "old", observed: "edited", desired: "new") { path, edits in edits.settled[path] = .left }
    #expect(found.changes.isEmpty && !found.hasConflicts)
    #expect(found.nextRecord.claims[try path("x/a.md")] == [Record.Claim(digest("old"))])
  }

  @Test func aForeignFileIsNobodysEdit() throws {
    let found = try plan(recorded: nil, observed: "mine", desired: "new") { _, edits in edits.discardsOthers = true }
    #expect(found.hasConflicts)
  }

  @Test func whatWasImportedBecomesTheOutputOrGoes() throws {
    let kept = try plan(recorded: nil, observed: "mine", desired: "new") { path, edits in edits.imported[path] = digest("mine") }
    #expect(kept.changes.map(\.decision) == [.update] && kept.changes[0].saves)
    let gone = try plan(recorded: nil, observed: "mine", desired: nil) { path, edits in edits.imported[path] = digest("mine") }
    #expect(gone.changes.map(\.decision) == [.delete] && gone.changes[0].saves)
    let same = try plan(recorded: nil, observed: "new", desired: "new") { path, edits in edits.imported[path] = digest("new") }
    #expect(same.changes.map(\.decision) == [.adopt] && same.changes[0].saves)
    let changed = try plan(recorded: nil, observed: "mine, and more", desired: nil) { path, edits in edits.imported[path] = digest("mine") }
    #expect(changed.hasConflicts)
  }
}
