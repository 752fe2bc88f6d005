package import ContextModel
import JSON

/// A value on its way into an output.
package enum RenderedValue: Hashable, Sendable {
  case value(FieldValue)
  /// Text that goes out as it stands, for platforms that do not parse quotes.
  case plain(String)
  /// Text that always has quotes around it, as in the pages of the platforms, so that it keeps them when it changes.
  case quoted(String)
}

/// Writes frontmatter that every YAML parser, 1.1 or 1.2, reads as the same texts, booleans and nulls; numbers stay as they were written.
package struct FrontmatterWriter {
  private var out: [UInt8] = []

  /// A head between `---` lines; empty when there are no fields.
  ///
  /// - Parameter quotes: those that the author put around a key's text, whether it needs them or not.
  package static func head(
    _ fields: [(key: String, value: RenderedValue)], quotes: (_ key: String, _ text: String) -> Quotes? = { _, _ in nil }
  ) -> [UInt8] {
    guard !fields.isEmpty else { return [] }
    var writer = FrontmatterWriter()
    writer.line("---")
    for (key, value) in fields {
      switch value {
      // A line break would begin another field.
      case .plain(let text): writer.line(quoted(key) + ": " + (text.utf8.contains { $0 < 0x20 } ? quoted(text) : text))
      case .quoted(let text): writer.line(quoted(key) + ": " + inDoubleQuotes(text))
      case .value(.text(let text)): writer.line(quoted(key) + ": " + Self.spelled(text, in: quotes(key, text)))
      case .value(let value): writer.entry(quoted(key) + ":", value, indent: 0)
      }
    }
    writer.line("---")
    return writer.out
  }

  private static func spelled(_ text: String, in quotes: Quotes?) -> String {
    switch quotes {
    case nil: quoted(text)
    case .single where !text.unicodeScalars.contains(where: \.isReadDifferently): "'" + text.replacing("'", with: "''") + "'"
    case .single, .double: inDoubleQuotes(text)
    }
  }

  private mutating func line(_ text: String) {
    out.append(contentsOf: text.utf8)
    out.append(UInt8(ascii: "\n"))
  }

  private mutating func entry(_ lead: String, _ value: FieldValue, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    guard value.isFullCollection else { return line(margin + lead + " " + scalar(value)) }
    line(margin + lead)
    children(of: value, indent: indent + 2)
  }

  private mutating func children(of value: FieldValue, indent: Int) {
    switch value {
    case .list(let values):
      for value in values {
        guard value.isFullCollection else {
          entry("-", value, indent: indent)
          continue
        }
        // The dash stands in the margin of the first line, where simple parsers look for it.
        let start = out.count
        children(of: value, indent: indent + 2)
        out[start + indent] = UInt8(ascii: "-")
      }
    case .map(let entries):
      for entry in entries { self.entry(quoted(entry.key) + ":", entry.value, indent: indent) }
    default: break
    }
  }

  private func scalar(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): quoted(text)
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .null: "null"
    case .list: "[]"
    case .map: "{}"
    }
  }
}

extension FieldValue {
  /// Whether it is a list or a map with something in it.
  fileprivate var isFullCollection: Bool {
    switch self {
    case .list(let values): !values.isEmpty
    case .map(let entries): !entries.isEmpty
    default: false
    }
  }
}

/// The text plain where no parser could take it for anything else, in double quotes otherwise.
private func quoted(_ text: String) -> String {
  var text = text
  return text.withUTF8({ isPlainSafe($0) }) ? text : inDoubleQuotes(text)
}

/// Words that some YAML version reads as a boolean, null or number.
private let reserved: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]

private func isPlainSafe(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = bytes.first, let last = bytes.last, isLetter(first) || first >= 0x80 || first == UInt8(ascii: "/") else { return false }
  guard last != UInt8(ascii: " "), last != UInt8(ascii: ":"),
    bytes.count > 5 || !reserved.contains(String(decoding: bytes, as: UTF8.self).lowercased())
  else {
    return false
  }
  for (index, byte) in bytes.enumerated() {
    switch byte {
    case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return false
    case UInt8(ascii: ":") where bytes[index + 1] == UInt8(ascii: " "): return false
    case UInt8(ascii: "#") where bytes[index - 1] == UInt8(ascii: " "): return false
    // C1 controls, the line separators, the byte order mark and what is no character start with these bytes.
    case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0: return false
    case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0xA8...0xA9).contains(bytes[index + 2]): return false
    case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF: return false
    case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE: return false
    default: continue
    }
  }
  return true
}

private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
