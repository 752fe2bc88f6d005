/// A scalar as text; what it means beyond that follows the core schema of YAML 1.2, so `no`, `on` and `yes` are texts.
package struct YAMLScalar: Hashable, Sendable {
  /// Decoded: without quotes, escapes resolved, folded lines joined.
  package var text: String
  /// Written without quotes and not as a block; only plain scalars can be null, booleans or numbers.
  package var isPlain: Bool

  package init(_ text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }

  package var bool: Bool? {
    guard isPlain else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  package var isNull: Bool {
    guard isPlain else { return false }
    switch text {
    case "", "~", "null", "Null", "NULL": return true
    default: return false
    }
  }

  /// Whether it is an integer or a float, such as `12`, `0x1F`, `0o17`, `-1.5e3`, `.inf` or `.nan`.
  package var isNumber: Bool { isPlain && Numeral(text).isNumber }
}

/// The core schema's numbers, over the bytes of a text.
private struct Numeral {
  private let bytes: [UInt8]

  init(_ text: String) {
    // The first byte decides nearly always, before anything is allocated.
    guard let first = text.utf8.first, first < 0x3A, text.utf8.count <= 128 else {
      bytes = []
      return
    }
    bytes = Array(text.utf8)
  }

  var isNumber: Bool {
    guard !bytes.isEmpty else { return false }
    if bytes.starts(with: "0x".utf8) { return bytes.count > 2 && bytes[2...].allSatisfy(\.isHexDigit) }
    if bytes.starts(with: "0o".utf8) { return bytes.count > 2 && bytes[2...].allSatisfy { (0x30...0x37).contains($0) } }
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    return isNamed(rest) || isDecimal(rest)
  }

  private func isNamed(_ rest: ArraySlice<UInt8>) -> Bool {
    switch String(decoding: rest, as: UTF8.self) {
    case ".inf", ".Inf", ".INF": true
    case ".nan", ".NaN", ".NAN": rest.startIndex == 0
    default: false
    }
  }

  /// `12`, `12.`, `.5`, `1.5`, each with an exponent or without.
  private func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
    let whole = text.prefix(while: \.isDigit)
    var rest = text.dropFirst(whole.count)
    var digits = whole.count
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      digits += fraction.count
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard digits > 0 else { return false }
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return rest.isEmpty }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isDigit)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }
}
