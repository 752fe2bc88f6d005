package import JSON

/// A place in a document as editors count: lines and UTF-16 code units, both from 0.
package struct TextPosition: Hashable, Sendable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) { (self.line, self.character) = (line, character) }

  /// Nil for what is no position.
  package init?(_ node: JSONNode?) {
    guard let line = node?["line"]?.integer, let character = node?["character"]?.integer, line >= 0, character >= 0 else { return nil }
    self.init(line: line, character: character)
  }

  package var json: JSONValue { .object([("line", .number(line)), ("character", .number(character))]) }
}

extension JSONNode {
  /// A whole number; nil for anything else.
  package var integer: Int? {
    if case .number(let text) = content { Int(text) } else { nil }
  }
}

extension [UInt8] {
  /// Where a position is, in bytes of UTF-8; a position behind the end of its line is that end, as the protocol says.
  package func offset(of position: TextPosition) -> Int {
    var start = 0
    for _ in 0..<position.line {
      guard let end = self[start...].firstIndex(of: UInt8(ascii: "\n")) else { return count }
      start = end + 1
    }
    var end = self[start...].firstIndex(of: UInt8(ascii: "\n")) ?? count
    if end > start, self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    var units = 0
    var offset = start
    for scalar in String(decoding: self[start..<end], as: UTF8.self).unicodeScalars {
      guard units < position.character else { break }
      units += UTF16.width(scalar)
      offset += UTF8.width(scalar)
    }
    return Swift.min(offset, end)
  }

  /// The position of an offset in bytes.
  package func position(of offset: Int) -> TextPosition {
    let offset = Swift.min(Swift.max(0, offset), count)
    let start = (self[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let line = self[..<start].count { $0 == UInt8(ascii: "\n") }
    return TextPosition(line: line, character: String(decoding: self[start..<offset], as: UTF8.self).utf16.count)
  }

  /// The range of some bytes, for an editor.
  package func range(of bytes: Range<Int>) -> JSONValue {
    .object([("start", position(of: bytes.lowerBound).json), ("end", position(of: bytes.upperBound).json)])
  }
}
