import FileTree
import Planning
import ProjectFile

/// Who writes: the release of aiwg, and the data that it ships.
enum Release {
  static let version = "0.1.0"

  /// For the lock; the data is the beginning of a digest over every shipped file, with its path.
  static func header() throws(TreeError) -> Record.Header {
    let shipped = ShippedTree()
    let digest = try Digest { (take) throws(TreeError) in
      let end: [UInt8] = [0]
      for entry in try shipped.entries(under: nil) where entry.kind == .file {
        (entry.path.bytes + end).withUnsafeBytes(take)
        _ = try shipped.stream(entry.path, to: take)
        end.withUnsafeBytes(take)
      }
    }
    return Record.Header(version: version, data: String(digest.hex.prefix(12)))
  }

  /// Nil for a version that a range excludes.
  static func isAllowed(by range: VersionRange) -> Bool {
    Version(version).map(range.contains) ?? false
  }
}
