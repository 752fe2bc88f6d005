/// The bytes of one file under the name that the user knows, so that byte offsets become lines and columns.
package struct SourceText: Sendable {
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A line that is longer is not shown: what points into it says enough.
  private static let mostExcerptBytes = 16 << 10

  /// The place of a byte range (offsets in the file); a range past the end points behind the last byte.
  package func place(_ range: Range<Int>) -> SourcePlace {
    let start = min(max(range.lowerBound, 0), bytes.count)
    let lineStart = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let line = bytes.withUnsafeBufferPointer { bytes in
      var count = 1
      for index in 0..<lineStart { count &+= bytes[index] == UInt8(ascii: "\n") ? 1 : 0 }
      return count
    }
    var end = lineEnd
    if end > lineStart, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let isShown = end - lineStart <= Self.mostExcerptBytes
    return SourcePlace(
      path: path, line: line, column: characters(lineStart..<start) + 1,
      excerpt: isShown ? String(decoding: bytes[lineStart..<max(lineStart, end)], as: UTF8.self) : nil,
      width: isShown ? characters(start..<max(start, min(range.upperBound, end))) : 1)
  }

  /// How many characters there are, as an editor counts them.
  private func characters(_ range: Range<Int>) -> Int {
    // Without a CR, characters of ASCII are bytes.
    let isPlain = bytes[range].allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") }
    return isPlain ? range.count : String(decoding: bytes[range], as: UTF8.self).count
  }

  /// The place of one byte offset.
  package func place(at offset: Int) -> SourcePlace { place(offset..<offset + 1) }

  /// The file as a whole.
  package var whole: SourcePlace { SourcePlace(path: path) }
}
