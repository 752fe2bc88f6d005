import Foundation
import TestSupport

/// How a process ended.
enum Ending: Hashable, Sendable, CustomStringConvertible {
  case exit(Int32)
  case signal(Int32)
  /// It did not, in the time that it had.
  case hung

  var description: String {
    switch self {
    case .exit(let status): "exit \(status)"
    case .signal(let number): "signal \(number)"
    case .hung: "hung"
    }
  }
}

/// What a process said, and how it ended.
struct Run: Sendable {
  var ending: Ending
  var output: String
  var errors: String

  var status: Int32 {
    if case .exit(let status) = ending { status } else { -1 }
  }

  /// The first lines of what it said, for a report.
  var excerpt: String { "\(ending): " + (errors + output).split(separator: "\n").prefix(3).joined(separator: " | ") }
}

/// A running process; faster to start than Foundation's, and it can be stopped and killed.
final class Child {
  let id: pid_t
  private let outputFile: String
  private let errorFile: String
  private var ending: Ending?

  /// Starts a program, whose output goes to files `name.out` and `name.err` in a folder.
  init(_ arguments: [String], in folder: String, environment: [String: String], files: String, name: String = "run") throws {
    (outputFile, errorFile) = ("\(files)/\(name).out", "\(files)/\(name).err")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    LibC.begin(&actions, in: folder)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of a test run block signals and ignore some, and a child would inherit that.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, arguments[0], &actions, &attributes, &words, &settings)
    guard error == 0 else { throw SetupError("cannot start \(arguments[0]): \(String(cString: strerror(error)))") }
    self.id = id
  }

  /// Waits for the end, and kills what has not ended in time.
  func wait(seconds: Double = 60) -> Run {
    var waited = 0.0
    while ending == nil {
      var status: Int32 = 0
      let result = waitpid(id, &status, WNOHANG)
      if result == id || (result < 0 && errno != EINTR) {
        ending = status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
      } else if waited > seconds {
        kill(id, SIGKILL)
        waitpid(id, &status, 0)
        ending = .hung
      } else {
        usleep(waited < 0.05 ? 200 : 2000)
        waited += waited < 0.05 ? 0.000_25 : 0.002
      }
    }
    return Run(ending: ending ?? .hung, output: text(outputFile), errors: text(errorFile))
  }

  /// What it has said to stderr so far.
  var errorsSoFar: String { text(errorFile) }

  /// Waits until it has stopped itself; false when it ended instead.
  func waitUntilStopped() -> Bool {
    var status: Int32 = 0
    while waitpid(id, &status, WUNTRACED) != id {}
    if status & 0xff == 0x7f { return true }
    ending = status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
    return false
  }

  func send(_ signal: Int32) { kill(id, signal) }

  private func text(_ path: String) -> String { String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self) }

  deinit {
    guard ending == nil else { return }
    kill(id, SIGKILL)
    waitpid(id, nil, 0)
  }
}
