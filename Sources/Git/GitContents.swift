internal import Disk
import FileTree

/// The bytes of files that git has, as a checkout would write them: line ends, `$Id$` and encodings are as its attributes and settings say.
///
/// Git itself converts them. It takes attributes from a work tree, so that it gets one of its own among the temporary files of the machine, with
/// nothing but the `.gitattributes` that count. Only what is asked for is read. Safe to use from several threads.
final class GitContents: @unchecked Sendable {
  /// More is not held in memory, by git and here.
  private static let mostBytes = 512 << 20
  /// Of all that is kept for a second look.
  private static let mostKept = 64 << 20
  private static let attributes = TreePath(known: ".gitattributes")

  private let repository: GitRepository
  private let listing: GitListing
  private let lock = Lock()
  private var scratch: ScratchFolder?
  private var workTree: DiskTree?
  private var raw: Conversation?
  private var converting: Conversation?
  private var filtering: Conversation?
  /// What no name in a repository can be by chance.
  private let mark = "aiwg.end.\(UInt64.random(in: .min ... .max)).\(UInt64.random(in: .min ... .max))"
  /// Folders whose attributes are in the work tree; nil is the root.
  private var prepared: Set<TreePath?> = []
  private var kept: [TreePath: [UInt8]] = [:]
  private var keptSize = 0

  init(_ listing: GitListing, in repository: GitRepository) {
    (self.listing, self.repository) = (listing, repository)
  }

  /// The bytes of a file, or where a symlink leads to.
  /// - Throws: `TreeError` when git does not have them, and when only a filter could make them.
  func bytes(of node: GitListing.Node, at path: TreePath) throws(TreeError) -> [UInt8] {
    try lock.held { () throws(TreeError) in
      if let bytes = kept[path] { return bytes }
      do {
        let bytes = node.kind == .symlink ? try rawBytes(of: node, at: path) : try convertedBytes(of: node, at: path)
        if keptSize + bytes.count <= Self.mostKept {
          kept[path] = bytes
          keptSize += bytes.count
        }
        return bytes
      } catch {
        // What is left of an answer must not be taken for the next one.
        (raw, converting, filtering) = (nil, nil, nil)
        throw Self.failure(error, of: node, at: path)
      }
    }
  }

  private static func failure(_ error: any Error, of node: GitListing.Node, at path: TreePath) -> TreeError {
    switch error {
    case let error as TreeError: return error
    case let error as ProgramError: return TreeError(path: path, reason: "git cannot be run: \(error.reason)")
    case let silence as Conversation.Silence where silence.isOutOfTime: return TreeError(path: path, reason: "git does not give it in time")
    case let silence as Conversation.Silence:
      return TreeError(path: path, reason: "git does not give it: \(GitRepository.words(silence.errors))", help: help(about: node))
    default: return TreeError(path: path, reason: "git does not give it")
    }
  }

  private static func help(about node: GitListing.Node) -> String {
    "a partial clone lacks what nobody looked at, and aiwg fetches nothing: `git cat-file -p \(node.id)` fetches it"
  }

  private static func absence(of node: GitListing.Node, at path: TreePath) -> TreeError {
    TreeError(path: path, reason: "Not in this clone", help: help(about: node))
  }

  // MARK: As it is stored

  private func rawBytes(of node: GitListing.Node, at path: TreePath) throws -> [UInt8] {
    let git = try raw ?? repository.conversation(["cat-file", "--batch"], settings: [], in: workTreeFolder())
    raw = git
    var answer: [UInt8] = []
    var whole: Int?
    var start = 0
    try git.ask(Array("\(node.id)\n".utf8)) { piece in
      answer += piece
      if whole == nil, let end = answer.firstIndex(of: UInt8(ascii: "\n")) {
        start = end + 1
        whole = try Self.size(answer[..<end], of: node, at: path).map { start + $0 + 1 } ?? start
      }
      return whole.map { answer.count >= $0 } ?? false
    }
    guard answer.count > start else { throw Self.absence(of: node, at: path) }
    return Array(answer[start..<(answer.count - 1)])
  }

  /// From a line such as `257cc56… blob 42`; nil when it says that there is none.
  private static func size(_ line: ArraySlice<UInt8>, of node: GitListing.Node, at path: TreePath) throws -> Int? {
    let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, words[1] == "blob", let size = Int(words[2]) else { return nil }
    guard size <= mostBytes else { throw TreeError(path: path, reason: "\(size) bytes are more than are read from git") }
    return size
  }

  // MARK: As a checkout writes it

  private func convertedBytes(of node: GitListing.Node, at path: TreePath) throws -> [UInt8] {
    try prepareAttributes(above: path)
    try refuseFiltered(path)
    // Whatever it converts a file to, it says how long that was before, so that the end has to be marked by another answer.
    let settings = listing.settings.filters.sorted().flatMap { ["filter.\($0).smudge=", "filter.\($0).process=", "filter.\($0).required=false"] }
    let git = try converting ?? repository.conversation(["cat-file", "--batch", "--filters"], settings: settings, in: workTreeFolder())
    converting = git
    var answer: [UInt8] = []
    let end = Array("\n\(mark) missing\n".utf8)
    var start: Int?
    var isMissing = false
    try git.ask(Array("\(node.id) \(path.text)\n\(mark)\n".utf8)) { piece in
      answer += piece
      if start == nil, let line = answer.firstIndex(of: UInt8(ascii: "\n")) {
        isMissing = try Self.size(answer[..<line], of: node, at: path) == nil
        start = line + 1
      }
      return answer.count >= end.count && answer[(answer.count - end.count)...].elementsEqual(end)
    }
    guard let start, !isMissing, answer.count - end.count >= start else { throw Self.absence(of: node, at: path) }
    return Array(answer[start..<(answer.count - end.count)])
  }

  /// Puts the attributes that count for a path into the work tree.
  private func prepareAttributes(above path: TreePath) throws {
    for folder in ([nil] + path.ancestors.reversed()) as [TreePath?] where prepared.insert(folder).inserted {
      let name = folder?.appending(Self.attributes) ?? Self.attributes
      // Git takes none from a symlink.
      guard let node = listing.nodes[name], case .file = node.kind else { continue }
      let bytes = try rawBytes(of: node, at: name)
      _ = try workTreeFolder()
      guard let workTree else { continue }
      for above in name.ancestors.reversed() { _ = try workTree.makeFolder(above) }
      if try workTree.observe(name) == .absent { try workTree.create(name, .bytes(bytes), mode: .plain) }
    }
  }

  /// What a filter makes of a file is not known without running it, and it is never run.
  private func refuseFiltered(_ path: TreePath) throws {
    guard !listing.settings.filters.isEmpty else { return }
    let git = try filtering ?? repository.conversation(["check-attr", "-z", "--stdin", "filter"], settings: [], in: workTreeFolder())
    filtering = git
    var answer: [UInt8] = []
    try git.ask(path.bytes + [0]) { piece in
      answer += piece
      return answer.count(where: { $0 == 0 }) >= 3
    }
    let parts = answer.split(separator: 0, omittingEmptySubsequences: false)
    let filter = parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
    guard listing.settings.filters.contains(filter) else { return }
    throw TreeError(
      path: path, reason: "the filter `\(filter)` makes the bytes of this file in a checkout, and aiwg runs none",
      help: "run `aiwg check` in a checkout, or take the attribute `filter` from the file in .gitattributes")
  }

  private func workTreeFolder() throws -> String {
    let scratch = try self.scratch ?? ScratchFolder(in: Machine.variable("TMPDIR"))
    self.scratch = scratch
    let folder = scratch.path + "/tree"
    if workTree == nil {
      _ = try DiskTree(root: scratch.path).makeFolder(TreePath(known: "tree"))
      workTree = try DiskTree(root: folder)
    }
    return folder
  }
}
