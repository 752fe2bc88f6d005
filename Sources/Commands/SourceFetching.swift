import Diagnostics
import Disk
import FileTree
import Git
import Planning
import ProjectFile

/// Fetches sources from elsewhere; deploy, sync and update do, and no other command.
struct SourceFetching {
  let configuration: Configuration
  let repository: Repository
  let environment: Environment

  /// The sources whose copies do not say what aiwg.yaml asks for, or lack something.
  ///
  /// - Parameters:
  ///   - known: by name, what was fetched already.
  ///   - restoresEdits: whether copies that were edited by hand are to be what was fetched again.
  /// - Throws: `CommandFailure` when one cannot be had.
  func missing(besides known: [String: FetchedSource], restoresEdits: Bool) throws -> [String: FetchedSource] {
    guard configuration.project.sources.contains(where: { $0.git != nil }) else { return known }
    let record = try repository.record()
    var found = known
    for (index, source) in configuration.project.sources.enumerated() {
      guard let git = source.git, found[git.name] == nil else { continue }
      let copy = try SourceCopy(of: git, record, in: repository)
      switch copy.state {
      case .whole, .torn: continue
      case .never, .other: found[git.name] = try fetch(git, sourceIndex: index, replacing: copy)
      case .damaged(let pin, let edited, _):
        if edited.isEmpty || restoresEdits { found[git.name] = try restore(git, pin, sourceIndex: index) }
      case .differing(let pin): found[git.name] = try restore(git, pin, sourceIndex: index)
      }
    }
    return found
  }

  /// What the revision of a source is today.
  func fetch(_ git: GitSource, sourceIndex index: Int, replacing copy: SourceCopy) throws -> FetchedSource {
    var fetched = try fetch(git, at: git.rev, index)
    let isSame = { (pin: Record.Pin) in pin.commit == fetched.pin.commit && pin.url == git.url && pin.path == fetched.pin.path }
    if let pin = copy.pins.first(where: isSame), pin.digest != fetched.pin.digest { throw moved(git, fetched, index) }
    fetched.replaced = try copy.replaced()
    return fetched
  }

  /// What a copy was made of, once more.
  private func restore(_ git: GitSource, _ pin: Record.Pin, sourceIndex index: Int) throws -> FetchedSource {
    let fetched = try fetch(git, at: pin.commit, index)
    guard fetched.pin.digest == pin.digest else { throw moved(git, fetched, index) }
    return fetched
  }

  private func moved(_ git: GitSource, _ fetched: FetchedSource, _ index: Int) -> CommandFailure {
    CommandFailure(
      .invalid, "commit \(fetched.pin.short) of the source `\(git.name)` has other files than aiwg.lock says", id: "source/moved",
      at: configuration.place(ofSource: index),
      help: "somebody changed its line in aiwg.lock, or its owner what the commit is; bring aiwg.lock back from version control")
  }

  private func fetch(_ git: GitSource, at rev: String?, _ index: Int) throws -> FetchedSource {
    let place = configuration.place(ofSource: index)
    let start = Machine.uptime
    defer { environment.endProgress() }
    return try Machine.holdingSignals {
      do {
        let fetch = try GitFetch { environment.progress("fetching \(git.name) from \(git.url) (\(Int(Machine.uptime - start)) s) …") }
        let snapshot = try fetch.snapshot(of: git.url, at: rev, in: git.path.flatMap { TreePath($0) })
        var selecting = SourceSelecting(snapshot, of: git, at: place)
        try selecting.judgeLinks { try fetch.contents(of: $0) }
        guard !selecting.diagnostics.hasErrors else {
          throw CommandFailure(.invalid, diagnostics: selecting.diagnostics + [Diagnostic(.note, "plan/nothing-written", "nothing was written")])
        }
        var tree = MemoryTree()
        for (file, bytes) in zip(selecting.files, try fetch.contents(of: selecting.files.map(\.entry))) {
          selecting.judge(bytes, at: file.path)
          tree.nodes[file.path] = MemoryTree.Node(bytes: bytes, isExecutable: file.isExecutable)
        }
        return FetchedSource(git, commit: snapshot.commit, tree: tree, diagnostics: selecting.diagnostics)
      } catch let failure as GitFetch.Failure {
        throw CommandFailure(failure, of: git, at: rev, place)
      }
    }
  }
}

extension CommandFailure {
  /// Why a source could not be fetched.
  fileprivate init(_ failure: GitFetch.Failure, of git: GitSource, at rev: String?, _ place: SourcePlace?) {
    let (status, id, message, help) = failure.words(about: git, at: rev)
    let nothing = Diagnostic(.note, "plan/nothing-written", "nothing was written")
    self.init(status, diagnostics: [Diagnostic(.error, id, message, at: place, help: help), nothing])
  }
}

extension GitFetch.Failure {
  fileprivate func words(about git: GitSource, at rev: String?) -> (status: ExitStatus, id: String, message: String, help: String?) {
    let what = "the source `\(git.name)`"
    switch self {
    case .noGit: return (.machine, "source/no-git", "\(what) cannot be fetched without git", "install git, or put it on your PATH")
    case .unusable(let reason): return (.machine, "source/no-git", "git cannot be run: \(reason)", "see that `git --version` works")
    case .refused(let words):
      let help = "see that `git ls-remote \(git.url)` works without asking for anything; what was fetched before stays as it is"
      return (.machine, "source/not-fetched", "\(what) cannot be fetched: \(words)", help)
    case .outOfTime(let seconds):
      return (.machine, "source/slow", "fetching \(what) took more than \(seconds) seconds", "try again; what was fetched before stays as it is")
    case .tooLarge(let bytes):
      let help = "use a repository of its own for the tree, without large files"
      return (.invalid, "source/too-large", "\(what) is larger than the \(grouped(bytes)) bytes that are fetched", help)
    case .unknownRevision(let known):
      return (.invalid, "source/unknown-revision", "\(what) has no `\(rev ?? GitSource.newest)`", Self.help(rev, known))
    case .ambiguous:
      let rev = rev ?? ""
      return (.invalid, "source/ambiguous", "\(what) has a tag and a branch `\(rev)`", "write `refs/tags/\(rev)` or `refs/heads/\(rev)`")
    case .noFolder:
      let help = "correct `path:`; it is the way from the root of that repository"
      return (.invalid, "source/no-folder", "\(what) has no folder `\(git.path ?? "")` at `\(rev ?? GitSource.newest)`", help)
    case .interrupted: return (.machine, "source/interrupted", "a signal came while \(what) was fetched", nil)
    case .machine(let error): return (.machine, "machine/failed", error.reason, nil)
    }
  }

  private static func help(_ rev: String?, _ known: [String]) -> String {
    if let rev, let near = nearest(to: rev, among: known) { return "did you mean `\(near)`?" }
    let some = known.prefix(6).map { "`\($0)`" }.joined(separator: ", ") + (known.count > 6 ? " …" : "")
    return some.isEmpty ? "name a branch, a tag or a full commit id" : "it has \(some); a commit needs its full id"
  }
}
