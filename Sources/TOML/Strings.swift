internal import Diagnostics

extension Parser {
  /// A string in any of the four kinds of quotes; a key has only those of one line.
  mutating func string(isKey: Bool) throws(Stop) -> TOMLText {
    if !isKey, isNext("\"\"\"") { return try multiline(.multilineBasic) }
    if !isKey, isNext("'''") { return try multiline(.multilineLiteral) }
    return try oneLine(next == UInt8(ascii: "'") ? .literal : .basic)
  }

  private mutating func oneLine(_ quotes: TOMLText.Quotes) throws(Stop) -> TOMLText {
    let open = position
    position += 1
    let start = position
    var escapes = Escapes(from: start)
    while let byte = next, !isLineBreak {
      if byte == quotes.mark {
        position += 1
        return text(quotes, start..<position - 1, escapes)
      }
      try character(byte, in: quotes, &escapes)
    }
    throw stop("toml/unclosed", "these quotes are not closed in their line", at: open..<position, help: Help.unclosedQuotes(quotes))
  }

  private mutating func multiline(_ quotes: TOMLText.Quotes) throws(Stop) -> TOMLText {
    let open = position
    openings += 1
    position += 3
    _ = skipLineBreak()
    let start = position
    var escapes = Escapes(from: start)
    while let byte = next {
      if byte == quotes.mark {
        // One or two more may stand right before the three that close it.
        let count = bytes[position...].prefix(5).prefix { $0 == quotes.mark }.count
        position += count
        guard count >= 3 else { continue }
        openings -= 1
        return text(quotes, start..<position - 3, escapes)
      } else if !skipLineBreak() {
        try character(byte, in: quotes, &escapes)
      }
    }
    throw stop("toml/unclosed", "these quotes are never closed", at: open..<open + 3, help: "add the three closing quotes")
  }

  private func text(_ quotes: TOMLText.Quotes, _ inner: Range<Int>, _ escapes: Escapes) -> TOMLText {
    let isVerbatim = escapes.start == inner.lowerBound
    let decoded = escapes.decoded + bytes[escapes.start..<inner.upperBound]
    return TOMLText(text: String(decoding: decoded, as: UTF8.self), quotes: quotes, inner: inner, isVerbatim: isVerbatim)
  }

  private mutating func character(_ byte: UInt8, in quotes: TOMLText.Quotes, _ escapes: inout Escapes) throws(Stop) {
    if byte.isControl { throw controlCharacter(help: Help.controlCharacter(byte, in: quotes)) }
    guard byte == UInt8(ascii: "\\"), quotes == .basic || quotes == .multilineBasic else {
      position += 1
      return
    }
    escapes.decoded += bytes[escapes.start..<position]
    if quotes == .multilineBasic, skipLineEnd() {
      escapes.start = position
    } else {
      escapes.decoded += try escaped()
      escapes.start = position
    }
  }

  /// Goes past a backslash at the end of a line and all that is blank after it.
  private mutating func skipLineEnd() -> Bool {
    let start = position
    position += 1
    skipBlanks()
    guard skipLineBreak() else {
      position = start
      return false
    }
    repeat { skipBlanks() } while skipLineBreak()
    return true
  }

  /// What the backslash here and the characters after it stand for.
  private mutating func escaped() throws(Stop) -> [UInt8] {
    let start = position
    position += 1
    guard let byte = next, !isLineBreak else { throw unknownEscape(start) }
    position += 1
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
    case UInt8(ascii: "u"): return try scalar(digits: 4, from: start)
    case UInt8(ascii: "U"): return try scalar(digits: 8, from: start)
    default: throw unknownEscape(start)
    }
  }

  private mutating func scalar(digits: Int, from start: Int) throws(Stop) -> [UInt8] {
    let hex = bytes[position...].prefix(digits).prefix(while: \.isHexDigit)
    position += hex.count
    guard hex.count == digits, let number = UInt32(String(decoding: hex, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(number) else {
      throw stop("toml/escape", "`\(shown(start..<position))` is no character", at: start..<position, help: Help.scalar)
    }
    return Array(String(scalar).utf8)
  }

  private mutating func unknownEscape(_ start: Int) -> Stop {
    // All bytes of the character, or the place would end inside of it.
    while let byte = next, byte & 0xC0 == 0x80 { position += 1 }
    return stop("toml/escape", "a backslash with a character that it cannot escape", at: start..<position, help: Help.backslash)
  }
}

/// The part of a string that had escapes in it, and where the rest begins.
private struct Escapes {
  var decoded: [UInt8] = []
  var start: Int

  init(from start: Int) { self.start = start }
}

extension TOMLText.Quotes {
  /// The byte that it begins and ends with.
  var mark: UInt8 { self == .basic || self == .multilineBasic ? UInt8(ascii: "\"") : UInt8(ascii: "'") }
}
