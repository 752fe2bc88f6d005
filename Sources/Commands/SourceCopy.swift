import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// The copy of a source from elsewhere that lies in the repository, beside what aiwg.lock says of it.
struct SourceCopy {
  enum State {
    /// Nothing was fetched yet.
    case never
    /// aiwg.yaml asks for something else than what was fetched.
    case other
    /// It is what was fetched.
    case whole(Record.Pin)
    /// Some of its files, from the root of the repository, are not what was fetched, or not there.
    case damaged(Record.Pin, edited: [TreePath], missing: [TreePath])
    /// Every file is as its line says, and all together are not what was fetched.
    case differing(Record.Pin)
    /// aiwg.lock has several pins, and the files fit none.
    case torn
  }

  let git: GitSource
  let state: State
  /// All that aiwg.lock has of it, whatever aiwg.yaml asks for.
  let pins: [Record.Pin]
  /// The files that are there and that aiwg.lock lists, from the root of the repository.
  let tree: CopyTree
  /// What aiwg.lock lists of it.
  let claimed: Set<TreePath>

  /// - Throws: `CommandFailure` when something of it cannot be read.
  init(of git: GitSource, _ record: Record, in repository: Repository) throws(CommandFailure) {
    self.git = git
    let folder = git.folder
    pins = record.pins[folder] ?? []
    claimed = Set(record.claims.keys.filter { $0.relative(to: folder) != nil })
    var files: [TreePath: (digest: Digest, isExecutable: Bool)] = [:]
    var (entries, edited, missing): ([TreeEntry], [TreePath], [TreePath]) = ([], [], [])
    for path in claimed.sorted() {
      guard let inside = path.relative(to: folder) else { continue }
      do throws(TreeError) {
        let (observed, digest) = try Digest.observe(path, in: repository.tree)
        guard case .file(let size, let isExecutable) = observed, let digest else {
          missing.append(path)
          continue
        }
        files[inside] = (digest, isExecutable)
        entries.append(TreeEntry(path: inside, kind: .file, isExecutable: isExecutable, size: size))
        if record.claims[path]?.contains(Record.Claim(digest)) != true { edited.append(path) }
      } catch {
        throw CommandFailure(error, shownAs: repository.shownAs)
      }
    }
    tree = CopyTree(entries, below: folder, in: repository.tree)
    let asked = pins.filter(git.isAsked)
    let digest = Digest(ofFiles: files)
    if let pin = asked.first(where: { $0.digest == digest }) {
      state = .whole(pin)
    } else if let pin = asked.first {
      let isWhole = edited.isEmpty && missing.isEmpty
      state = asked.count > 1 ? .torn : isWhole ? .differing(pin) : .damaged(pin, edited: edited, missing: missing)
    } else {
      state = pins.isEmpty ? .never : .other
    }
  }

  /// Whether a path that aiwg.lock lists is one of the copy: after a merge it may list some of another commit too.
  func isOfCopy(_ path: TreePath) -> Bool {
    guard case .whole = state else { return true }
    return tree.has(path)
  }

  /// What is there, for a diff with what comes in its place; nil when nothing was fetched.
  func replaced() throws(CommandFailure) -> FetchedSource.ReplacedCopy? {
    guard let pin = pins.first(where: git.isAsked) ?? pins.first else { return nil }
    var files: [TreePath: [UInt8]] = [:]
    do throws(TreeError) {
      for path in tree.files { files[path] = try tree.read(path) }
    } catch {
      throw CommandFailure(error, shownAs: git.folder.text + "/")
    }
    return FetchedSource.ReplacedCopy(pin: pin, files: files)
  }

  /// What keeps a run that fetches nothing from going on; nil when nothing does.
  func obstacle(at place: SourcePlace?) -> CommandFailure? {
    switch state {
    case .whole: return nil
    case .never:
      return CommandFailure(
        .invalid, "the source `\(git.name)` was never fetched", id: "source/never-fetched", at: place,
        help: "`aiwg sync` fetches it into `\(git.folder)`; commit that folder and aiwg.lock")
    case .other:
      let had = pins.first.map { "`\($0.rev)` of \($0.url)" + ($0.path.map { " in `\($0)`" } ?? "") } ?? ""
      return CommandFailure(
        .invalid, "the source `\(git.name)` was fetched from elsewhere: \(had)", id: "source/other-fetched", at: place,
        help: "`aiwg sync` fetches what aiwg.yaml asks for")
    case .damaged(_, _, let missing):
      guard missing.count == claimed.count else { return nil }
      return CommandFailure(
        .drift, "the copy of the source `\(git.name)` is not here", id: "source/copy-missing", at: place,
        help: "`aiwg sync` fetches it again; commit `\(git.folder)`, and see with `git check-ignore` that nothing keeps it out")
    case .differing:
      return CommandFailure(
        .drift, "the copy of the source `\(git.name)` is not what aiwg.lock says was fetched", id: "source/copy-differs", at: place,
        help: "`aiwg sync` fetches it again; `git log aiwg.lock` says who changed its lines, and run bits count too")
    case .torn:
      return CommandFailure(
        .drift, "aiwg.lock says of the source `\(git.name)` that several commits were fetched, and its copy fits none", id: "source/copy-torn",
        at: place,
        help: "`aiwg update \(git.name)` fetches what aiwg.yaml asks for")
    }
  }

  /// Files beside those of the copy, which are no part of it.
  func strangers(in repository: Repository) throws(CommandFailure) -> [Diagnostic] {
    do throws(TreeError) {
      guard case .directory = try repository.tree.observe(git.folder) else { return [] }
      return try repository.tree.entries(under: git.folder).filter { $0.kind != .directory && !claimed.contains($0.path) }.map { entry in
        Diagnostic(
          .warning, "source/not-fetched-file", "this file is no part of the source `\(git.name)`, and is not read",
          at: SourcePlace(path: repository.shownAs + entry.path.text), help: "move it into a tree of your own, such as `.aiwg`")
      }
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }
}

/// The files of a copy, and nothing that lies beside them.
struct CopyTree: ReadableTree {
  private let list: [TreeEntry]
  private let kinds: [TreePath: EntryKind]
  private let folder: TreePath
  private let base: RepositoryTree

  init(_ entries: [TreeEntry], below folder: TreePath, in base: RepositoryTree) {
    let folders = Set(entries.flatMap(\.path.ancestors)).map { TreeEntry(path: $0, kind: .directory) }
    list = (entries + folders).sorted { $0.path < $1.path }
    kinds = Dictionary(list.map { ($0.path, $0.kind) }) { first, _ in first }
    (self.folder, self.base) = (folder, base)
  }

  func has(_ path: TreePath) -> Bool { kinds[path] == .file }

  var files: [TreePath] { list.filter { $0.kind == .file }.map(\.path) }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    list.filter { entry in folder.map { entry.path.relative(to: $0) != nil } ?? true }
  }

  func observe(_ path: TreePath) throws(TreeError) -> Observed {
    switch kinds[path] {
    case .file: try base.observe(folder.appending(path))
    case .directory: .directory
    default: .absent
    }
  }

  func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    guard has(path) else { throw TreeError(noFile: try observe(path), at: path) }
    return try base.read(folder.appending(path))
  }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    guard has(path) else { return try observe(path) }
    return try base.stream(folder.appending(path), to: piece)
  }
}
