#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program that answers questions, one after the other, as long as this value is there.
///
/// It is started as `ProgramRun` starts one. Not to be used by two threads at once.
package final class Conversation {
  /// The program closed its output, or was not done in time; what it said about that.
  package struct Silence: Error, Hashable, Sendable {
    package var errors: [UInt8]
    package var isOutOfTime: Bool
  }

  /// How long a program may take to end when nothing more comes, in seconds.
  private static let patience = 2.0
  private static let pieceSize = 1 << 16
  private static let mostErrors = 1 << 14

  private let run: ProgramRun
  private let process: pid_t
  private let feeding: Descriptor
  private let reading: Descriptor
  private let complaints: Descriptor
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
  private var errors: [UInt8] = []

  /// - Parameter seconds: how long it may take for one answer.
  /// - Throws: `ProgramError` when it cannot be started.
  package init(_ name: String, _ arguments: [String], in folder: String, environment: [String: String], seconds: Double) throws(ProgramError) {
    run = ProgramRun(name, arguments, in: folder, environment: environment, mostOutput: 0, seconds: seconds)
    let (input, output, errors) = (try Pipe(for: name), try Pipe(for: name), try Pipe(for: name))
    process = try run.spawn(input: input, output: output, errors: errors, leadsGroup: false)
    (feeding, reading, complaints) = (input.writing, output.reading, errors.reading)
    guard fcntl(feeding.number, F_SETFL, O_NONBLOCK) == 0 else { throw ProgramError(name) }
  }

  deinit {
    buffer.deallocate()
    feeding.close()
    reading.close()
    complaints.close()
    // What keeps it from ending is over by then.
    try? run.finish(process, before: Machine.uptime + Self.patience)
  }

  /// Asks, and hands over what comes until that is the whole answer.
  /// - Parameter isWhole: gets each piece in turn.
  /// - Throws: `ProgramError`, `Silence`, and what `isWhole` throws; the program is of no use after any of them.
  package func ask(_ question: [UInt8], isWhole: (UnsafeRawBufferPointer) throws -> Bool) throws {
    let deadline = Machine.uptime + run.seconds
    var rest = question[...]
    while true {
      let left = deadline - Machine.uptime
      guard left > 0, !Machine.isInterrupted else { throw Silence(errors: errors, isOutOfTime: true) }
      var ready = [
        pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0), pollfd(fd: complaints.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: rest.isEmpty ? -1 : feeding.number, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&ready, 3, Int32(min(left * 1000 + 1, 200))) >= 0 else {
        guard errno == EINTR else { throw ProgramError(run.name) }
        continue
      }
      if ready[1].revents != 0, let piece = try piece(from: complaints) { errors += piece.prefix(Self.mostErrors - errors.count) }
      if ready[0].revents != 0 {
        guard let piece = try piece(from: reading) else { throw try silence() }
        if try isWhole(piece) { return }
      }
      if ready[2].revents != 0 { rest = try feed(rest) }
    }
  }

  /// What it said about its end, to the last word.
  private func silence() throws(ProgramError) -> Silence {
    while complaints.isOpen, let piece = try piece(from: complaints) { errors += piece.prefix(Self.mostErrors - errors.count) }
    return Silence(errors: errors, isOutOfTime: false)
  }

  private func piece(from end: Descriptor) throws(ProgramError) -> UnsafeRawBufferPointer? {
    let count = uninterrupted { readPiece(end.number, buffer) }
    guard count >= 0 else { throw ProgramError(run.name) }
    if count == 0 { end.close() }
    return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  private func feed(_ bytes: ArraySlice<UInt8>) throws(ProgramError) -> ArraySlice<UInt8> {
    let (count, number) = Exchange.withoutPipeSignal { () -> (Int, Int32) in
      let count = uninterrupted { bytes.withUnsafeBytes { writePiece(feeding.number, $0) } }
      return (count, count < 0 ? errno : 0)
    }
    // The end of what it says tells why it reads no more.
    if number == EPIPE { return [] }
    guard count >= 0 || number == EAGAIN else { throw ProgramError(run.name, errno: number) }
    return bytes.dropFirst(max(0, count))
  }
}
