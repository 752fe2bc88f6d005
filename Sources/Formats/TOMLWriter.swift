import ContextModel
import JSON

/// Writes a flat TOML table whose long texts keep their bytes.
struct TOMLWriter {
  /// The key that holds the body where a place names none.
  static let usualBodyKey = "prompt"

  /// Fields, then the body as a multi-line string; lists and maps inline, null left out.
  ///
  /// In parts: those of the body are in it as they are wherever they can be.
  static func table(_ fields: [(key: String, value: RenderedValue)], bodyKey: String, body: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
    var out: [UInt8] = []
    for (key, value) in fields {
      guard let text = inline(value) else { continue }
      out.append(contentsOf: "\(bare(key)) = \(text)\n".utf8)
    }
    out.append(contentsOf: "\(bare(bodyKey)) = ".utf8)
    guard isLiteral(body) else { return [(out + basic(body) + [UInt8(ascii: "\n")])[...]] }
    out.append(contentsOf: "'''\n".utf8)
    return [out[...]] + body + [Array("'''\n".utf8)[...]]
  }

  private static func inline(_ value: RenderedValue) -> String? {
    switch value {
    case .plain(let text), .quoted(let text): inDoubleQuotes(text)
    case .value(let value): inline(value)
    }
  }

  private static func inline(_ value: FieldValue) -> String? {
    switch value {
    case .text(let text): return inDoubleQuotes(text)
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text): return isTOMLNumber(text) ? text : inDoubleQuotes(text)
    case .null: return nil
    case .list(let values): return "[" + values.compactMap(inline).joined(separator: ", ") + "]"
    case .map(let entries):
      return "{ " + entries.compactMap { entry in inline(entry.value).map { "\(bare(entry.key)) = \($0)" } }.joined(separator: ", ") + " }"
    }
  }

  private static func bare(_ key: String) -> String {
    !key.isEmpty && key.utf8.allSatisfy { isBare($0) } ? key : inDoubleQuotes(key)
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  /// A string for what a literal one, which keeps every byte, cannot hold.
  private static func basic(_ body: [ArraySlice<UInt8>]) -> [UInt8] {
    var out = "\"\"\"\n"
    for scalar in String(decoding: Array(body.joined()), as: UTF8.self).unicodeScalars { out += escaped(scalar) }
    return Array((out + "\"\"\"").utf8)
  }

  /// Whether three single quotes can go around the bytes: no three inside, none at the end, no control characters.
  private static func isLiteral(_ body: [ArraySlice<UInt8>]) -> Bool {
    var quotes = 0
    for part in body {
      guard part.withUnsafeBufferPointer({ isLiteral($0, &quotes) }) else { return false }
    }
    return quotes == 0
  }

  private static func isLiteral(_ part: UnsafeBufferPointer<UInt8>, _ quotes: inout Int) -> Bool {
    for byte in part {
      quotes = byte == UInt8(ascii: "'") ? quotes + 1 : 0
      if quotes == 3 || (byte < 0x20 && byte != 0x0A && byte != 0x09) || byte == 0x7F { return false }
    }
    return true
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    case "\u{0}"..."\u{1F}", "\u{7F}":
      let hex = String(scalar.value, radix: 16, uppercase: true)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: return String(scalar)
    }
  }
}

/// Whether TOML reads a number of YAML as that number: as JSON has it, with either sign.
private func isTOMLNumber(_ text: String) -> Bool { isJSONNumber(text.hasPrefix("+") ? "-" + text.dropFirst() : text) }
