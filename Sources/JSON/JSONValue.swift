/// A value of a report for programs.
package indirect enum JSONValue {
  case text(String)
  case number(Int)
  case bool(Bool)
  case null
  /// A value that was written already, with two spaces for each level.
  case written(String)
  case list([JSONValue])
  /// In the order that is written.
  case object([(String, JSONValue)])

  package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }
  package static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }
  package static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// Two spaces for each level, and a line break at the end.
  package var text: String {
    var out = ""
    write(to: &out, margin: "")
    return out + "\n"
  }

  private func write(to out: inout String, margin: String) {
    switch self {
    case .text(let text): out += inDoubleQuotes(text)
    case .number(let number): out += String(number)
    case .bool(let flag): out += flag ? "true" : "false"
    case .null: out += "null"
    case .written(let text): out += text.split(separator: "\n").joined(separator: "\n" + margin)
    case .list(let values) where values.isEmpty: out += "[]"
    case .object(let pairs) where pairs.isEmpty: out += "{}"
    case .list(let values):
      out += "["
      for (index, value) in values.enumerated() {
        out += (index == 0 ? "\n" : ",\n") + margin + "  "
        value.write(to: &out, margin: margin + "  ")
      }
      out += "\n" + margin + "]"
    case .object(let pairs):
      out += "{"
      for (index, (key, value)) in pairs.enumerated() {
        out += (index == 0 ? "\n" : ",\n") + margin + "  " + inDoubleQuotes(key) + ": "
        value.write(to: &out, margin: margin + "  ")
      }
      out += "\n" + margin + "}"
    }
  }
}
