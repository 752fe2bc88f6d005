import Applying
import Diagnostics
import Disk
import FileTree
import Planning
import Testing

/// A repository for a session, in memory or on disk.
final class Repository {
  enum Kind: CaseIterable { case memory, disk }

  static let header = Record.Header(version: "1.0.0", data: "aa")
  let folder: TemporaryFolder?
  var tree: any WritableTree

  init(_ kind: Kind, _ files: [String: String] = [:]) throws {
    switch kind {
    case .memory: (folder, tree) = (nil, MemoryTree())
    case .disk:
      let folder = try TemporaryFolder()
      (self.folder, tree) = (folder, try DiskTree(root: folder.path))
    }
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { try put(path, text) }
  }

  static func path(_ text: String) throws -> TreePath { try #require(TreePath(text)) }

  func put(_ place: String, _ text: String) throws {
    let path = try Self.path(place)
    for folder in path.ancestors.reversed() { _ = try tree.makeFolder(folder) }
    if try tree.observe(path) != .absent { try tree.remove(path) }
    try tree.create(path, .bytes(Array(text.utf8)), mode: .plain)
  }

  func text(_ place: String) throws -> String { String(decoding: try tree.read(Self.path(place)), as: UTF8.self) }

  /// Everything in the repository, one line each.
  func picture() throws -> [String] { try Self.picture(tree) }

  static func picture(_ tree: any WritableTree) throws -> [String] {
    try tree.entries(under: nil).map { entry in
      switch try tree.observe(entry.path) {
      case .file(_, let run): "\(entry.path)\(run ? "*" : "") \(String(decoding: try tree.read(entry.path), as: UTF8.self).debugDescription)"
      case .symlink(let target): "\(entry.path) -> \(String(decoding: target, as: UTF8.self))"
      default: "\(entry.path)/"
      }
    }
  }

  func plan(
    _ outputs: [DesiredOutput], force: Bool = false, edits: [FileEdit] = [], removesCreated: Bool = false, uncommitted: Set<TreePath> = []
  ) throws -> Plan {
    var findings: [Diagnostic] = []
    let record = try RecordFile(from: tree, findings: &findings)
    #expect(findings.isEmpty)
    var options = PlanOptions(header: Self.header) { path, _ in !path.text.hasPrefix("src/") }
    (options.force, options.edits, options.removesCreated) = (force, edits, removesCreated)
    options.uncommitted = uncommitted
    return try Plan(desired: DesiredTree(outputs), record: record, tree: tree, options: options)
  }

  @discardableResult
  func deploy(_ outputs: [DesiredOutput], force: Bool = false, edits: [FileEdit] = [], removesCreated: Bool = false) throws -> Outcome {
    let plan = try plan(outputs, force: force, edits: edits, removesCreated: removesCreated)
    return try apply(plan, to: &tree, run: Run(token: "t"))
  }

  static func file(_ place: String, _ text: String, run: Bool = false) throws -> DesiredOutput {
    DesiredOutput(path: try path(place), form: .file(.bytes(Array(text.utf8)), isExecutable: run), origins: [], platforms: [])
  }

  static func block(_ place: String, _ text: String) throws -> DesiredOutput {
    DesiredOutput(path: try path(place), form: .block(Array(text.utf8), .markdown), origins: [], platforms: [])
  }
}

extension Repository {
  func record() throws -> Record {
    var findings: [Diagnostic] = []
    return try RecordFile(from: tree, findings: &findings).record
  }
}
