import FileTree
import Planning
import SharedFiles
import Testing

struct PlanTests {
  static let header = Record.Header(version: "1.0.0", data: "aa")

  private func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  private func file(_ place: String, _ text: String, run: Bool = false) throws -> DesiredOutput {
    DesiredOutput(path: try path(place), form: .file(.bytes(Array(text.utf8)), isExecutable: run), origins: [], platforms: [])
  }

  private func block(_ place: String, _ text: String) throws -> DesiredOutput {
    DesiredOutput(path: try path(place), form: .block(Array(text.utf8), .markdown), origins: [], platforms: [])
  }

  private func tree(_ files: [String: String]) throws -> MemoryTree {
    MemoryTree(Dictionary(uniqueKeysWithValues: try files.map { (try path($0), .init(bytes: Array($1.utf8))) }))
  }

  private func record(_ files: [String: String] = [:], blocks: [String: String] = [:], header: Record.Header = header) throws -> RecordFile {
    var claims: [TreePath: [Record.Claim]] = [:]
    for (place, text) in files { claims[try path(place), default: []].append(.init(Digest(of: Array(text.utf8)))) }
    for (place, text) in blocks { claims[try path(place), default: []].append(.init(Digest(of: Array(text.utf8)), isBlock: true)) }
    let record = Record(header: header, claims: claims)
    return RecordFile(record: record, bytes: record.bytes)
  }

  private func plan(
    _ outputs: [DesiredOutput], _ record: RecordFile = RecordFile(), _ tree: MemoryTree, force: Bool = false, header: Record.Header = header
  ) throws -> Plan {
    var options = PlanOptions(header: header) { path, _ in path.text != "src/main.c" }
    options.force = force
    return try Plan(desired: DesiredTree(outputs), record: record, tree: tree, options: options)
  }

  private func summary(_ plan: Plan) -> [String] {
    plan.changes.map { change in "\(change.path) \(change.decision)" + (change.reason.map { " \($0)" } ?? "") }
  }

  @Test func eachChangeSaysWhy() throws {
    let plan = try plan(
      [file("adopt", "x"), file("create", "x"), file("keep", "x"), file("run", "x", run: true), file("restore", "x"), file("update", "new")],
      record(["keep": "x", "run": "x", "restore": "x", "update": "old", "delete": "x", "forget": "x"]),
      tree(["adopt": "x", "keep": "x", "run": "x", "update": "old", "delete": "x"]))
    #expect(
      summary(plan) == [
        "adopt adopt unrecorded", "create create sourceChanged", "delete delete unwanted", "forget forget unwanted", "keep keep",
        "restore restore missing", "run update mode", "update update sourceChanged",
      ])
    #expect(!plan.hasConflicts && !plan.isEmpty)
    #expect(plan.nextRecord.claims.keys.map(\.text).sorted() == ["adopt", "create", "keep", "restore", "run", "update"])
  }

  @Test func nothingToDoIsAnEmptyPlan() throws {
    let plan = try plan([file("a", "x")], record(["a": "x"]), tree(["a": "x"]))
    #expect(plan.isEmpty)
  }

  @Test func aNewerAiwgAloneIsNoDrift() throws {
    let newer = Record.Header(version: "2.0.0", data: "bb")
    #expect(try plan([file("a", "x")], record(["a": "x"]), tree(["a": "x"]), header: newer).isEmpty)
    let changed = try plan([file("a", "y")], record(["a": "x"]), tree(["a": "x"]), header: newer)
    #expect(summary(changed) == ["a update aiwgChanged"])
    #expect(changed.nextRecord.header == newer)
  }

  @Test func theMergedLineThatFitsTheDiskWins() throws {
    var merged = try record(["a": "theirs"])
    merged.record.claims[try path("a")]?.append(.init(Digest(of: Array("ours".utf8))))
    #expect(try summary(plan([file("a", "new")], merged, tree(["a": "ours"]))) == ["a update sourceChanged"])
    #expect(try summary(plan([file("a", "new")], merged, tree(["a": "theirs"]))) == ["a update sourceChanged"])
    #expect(try summary(plan([file("a", "ours")], merged, tree(["a": "mine"]))) == ["a conflict(Planning.Conflict.edited)"])
    let clean = try plan([file("a", "ours")], merged, tree(["a": "ours"]))
    #expect(summary(clean) == ["a keep"] && !clean.isEmpty)
  }

  @Test func whatIsInTheWayIsAConflictAndStaysOne() throws {
    var disk = try tree(["foreign": "mine", "gone": "mine", "src/main.c": "x", "blocker": "a file"])
    disk.nodes[try path("link")] = .init(kind: .symlink, bytes: Array("elsewhere".utf8))
    disk.nodes[try path("way")] = .init(kind: .symlink, bytes: Array("/".utf8))
    disk.nodes[try path("folder/mine")] = .init()
    let outputs = try [file("foreign", "x"), file("link", "x"), file("way/x", "x"), file("folder", "x"), file("blocker/x", "x")]
    let lock = try record(["gone": "x", "src/main.c": "x"])
    let plan1 = try plan(outputs, lock, disk)
    #expect(
      plan1.changes.compactMap(\.conflict) == [
        .notAFile(.file, at: try path("blocker")), .notAFile(.directory, at: try path("folder")), .foreign, .editedUnwanted,
        .notAFile(.symlink, at: try path("link")), .notOurs, .notAFile(.symlink, at: try path("way")),
      ])
    #expect(plan1.nextRecord.claims == lock.record.claims)
    let forced = try plan(outputs, lock, disk, force: true)
    #expect(forced.changes.filter(\.saves).map(\.path.text) == ["foreign", "gone", "link"])
    #expect(forced.changes.compactMap(\.conflict).count == 4)
  }

  @Test func aFileOfOursMakesWayForAFolder() throws {
    let plan = try plan([file("rules/x", "x")], record(["rules": "old"]), tree(["rules": "old"]))
    #expect(summary(plan) == ["rules delete unwanted", "rules/x create sourceChanged"])
  }

  @Test func blocksGoByTheirContentAlone() throws {
    let inFile = String(decoding: appendingBlock(Array("r\n".utf8), syntax: .markdown, to: Array("user\n".utf8)), as: UTF8.self)
    let lock = try record(blocks: ["A.md": "r\n"])
    #expect(try summary(plan([block("A.md", "r\n")], lock, tree(["A.md": "more\n" + inFile]))) == ["A.md keep"])
    #expect(try summary(plan([block("A.md", "s\n")], lock, tree(["A.md": inFile]))) == ["A.md update sourceChanged"])
    #expect(try summary(plan([block("A.md", "r\n")], lock, tree(["A.md": "user\n"]))) == ["A.md restore missing"])
    #expect(try summary(plan([block("A.md", "r\n")], lock, tree([:]))) == ["A.md restore missing"])
    #expect(try summary(plan([], lock, tree(["A.md": inFile]))) == ["A.md delete unwanted"])
    #expect(try summary(plan([], lock, tree(["A.md": "user\n"]))) == ["A.md forget unwanted"])
    #expect(try plan([block("A.md", "s\n")], record(blocks: ["A.md": "q\n"]), tree(["A.md": inFile])).hasConflicts)
    #expect(try plan([block("A.md", "r\n")], lock, tree(["A.md": "<!-- aiwg:begin -->\n"])).hasConflicts)
    #expect(try plan([block("A.md", "<!-- aiwg:end -->\n")], RecordFile(), tree([:])).hasConflicts)
  }

  @Test func aFileCanBecomeABlockAndBack() throws {
    let alone = String(decoding: appendingBlock(Array("r\n".utf8), syntax: .markdown, to: []), as: UTF8.self)
    let toBlock = try plan([block("A.md", "r\n")], record(["A.md": "old"]), tree(["A.md": "old"]))
    #expect(summary(toBlock) == ["A.md update sourceChanged"])
    #expect(try toBlock.changes.first?.newBytes() == Array(alone.utf8))
    #expect(try plan([block("A.md", "r\n")], record(["A.md": "old"]), tree(["A.md": "edited"])).hasConflicts)
    let toFile = try plan([file("A.md", "new")], record(blocks: ["A.md": "r\n"]), tree(["A.md": alone]))
    #expect(summary(toFile) == ["A.md update sourceChanged"])
    #expect(try plan([file("A.md", "new")], record(blocks: ["A.md": "r\n"]), tree(["A.md": "user\n\n" + alone])).hasConflicts)
  }

  @Test func copiesAreComparedByContent() throws {
    let big = [UInt8](repeating: 7, count: 3 << 20)
    let source = MemoryTree([try path("big"): .init(bytes: big), try path("small"): .init(bytes: [1])])
    let outputs = try ["big", "small"].map {
      DesiredOutput(path: try path("out/" + $0), form: .file(.copy(of: try path($0), in: source), isExecutable: false), origins: [], platforms: [])
    }
    var disk = MemoryTree([try path("out/big"): .init(bytes: big), try path("out/small"): .init(bytes: [1])])
    #expect(try summary(plan(outputs, RecordFile(), disk)) == ["out/big adopt unrecorded", "out/small adopt unrecorded"])
    disk.nodes[try path("out/big")]?.bytes[1 << 20] = 8
    #expect(try plan(outputs, RecordFile(), disk).changes.first?.conflict == .foreign)
  }
}
