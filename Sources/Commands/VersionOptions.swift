import Applying
import ArgumentParser
import Diagnostics
import Disk
import FileTree
import Git
import ProjectFile

/// What a command takes that can look at what git has instead of the files in the folder.
struct VersionOptions: ParsableArguments {
  @Flag(name: .customLong("staged"), help: "Look at what is staged, as the next commit will have it.")
  var isStaged = false

  @Option(name: .customLong("rev"), help: ArgumentHelp("Look at a commit, without a checkout: a branch, a tag, an id.", valueName: "rev"))
  var rev: String?

  func validate() throws {
    if isStaged && rev != nil { throw ValidationError("--staged and --rev exclude each other") }
    if let rev { try Self.validate(rev, of: "--rev") }
  }

  /// A name that git would take for an option, or for nothing, is no commit's.
  static func validate(_ rev: String, of option: String) throws {
    guard rev.isEmpty || rev.hasPrefix("-") else { return }
    throw ValidationError("\(option) takes the name of a commit, such as HEAD, main or an id")
  }

  private var version: GitFiles.Version? { isStaged ? .staged : rev.map { .commit($0) } }

  /// Nil when the files in the folder are meant.
  /// - Throws: `CommandFailure` when git does not give what is asked for.
  func opened(_ options: CommonOptions) throws -> GitFiles? {
    guard let version else { return nil }
    guard options.scope == .project else {
      throw CommandFailure(.usage, "a home directory is no repository", id: "usage/scope", help: "leave out `--scope user`")
    }
    guard options.source == nil else {
      let help = "leave out --source; aiwg.yaml names the sources"
      throw CommandFailure(.usage, "--source names a folder, and not what git has", id: "usage/source", help: help)
    }
    return try GitFiles.open(version, options)
  }
}

extension GitFiles {
  /// What git has in the repository that the user means.
  /// - Throws: `CommandFailure`.
  static func open(_ version: Version, _ options: CommonOptions) throws(CommandFailure) -> GitFiles {
    let start = options.target ?? options.directory ?? "."
    let absolute = try absolutePath(start)
    guard !start.isEmpty, Machine.hasFolder(absolute) else {
      throw CommandFailure(.invalid, "`\(start)` is no directory", id: "usage/no-directory", help: "name one that is there, or leave the option out")
    }
    do throws(GitFailure) {
      let isHere = options.target == nil && options.directory == nil
      let folder = isHere ? absolutePathOfHere() ?? absolute : normalized(absolute)
      return try GitFiles(version, around: folder, working: absolutePathOfHere() ?? folder)
    } catch {
      throw CommandFailure(error, about: version, in: start)
    }
  }

  private static func absolutePathOfHere() -> String? { Machine.workingDirectory }
}

extension CommandFailure {
  fileprivate init(_ failure: GitFailure, about version: GitFiles.Version, in folder: String) {
    let rev =
      switch version {
      case .staged: "what is staged"
      case .commit(let name): "`\(name)`"
      }
    switch failure {
    case .noGit:
      self.init(.machine, "there is no git to ask for \(rev)", id: "git/missing", help: "install git, or put it on your PATH")
    case .unusable(let reason):
      self.init(.machine, "git cannot be run: \(reason)", id: "git/missing", help: "see that `git --version` works")
    case .noRepository(let words):
      let isPlain = words.hasPrefix("not a git repository")
      self.init(
        .invalid, isPlain ? "`\(folder)` is in no git repository" : "git takes `\(folder)` for no repository: \(words)", id: "git/no-repository",
        help: "run it in a repository, or leave out --staged and --rev to look at the files")
    case .unknownRevision:
      self.init(
        .invalid, "git has no commit \(rev)", id: "git/unknown-revision",
        help: "`git log --all` shows those that are here; a shallow clone has the last ones alone, and `git fetch` brings more")
    case .ambiguousRevision:
      self.init(
        .invalid, "\(rev) may be several things", id: "git/ambiguous-revision", help: "write `refs/heads/…` or `refs/tags/…`, or the whole id")
    case .noIndex:
      self.init(
        .invalid, "nothing can be staged in a repository without files", id: "git/no-index", help: "`--rev NAME` looks at a commit")
    case .unmerged(let paths):
      let some = paths.prefix(5).map { "`\($0.escapedForDisplay)`" }.joined(separator: ", ") + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
      let message = "a merge is not finished: \(counted(paths.count, "file")) \(paths.count == 1 ? "has" : "have") several versions (\(some))"
      self.init(
        .invalid, message, id: "git/unmerged",
        help: "resolve them, and `git add` what they are to be; of aiwg.lock and outputs `aiwg sync` makes new ones")
    case .unsafePath(let path):
      self.init(
        .invalid, "\(rev) has the path `\(path.escapedForDisplay)`, which git does not check out", id: "git/unsafe-path",
        help: "do not use this commit")
    case .refused(let words):
      self.init(
        .machine, "git does not give \(rev): \(words)", id: "git/refused",
        help: "in a partial or damaged clone, `git fetch --refetch` brings what is missing")
    case .outOfTime(let seconds):
      self.init(.machine, "git took more than \(seconds) seconds for \(rev)", id: "git/slow", help: "try again")
    case .machine(let error):
      self.init(error, shownAs: "")
    }
  }
}

extension Repository {
  /// The repository of a project as git has it.
  ///
  /// aiwg.yaml is searched from the folder where the user is upward to the top, in what git has; --target names its folder itself.
  /// - Throws: `CommandFailure` when the folder cannot be opened.
  /// - Parameter isWhole: whether to take the top, rather than the folder itself, when there is no aiwg.yaml.
  static func find(_ options: CommonOptions, in files: GitFiles, project: String = "", isWhole: Bool = false) throws -> Repository {
    let given = options.target ?? options.directory ?? "."
    var (root, shown) = try place(options, in: files, isWhole)
    let folder = try absolutePath(given)
    let top = files.top ?? folder
    if let path = TreePath(project) {
      root = root?.appending(path) ?? path
      shown += project + "/"
    }
    do throws(TreeError) {
      let disk = try DiskTree(root: folder)
      let tree = RepositoryTree.git(files.tree.below(root))
      return Repository(
        root: normalized(top + "/" + (root?.text ?? "")), shownAs: shown, tree: tree, disk: disk, lock: try RunLock(on: disk), pending: .none,
        files: files, top: normalized(top))
    } catch {
      throw CommandFailure(error, shownAs: shown)
    }
  }

  /// Where it is from the top of what git has, and how the user calls it.
  static func place(_ options: CommonOptions, in files: GitFiles, _ isWhole: Bool = false) throws(CommandFailure) -> (
    root: TreePath?, shownAs: String
  ) {
    let start = options.target ?? options.directory ?? "."
    let shown = start == "." ? "" : start.hasSuffix("/") ? start : start + "/"
    guard options.target == nil, let name = TreePath(configurationPath) else { return (files.start, shown) }
    var (folder, up) = (files.start, shown)
    while true {
      do throws(TreeError) {
        if case .file = try files.tree.observe(folder?.appending(name) ?? name) { return (folder, up) }
      } catch {
        throw CommandFailure(error, shownAs: up)
      }
      guard let here = folder else { return isWhole ? (nil, up) : (files.start, shown) }
      folder = here.parent
      up += "../"
    }
  }

  /// Whether a folder is there, from the root of the machine; symlinks are followed.
  func hasFolder(_ path: String) -> Bool {
    guard let files, let way = inGit(path, files) else { return Machine.hasFolder(path) }
    guard case .inside(let inside) = way else { return false }
    return inside.map { (try? files.tree.observe($0)) == .directory } ?? true
  }

  /// As `hasFolder`, of a file.
  func hasFile(_ path: String) -> Bool {
    guard let files, let way = inGit(path, files) else { return Machine.hasFile(path) }
    guard case .inside(let inside?) = way, case .file? = try? files.tree.observe(inside) else { return false }
    return true
  }

  /// The tree of a folder, from the root of the machine; symlinks on the way are followed.
  /// - Throws: `TreeError` when it cannot be opened.
  func tree(at path: String) throws(TreeError) -> any ReadableTree {
    guard let files, let way = inGit(path, files) else { return try DiskTree(root: path) }
    switch way {
    case .inside(let folder): return files.tree.below(folder)
    case .outside, .nowhere: throw TreeError(path: nil, reason: "No such file or directory", isAbsent: true)
    }
  }

  /// Where a path of the machine is in what git has; nil for what lies elsewhere.
  private func inGit(_ path: String, _ files: GitFiles) -> GitTree.Way? {
    guard let top else { return nil }
    let relative = relativePath(from: top, to: path)
    if relative == "." { return .inside(nil) }
    guard relative != "..", !relative.hasPrefix("../"), let inside = TreePath(relative) else { return nil }
    return (try? files.tree.following(inside)) ?? .nowhere
  }
}
