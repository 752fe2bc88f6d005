internal import Disk

/// How git is run for a fetch: in a repository of its own that knows no other one, with the user's settings for reaching others.
struct FetchingGit: Sendable {
  /// The folder of the repository that is fetched into.
  let repository: String
  private let root: String
  private let environment: [String: String]

  init(in root: String, variables: (String) -> String?) {
    self.root = root
    repository = root + "/repository"
    var environment = Self.inherited.reduce(into: [:]) { $0[$1] = variables($1) }
    environment.merge(Git.settings(of: variables)) { first, _ in first }
    environment.merge(Self.own) { _, own in own }
    // Whoever has settings of their own for ssh knows whether it may ask.
    let asked = ProgramRun("git", ["config", "--get", "core.sshCommand"], in: root, environment: environment, mostOutput: 1 << 12, seconds: 20)
    let hasOwn = environment["GIT_SSH"] != nil || environment["GIT_SSH_COMMAND"] != nil || (try? asked.result())?.output.isEmpty == false
    if !hasOwn { environment["GIT_SSH_COMMAND"] = Self.ssh }
    environment["GIT_DIR"] = repository
    self.environment = environment
  }

  func run(_ arguments: [String], input: [String], mostOutput: Int, seconds: Double) -> ProgramRun {
    let lines = input.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
    return ProgramRun("git", Self.settings + arguments, in: root, environment: environment, input: lines, mostOutput: mostOutput, seconds: seconds)
  }

  private static let ssh = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15"

  /// No hook, no program that asks, no work behind one's back, no other server than the one that was named, and an end to what stands still.
  private static let settings =
    ["--no-pager"]
    + [
      "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.askPass=", "credential.interactive=false", "gc.auto=0", "maintenance.auto=false",
      "fetch.writeCommitGraph=false", "fetch.recurseSubmodules=false", "submodule.recurse=false", "transfer.bundleURI=false", "fetch.uriProtocols=",
      "transfer.credentialsInUrl=die", "http.lowSpeedLimit=1000", "http.lowSpeedTime=30", "protocol.version=2",
    ].flatMap { ["-c", $0] }

  private static let own = [
    "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "GIT_LITERAL_PATHSPECS": "1", "GIT_NO_LAZY_FETCH": "1",
    "GIT_LFS_SKIP_SMUDGE": "1", "GIT_ADVICE": "0",
    // Before any setting of `protocol.*.allow`: `ext::` would run a program that the address names.
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
  ]

  /// How others are reached from this machine.
  private static let inherited = [
    "USER", "LOGNAME", "TMPDIR", "SSH_AUTH_SOCK", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "http_proxy", "https_proxy", "HTTPS_PROXY",
    "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_EXEC_PATH",
    "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
  ]
}
