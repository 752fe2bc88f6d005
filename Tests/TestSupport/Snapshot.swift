package import Foundation

/// Every file, folder and symlink under a folder at one moment.
package struct FolderSnapshot: Sendable {
  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// A file's bytes, a symlink's target; empty for a folder.
    package var bytes: Data
    /// Kind and permissions.
    package var mode: UInt32
    /// Inode and time of the last change: another one means that the file was written, be it with the same bytes.
    package var identity: String
  }

  /// By path, relative to the folder.
  package var entries: [String: Entry] = [:]

  package init(of folder: URL) throws {
    let root = folder.path
    for case let path as String in FileManager.default.enumerator(atPath: root) ?? FileManager.DirectoryEnumerator() {
      entries[path] = try Entry(root + "/" + path)
    }
  }

  /// How another snapshot differs in paths, kinds, modes and bytes: one line for each entry, `+`, `-` or `~` and the path.
  package func differences(to other: FolderSnapshot) -> [String] {
    compare(other) { ($0.bytes, $0.mode) == ($1.bytes, $1.mode) }
  }

  /// As `differences`, where a file that was written again counts too.
  package func writes(to other: FolderSnapshot) -> [String] {
    compare(other) { $0 == $1 || ($0.isFolder && $1.isFolder && $0.mode == $1.mode) }
  }

  private func compare(_ other: FolderSnapshot, _ isSame: (Entry, Entry) -> Bool) -> [String] {
    Set(entries.keys).union(other.entries.keys).sorted().compactMap { path in
      switch (entries[path], other.entries[path]) {
      case (let old?, let new?): isSame(old, new) ? nil : "~ " + path
      case (nil, _): "+ " + path
      default: "- " + path
      }
    }
  }
}

extension FolderSnapshot.Entry {
  /// Whether it is a folder.
  package var isFolder: Bool { mode & 0o170000 == 0o040000 }

  fileprivate init(_ path: String) throws {
    var info = stat()
    guard lstat(path, &info) == 0 else { throw SetupError("cannot look at \(path)") }
    mode = UInt32(info.st_mode)
    bytes = Data()
    switch mode & 0o170000 {
    case 0o100000: bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    case 0o120000: bytes = Data(try FileManager.default.destinationOfSymbolicLink(atPath: path).utf8)
    default: break
    }
    #if canImport(Darwin)
      let time = info.st_mtimespec
    #else
      let time = info.st_mtim
    #endif
    identity = "\(info.st_ino) \(time.tv_sec).\(time.tv_nsec)"
  }
}
