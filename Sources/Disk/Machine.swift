import CSystemCalls
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a command needs to know of the process and its terminal.
package enum Machine {
  /// One of the two streams that a command writes to.
  package enum Stream: Int32, Sendable {
    case output = 1
    case errors = 2
  }

  /// How a write to a stream came out.
  package enum Writing: Hashable, Sendable {
    case done
    /// Nobody reads the stream any more, and that is the reader's affair.
    case unread
    /// The system's words, such as `No space left on device`.
    case failed(String)
  }

  /// Writes all bytes.
  package static func write(_ text: String, to stream: Stream) -> Writing {
    do {
      try FileDescriptor(rawValue: stream.rawValue).writeAll(text.utf8)
      return .done
    } catch {
      return error as? Errno == .brokenPipe ? .unread : .failed((error as? Errno)?.description ?? "\(error)")
    }
  }

  /// Opens `/dev/null` for each of the three standard streams that the caller closed.
  ///
  /// Otherwise the first file that is opened takes the stream's number, and a report is written into it.
  package static func fillStandardStreams() {
    for number in Int32(0)...2 where fcntl(number, F_GETFD) == -1 {
      // The lowest free number is the one that is missing.
      if open("/dev/null", O_RDWR) == -1 { return }
    }
  }

  /// Whether a person looks at the stream.
  package static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Whether a person can be asked: one types into the process, and sees what it prints.
  package static var isInteractive: Bool { isatty(0) == 1 && isTerminal(.output) && isTerminal(.errors) }

  /// A variable of the environment.
  package static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The working directory; nil when it is gone.
  package static var workingDirectory: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    return getcwd(&buffer, buffer.count).map { String(cString: $0) }
  }

  /// Whether a file is at a path, which may be absolute.
  package static func hasFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether anything is at a path, which may be absolute.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a folder is at a path, which may be absolute.
  package static func hasFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a symlink is at a path, which may be absolute.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether somebody else's files would become root's: root runs this, and the folder belongs to another user.
  package static func isOfAnother(_ folder: String) -> Bool {
    var status = stat()
    return geteuid() == 0 && stat(folder, &status) == 0 && status.st_uid != 0
  }

  /// Keeps a closed pipe, and a limit on the size of files, from killing the process; the write fails instead.
  package static func makeLimitsErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Seconds on a clock that only moves forward.
  package static var uptime: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The time of the day here, such as `09:05:00`.
  package static var clock: String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }

  /// What the process was started with, its own name left out.
  package static var arguments: [String] {
    var count: Int32 = 0
    guard let values = aiwg_arguments(&count), count > 0 else { return Array(CommandLine.arguments.dropFirst()) }
    return (1..<max(1, Int(count))).compactMap { values[$0].map { String(cString: $0) } }
  }

  /// The number of this process.
  package static var processID: Int32 { getpid() }

  /// Lets SIGINT, SIGTERM and SIGHUP end the process with 128 and their number, except while work holds them off.
  package static func watchSignals() { aiwg_watch_signals() }

  /// Does work that a signal must not cut short; one that came meanwhile ends the process right after it.
  package static func holdingSignals<Result, Failure>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    aiwg_hold_signals()
    defer { aiwg_release_signals() }
    return try work()
  }

  /// Whether a signal came that work holds off; the work should come to an end.
  package static var isInterrupted: Bool { aiwg_held_signal() != 0 }

  /// Whether there is something to read on standard input at once.
  package static var hasInput: Bool {
    var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&ready, 1, 0) > 0
  }

  /// What standard input has, once it has something; empty at its end, and nil when it cannot be read.
  package static func readInput() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { buffer in uninterrupted { readPiece(STDIN_FILENO, buffer) } }
    return count < 0 ? nil : Array(bytes.prefix(count))
  }
}
