package import Foundation

/// A run of aiwg that costs little to start, for tests with thousands of them.
package struct Spawned: Sendable {
  /// The exit code; nil when a signal ended it.
  package var status: Int32?
  package var seconds: Double
  /// The most memory that it held beyond what the tests hold, in KiB on Linux: a child is charged with its parent's until it starts.
  package var ownMemory: Int

  /// Runs aiwg with its streams thrown away, or its errors written to a file.
  package static func aiwg(_ arguments: [String], in folder: URL, errorsTo errors: URL? = nil) throws -> Spawned {
    guard let program = Program.aiwg else { throw SetupError("no aiwg beside the tests: build all products, or set AIWG_BINARY") }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors?.path ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let words = ([program.path] + arguments + ["-C", folder.path]).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), strdup("CI=1"), nil]
    defer { environment.forEach { free($0) } }
    let start = ContinuousClock.now
    var pid = pid_t()
    let failure = posix_spawn(&pid, program.path, &actions, nil, words, environment)
    guard failure == 0 else { throw SetupError("cannot start aiwg: \(failure)") }
    var (state, usage) = (Int32(0), rusage())
    while wait4(pid, &state, 0, &usage) == -1, errno == EINTR {}
    let duration = start.duration(to: .now).components
    let seconds = Double(duration.seconds) + Double(duration.attoseconds) / 1e18
    var own = rusage()
    // RUSAGE_SELF, which is an enumeration on one system and a number on another.
    getrusage(.init(0), &own)
    return Spawned(status: state & 0x7F == 0 ? (state >> 8) & 0xFF : nil, seconds: seconds, ownMemory: Int(usage.ru_maxrss - own.ru_maxrss))
  }
}

/// Whether the long forms of tests run: `AIWG_TORTURE=full` in the environment.
package let isTortureFull = ProcessInfo.processInfo.environment["AIWG_TORTURE"] == "full"

/// Random numbers that come again with the same seed.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
