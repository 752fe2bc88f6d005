import CSystemCalls
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A folder whose files are watched, with all that is below it.
package struct WatchedFolder: Hashable, Sendable {
  /// From the root; it need not be there yet.
  package var path: String
  /// What in it counts, by name; nil is everything.
  package var only: Set<String>?
  /// Paths from the root of what is left out.
  package var besides: Set<String>

  package init(_ path: String, only: Set<String>? = nil, besides: Set<String> = []) {
    (self.path, self.only, self.besides) = (path, only, besides)
  }
}

/// Tells when files in folders may have changed, and which did.
///
/// What the system tells is only a reason to look: which files changed is found by comparing how they were. So it makes no difference in which
/// way somebody saves, whether the system lost count, or who wrote what is not watched.
package final class FolderWatch {
  /// Why it looks again and again instead of being told; the system's words.
  package private(set) var reasonToPoll: String?
  /// Time between two looks, in seconds; nil when it is told.
  package private(set) var interval: Double?

  /// When nobody said how often to look.
  private static let usualInterval = 2.0
  /// A burst is over after so many seconds of silence, and whatever comes after so many altogether.
  private static let silence = 0.1
  private static let longestBurst = 1.0

  private let queue: Descriptor
  /// The numbers of folders that the system tells of.
  private var known: Set<Int32> = []
  private var seen: Set<Int32> = []

  /// - Parameter interval: looks that often, in seconds, and is not told; nil is told where the system does that.
  package init(lookingEvery interval: Double? = nil) {
    self.interval = interval
    queue = Descriptor(interval == nil ? aiwg_watch_open() : -1)
    if interval == nil, !queue.isOpen { fallBack(errno) }
  }

  private func fallBack(_ number: Int32) {
    let words = number == ENOSPC ? "the system watches no more folders for this user" : Errno(rawValue: number).description
    (reasonToPoll, interval) = (words, Self.usualInterval)
    queue.close()
  }

  /// How the files are now; from here on the system tells of changes to them.
  package func look(at folders: [WatchedFolder]) -> FileStamps {
    var stamps = FileStamps()
    seen = []
    for folder in folders { look(in: folder.path, of: folder, isTop: true, depth: 0, &stamps) }
    for number in known.subtracting(seen) { _ = aiwg_watch_forget(queue.number, number) }
    known = seen
    return stamps
  }

  /// How the files are now; nobody tells of changes to them.
  package static func stamps(of folders: [WatchedFolder]) -> FileStamps { FolderWatch(lookingEvery: 1).look(at: folders) }

  /// Waits until something may have changed.
  /// - Parameter seconds: no longer than that; nil is as long as it takes.
  package func wait(atMost seconds: Double? = nil) {
    guard interval == nil else {
      RunLock.pause(milliseconds: Int(min(seconds ?? .infinity, interval ?? 0) * 1000))
      return
    }
    _ = isTold(within: seconds)
  }

  /// Waits until a burst of changes is over: what is told first, then silence.
  /// - Parameter look: how things are now, where nobody tells.
  package func settle(_ look: () -> FileStamps) {
    let start = Machine.uptime
    var last = interval == nil ? nil : look()
    while Machine.uptime - start < Self.longestBurst {
      if interval == nil {
        guard isTold(within: Self.silence) else { return }
        // Not as fast as somebody can write.
        RunLock.pause(milliseconds: 5)
      } else {
        RunLock.pause(milliseconds: Int(Self.silence * 1000))
        let now = look()
        guard now != last else { return }
        last = now
      }
    }
  }

  /// Whether the system tells of something in that time; what it tells is forgotten.
  private func isTold(within seconds: Double?) -> Bool {
    var ready = pollfd(fd: queue.number, events: Int16(POLLIN), revents: 0)
    let result = uninterrupted { poll(&ready, 1, seconds.map { Int32($0 * 1000) } ?? -1) }
    guard result > 0 else { return false }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while uninterrupted({ readPiece(queue.number, buffer) }) > 0 {}
    return true
  }

  // MARK: Looking

  private func look(in path: String, of folder: WatchedFolder, isTop: Bool, depth: Int, _ stamps: inout FileStamps) {
    let descriptor = uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (isTop ? 0 : O_NOFOLLOW)) }
    guard descriptor >= 0 else {
      if isTop { beTold(ofNearest: path) } else { stamps.note(path, failing: errno) }
      return
    }
    // Before the names are read: what comes between the two is told.
    beTold(of: path)
    defer { closeDescriptor(descriptor) }
    guard let names = try? Listing.names(in: descriptor, at: nil) else { return stamps.note(path, failing: EIO) }
    for name in names {
      let text = String(decoding: name, as: UTF8.self)
      let inner = (path == "/" ? "" : path) + "/" + text
      guard !isTop || folder.only?.contains(text) ?? true, !folder.besides.contains(inner), text != ".git" else { continue }
      if stamps.take(inner, Array(text.utf8CString), in: descriptor), depth + 1 < 64 {
        look(in: inner, of: folder, isTop: false, depth: depth + 1, &stamps)
      }
    }
  }

  private func beTold(of path: String) {
    guard queue.isOpen else { return }
    let number = aiwg_watch_folder(queue.number, path)
    if number >= 0 { seen.insert(number) } else if errno != ENOENT && errno != ENOTDIR && errno != EACCES { fallBack(errno) }
  }

  /// Of a folder that is not there: the nearest one above, where it will come back.
  private func beTold(ofNearest path: String) {
    var above = path
    while let slash = above.lastIndex(of: "/") {
      above = slash == above.startIndex ? "/" : String(above[..<slash])
      if Machine.hasFolder(above) { return beTold(of: above) }
      if above == "/" { return }
    }
  }
}
