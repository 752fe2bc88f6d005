import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import Reporting

/// The file that a page is written to, which may be anywhere.
struct ReportFile {
  private static let mostNames = 1_000

  /// As the user named it.
  private let file: String
  private let tree: DiskTree
  private let name: TreePath

  /// - Throws: `CommandFailure` when there is no such folder, and when aiwg needs the path for something else.
  init(_ file: String, besides pipeline: Pipeline) throws {
    self.file = file
    let absolute = try absolutePath(file)
    let slash = absolute.lastIndex(of: "/") ?? absolute.startIndex
    let folder = absolute[...slash]
    guard !file.isEmpty, let name = TreePath(String(absolute[absolute.index(after: slash)...])), name.depth == 1 else {
      throw CommandFailure(.invalid, "`\(file)` is no name of a file", id: "report/no-file", help: "name one such as `report.html`")
    }
    guard Machine.hasFolder(String(folder)) else {
      throw CommandFailure(.invalid, "there is no folder for `\(file)`", id: "report/no-folder", help: "create it first")
    }
    self.name = name
    let path = relativePath(from: pipeline.repository.root, to: normalized(absolute))
    let catalog = pipeline.sources.catalog
    // Where a platform may look, too, whether anything is there for it or not.
    let isPlace = TreePath(path).map { catalog.places($0, asBlock: true) || catalog.places($0, asBlock: false) } ?? false
    let isTaken = isPlace || pipeline.plan.changes.contains { $0.path.text == path }
    guard !isTaken, ![Repository.configurationPath, Repository.recordPath, Overlay.path].contains(path) else {
      throw CommandFailure(.invalid, "`\(file)` is for something else here", id: "report/taken", help: "name another file, such as `report.html`")
    }
    do throws(TreeError) { tree = try DiskTree(root: String(folder)) } catch { throw CommandFailure(error, shownAs: file) }
  }

  /// Writes the page whole or not at all.
  /// - Parameter isForced: whether something else than such a page gives way.
  /// - Returns: the name under which that is kept; nil when there was none.
  /// - Throws: `CommandFailure` when something else stands there, or the machine refuses.
  func write(_ page: String, isForced: Bool) throws(CommandFailure) -> String? {
    do throws(TreeError) {
      return try Machine.holdingSignals { () throws(TreeError) in try replace(with: Array(page.utf8), isForced: isForced) }
    } catch {
      let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
      guard error.isInTheWay, error.help == nil else { throw CommandFailure(error, shownAs: folder) }
      throw CommandFailure(
        .blocked, "this file is not a page of aiwg's", id: "report/foreign", at: SourcePlace(path: file),
        help: "name another one, or pass --force, which keeps it under another name beside the page")
    }
  }

  private func replace(with page: [UInt8], isForced: Bool) throws(TreeError) -> String? {
    var tree = self.tree
    let observed = try tree.observe(name)
    switch observed {
    case .file, .absent: break
    default: throw TreeError(noFile: observed, at: name)
    }
    if case .file = observed, try !isPage(name, in: tree), !isForced { throw Self.foreign(name) }
    guard let staged = TreePath(".aiwg-report-\(Machine.processID)") else { throw TreeError(path: name, reason: "Invalid argument") }
    if case .file = try tree.observe(staged) { try tree.remove(staged) }
    try tree.create(staged, .bytes(page), mode: .like(name))
    do throws(TreeError) {
      return try put(staged, insteadOf: observed, isForced: isForced, in: &tree)
    } catch {
      try? tree.remove(staged)
      throw error
    }
  }

  /// Swaps, so that what somebody saves at the last moment is looked at before it goes.
  private func put(_ staged: TreePath, insteadOf observed: Observed, isForced: Bool, in tree: inout DiskTree) throws(TreeError) -> String? {
    try tree.sync(staged)
    if observed == .absent {
      try tree.move(staged, to: name)
      try tree.sync(nil)
      return nil
    }
    guard try tree.exchange(name, staged) else {
      let kept = try isPage(name, in: tree) ? nil : keep(name, in: &tree)
      try tree.replace(name, with: staged)
      try tree.sync(nil)
      return kept
    }
    if try isPage(staged, in: tree) {
      try tree.remove(staged)
      try tree.sync(nil)
      return nil
    }
    guard isForced else {
      _ = try tree.exchange(name, staged)
      throw Self.foreign(name)
    }
    let kept = try keep(staged, in: &tree)
    try tree.remove(staged)
    try tree.sync(nil)
    return kept
  }

  private static func foreign(_ path: TreePath) -> TreeError {
    var error = TreeError(path: path, reason: "Not a page of aiwg's")
    error.isInTheWay = true
    return error
  }

  /// Gives a file a name that nothing has.
  private func keep(_ path: TreePath, in tree: inout DiskTree) throws(TreeError) -> String {
    for number in 1...Self.mostNames {
      guard let free = TreePath("\(name.name).saved" + (number == 1 ? "" : "-\(number)")) else { break }
      guard case .absent = try tree.observe(free) else { continue }
      try tree.link(path, as: free)
      return free.text
    }
    throw TreeError(path: name, reason: "Too many files were kept here already", help: "move some of `\(name.name).saved*` away")
  }

  private func isPage(_ path: TreePath, in tree: DiskTree) throws(TreeError) -> Bool {
    guard case .bytes(let bytes) = try tree.read(path, atMost: Self.mostBytes) else { return false }
    return Report.isPage(bytes)
  }

  /// No page is longer.
  private static let mostBytes = 1 << 28
}
