import FileTree

/// A regular file that is open for reading or writing.
struct OpenFile {
  /// Most that is held of a file that is streamed.
  private static let pieceSize = 1 << 18

  let descriptor: Int32
  let path: TreePath
  /// When it was opened.
  var size = 0
  var isExecutable = false

  func close() { closeDescriptor(descriptor) }

  /// All bytes; one system call when the file did not grow meanwhile.
  func readAll() throws(TreeError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    _ = try stream { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Hands over all bytes in pieces, and returns how many there were.
  func stream(to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Int {
    // One byte more than the file has: a read that comes back short has seen the end.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(size + 1, Self.pieceSize), alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let count = uninterrupted { readPiece(descriptor, buffer) }
      guard count >= 0 else { throw TreeError(path) }
      if count > 0 { try piece(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      total += count
      if count == 0 || (count < buffer.count && total == size) { return total }
    }
  }

  /// Writes all of a piece.
  func write(_ piece: UnsafeRawBufferPointer) throws(TreeError) {
    var rest = piece[...]
    while !rest.isEmpty {
      let count = uninterrupted { writePiece(descriptor, UnsafeRawBufferPointer(rebasing: rest)) }
      guard count >= 0 else { throw TreeError(path) }
      rest = rest.dropFirst(count)
    }
  }
}
