internal import ContextModel

extension BodyScanner {
  /// Where a dollar stands.
  enum DollarPlace {
    case text, code
    /// Alone in a code span.
    case wholeSpan
  }

  /// `$ARGUMENTS`, `$ARGUMENTS[n]`, `$n`, or a `$` before a digit that means itself.
  ///
  /// Returns where to go on.
  mutating func scanDollar(at start: Int, _ place: DollarPlace, end: Int) -> Int {
    let stop = dollarEnd(start, end: end)
    guard hasArguments, stop > start + 1 else { return stop }
    arguments.append(Body.Argument(meaning(start..<stop, place, end: end), range: start..<stop))
    return stop
  }

  /// Where what begins with a dollar ends: one further when it is just a dollar.
  func dollarEnd(_ start: Int, end: Int) -> Int {
    let rest = bytes[(start + 1)..<end]
    guard let first = rest.first else { return start + 1 }
    if first.isASCIIDigit { return rest.prefix(while: \.isASCIIDigit).endIndex }
    guard first == UInt8(ascii: "A"), rest.starts(with: "ARGUMENTS".utf8) else { return start + 1 }
    let word = start + 10
    if word < end, bytes[word].isWordByte { return start + 1 }
    guard word < end, bytes[word] == UInt8(ascii: "[") else { return word }
    let digits = bytes[(word + 1)..<end].prefix(while: \.isASCIIDigit)
    let isIndex = (1...2).contains(digits.count) && digits.endIndex < end && bytes[digits.endIndex] == UInt8(ascii: "]")
    return isIndex ? digits.endIndex + 1 : word
  }

  /// Who names the third word names the first two as well: a `$5` in a text without `$1` to `$4` is a price.
  mutating func tellPricesFromArguments() {
    let positions = Set(arguments.compactMap { argument in if case .position(let number) = argument.meaning { number } else { nil } })
    let last = (1...).prefix { positions.contains($0) }.last ?? 0
    for index in arguments.indices {
      guard case .position(let number) = arguments[index].meaning, number > last else { continue }
      let start = arguments[index].range.lowerBound
      let isAloneInCode = start > 0 && bytes[start - 1] == UInt8(ascii: "`")
      if bytes[start + 1].isASCIIDigit && !isAloneInCode { arguments[index].meaning = .literal }
    }
  }

  private func meaning(_ range: Range<Int>, _ place: DollarPlace, end: Int) -> Body.Argument.Meaning {
    if bytes[range.lowerBound + 1] == UInt8(ascii: "A") {
      guard bytes[range.upperBound - 1] == UInt8(ascii: "]") else { return .all }
      return .position(number(range.lowerBound + 11..<range.upperBound - 1) + 1)
    }
    let digits = range.lowerBound + 1..<range.upperBound
    guard place != .code, digits.count <= 2, bytes[digits.lowerBound] != UInt8(ascii: "0"), endsNumber(at: range.upperBound, end) else {
      return .literal
    }
    return .position(number(digits))
  }

  /// Whether what follows leaves the digits a number of their own: `$5k` and `$1,000` are prices.
  private func endsNumber(at index: Int, _ end: Int) -> Bool {
    guard index < end else { return true }
    if bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ".") { return index + 1 >= end || !bytes[index + 1].isASCIIDigit }
    return !bytes[index].isWordByte
  }

  private func number(_ digits: Range<Int>) -> Int { bytes[digits].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
}

extension UInt8 {
  fileprivate var isWordByte: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_") }
}
