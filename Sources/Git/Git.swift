internal import Disk

/// Runs git in one folder, so that it neither asks, changes anything, nor runs what a repository's settings name.
struct Git: Sendable {
  struct Answer {
    var output: [UInt8]
    /// Whether git came to its end, and found nothing wrong.
    var isComplete: Bool
  }

  /// A clock for deadlines.
  static var now: Double { Machine.uptime }

  private let root: String
  private let environment: [String: String]

  init(root: String, variables: (String) -> String?) {
    self.root = root
    environment = Self.inherited(variables).merging(Self.own) { _, own in own }
  }

  /// What git wrote, to its end or to that of the time; nil when it cannot be run.
  ///
  /// - Parameter own: variables that this question needs otherwise.
  func answer(
    to arguments: [String], input: [String] = [], endingIn end: UInt8 = UInt8(ascii: "\n"), mostOutput: Int, before deadline: Double,
    with own: [String: String] = [:]
  ) -> Answer? {
    let lines = input.flatMap { Array($0.utf8) + [end] }
    let run = ProgramRun(
      "git", Self.settings + arguments, in: root, environment: environment.merging(own) { _, own in own }, input: lines, mostOutput: mostOutput,
      seconds: deadline - Self.now)
    // Without a git, and with one that cannot be run, there is no history.
    guard let result = try? run.result() else { return nil }
    return Answer(output: result.output, isComplete: result.ending == .exited(0))
  }

  /// Programs that a repository may name in its settings.
  private static let settings = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]

  private static let own = [
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1",
    // Nothing is fetched, not even by a git that is older than the first of these.
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
  ]

  /// Where git is, where it finds the user's settings, and which folders they say can be trusted.
  ///
  /// A hook has more: the repository that it runs for, and an index that is being written. The root may be in another repository.
  private static func inherited(_ variables: (String) -> String?) -> [String: String] {
    let names = ["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"]
    return names.reduce(into: settings(of: variables)) { $0[$1] = variables($1) }
  }

  /// Where git is, and where it finds the user's settings.
  static func settings(of variables: (String) -> String?) -> [String: String] {
    var names = ["PATH", "HOME", "XDG_CONFIG_HOME", "DEVELOPER_DIR", "SUDO_UID"]
    names += ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"]
    let count = variables("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0
    for number in 0..<max(0, min(count, 100)) { names += ["GIT_CONFIG_KEY_\(number)", "GIT_CONFIG_VALUE_\(number)"] }
    return names.reduce(into: [:]) { $0[$1] = variables($1) }
  }
}
