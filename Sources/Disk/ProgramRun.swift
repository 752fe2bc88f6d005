#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A run of another program, started without a shell.
///
/// Nothing but the three standard streams and what is given here reaches it.
package struct ProgramRun: Sendable {
  /// How a run came to its end.
  package enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// It wrote more than it may, and was ended.
    case tooMuchOutput
    /// It was not done in time, and was ended.
    case outOfTime
    /// The caller did not want it to go on.
    case stopped
  }

  /// What a run came to; what was written before it was ended is there as well.
  package struct Result: Hashable, Sendable {
    package var ending: Ending
    package var output: [UInt8]
    /// As much of it as a person would read.
    package var errors: [UInt8]
  }

  /// How long a program may take to end once it is told to, in seconds.
  private static let patience = 2.0

  let name: String
  let arguments: [String]
  let folder: String?
  let environment: [String: String]
  let input: [UInt8]
  let mostOutput: Int
  let seconds: Double

  /// - Parameters:
  ///   - name: looked for in the `PATH` of the environment that is given, in its absolute folders.
  ///   - folder: where it runs; nil is the working directory.
  ///   - environment: all of it.
  ///   - input: what it reads; without any it reads the null device.
  ///   - mostOutput: how many bytes it may write to its standard output.
  ///   - seconds: how long it may take.
  package init(
    _ name: String, _ arguments: [String], in folder: String? = nil, environment: [String: String], input: [UInt8] = [], mostOutput: Int,
    seconds: Double
  ) {
    self.name = name
    self.arguments = arguments
    self.folder = folder
    self.environment = environment
    self.input = input
    self.mostOutput = mostOutput
    self.seconds = seconds
  }

  /// Runs it to its end.
  ///
  /// - Parameter isUnwanted: asked a few times a second whether to end it; such a program is ended together with those that it started.
  /// - Throws: `ProgramError` when it cannot be started or followed; an exit code is a result.
  package func result(endingWhen isUnwanted: (() -> Bool)? = nil) throws(ProgramError) -> Result {
    let deadline = Machine.uptime + seconds
    let (output, errors) = (try Pipe(for: name), try Pipe(for: name))
    let input = self.input.isEmpty ? nil : try Pipe(for: name)
    let process = try spawn(input: input, output: output, errors: errors, leadsGroup: isUnwanted != nil)
    do throws(ProgramError) {
      var exchange = try Exchange(self, input: input, output: output, errors: errors)
      let early = try exchange.ending(before: deadline, isUnwanted)
      let status = early == nil ? try state(of: process, before: deadline) : nil
      let ending = status.map(Ending.init(state:)) ?? early ?? .outOfTime
      if status == nil { try end(process, withGroup: isUnwanted != nil) }
      return Result(ending: ending, output: exchange.output, errors: exchange.errors)
    } catch {
      // What went wrong first is what has to be said.
      do throws(ProgramError) { try end(process, withGroup: isUnwanted != nil) } catch { _ = error }
      throw error
    }
  }

  /// The state of a process that has ended; nil when it has not in time.
  private func state(of process: pid_t, before deadline: Double) throws(ProgramError) -> Int32? {
    var pause = 100_000
    while true {
      var state: Int32 = 0
      let ended = uninterrupted { waitpid(process, &state, WNOHANG) }
      if ended == process { return state }
      guard ended == 0 else { throw ProgramError(name) }
      guard Machine.uptime < deadline else { return nil }
      // It has closed its streams, so that it is about to end; no call waits for both a process and a clock on every system.
      var time = timespec(tv_sec: 0, tv_nsec: pause)
      nanosleep(&time, nil)
      pause = min(pause * 2, 10_000_000)
    }
  }

  /// Lets a process end by itself, and ends it when that takes too long.
  func finish(_ process: pid_t, before deadline: Double) throws(ProgramError) {
    if try state(of: process, before: deadline) == nil { try end(process, withGroup: false) }
  }

  /// Ends a process, and keeps no memory of it.
  ///
  /// - Parameter isGroup: whether it leads a group, which is told first, so that it can clear up, and then ended with it.
  private func end(_ process: pid_t, withGroup isGroup: Bool) throws(ProgramError) {
    if isGroup {
      kill(-process, SIGTERM)
      let isOver = try state(of: process, before: Machine.uptime + Self.patience) != nil
      kill(-process, SIGKILL)
      if isOver { return }
    }
    kill(process, SIGKILL)
    var state: Int32 = 0
    // One that was waited for before is no child any more.
    guard uninterrupted({ waitpid(process, &state, 0) }) == process || errno == ECHILD else { throw ProgramError(name) }
  }
}

extension ProgramRun.Ending {
  /// From the word that the system keeps about a process that ended.
  fileprivate init(state: Int32) {
    let signal = state & 0x7F
    self = signal == 0 ? .exited(state >> 8 & 0xFF) : .signalled(signal)
  }
}
