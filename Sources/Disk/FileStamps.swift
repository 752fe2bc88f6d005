#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How files were when somebody looked, so that a later look tells which changed.
package struct FileStamps: Equatable, Sendable {
  /// What the system says of a file.
  private struct Stamp: Hashable {
    var kind: UInt32
    var number: UInt64
    var size: Int
    var modified: Time
    var changed: Time
    /// Of the bytes, where the times are so young that another change may leave them as they are.
    var digest: UInt64?
  }

  private struct Time: Hashable {
    var seconds: Int
    var nanoseconds: Int
  }

  /// Times of some file systems count in steps of two seconds.
  private static let young = 3
  /// Of longer files, the start is looked into.
  private static let mostRead = 1 << 20

  private var stamps: [String: Stamp] = [:]

  package static func == (left: FileStamps, right: FileStamps) -> Bool { left.changes(since: right).isEmpty }

  /// The files that came, went or changed, in order.
  package func changes(since earlier: FileStamps) -> [String] {
    Set(stamps.keys).union(earlier.stamps.keys).filter { path in
      guard var now = stamps[path], var before = earlier.stamps[path] else { return true }
      if now.digest != nil, before.digest != nil, now.digest != before.digest { return true }
      (now.digest, before.digest) = (nil, nil)
      return now != before
    }.sorted()
  }

  /// Takes some files as they are in another look, because whoever looked wrote them.
  package mutating func take(_ paths: Set<String>, from later: FileStamps) {
    for path in paths { stamps[path] = later.stamps[path] }
  }

  /// Remembers that something could not be looked into.
  mutating func note(_ path: String, failing number: Int32) {
    let never = Time(seconds: 0, nanoseconds: 0)
    stamps[path] = Stamp(kind: 0, number: UInt64(number), size: 0, modified: never, changed: never)
  }

  /// Looks at one name in an open folder; whether it is a folder itself.
  mutating func take(_ path: String, _ name: [CChar], in folder: Int32) -> Bool {
    var info = stat()
    guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
    if info.st_mode & S_IFMT == S_IFDIR { return true }
    #if canImport(Darwin)
      let (modified, changed) = (info.st_mtimespec, info.st_ctimespec)
    #else
      let (modified, changed) = (info.st_mtim, info.st_ctim)
    #endif
    var stamp = Stamp(
      kind: UInt32(info.st_mode), number: UInt64(info.st_ino), size: Int(info.st_size),
      modified: Time(seconds: modified.tv_sec, nanoseconds: modified.tv_nsec), changed: Time(seconds: changed.tv_sec, nanoseconds: changed.tv_nsec))
    let isYoung = time(nil) - max(modified.tv_sec, changed.tv_sec) < Self.young
    if isYoung, info.st_mode & S_IFMT == S_IFREG { stamp.digest = Self.digest(of: name, in: folder) }
    stamps[path] = stamp
    return false
  }

  /// FNV-1a, which tells apart what nobody tries to make alike.
  private static func digest(of name: [CChar], in folder: Int32) -> UInt64? {
    let descriptor = uninterrupted { openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    defer { closeDescriptor(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    var total = 0
    while total < mostRead {
      let count = uninterrupted { readPiece(descriptor, buffer) }
      guard count > 0 else { break }
      for byte in buffer[..<count] { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
      total += count
    }
    return digest
  }
}
