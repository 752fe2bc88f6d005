import FileTree
import Planning
import ProjectFile

/// Who writes: the release of aiwg, and the data that it ships.
enum Release {
  static let version = "0.1.0"

  /// For the lock; the data is the beginning of a digest over every shipped file, with its path.
  static func header() throws(TreeError) -> Record.Header {
    let shipped = ShippedTree()
    var bytes: [UInt8] = []
    for entry in try shipped.entries(under: nil) where entry.kind == .file {
      bytes += entry.path.bytes + [0]
      bytes += try shipped.read(entry.path) + [0]
    }
    return Record.Header(version: version, data: String(Digest(of: bytes).hex.prefix(12)))
  }

  /// Nil for a version that a range excludes.
  static func isAllowed(by range: VersionRange) -> Bool {
    Version(version).map(range.contains) ?? false
  }
}
