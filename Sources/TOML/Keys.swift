internal import Diagnostics

extension Parser {
  /// A key of one part or several, and the blanks after it.
  mutating func key() throws(Stop) -> [TOMLKey] {
    let start = position
    var parts: [TOMLKey] = []
    while true {
      let first = position
      let text = try keyPart()
      parts.append(TOMLKey(text: text, range: first..<position, path: start..<position))
      try checkDepth(parts.count, at: start)
      skipBlanks()
      guard next == UInt8(ascii: ".") else { return parts }
      position += 1
      skipBlanks()
    }
  }

  private mutating func keyPart() throws(Stop) -> String {
    let start = position
    if let byte = next, byte.isQuote { return try string(isKey: true).text }
    while let byte = next, byte.isBare { position += 1 }
    guard position > start else { throw unexpected("a key", Help.key) }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
