/// The bytes of one file under the name that the user knows, so that byte offsets become lines and columns.
package struct SourceText: Sendable {
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The place of a byte range (offsets in the file); a range past the end points behind the last byte.
  package func place(_ range: Range<Int>) -> SourcePlace {
    let start = min(max(range.lowerBound, 0), bytes.count)
    let lineStart = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let line = bytes[..<lineStart].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    var end = lineEnd
    if end > lineStart, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let before = String(decoding: bytes[lineStart..<start], as: UTF8.self)
    let marked = String(decoding: bytes[start..<max(start, min(range.upperBound, end))], as: UTF8.self)
    return SourcePlace(
      path: path, line: line, column: before.count + 1, excerpt: String(decoding: bytes[lineStart..<max(lineStart, end)], as: UTF8.self),
      width: marked.count)
  }

  /// The place of one byte offset.
  package func place(at offset: Int) -> SourcePlace { place(offset..<offset + 1) }

  /// The file as a whole.
  package var whole: SourcePlace { SourcePlace(path: path) }
}
