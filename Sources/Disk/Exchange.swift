#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Feeds a program and takes what it writes, all at once, so that neither side waits for a full pipe.
struct Exchange {
  /// Most that is kept of what it says about itself; the rest is read and forgotten.
  private static let mostErrors = 1 << 16
  private static let pieceSize = 1 << 16
  /// Longest time between two questions whether to go on, in milliseconds.
  private static let glance = 200.0

  private let name: String
  private let mostOutput: Int
  private let feeding: Descriptor?
  private let reading: Descriptor
  private let complaints: Descriptor
  private var input: ArraySlice<UInt8>
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []

  init(_ run: ProgramRun, input: Pipe?, output: Pipe, errors: Pipe) throws(ProgramError) {
    name = run.name
    mostOutput = run.mostOutput
    self.input = run.input[...]
    (feeding, reading, complaints) = (input?.writing, output.reading, errors.reading)
    guard let feeding else { return }
    guard fcntl(feeding.number, F_SETFL, O_NONBLOCK) == 0 else { throw ProgramError(name) }
  }

  /// Goes on until the program has closed both streams; then nil, or why it has to be ended.
  mutating func ending(before deadline: Double, _ isUnwanted: (() -> Bool)?) throws(ProgramError) -> ProgramRun.Ending? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    while reading.isOpen || complaints.isOpen {
      let left = deadline - Machine.uptime
      guard left > 0 else { return .outOfTime }
      if let isUnwanted, isUnwanted() { return .stopped }
      var ready = [
        pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0), pollfd(fd: complaints.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: feeding?.number ?? -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&ready, 3, Int32(min(left * 1000 + 1, isUnwanted == nil ? 1_000_000 : Self.glance))) >= 0 else {
        guard errno == EINTR else { throw ProgramError(name) }
        continue
      }
      if ready[0].revents != 0, let piece = try piece(from: reading, buffer) {
        let room = mostOutput - output.count
        output += piece.prefix(room)
        if piece.count > room { return .tooMuchOutput }
      }
      if ready[1].revents != 0, let piece = try piece(from: complaints, buffer) { errors += piece.prefix(Self.mostErrors - errors.count) }
      if ready[2].revents != 0 { try feed() }
    }
    return nil
  }

  /// What there is to read; nil at the end, and the descriptor is closed then.
  private func piece(from end: Descriptor, _ buffer: UnsafeMutableRawBufferPointer) throws(ProgramError) -> UnsafeRawBufferPointer? {
    let count = uninterrupted { readPiece(end.number, buffer) }
    guard count >= 0 else { throw ProgramError(name) }
    if count == 0 { end.close() }
    return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  private mutating func feed() throws(ProgramError) {
    guard let feeding else { return }
    let (count, number) = Self.withoutPipeSignal { () -> (Int, Int32) in
      let count = uninterrupted { input.withUnsafeBytes { writePiece(feeding.number, $0) } }
      return (count, count < 0 ? errno : 0)
    }
    // A program that reads no more of it has its reasons, and its exit code says them.
    guard count >= 0 || number == EAGAIN || number == EPIPE else { throw ProgramError(name, errno: number) }
    input = input.dropFirst(max(0, count))
    if input.isEmpty || number == EPIPE { feeding.close() }
  }

  /// Lets a write to a pipe that nobody reads fail, where the signal would end this process.
  static func withoutPipeSignal<Result>(_ work: () -> Result) -> Result {
    var (pipe, before, pending) = (sigset_t(), sigset_t(), sigset_t())
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let result = work()
    sigpending(&pending)
    if !wasPending, sigismember(&pending, SIGPIPE) == 1 {
      var number: Int32 = 0
      sigwait(&pipe, &number)
    }
    return result
  }
}
