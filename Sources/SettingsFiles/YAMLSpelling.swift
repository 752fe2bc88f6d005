internal import ContextModel
internal import JSON
internal import YAML

/// How values are written in a file of YAML.
struct YAMLSpelling {
  let newline: String
  /// What a level is indented by.
  var unit = "  "
  /// Whether the dashes of a list stand below the key itself.
  var areDashesAtKey = false
  /// Whether lists of scalars stand between brackets.
  var areListsInline = false

  /// A member or an element in lines of its own, the first one with its margin.
  func lines(_ key: String?, _ value: FieldValue, margin: String) throws(Unsafe) -> [String] {
    let lead = margin + (key.map { quoted($0, isFlow: true) + ":" } ?? "-")
    switch value {
    case .map(let entries) where !entries.isEmpty:
      guard key == nil else { return [lead] + (try block(value, margin: margin + unit)) }
      // The first key stands behind the dash.
      var inner = try block(value, margin: margin + "  ")
      inner[0] = lead + " " + inner[0].dropFirst(margin.utf8.count + 2)
      return inner
    case .list(let items) where !items.isEmpty && key != nil && !(areListsInline && items.allSatisfy(\.isScalar)):
      return [lead] + (try block(value, margin: areDashesAtKey ? margin : margin + unit))
    default: return [lead + " " + (try inline(value))]
    }
  }

  /// The lines of all that is in a container.
  func block(_ value: FieldValue, margin: String) throws(Unsafe) -> [String] {
    var out: [String] = []
    switch value {
    case .map(let entries): for entry in entries { out += try lines(entry.key, entry.value, margin: margin) }
    case .list(let items): for item in items { out += try lines(nil, item, margin: margin) }
    default: out.append(margin + (try inline(value)))
    }
    return out
  }

  /// A value in one line.
  func inline(_ value: FieldValue, isFlow: Bool = false) throws(Unsafe) -> String {
    switch value {
    case .text(let text): return quoted(text, isFlow: isFlow)
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    case .number(let text):
      guard YAMLScalar(text, isPlain: true).isNumber else {
        throw .inexpressible("number `\(text)`", in: "YAML", help: "write it in decimal digits, or as a text")
      }
      return text
    case .list(let items):
      var written: [String] = []
      for item in items { written.append(try inline(item, isFlow: true)) }
      return "[" + written.joined(separator: ", ") + "]"
    case .map(let entries):
      var written: [String] = []
      for entry in entries { written.append(try member(entry.key, entry.value)) }
      return "{" + written.joined(separator: ", ") + "}"
    }
  }

  /// A key and its value between brackets.
  func member(_ key: String, _ value: FieldValue) throws(Unsafe) -> String { quoted(key, isFlow: true) + ": " + (try inline(value, isFlow: true)) }

  /// A text without quotes where no reader could take it for anything else.
  private func quoted(_ text: String, isFlow: Bool) -> String {
    if text.isPlain(isFlow: isFlow) { return text }
    return inDoubleQuotes(text)
  }
}

extension String {
  /// Whether it stays this text without quotes, for readers of all versions of YAML.
  fileprivate func isPlain(isFlow: Bool) -> Bool {
    let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]
    guard let first = utf8.first, first == UInt8(ascii: "/") || (0x61...0x7A).contains(first | 0x20), !words.contains(lowercased()) else {
      return false
    }
    guard let last = utf8.last, last != 0x20, last != UInt8(ascii: ":") else { return false }
    let isSafe = utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "/_.@+-= ".utf8.contains(byte) || byte == UInt8(ascii: ":") && !isFlow
    }
    return isSafe && !utf8.contains(0x7F) && !zip(utf8, utf8.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 0x20 }
  }
}
