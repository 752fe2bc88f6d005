internal import Diagnostics

extension Parser {
  /// The byte here; nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Goes past blanks, line breaks and comments.
  mutating func skipBlanks() throws(Stop) {
    while let byte = next {
      if byte.isBlank {
        position += 1
      } else if byte == UInt8(ascii: "/"), position + 1 < bytes.count, "/*".utf8.contains(bytes[position + 1]) {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(Stop) {
    let start = position
    if bytes[start + 1] == UInt8(ascii: "/") {
      position = bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
    } else {
      position += 2
      while !bytes[position...].starts(with: "*/".utf8) {
        guard position < bytes.count else {
          throw stop("json/unclosed", "this comment is never closed", at: start..<start + 2, help: "close it with `*/`")
        }
        position += 1
      }
      position += 2
    }
    if dialect == .strict { try report("json/comment", "JSON has no comments", at: start..<position, help: "take it out") }
  }

  /// A number, `true`, `false` or `null`.
  mutating func word() throws(Stop) -> JSONNode.Content {
    let start = position
    while let byte = next, byte.isInWord { position += 1 }
    let word = bytes[start..<position]
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "": throw unexpected("a value", Help.value)
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      guard !Number.isValid(word) else { return .number(text) }
      throw wrong(word: text, start..<position)
    }
  }

  /// A text in double quotes, decoded.
  mutating func string() throws(Stop) -> String {
    let open = position
    position += 1
    var decoded: [UInt8] = []
    var start = position
    while let byte = next, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "\"") {
        decoded += bytes[start..<position]
        position += 1
        return String(decoding: decoded, as: UTF8.self)
      } else if byte == UInt8(ascii: "\\") {
        decoded += bytes[start..<position]
        decoded += try escaped()
        start = position
      } else if byte < 0x20 {
        throw controlCharacter(help: Help.controlCharacter(byte))
      } else {
        position += 1
      }
    }
    throw stop("json/unclosed", "these quotes are not closed in their line", at: open..<position, help: Help.unclosedQuotes)
  }

  /// What the backslash here and the characters after it stand for.
  private mutating func escaped() throws(Stop) -> [UInt8] {
    let start = position
    position += 1
    let byte = next
    position += 1
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return byte.map { [$0] } ?? []
    case UInt8(ascii: "u"): return try scalar(from: start)
    default:
      position = min(position, bytes.count)
      // All bytes of the character, or the place would end inside of it.
      while let byte = next, byte & 0xC0 == 0x80 { position += 1 }
      throw stop("json/escape", "a backslash with a character that it cannot escape", at: start..<position, help: Help.backslash)
    }
  }

  private mutating func scalar(from start: Int) throws(Stop) -> [UInt8] {
    let first = try unit(from: start)
    var number = UInt32(first)
    if UTF16.isLeadSurrogate(first), bytes[position...].starts(with: "\\u".utf8) {
      let second = position
      position += 2
      let unit = try unit(from: second)
      guard UTF16.isTrailSurrogate(unit) else { throw loneSurrogate(start..<second) }
      number = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(number) else { throw loneSurrogate(start..<position) }
    return Array(String(scalar).utf8)
  }

  /// The four digits behind `\u`.
  private mutating func unit(from start: Int) throws(Stop) -> UInt16 {
    let hex = bytes[position...].prefix(4).prefix(while: \.isHexDigit)
    position += hex.count
    guard hex.count == 4, let unit = UInt16(String(decoding: hex, as: UTF8.self), radix: 16) else {
      throw stop("json/escape", "`\(shown(start..<position))` is no character", at: start..<position, help: Help.unit)
    }
    return unit
  }
}

/// Numbers as the RFC has them.
enum Number {
  /// Whether all of it is one.
  static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: \.isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isDigit)
  }
}

/// Whether JSON has this text as a number.
package func isJSONNumber(_ text: String) -> Bool { Number.isValid(Array(text.utf8)[...]) }

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) }
  /// Whether a word goes on with it; what stands between brackets ends where a bracket, a comma or a comment begins.
  var isInWord: Bool { self > 0x20 && self != 0x7F && !",:[]{}\"/".utf8.contains(self) }
}
