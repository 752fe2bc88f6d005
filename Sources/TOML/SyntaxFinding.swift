internal import Diagnostics

extension Parser {
  /// Adds a finding after which its statement cannot be read on.
  mutating func stop(_ id: String, _ message: String, at range: Range<Int>, help: String) -> Stop {
    findings.append(Diagnostic(.error, id, message, at: source.place(range), help: help))
    return Stop()
  }

  /// Something else stands here than what has to.
  mutating func unexpected(_ expected: String, _ help: String) -> Stop {
    guard let byte = next else { return stop("toml/syntax", "expected \(expected), and the file ends", at: position..<position, help: help) }
    if isLineBreak { return stop("toml/syntax", "expected \(expected), and the line ends", at: position..<position, help: help) }
    if byte.isControl { return controlCharacter(help: "remove it") }
    return stop("toml/syntax", "expected \(expected)", at: position..<endOfText(from: position), help: help)
  }

  /// A control character that has no place in a document.
  mutating func controlCharacter(help: String) -> Stop {
    let code = String(bytes[position], radix: 16, uppercase: true)
    let advice = bytes[position] == .carriageReturn ? "end the line with LF or with CRLF" : help
    return stop("toml/control-character", "a control character (0x\(code)) is not allowed", at: position..<position + 1, help: advice)
  }

  /// A bracket without the one that closes it.
  mutating func unclosed(_ kind: String, _ bracket: Character, from open: Int) -> Stop {
    stop("toml/unclosed", "this \(kind) is never closed", at: open..<open + 1, help: "close it with `\(bracket)`")
  }

  /// A word that is no value.
  mutating func wrong(_ fault: Word.Fault, _ range: Range<Int>) -> Stop {
    let word = shown(range)
    switch fault {
    case .number: return stop("toml/number", "`\(word)` is no number", at: range, help: Help.number(word))
    case .datetime: return stop("toml/datetime", "`\(word)` is no date or time", at: range, help: Help.datetime)
    case .unquoted:
      if ["true", "false"].contains(word.lowercased()) {
        return stop("toml/unquoted", "`\(word)` is no value", at: range, help: "write `\(word.lowercased())`")
      }
      // Between brackets, only the word itself is surely meant.
      let text = openings > 0 ? range : range.lowerBound..<endOfText(from: range.lowerBound)
      let help = "put quotes around it if it is text: \(Help.quoted(shown(text)))"
      return stop("toml/unquoted", "a text needs quotes", at: text, help: help)
    }
  }

  /// Some bytes as text, for a sentence.
  func shown(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(80), as: UTF8.self) }

  /// The end of what is in the line from here on, without a comment and blanks.
  private func endOfText(from start: Int) -> Int {
    let line = bytes[start...].prefix { $0 != .lineFeed && $0 != .carriageReturn }
    var end = line.indices.first { line[$0] == UInt8(ascii: "#") && $0 > start && line[$0 - 1].isBlank } ?? line.endIndex
    while end > start + 1, bytes[end - 1].isBlank { end -= 1 }
    return max(end, start + 1)
  }
}

/// What to do about what is wrong.
enum Help {
  static let header = "write `[name]`, or `[[name]]` for a list of tables"
  static let pair = "write `key = value`; a key of several words needs quotes"
  static let key = "a key is made of letters, digits, `-` and `_`; put quotes around one that has other characters"
  static let value = "write a text in quotes, a number, a date, `true`, `false`, `[…]` or `{…}`"
  static let oneLine = "put each key on a line of its own, and `#` before a comment"
  static let trailingComma = "take out the comma before `}`"
  static let inlineTable = "keep the table in one line, or write its keys under a `[name]`"
  static let scalar = "write four hexadecimal digits after `\\u`, or eight after `\\U`, of a character that exists"
  static let backslash = "use single quotes, in which a backslash is itself, or double it"
  static let datetime = "write `2026-01-31`, `12:30:00`, or both with `T` between them, and `Z` or `+01:00` for the offset; put quotes around text"

  static func unclosedQuotes(_ quotes: TOMLText.Quotes) -> String {
    let three = quotes == .basic ? "`\"\"\"`" : "`'''`"
    return "add the closing quote; text of several lines stands between \(three)"
  }

  static func controlCharacter(_ byte: UInt8, in quotes: TOMLText.Quotes) -> String {
    guard quotes == .basic || quotes == .multilineBasic else { return "remove it; only double quotes have escapes" }
    let hex = String(byte, radix: 16, uppercase: true)
    return "remove it, or write `\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)`"
  }

  static func number(_ word: String) -> String {
    if word.hasPrefix("0") && word.utf8.allSatisfy(\.isDigit) { return "take out the zero in front, or put quotes around it: \(quoted(word))" }
    return "write digits on both sides of a point and of each underscore, or put quotes around it: \(quoted(word))"
  }

  /// The text between the quotes that keep it as it is.
  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else { return "`\"\(text)\"`" }
    return text.utf8.contains(UInt8(ascii: "'")) ? "`'''\(text)'''`" : "`'\(text)'`"
  }
}
