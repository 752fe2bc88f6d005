/// The bytes of one file under the name that the user knows, so that byte offsets become lines and columns.
package struct SourceText: Sendable {
  package let path: String
  private let head: [UInt8]
  private let rest: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.init(path: path, head: [], rest: bytes)
  }

  /// In two parts, of which somebody else may hold the second one too; all of them are joined whenever they are asked for.
  package init(path: String, head: [UInt8], rest: [UInt8]) {
    (self.path, self.head, self.rest) = (path, head, rest)
  }

  package var bytes: [UInt8] { head.isEmpty ? rest : head + rest }

  /// How many bytes there are.
  package var count: Int { head.count + rest.count }

  /// A line that is longer is not shown: what points into it says enough.
  private static let mostExcerptBytes = 16 << 10

  /// The place of a byte range (offsets in the file); a range past the end points behind the last byte.
  package func place(_ range: Range<Int>) -> SourcePlace {
    let bytes = bytes
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
      path: path, line: line, column: Self.characters(bytes[lineStart..<start]) + 1,
      excerpt: isShown ? String(decoding: bytes[lineStart..<max(lineStart, end)], as: UTF8.self) : nil,
      width: isShown ? Self.characters(bytes[start..<max(start, min(range.upperBound, end))]) : 1)
  }

  /// How many characters there are, as an editor counts them.
  private static func characters(_ bytes: ArraySlice<UInt8>) -> Int {
    // Without a CR, characters of ASCII are bytes.
    let isPlain = bytes.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") }
    return isPlain ? bytes.count : String(decoding: bytes, as: UTF8.self).count
  }

  /// The place of one byte offset.
  package func place(at offset: Int) -> SourcePlace { place(offset..<offset + 1) }

  /// The file as a whole.
  package var whole: SourcePlace { SourcePlace(path: path) }
}
