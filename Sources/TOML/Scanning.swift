internal import Diagnostics

extension Parser {
  /// The byte here; nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Whether a line ends here, with LF or CRLF.
  var isLineBreak: Bool {
    next == .lineFeed || next == .carriageReturn && position + 1 < bytes.count && bytes[position + 1] == .lineFeed
  }

  /// Whether these bytes come next.
  func isNext(_ text: StaticString) -> Bool { bytes[position...].starts(with: text.description.utf8) }

  /// Goes past spaces and tabs.
  mutating func skipBlanks() {
    while let byte = next, byte.isBlank { position += 1 }
  }

  /// Goes past one line break, and says whether there was one.
  mutating func skipLineBreak() -> Bool {
    guard isLineBreak else { return false }
    position += next == .carriageReturn ? 2 : 1
    return true
  }

  /// Goes up to the end of the line if a comment begins here.
  mutating func skipComment() throws(Stop) {
    guard next == UInt8(ascii: "#") else { return }
    while let byte = next, !isLineBreak {
      if byte.isControl { throw controlCharacter(help: "remove it") }
      position += 1
    }
  }

  /// Goes past everything that means nothing between the items of a list.
  mutating func skipBlanksAndLines() throws(Stop) {
    repeat {
      skipBlanks()
      try skipComment()
    } while skipLineBreak()
  }
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  var isBlank: Bool { self == 0x20 || self == 0x09 }
  /// Anything that must not stand unescaped in a document; line breaks are looked for before.
  var isControl: Bool { self < 0x20 && self != 0x09 || self == 0x7F }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) }
  /// Whether it may stand in a key without quotes.
  var isBare: Bool { isDigit || (0x41...0x5A).contains(self & 0xDF) || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}
