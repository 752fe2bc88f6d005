package import Diagnostics

extension SourceText {
  /// The line break that the file has, LF when it has none.
  package var newline: String {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0, bytes[end - 1] == UInt8(ascii: "\r") else { return "\n" }
    return "\r\n"
  }

  /// Where the line of an offset begins, behind a byte order mark.
  package func lineStart(of offset: Int) -> Int {
    if let end = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) { return end + 1 }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : 0
  }

  /// Where the line of an offset ends, before its line break.
  package func lineEnd(of offset: Int) -> Int {
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }

  /// The line of an offset with its line break.
  package func line(of offset: Int) -> Range<Int> {
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    return lineStart(of: offset)..<end
  }

  /// As many blanks as stand before an offset in its line, whatever stands there.
  package func margin(of offset: Int) -> String { String(repeating: " ", count: offset - lineStart(of: offset)) }

  /// Whether a node is written in brackets or braces.
  package func isFlow(_ node: YAMLNode) -> Bool {
    guard node.scalar == nil, bytes.indices.contains(node.range.lowerBound) else { return false }
    var start = node.range.lowerBound
    // An anchor stands before the bracket.
    if bytes[start] == UInt8(ascii: "&") {
      start = bytes[start...].firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") } ?? start
      start = bytes[start...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") } ?? start
    }
    return "[{".utf8.contains(bytes[start])
  }

  /// Behind the colon of a pair.
  package func valueStart(of pair: YAMLPair) -> Int {
    (bytes[pair.key.range.upperBound...].firstIndex(of: UInt8(ascii: ":")) ?? pair.key.range.upperBound) + 1
  }

  /// The value of a pair, without the blanks before it; what is not written stands right behind the colon.
  package func written(_ pair: YAMLPair) -> Range<Int> {
    let start = valueStart(of: pair)
    return pair.value.range.isEmpty ? start..<start : pair.value.range
  }
}
