/// A file as it was read up to a limit.
package enum LimitedReading: Hashable, Sendable {
  case bytes([UInt8])
  /// There are more bytes than the limit; how many, as far as the system says.
  case tooLarge(size: Int)
}

extension ReadableTree {
  /// The bytes of a file, of which no more than the limit (and a piece) are ever read or held.
  ///
  /// The limit holds for what is read, not for the size that the file was said to have: it may grow meanwhile.
  /// - Throws: `TreeError`, also when it is absent, is no regular file or is reached through a symlink.
  package func read(_ path: TreePath, atMost limit: Int) throws(TreeError) -> LimitedReading {
    var bytes: [UInt8] = []
    var isTooLarge = false
    let observed: Observed
    do {
      observed = try stream(path) { (piece) throws(TreeError) in
        guard bytes.count + piece.count <= limit else {
          isTooLarge = true
          throw TreeError(path: path, reason: "File too large")
        }
        bytes.append(contentsOf: piece)
      }
    } catch {
      guard isTooLarge else { throw error }
      guard case .file(let size, _) = try observe(path) else { return .tooLarge(size: limit + 1) }
      return .tooLarge(size: max(size, limit + 1))
    }
    switch observed {
    case .file: return .bytes(bytes)
    case let other: throw TreeError(noFile: other, at: path)
    }
  }
}
