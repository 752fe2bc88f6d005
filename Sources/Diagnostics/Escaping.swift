extension String {
  /// The same text with control characters, bidi controls and invisible characters shown as `\u{..}`, safe for a terminal.
  package var escapedForDisplay: String {
    guard unicodeScalars.contains(where: \.isUnsafeToDisplay) else { return self }
    var out = ""
    for scalar in unicodeScalars {
      if scalar.isUnsafeToDisplay {
        out += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension Unicode.Scalar {
  /// C0 (without tab), DEL, C1, bidi controls, zero-width and tag characters, line and paragraph separators.
  fileprivate var isUnsafeToDisplay: Bool {
    switch value {
    case 0x09: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x061C, 0xFEFF: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }
}

extension String {
  /// Safe for a terminal, and told apart from a text that looks the same: what is not ASCII is shown as `\u{..}` then.
  package func escapedForDisplay(besides other: String) -> String {
    // Swift takes two spellings of a letter for one text.
    guard self == other || utf8.count != other.utf8.count && lowercased() == other.lowercased() else { return escapedForDisplay }
    return unicodeScalars.map { $0.isASCII ? String($0).escapedForDisplay : "\\u{\(String($0.value, radix: 16))}" }.joined()
  }
}
