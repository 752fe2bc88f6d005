import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program could not be run.
package struct ProgramError: Error, Hashable, Sendable {
  package let program: String
  /// The system's words, such as `Permission denied`.
  package let reason: String
  /// Whether no folder of `PATH` has such a program.
  package let isAbsent: Bool

  /// With the error number of the last call, unless another is given.
  init(_ program: String, errno number: Int32 = errno) {
    self.program = program
    reason = Errno(rawValue: number).description
    isAbsent = false
  }

  init(absent program: String) {
    self.program = program
    reason = Errno(rawValue: ENOENT).description
    isAbsent = true
  }
}
