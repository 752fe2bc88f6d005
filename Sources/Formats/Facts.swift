import ContextModel
import YAML

/// Fields in a line of prose, such as `(severity: HIGH; tags: [a, b])`, that say the same when they are read again.
enum Facts {
  /// Characters that would end a value, or begin another one.
  private static let special: Set<Character> = [";", ",", "[", "]", "{", "}", "\"", "\\"]

  static func text(of fields: [Field]) -> String {
    "(" + fields.map { quoted($0.key, isKey: true) + ": " + text(of: $0.value) }.joined(separator: "; ") + ")"
  }

  private static func text(of value: FieldValue) -> String {
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
    let isPlain =
      !text.isEmpty && text.first != " " && text.last != " " && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      && !text.contains { special.contains($0) || ($0.isWhitespace && $0 != " ") } && !(isKey && text.contains(":"))
    if isPlain, case .text = plainValue(text) { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || (scalar.properties.isWhitespace && scalar != " "):
        out += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// What a word without quotes says.
  private static func plainValue(_ text: String) -> FieldValue {
    let scalar = YAMLScalar(text, isPlain: true)
    if scalar.isNull { return .null }
    return scalar.bool.map(FieldValue.bool) ?? (scalar.isNumber ? .number(text) : .text(text))
  }

  /// The fields of a line; nil when it is no such line.
  static func fields(in line: some StringProtocol) -> [Field]? {
    guard line.first == "(", line.last == ")", line.count > 2 else { return nil }
    var reader = FactReader(Array(line.dropFirst().dropLast()))
    var out: [Field] = []
    repeat {
      guard let key = reader.key(), let value = reader.value(endingWith: [";"]) else { return nil }
      out.append(Field(key, value))
    } while reader.skip("; ")
    return reader.isAtEnd ? out : nil
  }

  /// Takes a line apart from left to right.
  private struct FactReader {
    private let characters: [Character]
    private var position = 0

    init(_ characters: [Character]) {
      self.characters = characters
    }

    var isAtEnd: Bool { position == characters.count }

    mutating func skip(_ text: String) -> Bool {
      guard characters[position...].starts(with: text) else { return false }
      position += text.count
      return true
    }

    mutating func key() -> String? {
      if let text = quotedText() { return skip(": ") ? text : nil }
      let end = characters[position...].firstIndex(of: ":") ?? position
      let text = String(characters[position..<end])
      position = end
      return !text.isEmpty && skip(": ") ? text : nil
    }

    mutating func value(endingWith ends: Set<Character>) -> FieldValue? {
      if skip("[") { return list() }
      if skip("{") { return map() }
      if let text = quotedText() { return .text(text) }
      let end = characters[position...].firstIndex { ends.contains($0) } ?? characters.count
      let text = String(characters[position..<end])
      position = end
      return text.isEmpty ? nil : Facts.plainValue(text)
    }

    private mutating func list() -> FieldValue? {
      var values: [FieldValue] = []
      if skip("]") { return .list([]) }
      repeat {
        guard let value = value(endingWith: [",", "]"]) else { return nil }
        values.append(value)
      } while skip(", ")
      return skip("]") ? .list(values) : nil
    }

    private mutating func map() -> FieldValue? {
      var entries: [FieldValue.Entry] = []
      if skip("}") { return .map([]) }
      repeat {
        guard let key = key(), let value = value(endingWith: [",", "}"]) else { return nil }
        entries.append(.init(key, value))
      } while skip(", ")
      return skip("}") ? .map(entries) : nil
    }

    private mutating func quotedText() -> String? {
      guard position < characters.count, characters[position] == "\"" else { return nil }
      var out = ""
      var index = position + 1
      while index < characters.count, characters[index] != "\"" {
        guard characters[index] == "\\" else {
          out.append(characters[index])
          index += 1
          continue
        }
        guard index + 1 < characters.count else { return nil }
        index += 2
        switch characters[index - 1] {
        case "n": out.append("\n")
        case "u":
          guard index < characters.count, characters[index] == "{", let close = characters[index...].firstIndex(of: "}"),
            let code = UInt32(String(characters[(index + 1)..<close]), radix: 16), let scalar = Unicode.Scalar(code)
          else { return nil }
          out.unicodeScalars.append(scalar)
          index = close + 1
        default: out.append(characters[index - 1])
        }
      }
      guard index < characters.count else { return nil }
      position = index + 1
      return out
    }
  }
}
