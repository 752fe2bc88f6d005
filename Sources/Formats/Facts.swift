import ContextModel
import YAML

/// Fields in a line of prose, such as `(severity: HIGH; tags: [a, b])`, that say the same when they are read again.
enum Facts {
  /// Characters that would end a value, or begin another one.
  private static let special: Set<Unicode.Scalar> = [";", ",", "[", "]", "{", "}", "\"", "\\"]

  static func text(of fields: [Field]) -> String {
    "(" + fields.map { quoted($0.key, isKey: true) + ": " + text(of: $0.value) }.joined(separator: "; ") + ")"
  }

  /// The list, the map or the text in quotes that words say; nil when they are none.
  static func value(_ words: String) -> FieldValue? {
    // By scalars: an accent that follows the bracket makes one character of both.
    guard let first = words.unicodeScalars.first, ["[", "{", "\""].contains(first) else { return nil }
    var reader = FactReader(words.unicodeScalars)
    let value = reader.value(endingWith: [])
    return reader.isAtEnd ? value : nil
  }

  /// A value by itself, such as `[a, b]`.
  static func text(of value: FieldValue) -> String {
    switch value {
    case .text(let text): quoted(text, isKey: false)
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .null: "null"
    case .list(let values): "[" + values.map(text).joined(separator: ", ") + "]"
    case .map(let entries): "{" + entries.map { quoted($0.key, isKey: true) + ": " + text(of: $0.value) }.joined(separator: ", ") + "}"
    }
  }

  /// The text as it is where it can be taken for nothing else, in double quotes otherwise.
  private static func quoted(_ text: String, isKey: Bool) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      !scalars.isEmpty && scalars.first != " " && scalars.last != " " && !(isKey && scalars.contains(":"))
      && scalars.allSatisfy { !$0.needsEscape && !special.contains($0) }
    if isPlain, case .text = plainValue(text) { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case _ where scalar.needsEscape:
        out += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// What a word without quotes says.
  static func plainValue(_ text: String) -> FieldValue {
    let scalar = YAMLScalar(text, isPlain: true)
    if scalar.isNull { return .null }
    return scalar.bool.map(FieldValue.bool) ?? (scalar.isNumber ? .number(text) : .text(text))
  }

  /// The fields of a line; nil when it is no such line.
  static func fields(in line: some StringProtocol) -> [Field]? {
    let scalars = line.unicodeScalars
    guard scalars.first == "(", scalars.last == ")", scalars.count > 2 else { return nil }
    var reader = FactReader(scalars.dropFirst().dropLast())
    var out: [Field] = []
    repeat {
      guard let key = reader.key(), let value = reader.value(endingWith: [";"]) else { return nil }
      out.append(Field(key, value))
    } while reader.skip("; ")
    return reader.isAtEnd ? out : nil
  }
}

extension Unicode.Scalar {
  /// Whether a line cannot hold it as it is, or would not look as if it did.
  fileprivate var needsEscape: Bool { value < 0x20 || value == 0x7F || (properties.isWhitespace && self != " ") }
}
