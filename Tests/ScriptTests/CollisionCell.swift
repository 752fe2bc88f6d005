import Foundation
import TestSupport

/// One cell of the collision matrix: what stands where an output is to go, and what is run then.
struct CollisionCell: CustomStringConvertible, Sendable {
  /// What is deployed.
  enum Kind: String, CaseIterable, Sendable {
    case rule, agent, skill, command
    /// A block in a file of the user's.
    case merged

    /// The canonical file.
    var source: String {
      switch self {
      case .skill: ".aiwg/skills/keep/SKILL.md"
      case .merged: ".aiwg/rules/keep.md"
      default: ".aiwg/\(rawValue)s/keep.md"
      }
    }

    var platform: String { self == .merged ? "codex" : "claude-code" }

    /// Where the output goes.
    var place: String { self == .merged ? "AGENTS.md" : source.replacingOccurrences(of: ".aiwg", with: ".claude") }

    /// A path that some file systems take for the place: with another case, or with letters that fold to the same ones.
    func twin(isUnicode: Bool) -> String {
      // The sign for kelvin is canonically equivalent to K; the long s folds to s.
      if self == .merged { return isUnicode ? "AGENT\u{17F}.md" : "agents.md" }
      return place.replacingOccurrences(of: "keep", with: isUnicode ? "\u{212A}eep" : "KEEP")
    }
  }

  /// What stands at the place before the run.
  enum State: String, CaseIterable, Sendable {
    case absent, identical, foreign, edited, unedited, directory
    case symlinkInside = "symlink-inside"
    case symlinkOutside = "symlink-outside"
    case symlinkDangling = "symlink-dangling"
    case fifo
    case readOnly = "read-only"
    case hardLink = "hard-link"
    case caseTwin = "case-twin"
    case unicodeTwin = "unicode-twin"

    /// Whether the place holds what aiwg wrote, as it wrote it or with an edit.
    var isOurs: Bool { [.identical, .edited, .unedited, .readOnly, .hardLink].contains(self) }
    /// Whether `deploy` without `--force` writes there.
    var isWritable: Bool { [.absent, .identical, .unedited, .readOnly, .hardLink].contains(self) }
    var isTwin: Bool { self == .caseTwin || self == .unicodeTwin }
  }

  enum Run: String, CaseIterable, Sendable {
    case deploy, sync, remove, force

    var arguments: [String] { self == .force ? ["deploy", "--force"] : [rawValue] }
    /// Whether the output was deployed before the user changed what stands there.
    var isLater: Bool { self == .sync || self == .remove }
  }

  var kind: Kind
  var state: State
  var run: Run

  var description: String { "\(kind.rawValue) \(state.rawValue) \(run.rawValue)" }

  static let all = Kind.allCases.flatMap { kind in
    State.allCases.flatMap { state in Run.allCases.map { CollisionCell(kind: kind, state: state, run: $0) } }
  }
}

/// A cell on a disk: a repository, and a folder beside it that nothing may touch.
struct CollisionGround: Sendable {
  let cell: CollisionCell
  private let folder: TemporaryFolder
  /// What was the user's before anything was deployed.
  private(set) var original: FolderSnapshot
  /// What the user put at the place, or beside it: path and bytes; of a symlink the target.
  private(set) var mine: [String: Data] = [:]

  var repository: URL { folder.url.appendingPathComponent("repo") }
  var outside: URL { folder.url.appendingPathComponent("outside") }
  var place: URL { repository.appendingPathComponent(cell.kind.place) }

  init(_ cell: CollisionCell) throws {
    self.cell = cell
    folder = try TemporaryFolder()
    original = try FolderSnapshot(of: folder.url)
    try write("aiwg.yaml", "platforms: [\(cell.kind.platform)]\nsources:\n  - path: .aiwg\n")
    try write(cell.kind.source, "---\ndescription: d\n---\nbody\n")
    try write("notes.md", "my notes\n")
    try write("../outside/far.md", "far away\n")
    original = try FolderSnapshot(of: repository)
    if cell.state.isOurs || cell.run.isLater { try deploy() }
    try prepare()
  }

  /// Runs aiwg here.
  func aiwg(_ arguments: [String]) throws -> Program.Result {
    try Program.aiwg(arguments, in: repository, environment: ["HOME": folder.url.path, "LC_ALL": "C"])
  }

  private func deploy() throws {
    let result = try aiwg(["deploy"])
    guard result.status == 0 else { throw SetupError("\(cell): cannot deploy:\n\(result.errors)") }
  }

  private func write(_ path: String, _ text: String) throws {
    let url = repository.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private mutating func writeMine(_ path: String, _ text: String) throws {
    try write(path, text)
    mine[path] = Data(text.utf8)
  }

  /// What the user did.
  private mutating func prepare() throws {
    let files = FileManager.default
    let path = cell.kind.place
    switch cell.state {
    case .absent: try? files.removeItem(at: place)
    case .identical: try files.removeItem(at: repository.appendingPathComponent("aiwg.lock"))
    case .foreign: try writeMine(path, "written by hand\n")
    case .edited:
      let text = try String(contentsOf: place, encoding: .utf8).replacingOccurrences(of: "body", with: "body by hand")
      try writeMine(path, text)
    case .unedited: try changeSource()
    case .directory:
      try clearPlace()
      try writeMine(path + "/inner.md", "inside\n")
    case .symlinkInside: try link(to: String(repeating: "../", count: path.filter { $0 == "/" }.count) + "notes.md")
    case .symlinkOutside: try link(to: outside.appendingPathComponent("far.md").path)
    case .symlinkDangling: try link(to: "nowhere")
    case .fifo:
      try clearPlace()
      guard mkfifo(place.path, 0o644) == 0 else { throw SetupError("cannot make a FIFO") }
    case .readOnly:
      try changeSource()
      guard chmod(place.path, 0o444) == 0 else { throw SetupError("cannot change a mode") }
    case .hardLink:
      try changeSource()
      try files.linkItem(at: place, to: repository.appendingPathComponent("other-name.md"))
      mine["other-name.md"] = try Data(contentsOf: place)
    case .caseTwin: try writeMine(cell.kind.twin(isUnicode: false), "a twin\n")
    case .unicodeTwin: try writeMine(cell.kind.twin(isUnicode: true), "a twin\n")
    }
  }

  private func changeSource() throws { try write(cell.kind.source, "---\ndescription: d\n---\nanother body\n") }

  private func clearPlace() throws {
    try? FileManager.default.removeItem(at: place)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
  }

  private mutating func link(to target: String) throws {
    try clearPlace()
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    mine[cell.kind.place] = Data(target.utf8)
  }
}
