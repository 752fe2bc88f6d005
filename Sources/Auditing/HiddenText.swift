/// What hidden characters say when they are put back into what they were made from.
enum HiddenText {
  /// Tag characters as ASCII; the tag of nothing, the one of languages and the end of a run are left out.
  static func ofTags(_ values: [UInt32]) -> String {
    var out = ""
    for value in values where (0xE0020...0xE007E).contains(value) {
      if let scalar = Unicode.Scalar(value - 0xE0000) { out.unicodeScalars.append(scalar) }
    }
    return out
  }

  /// Variation selectors as bytes: the first sixteen are 0 to 15, and the others go on from there.
  static func bytes(ofSelectors values: [UInt32]) -> [UInt8] {
    values.compactMap { value in
      switch value {
      case 0xFE00...0xFE0F: UInt8(value - 0xFE00)
      case 0xE0100...0xE01EF: UInt8(value - 0xE0100 + 16)
      default: nil
      }
    }
  }

  /// Two kinds of zero-width characters as the bits of ASCII text; nil when that gives none.
  ///
  /// Both readings of which one is 1 are tried, with eight and with seven bits; a third kind parts letters.
  static func ofBits(_ values: [UInt32]) -> String? {
    let kinds = Set(values)
    guard values.count >= 14, (2...3).contains(kinds.count) else { return nil }
    for zero in kinds.sorted() {
      for one in kinds.sorted() where one != zero {
        let bits = values.filter { $0 == zero || $0 == one }.map { $0 == one ? UInt8(1) : 0 }
        for width in [8, 7] where bits.count % width == 0 {
          let bytes = stride(from: 0, to: bits.count, by: width).map { start in bits[start..<start + width].reduce(UInt8(0)) { $0 << 1 | $1 } }
          if bytes.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) { return String(decoding: bytes, as: UTF8.self) }
        }
      }
    }
    return nil
  }

  /// Base64 as text; nil when it is none, or no text comes of it.
  static func ofBase64(_ bytes: some Collection<UInt8>) -> String? {
    var out: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in bytes where byte != UInt8(ascii: "=") {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    // PowerShell encodes UTF-16.
    let narrow = out.count >= 4 && out.enumerated().allSatisfy { $0.offset % 2 == 0 || $0.element == 0 } ? out.filter { $0 != 0 } : out
    guard narrow.count >= 4, narrow.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else { return nil }
    return String(decoding: narrow, as: UTF8.self)
  }

  /// Bytes as people read them: text where they are some, else hexadecimal.
  static func shown(_ bytes: [UInt8]) -> String {
    let isText = !bytes.isEmpty && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }
    if isText, let text = String(validating: bytes, as: UTF8.self) { return quoted(text) }
    let hex = bytes.prefix(24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    return "the bytes " + hex + (bytes.count > 24 ? " …" : "")
  }

  /// A text between quotes, cut and on one line.
  static func quoted(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return "\"" + line.prefix(240) + (line.count > 240 ? "…" : "") + "\""
  }
}
