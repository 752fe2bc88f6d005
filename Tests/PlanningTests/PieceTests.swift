import FileTree
import Planning
import Testing

/// A tree that hands its files over a few bytes at a time, as a disk does with large ones.
struct PieceTree: ReadableTree {
  var base: MemoryTree
  var size: Int

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] { try base.entries(under: folder) }
  func read(_ path: TreePath) throws(TreeError) -> [UInt8] { try base.read(path) }
  func observe(_ path: TreePath) throws(TreeError) -> Observed { try base.observe(path) }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    guard case .file = try base.observe(path) else { return try base.observe(path) }
    var rest = try base.read(path)[...]
    while !rest.isEmpty {
      let next = rest.prefix(size)
      try next.withUnsafeBufferPointer { (buffer) throws(TreeError) in try piece(UnsafeRawBufferPointer(buffer)) }
      rest = rest.dropFirst(next.count)
    }
    return try base.observe(path)
  }
}

struct PieceTests {
  /// The digest of what is there is right, wherever it parts from what is wanted.
  @Test(arguments: [1, 3, 8, 100], ["", "a", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefgXijklmnop", "abcdefghijklmnopq", "Xbc"])
  func observedDigestsAreRight(size: Int, text: String) throws {
    let path = TreePath(known: "x")
    let there = Array(text.utf8)
    let tree = PieceTree(base: MemoryTree([path: .init(bytes: there)]), size: size)
    let wanted = Array("abcdefghijklmnop".utf8)
    let output = DesiredOutput(path: path, form: .file(.bytes(wanted), isExecutable: false), origins: [], platforms: [])
    let record = Record(header: PlanTests.header, claims: [path: [.init(Digest(of: there))]])
    let plan = try Plan(
      desired: DesiredTree([output]), record: RecordFile(record: record, bytes: record.bytes), tree: tree,
      options: PlanOptions(header: PlanTests.header) { _, _ in true })
    #expect(plan.changes.map(\.decision) == [there == wanted ? .keep : .update])
    #expect(plan.changes.map(\.before) == [.file(Digest(of: there))])
  }
}
