/// Dates and times as RFC 3339 writes them, with or without an offset, or one without the other.
struct DateTime {
  private var rest: ArraySlice<UInt8>

  /// Whether a word is meant for a date or a time, right or wrong.
  static func looksLikeOne(_ word: ArraySlice<UInt8>) -> Bool {
    let digits = word.prefix(while: \.isDigit).count
    let mark = word.dropFirst(digits).first
    return digits > 0 && (mark == UInt8(ascii: ":") || mark == UInt8(ascii: "-"))
  }

  /// Whether it is one that exists.
  static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
    var reader = DateTime(rest: word)
    if word.dropFirst(2).first == UInt8(ascii: ":") { return reader.time() && reader.rest.isEmpty }
    guard reader.date() else { return false }
    if reader.rest.isEmpty { return true }
    guard reader.skip("T") || reader.skip("t") || reader.skip(" "), reader.time() else { return false }
    return reader.offset() && reader.rest.isEmpty
  }

  private mutating func date() -> Bool {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2) else { return false }
    return (1...12).contains(month) && (1...Self.days(in: month, of: year)).contains(day)
  }

  private mutating func time() -> Bool {
    // A leap second is the sixtieth.
    guard let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2) else { return false }
    guard hour < 24, minute < 60, second <= 60 else { return false }
    guard skip(".") else { return true }
    let fraction = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(fraction.count)
    return !fraction.isEmpty
  }

  /// None at all is a local time.
  private mutating func offset() -> Bool {
    if rest.isEmpty || skip("Z") || skip("z") { return true }
    guard skip("+") || skip("-"), let hour = number(2), skip(":"), let minute = number(2) else { return false }
    return hour < 24 && minute < 60
  }

  private mutating func number(_ digits: Int) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(digits)
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
