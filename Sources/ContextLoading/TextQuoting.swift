extension String {
  /// Whether it stays this text without quotes, for readers of YAML 1.1 as well.
  ///
  /// What only some readers would mistake counts as well, and the same text may be fine to YAML.
  func canBePlain(isFlow: Bool) -> Bool {
    let bytes = Array(utf8)
    guard let first = bytes.first, let last = bytes.last, !looksTyped else { return false }
    guard !first.isBlank, !last.isBlank, last != UInt8(ascii: ":"), !"-?:,[]{}#&*!|>'\"%@`".utf8.contains(first) || startsWithDashWord else {
      return false
    }
    guard !hasPrefix("---"), !hasPrefix("..."), !unicodeScalars.contains(where: { $0.needsEscape || $0 == "\n" || $0 == "\t" }) else { return false }
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      if byte == UInt8(ascii: ":"), next == 0x20 { return false }
      if byte == 0x20, next == UInt8(ascii: "#") { return false }
    }
    return !isFlow || !bytes.contains { ",[]{}:".utf8.contains($0) }
  }

  /// `--x` and `-x` begin no item.
  private var startsWithDashWord: Bool { utf8.first == UInt8(ascii: "-") && utf8.dropFirst().first.map { !$0.isBlank } ?? false }

  /// Whether some reader takes it for true or false, nothing, a number or a date.
  private var looksTyped: Bool {
    let words: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "", "=", "<<", ".inf", "+.inf", "-.inf", ".nan"]
    if utf8.count <= 5, words.contains(lowercased()) { return true }
    guard let first = utf8.first, first.isASCIIDigit || "+-.".utf8.contains(first) else { return false }
    return utf8.contains(where: \.isASCIIDigit) && utf8.allSatisfy { $0.isASCIIDigit || "abcdefABCDEFoOxX_:.,+-TZtz ".utf8.contains($0) }
  }

  /// As it stands between single quotes.
  var singleEscaped: String {
    String(String.UnicodeScalarView(unicodeScalars.flatMap { $0 == "'" ? [$0, $0] : [$0] }))
  }

  /// As it stands between double quotes.
  var doubleEscaped: String { unicodeScalars.map(\.doubleEscaped).joined() }
}

extension Unicode.Scalar {
  /// Whether only an escape in double quotes can say it; line breaks and tabs are not meant.
  var needsEscape: Bool {
    switch value {
    case 0x09, 0x0A: false
    case ..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  fileprivate var doubleEscaped: String {
    switch self {
    case "\"", "\\": return "\\" + String(self)
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    case _ where needsEscape:
      let hex = String(value, radix: 16, uppercase: true)
      let digits = value < 0x100 ? 2 : 4
      return (digits == 2 ? "\\x" : "\\u") + String(repeating: "0", count: digits - hex.count) + hex
    default: return String(self)
    }
  }
}
