import Foundation
import TestSupport

/// All files, folders and symlinks of a folder as a value: to compare, and to put back.
struct Image: Sendable {
  struct Entry: Hashable, Sendable {
    /// Kind and permissions.
    var mode: UInt32
    /// Bytes of a file, target of a symlink.
    var bytes: [UInt8] = []

    var kind: UInt32 { mode & 0o170000 }
    var isFolder: Bool { kind == 0o040000 }
    var isLink: Bool { kind == 0o120000 }
  }

  /// By path, relative to the folder.
  var entries: [String: Entry] = [:]

  /// How another image differs: one line for each entry, `+`, `-` or `~` and the path.
  func differences(to other: Image) -> [String] {
    var out: [String] = []
    for (path, entry) in entries {
      guard let now = other.entries[path] else {
        out.append("- " + path)
        continue
      }
      if now != entry { out.append("~ " + path) }
    }
    for path in other.entries.keys where entries[path] == nil { out.append("+ " + path) }
    return out.sorted()
  }

  /// Whether a file holds these bytes.
  func holds(_ text: [UInt8]) -> Bool {
    entries.values.contains { LibC.holds($0.bytes, text) }
  }

  subscript(text path: String) -> String { String(decoding: entries[path]?.bytes ?? [], as: UTF8.self) }
}

/// A folder that is looked at and put back again and again, quickly: only what changed is read or written.
final class Folder {
  private struct Identity: Hashable {
    var inode, seconds, nanoseconds, changedSeconds, changedNanoseconds, size: Int
    var mode: UInt32
  }

  let root: String
  private var known: [String: (identity: Identity, entry: Image.Entry)] = [:]

  init(_ root: String) throws {
    self.root = root
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  /// What there is now.
  func image() throws -> Image {
    var seen: [String: (identity: Identity, entry: Image.Entry)] = [:]
    seen.reserveCapacity(known.count)
    try walk("", &seen)
    known = seen
    return Image(entries: seen.mapValues(\.entry))
  }

  private func walk(_ folder: String, _ seen: inout [String: (identity: Identity, entry: Image.Entry)]) throws {
    guard let open = opendir(folder.isEmpty ? root : root + "/" + folder) else { throw SetupError("cannot list \(root)/\(folder)") }
    defer { closedir(open) }
    while let entry = readdir(open) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      var info = stat()
      // Others may be at work in the folder.
      guard lstat(root + "/" + path, &info) == 0 else { continue }
      let identity = Self.identity(info)
      if let old = known[path], old.identity == identity { seen[path] = old } else { seen[path] = (identity, try read(path, identity)) }
      if info.st_mode & S_IFMT == S_IFDIR { try walk(path, &seen) }
    }
  }

  private static func identity(_ info: stat) -> Identity {
    let isFolder = info.st_mode & S_IFMT == S_IFDIR
    return Identity(
      inode: isFolder ? 0 : Int(info.st_ino), seconds: isFolder ? 0 : info.st_mtim.tv_sec, nanoseconds: isFolder ? 0 : info.st_mtim.tv_nsec,
      changedSeconds: isFolder ? 0 : info.st_ctim.tv_sec, changedNanoseconds: isFolder ? 0 : info.st_ctim.tv_nsec,
      size: isFolder ? 0 : Int(info.st_size), mode: UInt32(info.st_mode))
  }

  private func read(_ path: String, _ identity: Identity) throws -> Image.Entry {
    let full = root + "/" + path
    switch identity.mode & 0o170000 {
    case 0o100000:
      guard let data = FileManager.default.contents(atPath: full) else { throw SetupError("cannot read \(full)") }
      return Image.Entry(mode: identity.mode, bytes: [UInt8](data))
    case 0o120000:
      return Image.Entry(mode: identity.mode, bytes: Array(try FileManager.default.destinationOfSymbolicLink(atPath: full).utf8))
    default: return Image.Entry(mode: identity.mode)
    }
  }

  /// Makes the folder what an image says.
  func reset(to image: Image) throws {
    let now = try self.image()
    for (path, entry) in now.entries.sorted(by: { $0.key > $1.key }) where image.entries[path]?.kind != entry.kind {
      guard remove(root + "/" + path) == 0 else { throw SetupError("cannot remove \(path)") }
    }
    for (path, entry) in image.entries.sorted(by: { $0.key < $1.key }) where now.entries[path] != entry {
      try put(entry, at: root + "/" + path, isThere: now.entries[path]?.kind == entry.kind)
    }
    let left = try self.image().differences(to: image)
    guard left.isEmpty else { throw SetupError("cannot put back \(left.prefix(3))") }
  }

  private func put(_ entry: Image.Entry, at path: String, isThere: Bool) throws {
    if entry.isFolder {
      guard isThere || mkdir(path, 0o700) == 0 else { throw SetupError("cannot make \(path)") }
    } else if entry.isLink {
      guard !isThere || unlink(path) == 0, symlink(String(decoding: entry.bytes, as: UTF8.self), path) == 0 else {
        throw SetupError("cannot link \(path)")
      }
      return
    } else {
      // A new inode, so that no other name of an old one changes.
      if isThere { unlink(path) }
      guard FileManager.default.createFile(atPath: path, contents: Data(entry.bytes)) else { throw SetupError("cannot write \(path)") }
    }
    guard chmod(path, mode_t(entry.mode & 0o7777)) == 0 else { throw SetupError("cannot set the mode of \(path)") }
  }
}
