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
  /// How many files and folders it may name to the system where each costs a descriptor; 0 where naming the folders is enough.
  private let room: Int
  /// The numbers of what the system tells of.
  private var known: Set<Int32> = []
  private var seen: Set<Int32> = []
  /// The same by file, where each has a number of its own; as long as that is open, no other file is called so.
  private var numbers: [FileNumber: Int32] = [:]

  private struct FileNumber: Hashable {
    var device: UInt64
    var number: UInt64
  }

  /// - Parameter interval: looks that often, in seconds, and is not told; nil is told where the system does that.
  /// - Parameter room: how many files and folders it may name to the system, other than what that allows; for tests.
  package init(lookingEvery interval: Double? = nil, room: Int? = nil) {
    self.interval = interval
    queue = Descriptor(interval == nil ? aiwg_watch_open() : -1)
    let failure = errno
    self.room = room ?? (queue.isOpen ? Int(aiwg_watch_room()) : 0)
    if interval == nil, !queue.isOpen { fallBack(failure) }
  }

  deinit { forgetAll() }

  private func fallBack(_ number: Int32) {
    let words =
      switch number {
      case ENOSPC: "the system watches no more folders for this user"
      case EMFILE: "there are more files than the system watches for one program"
      default: Errno(rawValue: number).description
      }
    (reasonToPoll, interval) = (words, Self.usualInterval)
    forgetAll()
    queue.close()
  }

  private func forgetAll() {
    for number in known.union(seen) where queue.isOpen { _ = aiwg_watch_forget(queue.number, number) }
    (known, seen, numbers) = ([], [], [:])
  }

  /// How the files are now; from here on the system tells of changes to them.
  package func look(at folders: [WatchedFolder]) -> FileStamps {
    var stamps = FileStamps()
    seen = []
    for folder in folders { look(in: folder.path, of: folder, isTop: true, depth: 0, &stamps) }
    for number in known.subtracting(seen) { _ = aiwg_watch_forget(queue.number, number) }
    known = seen
    numbers = numbers.filter { seen.contains($0.value) }
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
    uninterrupted { aiwg_watch_wait(queue.number, seconds.map { Int32($0 * 1000) } ?? -1) } > 0
  }

  // MARK: Looking

  private func look(in path: String, of folder: WatchedFolder, isTop: Bool, depth: Int, _ stamps: inout FileStamps) {
    let descriptor = uninterrupted { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (isTop ? 0 : O_NOFOLLOW)) }
    guard descriptor >= 0 else {
      let failure = errno
      if isTop { beTold(ofNearest: path) } else { stamps.note(path, failing: failure) }
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
      if room > 0, isFile(text, in: descriptor) { beTold(of: text, in: descriptor) }
      if stamps.take(inner, Array(text.utf8CString), in: descriptor), depth + 1 < 64 {
        look(in: inner, of: folder, isTop: false, depth: depth + 1, &stamps)
      }
    }
  }

  private func isFile(_ name: String, in folder: Int32) -> Bool {
    var info = stat()
    return fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  private func beTold(of path: String, in folder: Int32 = AT_FDCWD) {
    guard queue.isOpen else { return }
    var file: FileNumber?
    if room > 0 {
      var info = stat()
      guard fstatat(folder, path, &info, 0) == 0 else { return }
      let own = FileNumber(device: UInt64(truncatingIfNeeded: info.st_dev), number: UInt64(truncatingIfNeeded: info.st_ino))
      if let number = numbers[own] {
        seen.insert(number)
        return
      }
      guard numbers.count < room else { return fallBack(EMFILE) }
      file = own
    }
    let number = aiwg_watch_add(queue.number, folder, path)
    guard number >= 0 else {
      if ![ENOENT, ENOTDIR, EACCES, EPERM, ELOOP].contains(errno) { fallBack(errno) }
      return
    }
    seen.insert(number)
    if let file { numbers[file] = number }
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
