package import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps runs on one tree apart: one that writes is alone, those that read are together.
///
/// The system holds it on the root folder itself, so that a run that only reads writes nothing, and a run that dies holds nothing.
package final class RunLock: @unchecked Sendable {
  package enum Mode: Hashable, Sendable { case reading, writing }

  /// What trying to take it came to.
  package enum Attempt: Hashable, Sendable {
    case taken
    /// By another run; its process, where the system tells it.
    case busy(by: Int32?)
    /// The file system knows no locks.
    case unknown
  }

  private let descriptor: Int32

  /// - Throws: `TreeError` without a path when the root cannot be opened.
  package init(on tree: DiskTree) throws(TreeError) {
    // Not the tree's own descriptor: each opening of a folder is locked for itself.
    descriptor = uninterrupted { openat(tree.root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw TreeError(nil) }
  }

  deinit {
    // A program that is just being started has a copy of the descriptor for a moment, and closing this one alone would leave it the lock.
    _ = flock(descriptor, LOCK_UN)
    closeDescriptor(descriptor)
  }

  /// Tries once; it is held until this value goes, or the process.
  package func attempt(_ mode: Mode) -> Attempt {
    let operation = mode == .writing ? LOCK_EX : LOCK_SH
    if uninterrupted({ flock(descriptor, operation | LOCK_NB) }) == 0 { return .taken }
    return errno == EWOULDBLOCK ? .busy(by: holder) : .unknown
  }

  /// Sleeps until it is worth trying again.
  package static func pause(milliseconds: Int) {
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    nanosleep(&time, nil)
  }

  /// From the list that Linux keeps of all locks: kind, process, and the file by device and number.
  private var holder: Int32? {
    #if canImport(Darwin)
      return nil
    #else
      var info = stat()
      guard fstat(descriptor, &info) == 0 else { return nil }
      let device = UInt64(info.st_dev)
      let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
      let minor = device & 0xFF | device >> 12 & ~0xFF
      let file = "\(twoDigits(major)):\(twoDigits(minor)):\(info.st_ino)"
      let list = uninterrupted { open("/proc/locks", O_RDONLY | O_CLOEXEC) }
      guard list >= 0 else { return nil }
      let opened = OpenFile(descriptor: list, path: TreePath(known: "locks"), size: 1 << 16)
      defer { opened.close() }
      guard let bytes = try? opened.readAll() else { return nil }
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 6, words[1] == "FLOCK", words[5] == file, let process = Int32(words[4]), process > 0 else { continue }
        return process
      }
      return nil
    #endif
  }

  private func twoDigits(_ number: UInt64) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }
}
