import CSystemCalls

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A descriptor that is closed when it is told to, or when nothing holds it any more.
final class Descriptor {
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close() }

  /// Whether it is still good for anything; the system passes over -1 where it waits for several.
  var isOpen: Bool { number >= 0 }

  func close() {
    if isOpen { closeDescriptor(number) }
    number = -1
  }
}

/// The two ends of a pipe, which no program inherits.
struct Pipe {
  let reading: Descriptor
  let writing: Descriptor

  init(for program: String) throws(ProgramError) {
    var ends: [Int32] = [-1, -1]
    guard aiwg_pipe(&ends) == 0 else { throw ProgramError(program) }
    let both = (Descriptor(ends[0]), Descriptor(ends[1]))
    reading = try Self.aboveTheStandardStreams(both.0, program)
    writing = try Self.aboveTheStandardStreams(both.1, program)
  }

  /// The child's own streams take the first three numbers, one after the other, and an end that has one of them would be lost.
  private static func aboveTheStandardStreams(_ end: Descriptor, _ program: String) throws(ProgramError) -> Descriptor {
    guard end.number < 3 else { return end }
    let moved = fcntl(end.number, F_DUPFD_CLOEXEC, 3)
    guard moved >= 0 else { throw ProgramError(program) }
    return Descriptor(moved)
  }
}
