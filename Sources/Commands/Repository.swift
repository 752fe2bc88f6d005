import Applying
import Diagnostics
import Disk
import FileTree
import Git
import Planning
import ProjectFile

/// The repository that a command works on, and how its user calls it.
struct Repository {
  /// The folder of aiwg.yaml, or the one to deploy into when there is none.
  let root: String
  /// What goes before a path of the repository in messages; empty in the working directory.
  let shownAs: String
  /// Its files: on disk, or as git has them.
  var tree: RepositoryTree
  /// Where files are written; when they are git's, the folder of the user, which nothing is written to.
  let disk: DiskTree
  /// Keeps other runs away for as long as this value is there.
  let lock: RunLock
  /// What an earlier run left; only for one that reads, since one that writes recovers from it.
  let pending: PendingRun

  /// What it knows of a home directory; nil for a project.
  var user: User?
  /// What git has, when that is looked at instead of the files on disk.
  var files: GitFiles?
  /// The folder, from the root of the machine, that the top of those would be.
  var top: String?

  var isPending: Bool { pending != .none }

  static let configurationPath = "aiwg.yaml"
  static let recordPath = "aiwg.lock"

  /// Looks for aiwg.yaml from a folder upward to the root of its git repository, and takes the folder itself when there is none.
  ///
  /// Waits for runs that are at work there.
  /// Before something is written, what an interrupted run began is put back.
  /// - Parameter isWhole: whether to take the root of the git repository, rather than the folder itself, when there is no aiwg.yaml.
  /// - Throws: `CommandFailure` when the folder cannot be opened, when another run holds it for too long, and when nothing can be put back.
  ///   With the scope of a user, it is the home directory.
  /// - Parameter makes: whether the folder for the files about a home directory is made when it is missing.
  static func find(_ options: CommonOptions, to mode: RunLock.Mode, isWhole: Bool = false, makes: Bool = false) throws -> Repository {
    if options.scope == .user { return try ofUser(options, to: mode, makes: makes) }
    let (root, shown) = try place(options, isWhole)
    do {
      let tree = try DiskTree(root: root)
      let lock = try RunLock(on: tree)
      try lock.take(mode, options)
      if mode == .writing { try putBack(in: tree, shownAs: shown, options.environment) }
      return Repository(
        root: normalized(root), shownAs: shown, tree: .disk(tree), disk: tree, lock: lock,
        pending: mode == .writing ? .none : try PendingRun(in: tree))
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: error.path == nil ? (options.target ?? options.directory ?? ".") : shown)
    }
  }

  /// Where it is, and how the user calls it.
  static func place(_ options: CommonOptions, _ isWhole: Bool) throws -> (root: String, shownAs: String) {
    let start = options.target ?? options.directory ?? "."
    let absolute = try absolutePath(start)
    // An empty name is a variable of a script that was not set, not the working folder.
    guard !start.isEmpty, Machine.hasFolder(absolute) else {
      throw CommandFailure(.invalid, "`\(start)` is no directory", id: "usage/no-directory", help: "create it first, or name another one")
    }
    var shown = start == "." ? "" : start.hasSuffix("/") ? start : start + "/"
    var root = absolute
    if options.target == nil {
      var folder = normalized(absolute)
      var up = shown
      while true {
        if Machine.hasFile(folder + "/" + configurationPath) {
          (root, shown) = (folder, up)
          break
        }
        // Another repository, whose aiwg.yaml may be anything, begins above the one that this is.
        if Machine.exists(folder + "/.git") {
          if isWhole { (root, shown) = (folder, up) }
          break
        }
        guard let slash = folder.lastIndex(of: "/"), folder.count > 1 else { break }
        folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        up += "../"
      }
    }
    return (root, shown)
  }

  /// Whether a file, or a folder when the path ends in `/`, is there.
  /// - Throws: `CommandFailure` when the system does not say.
  func has(_ path: String) throws(CommandFailure) -> Bool {
    guard let treePath = TreePath(path.hasSuffix("/") ? String(path.dropLast()) : path) else { return false }
    do throws(TreeError) {
      switch try tree.observe(treePath) {
      case .file: return !path.hasSuffix("/")
      case .directory: return path.hasSuffix("/")
      default: return false
      }
    } catch {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }

  /// What aiwg.lock says; nothing when there is none.
  /// - Throws: `CommandFailure` when it is damaged or cannot be read.
  func record() throws(CommandFailure) -> Record {
    var found: [Diagnostic] = []
    let record: Record
    do throws(TreeError) { record = try RecordFile(from: tree, findings: &found).record } catch { throw CommandFailure(error, shownAs: shownAs) }
    guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
    return record
  }

  /// The bytes of a configuration file of the repository; nil when it is absent.
  func bytes(of path: String) throws -> SourceText? {
    guard let treePath = TreePath(path) else { return nil }
    return try tree.configuration(treePath, shownAs: shownAs)
  }
}

/// A path from the root, for one as the user gave it.
/// - Throws: `CommandFailure` when it is relative to a working directory that is gone.
func absolutePath(_ path: String) throws(CommandFailure) -> String {
  if path.hasPrefix("/") { return path }
  guard let working = Machine.workingDirectory else {
    throw CommandFailure(.machine, "the working directory is gone", help: "change to a folder that is there, or name one from the root with --target")
  }
  return working + "/" + path
}

/// An absolute path without `.` and `..`; symlinks are left as they are.
func normalized(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}

/// The way from one folder to another, both absolute; `.` when they are the same.
func relativePath(from: String, to: String) -> String {
  let (from, to) = (normalized(from).split(separator: "/"), normalized(to).split(separator: "/"))
  let shared = zip(from, to).prefix { $0 == $1 }.count
  let parts = Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(String.init)
  return parts.isEmpty ? "." : parts.joined(separator: "/")
}
