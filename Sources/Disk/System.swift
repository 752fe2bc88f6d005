import FileTree
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension TreeError {
  /// The system's words for an error number; that of the last call unless another is given.
  init(_ path: TreePath?, errno number: Int32 = errno) {
    self.init(path: path, reason: Errno(rawValue: number).description, isAbsent: number == ENOENT, help: Self.help(number))
  }

  private static func help(_ number: Int32) -> String? {
    switch number {
    case EACCES, EPERM: "run it as who owns that, or change the owner or the permissions; an earlier run by another user may have made it"
    case EROFS: "the file system is read-only; run it where there is a writable checkout"
    case ENOSPC, EDQUOT: "make room on that file system"
    case EMFILE, ENFILE: "let the process open more files (`ulimit -n`)"
    case EFBIG: "let the process write larger files (`ulimit -f`)"
    default: nil
    }
  }
}

/// Makes a call again as long as a signal interrupts it.
func uninterrupted<Number: SignedInteger>(_ call: () -> Number) -> Number {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

// Under names that no method hides.

func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

func readPiece(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int { read(descriptor, buffer.baseAddress, buffer.count) }

func writePiece(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int { write(descriptor, buffer.baseAddress, buffer.count) }

/// Hands one part of a path to a system call.
func withName<Result>(_ part: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) throws(TreeError) -> Result) throws(TreeError) -> Result {
  try withUnsafeTemporaryAllocation(of: CChar.self, capacity: part.count + 1) { (buffer) throws(TreeError) -> Result in
    for (index, byte) in part.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    buffer[part.count] = 0
    guard let name = buffer.baseAddress.map({ UnsafePointer($0) }) else { throw TreeError(path: nil, reason: "Out of memory") }
    return try body(name)
  }
}

/// What a mode word says about the kind of an entry.
func kind(ofMode mode: mode_t) -> EntryKind {
  switch mode & S_IFMT {
  case S_IFREG: .file
  case S_IFDIR: .directory
  case S_IFLNK: .symlink
  default: .other
  }
}

/// The target of a symlink, as it is written.
func target(ofLink name: UnsafePointer<CChar>, in folder: Int32, path: TreePath) throws(TreeError) -> [UInt8] {
  var size = 256
  while true {
    var buffer = [CChar](repeating: 0, count: size)
    let count = readlinkat(folder, name, &buffer, size)
    guard count >= 0 else { throw TreeError(path) }
    if count < size { return buffer[..<count].map { UInt8(bitPattern: $0) } }
    size *= 4
  }
}

/// A lock for what threads hand to each other, or do one after the other.
package final class Lock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  package init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  package func held<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }
}
