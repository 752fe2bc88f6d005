internal import Disk
package import FileTree

/// What keeps the files of a commit, or of the index, from being read.
package enum GitFailure: Error, Hashable, Sendable {
  /// No git is on the machine; or it cannot be run, and why.
  case noGit, unusable(String)
  /// The folder is in no repository that git would use; in its words.
  case noRepository(String)
  /// No commit has that name.
  case unknownRevision
  /// Several things have that name.
  case ambiguousRevision
  /// A repository without a work tree has nothing staged.
  case noIndex
  /// Paths with several versions that somebody has to choose from.
  case unmerged([String])
  /// A path that git itself would refuse to check out.
  case unsafePath(String)
  /// In git's words.
  case refused(String)
  case outOfTime(seconds: Int)
  case machine(TreeError)
}

/// One repository, and how git is asked about it so that it writes nothing, fetches nothing, and runs nothing that a repository names.
struct GitRepository: Sendable {
  /// Where its objects and references are, from the root.
  let directory: String
  /// The folder of its files; nil when it has none, or the start is not in there.
  let top: String?
  /// The way from there to the folder where the search began.
  let prefix: TreePath?
  let seconds: Double
  private let environment: [String: String]

  /// Searches from a folder upward.
  ///
  /// What git tells the programs that it starts counts when it is about the repository of that folder: a commit in the making has an index of its
  /// own, and a push has objects that are not in the repository yet.
  /// - Parameters:
  ///   - start: a folder, from the root.
  ///   - working: the working directory, where relative paths of the environment begin.
  init(around start: String, working: String, variables: (String) -> String?, seconds: Double) throws(GitFailure) {
    self.seconds = seconds
    let usual = Self.usual(variables)
    let told = Self.told(variables, working)
    let (spot, inherited) = try Self.find(start, working, usual, told, seconds)
    (directory, top, prefix) = (spot.directory, spot.top, spot.prefix)
    var environment = usual.merging(inherited) { _, told in told }
    environment["GIT_DIR"] = directory
    self.environment = environment
  }

  /// What git writes about the files that are staged, in its own words when it fails.
  func answer(_ arguments: [String], input: [UInt8] = [], mostOutput: Int = 1 << 16) throws(GitFailure) -> [UInt8] {
    let result = try result(arguments, input: input, mostOutput: mostOutput)
    guard result.ending == .exited(0) else { throw Self.failure(result, seconds) }
    return result.output
  }

  /// What a run came to, whatever its exit code.
  func result(_ arguments: [String], input: [UInt8] = [], mostOutput: Int = 1 << 16) throws(GitFailure) -> ProgramRun.Result {
    var own = environment
    own["GIT_WORK_TREE"] = top ?? directory
    return try Self.result(arguments, in: top ?? directory, own, input: input, mostOutput: mostOutput, seconds)
  }

  /// A git that answers questions as if its work tree were another folder, and nothing were staged.
  func conversation(_ arguments: [String], settings: [String], in folder: String) throws(ProgramError) -> Conversation {
    var own = environment
    own["GIT_WORK_TREE"] = folder
    own["GIT_INDEX_FILE"] = folder + ".index"
    return try Conversation("git", Self.settings + settings.flatMap { ["-c", $0] } + arguments, in: folder, environment: own, seconds: seconds)
  }

  // MARK: Searching

  private struct Spot {
    var directory: String
    var top: String?
    var prefix: TreePath?
  }

  private static func find(
    _ start: String, _ working: String, _ usual: [String: String], _ told: [String: String], _ seconds: Double
  ) throws(GitFailure) -> (Spot, [String: String]) {
    guard !told.isEmpty else { return (try spot(start, usual, seconds), [:]) }
    let plain = try? spot(start, usual, seconds)
    let withTold = usual.merging(told) { _, told in told }
    guard let plain else {
      // Without the folder that git was told, each one is taken for the top.
      let there = try spot(working, withTold, seconds)
      return (try spot(start, withTold.merging(there.top.map { ["GIT_WORK_TREE": $0] } ?? [:]) { _, own in own }, seconds), told)
    }
    guard let there = try? spot(working, withTold, seconds) else { return (plain, [:]) }
    if there.directory == plain.directory, told["GIT_WORK_TREE"] == nil { return (plain, told) }
    if start == working || there.directory == plain.directory { return (try spot(start, withTold, seconds), told) }
    return (plain, [:])
  }

  private static func spot(_ folder: String, _ environment: [String: String], _ seconds: Double) throws(GitFailure) -> Spot {
    let arguments = ["rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--absolute-git-dir"]
    let result = try result(arguments, in: folder, environment, mostOutput: 1 << 16, seconds)
    guard result.ending == .exited(0) else {
      if case .refused(let words) = failure(result, seconds) { throw .noRepository(words) }
      throw failure(result, seconds)
    }
    let lines = result.output.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    guard lines.count == 3, let directory = line(Array(lines[2])) else { throw .refused("rev-parse does not say where the repository is") }
    guard lines[1].elementsEqual("true".utf8) else { return Spot(directory: directory) }
    let top = try Self.result(["rev-parse", "--show-toplevel"], in: folder, environment, mostOutput: 1 << 16, seconds)
    let prefix = try Self.result(["rev-parse", "--show-prefix"], in: folder, environment, mostOutput: 1 << 16, seconds)
    let way = prefix.output.last == UInt8(ascii: "\n") ? prefix.output.dropLast() : prefix.output[...]
    return Spot(directory: directory, top: line(top.output), prefix: TreePath(bytes: Array(way.last == UInt8(ascii: "/") ? way.dropLast() : way)))
  }

  /// A path that git printed as a line.
  private static func line(_ bytes: [UInt8]) -> String? {
    let text = String(validating: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    return text.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  // MARK: Running

  private static func result(
    _ arguments: [String], in folder: String, _ environment: [String: String], input: [UInt8] = [], mostOutput: Int, _ seconds: Double
  ) throws(GitFailure) -> ProgramRun.Result {
    let run = ProgramRun(
      "git", settings + arguments, in: folder, environment: environment, input: input, mostOutput: mostOutput, seconds: seconds)
    do throws(ProgramError) { return try run.result() } catch {
      if error.isAbsent { throw .noGit }
      throw .unusable(error.reason)
    }
  }

  static func failure(_ result: ProgramRun.Result, _ seconds: Double) -> GitFailure {
    switch result.ending {
    case .outOfTime, .stopped: .outOfTime(seconds: Int(seconds))
    case .tooMuchOutput: .refused("it has more to say than is read")
    case .exited, .signalled: .refused(words(result.errors))
    }
  }

  /// What git says is wrong, in a line.
  static func words(_ errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n").map { line in
      ["fatal: ", "error: "].first(where: line.hasPrefix).map { line.dropFirst($0.count) } ?? line
    }
    return lines.first.map(String.init) ?? "git says nothing about it"
  }

  /// Programs that a repository may name in its settings, and a warning that is to be heard.
  private static let settings =
    ["--no-pager"] + ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.warnAmbiguousRefs=true", "diff.external="].flatMap { ["-c", $0] }

  private static let own = [
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1",
    // Nothing is fetched, not even by a git that is older than the first of these.
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_LFS_SKIP_SMUDGE": "1",
  ]

  private static func usual(_ variables: (String) -> String?) -> [String: String] {
    let names = ["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_ATTR_NOSYSTEM"]
    return names.reduce(into: Git.settings(of: variables)) { $0[$1] = variables($1) }.merging(own) { _, own in own }
  }

  /// What git tells programs that it starts about where they are, as paths from the root.
  private static func told(_ variables: (String) -> String?, _ working: String) -> [String: String] {
    var told: [String: String] = [:]
    let absolute = { (path: Substring) in path.hasPrefix("/") || path.hasPrefix("\"") ? String(path) : working + "/" + path }
    for name in ["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
      if let value = variables(name), !value.isEmpty { told[name] = absolute(value[...]) }
    }
    if let value = variables("GIT_ALTERNATE_OBJECT_DIRECTORIES"), !value.isEmpty {
      told["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = value.split(separator: ":").map(absolute).joined(separator: ":")
    }
    for name in ["GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE"] where !told.isEmpty {
      told[name] = variables(name)
    }
    return told
  }
}
