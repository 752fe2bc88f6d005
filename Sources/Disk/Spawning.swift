import CSystemCalls

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension ProgramRun {
  /// Starts the process and lets go of its ends of the pipes.
  ///
  /// - Parameter leadsGroup: whether it is the first of a group of processes, which those that it starts belong to.
  func spawn(input: Pipe?, output: Pipe, errors: Pipe, leadsGroup: Bool) throws(ProgramError) -> pid_t {
    guard let path = Self.path(of: name, in: environment["PATH"] ?? "/usr/bin:/bin") else { throw ProgramError(absent: name) }
    let words = [name] + arguments
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    // The system would take what comes before the zero for all of it.
    guard !(words + variables + [folder ?? ""]).contains(where: { $0.utf8.contains(0) }) else { throw ProgramError(name, errno: EINVAL) }
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #endif
    try succeed(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    try succeed(posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    if let input {
      try succeed(posix_spawn_file_actions_adddup2(&actions, input.reading.number, 0))
    } else {
      try succeed(posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0))
    }
    try succeed(posix_spawn_file_actions_adddup2(&actions, output.writing.number, 1))
    try succeed(posix_spawn_file_actions_adddup2(&actions, errors.writing.number, 2))
    if let folder { try succeed(aiwg_spawn_in_folder(&actions, folder)) }
    try prepare(&attributes, leadsGroup: leadsGroup)
    var process = pid_t()
    let failure = withCStrings(words) { words in
      withCStrings(variables) { posix_spawn(&process, path, &actions, &attributes, words, $0) }
    }
    try succeed(failure)
    // Otherwise the pipes would never end.
    for end in [input?.reading, output.writing, errors.writing] { end?.close() }
    return process
  }

  #if canImport(Darwin)
    private typealias Attributes = posix_spawnattr_t?
  #else
    private typealias Attributes = posix_spawnattr_t
  #endif

  /// A child inherits which signals are blocked and ignored, and aiwg ignores some that would end others.
  private func prepare(_ attributes: inout Attributes, leadsGroup: Bool) throws(ProgramError) {
    var (none, usual) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    sigaddset(&usual, SIGXFSZ)
    try succeed(posix_spawnattr_setsigmask(&attributes, &none))
    try succeed(posix_spawnattr_setsigdefault(&attributes, &usual))
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    if leadsGroup {
      try succeed(posix_spawnattr_setpgroup(&attributes, 0))
      flags |= Int32(POSIX_SPAWN_SETPGROUP)
    }
    try succeed(posix_spawnattr_setflags(&attributes, Int16(flags)))
  }

  /// These calls return the error number.
  private func succeed(_ failure: Int32) throws(ProgramError) {
    guard failure == 0 else { throw ProgramError(name, errno: failure) }
  }

  /// The first file of that name that can be run.
  ///
  /// A relative folder in `PATH` is passed over: it would be one of the folder that the program is to run in, which anybody may have filled.
  private static func path(of name: String, in folders: String) -> String? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return folders.split(separator: ":").lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first {
      Machine.hasFile($0) && access($0, X_OK) == 0
    }
  }

  /// Hands over texts as C has them, with a null behind the last.
  private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
      starts.append(bytes.count)
      bytes += text.utf8.map { CChar(bitPattern: $0) } + [0]
    }
    return bytes.withUnsafeMutableBufferPointer { buffer in body(starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil]) }
  }
}
