/// A path inside a tree: relative, `/` between its parts, and unable to lead outside.
///
/// Compared and hashed by bytes: `String` would call two spellings of one letter equal.
package struct TreePath: Hashable, Sendable, Comparable {
  /// UTF-8, never empty.
  package let bytes: [UInt8]

  /// Nil for an empty path, an absolute one, one with empty, `.` or `..` parts, and one with a control character or `\`.
  package init?(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// As `init(_:)`, from bytes, which must be UTF-8.
  package init?(bytes: [UInt8]) {
    guard !bytes.isEmpty else { return nil }
    var part = 0
    var start = 0
    for index in 0...bytes.count {
      if index == bytes.count || bytes[index] == UInt8(ascii: "/") {
        if part == 0 || (part == 1 && bytes[start] == UInt8(ascii: ".")) { return nil }
        if part == 2 && bytes[start] == UInt8(ascii: ".") && bytes[start + 1] == UInt8(ascii: ".") { return nil }
        (part, start) = (0, index + 1)
      } else {
        guard bytes[index] >= 0x20, bytes[index] != 0x7F, bytes[index] != UInt8(ascii: "\\") else { return nil }
        part += 1
      }
    }
    guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else { return nil }
    self.bytes = bytes
  }

  /// A path that is written in the source and known to be one.
  package init(known text: StaticString) {
    guard let path = TreePath(text.description) else { preconditionFailure("not a path: \(text)") }
    self = path
  }

  private init(known bytes: [UInt8]) { self.bytes = bytes }

  /// The path as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The parts between the slashes, from the root down.
  package var parts: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }

  /// The first part.
  package var top: ArraySlice<UInt8> { bytes.prefix { $0 != UInt8(ascii: "/") } }

  /// The number of parts.
  package var depth: Int { bytes.count { $0 == UInt8(ascii: "/") } + 1 }

  /// The last part.
  package var name: String { String(decoding: bytes[(lastSlash.map { $0 + 1 } ?? 0)...], as: UTF8.self) }

  /// The folder that holds it; nil at the root.
  package var parent: TreePath? { lastSlash.map { TreePath(known: Array(bytes[..<$0])) } }

  /// The folders above it, nearest first.
  package var ancestors: [TreePath] {
    var out: [TreePath] = []
    var current = parent
    while let folder = current {
      out.append(folder)
      current = folder.parent
    }
    return out
  }

  /// This path with another one below it.
  package func appending(_ other: TreePath) -> TreePath { TreePath(known: bytes + [UInt8(ascii: "/")] + other.bytes) }

  /// Whether it is the folder itself or lies below it.
  package func isInside(_ folder: TreePath) -> Bool {
    bytes.starts(with: folder.bytes) && (bytes.count == folder.bytes.count || bytes[folder.bytes.count] == UInt8(ascii: "/"))
  }

  /// What follows the folder; nil when it is not below that folder.
  package func relative(to folder: TreePath) -> TreePath? {
    guard bytes.count > folder.bytes.count + 1, isInside(folder) else { return nil }
    return TreePath(known: Array(bytes[(folder.bytes.count + 1)...]))
  }

  // As one piece of memory; the default goes byte by byte.
  package func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

  // Eight bytes at a time; the default goes byte by byte.
  package static func < (left: TreePath, right: TreePath) -> Bool {
    left.bytes.withUnsafeBytes { left in
      right.bytes.withUnsafeBytes { right in
        let shared = min(left.count, right.count)
        var offset = 0
        while offset + 8 <= shared {
          let one = UInt64(bigEndian: left.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          let other = UInt64(bigEndian: right.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          if one != other { return one < other }
          offset += 8
        }
        while offset < shared {
          if left[offset] != right[offset] { return left[offset] < right[offset] }
          offset += 1
        }
        return left.count < right.count
      }
    }
  }

  private var lastSlash: Int? { bytes.lastIndex(of: UInt8(ascii: "/")) }
}

extension TreePath {
  /// A name that no path may have, with `%0A` for a byte that is refused.
  package static func shown(_ name: [UInt8]) -> [UInt8] {
    let isUTF8 = String(validating: name, as: UTF8.self) != nil
    return name.flatMap { byte -> [UInt8] in
      if byte >= 0x20, byte != 0x7F, byte != UInt8(ascii: "\\"), byte < 0x80 || isUTF8 { return [byte] }
      return Array(((byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)).utf8)
    }
  }
}

extension TreePath: CustomStringConvertible {
  package var description: String { text }
}
