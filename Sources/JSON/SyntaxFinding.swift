internal import Diagnostics

extension Parser {
  /// Adds a finding after which nothing can be read on.
  mutating func stop(_ id: String, _ message: String, at range: Range<Int>, help: String) -> Stop {
    findings.append(Diagnostic(.error, id, message, at: source.place(range), help: help))
    return Stop()
  }

  /// Something else stands here than what has to.
  mutating func unexpected(_ expected: String, _ help: String) -> Stop {
    guard let byte = next else { return stop("json/syntax", "expected \(expected), and the file ends", at: position..<position, help: help) }
    if byte < 0x20 || byte == 0x7F { return controlCharacter(help: "remove it") }
    if byte == UInt8(ascii: "'") {
      return stop("json/syntax", "expected \(expected), and no single quotes", at: position..<position + 1, help: Help.singleQuotes)
    }
    return stop("json/syntax", "expected \(expected)", at: position..<endOfWord, help: help)
  }

  /// A control character that has no place in a document.
  mutating func controlCharacter(help: String) -> Stop {
    let code = String(bytes[position], radix: 16, uppercase: true)
    return stop("json/control-character", "a control character (0x\(code)) is not allowed", at: position..<position + 1, help: help)
  }

  /// A bracket without the one that closes it.
  mutating func unclosed(_ kind: Bracket, from open: Int) -> Stop {
    stop("json/unclosed", "this \(kind.name) is never closed", at: open..<open + 1, help: "close it with `\(kind.closing)`")
  }

  /// Half of a character.
  mutating func loneSurrogate(_ range: Range<Int>) -> Stop {
    stop("json/surrogate", "`\(shown(range))` is half of a character", at: range, help: Help.surrogate)
  }

  /// Something else than a key in quotes.
  mutating func noKey() -> Stop {
    let start = position
    while let byte = next, byte.isInWord { position += 1 }
    let word = shown(start..<position)
    guard !word.isEmpty, !word.utf8.contains(UInt8(ascii: "'")) else {
      position = start
      return next == UInt8(ascii: ",") ? unexpected("a key", Help.oneComma) : unexpected("a key in double quotes", Help.member)
    }
    return stop("json/unquoted", "a key needs double quotes", at: start..<position, help: "write `\"\(word)\"`")
  }

  /// A word that is no value.
  mutating func wrong(word: String, _ range: Range<Int>) -> Stop {
    let first = word.utf8.first ?? 0
    if first.isDigit || "+-.".utf8.contains(first) {
      return stop("json/number", "`\(shown(range))` is no number", at: range, help: Help.number(word))
    }
    if first == UInt8(ascii: "'") {
      return stop("json/syntax", "expected a value, and no single quotes", at: range.lowerBound..<range.lowerBound + 1, help: Help.singleQuotes)
    }
    let meant = ["none": "null", "nil": "null", "undefined": "null"][word.lowercased()] ?? word.lowercased()
    if ["true", "false", "null"].contains(meant) {
      return stop("json/unquoted", "`\(shown(range))` is no value", at: range, help: "write `\(meant)`")
    }
    return stop("json/unquoted", "a text needs double quotes", at: range, help: "put quotes around it if it is text: `\"\(shown(range))\"`")
  }

  /// Some bytes as text, for a sentence.
  func shown(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(80), as: UTF8.self) }

  /// The end of the word or of the one character that is here.
  private var endOfWord: Int {
    var end = position
    while end < bytes.count, bytes[end].isInWord { end += 1 }
    return max(end, position + 1)
  }
}

/// What to do about what is wrong.
enum Help {
  static let value = "write a text in double quotes, a number, `true`, `false`, `null`, `[…]` or `{…}`"
  static let member = "write `\"key\": value`"
  static let oneValue = "keep one value in the file; members of one object stand between the same braces"
  static let oneComma = "keep one comma between two members"
  static let unclosedQuotes = "add the closing quote; a line break in a text is written `\\n`"
  static let backslash = "double the backslash if it is one"
  static let unit = "write four hexadecimal digits after `\\u`"
  static let surrogate = "write the character itself, or both halves: `\\ud83d\\ude00`"
  static let singleQuotes = "use double quotes"

  static func controlCharacter(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16)
    return byte == 0x09 ? "write `\\t`" : "remove it, or write `\\u\(String(repeating: "0", count: 4 - hex.utf8.count))\(hex)`"
  }

  static func number(_ word: String) -> String {
    let digits = word.utf8.first == UInt8(ascii: "-") ? word.dropFirst() : word[...]
    if digits.utf8.first == UInt8(ascii: "0"), digits.utf8.allSatisfy(\.isDigit) {
      return "take out the zero in front, or put quotes around it: `\"\(word)\"`"
    }
    return "write decimal digits, with digits on both sides of a point, or put quotes around it: `\"\(word)\"`"
  }
}
