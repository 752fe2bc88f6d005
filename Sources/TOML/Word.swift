/// What a run of bytes without quotes and brackets means.
enum Word {
  /// Why it means nothing.
  enum Fault {
    /// Such as `yes` or `some`.
    case unquoted
    case number
    case datetime
  }

  case value(TOMLValue)
  case wrong(Fault)

  init(_ word: ArraySlice<UInt8>) {
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "true": self = .value(.bool(true))
    case "false": self = .value(.bool(false))
    case "inf", "+inf", "-inf", "nan", "+nan", "-nan": self = .value(.float(text))
    default:
      if DateTime.looksLikeOne(word) {
        self = DateTime.isValid(word) ? .value(.datetime(text)) : .wrong(.datetime)
      } else {
        self = Self.number(word, text)
      }
    }
  }

  private static func number(_ word: ArraySlice<UInt8>, _ text: String) -> Word {
    let digits = word.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    guard digits.first?.isDigit == true || digits.first == UInt8(ascii: ".") else { return .wrong(.unquoted) }
    if let radix = Radix(word) {
      let digits = word.dropFirst(2)
      guard digits.isRun(of: radix.contains) else { return .wrong(.number) }
      return .value(.integer(text, Int64(digits.withoutUnderscores, radix: radix.base)))
    }
    var rest = word
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = rest.prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
    guard whole.isRun(of: \.isDigit), whole.count == 1 || whole.first != UInt8(ascii: "0") else { return .wrong(.number) }
    rest = rest.dropFirst(whole.count)
    if rest.isEmpty { return .value(.integer(text, Int64(word.withoutUnderscores))) }
    return isFraction(rest) ? .value(.float(text)) : .wrong(.number)
  }

  /// What follows the whole part of a float.
  private static func isFraction(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDigit || $0 == UInt8(ascii: "_") }
      guard digits.isRun(of: \.isDigit) else { return false }
      rest = rest.dropFirst(1 + digits.count)
      if rest.isEmpty { return true }
    }
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return rest.isRun(of: \.isDigit)
  }
}

/// How an integer is written that is not decimal.
private enum Radix {
  case hexadecimal, octal, binary

  /// Nil for anything else than `0x`, `0o` and `0b` at the start.
  init?(_ word: ArraySlice<UInt8>) {
    if word.starts(with: "0x".utf8) {
      self = .hexadecimal
    } else if word.starts(with: "0o".utf8) {
      self = .octal
    } else if word.starts(with: "0b".utf8) {
      self = .binary
    } else {
      return nil
    }
  }

  var base: Int { self == .hexadecimal ? 16 : self == .octal ? 8 : 2 }

  func contains(_ digit: UInt8) -> Bool {
    switch self {
    case .hexadecimal: digit.isHexDigit
    case .octal: (0x30...0x37).contains(digit)
    case .binary: digit == 0x30 || digit == 0x31
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether there are digits, and underscores only between two of them.
  fileprivate func isRun(of isDigit: (UInt8) -> Bool) -> Bool {
    var wasDigit = false
    for byte in self {
      if isDigit(byte) {
        wasDigit = true
      } else {
        guard byte == UInt8(ascii: "_"), wasDigit else { return false }
        wasDigit = false
      }
    }
    return wasDigit
  }

  fileprivate var withoutUnderscores: String { String(decoding: filter { $0 != UInt8(ascii: "_") }, as: UTF8.self) }
}
