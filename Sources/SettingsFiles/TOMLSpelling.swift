internal import ContextModel
internal import Diagnostics
internal import JSON
internal import TOML

/// How values are written in a file of TOML.
struct TOMLSpelling {
  let newline: String
  /// Between a key and its value.
  var equals = " = "
  /// What items of a list are indented by that stand on lines of their own.
  var unit = "  "

  /// A key and its value in one line, but for lists that have lines.
  func statement(_ key: String, _ value: FieldValue) throws(Unsafe) -> String { quoted(key) + equals + (try text(value)) }

  /// A value in one line.
  func text(_ value: FieldValue) throws(Unsafe) -> String {
    switch value {
    case .text(let text): return inDoubleQuotes(text)
    case .bool(let flag): return flag ? "true" : "false"
    case .null: throw .inexpressible("null", in: "TOML", help: "leave the key out")
    case .number(let text):
      guard isNumber(text) else { throw .inexpressible("number `\(text)`", in: "TOML", help: "write it in decimal digits, or as a text") }
      return text
    case .list(let items):
      var written: [String] = []
      for item in items { written.append(try self.text(item)) }
      return "[" + written.joined(separator: ", ") + "]"
    case .map(let entries):
      guard !entries.isEmpty else { return "{}" }
      var written: [String] = []
      for entry in entries { written.append(quoted(entry.key) + " = " + (try self.text(entry.value))) }
      return "{ " + written.joined(separator: ", ") + " }"
    }
  }

  /// A list with a line for each of its items.
  func lines(_ items: [FieldValue], margin: String) throws(Unsafe) -> String {
    var out = "[" + newline
    for item in items { out += margin + unit + (try text(item)) + "," + newline }
    return out + margin + "]"
  }

  /// Headers with the keys below them; a table that has nothing but tables in it needs no header of its own.
  func sections(_ path: [String], _ entries: [FieldValue.Entry], margins: (header: String, key: String)) throws(Unsafe) -> [String] {
    var own: [String] = []
    for entry in entries where !entry.value.isFullMap { own.append(margins.key + (try statement(entry.key, entry.value))) }
    var out =
      own.isEmpty && !entries.isEmpty
      ? [] : [([margins.header + "[" + path.map(quoted).joined(separator: ".") + "]"] + own).joined(separator: newline)]
    for entry in entries {
      guard case .map(let inner) = entry.value, !inner.isEmpty else { continue }
      out += try sections(path + [entry.key], inner, margins: margins)
    }
    return out
  }

  /// A key as it is written.
  func quoted(_ key: String) -> String {
    let isBare = key.utf8.allSatisfy { ("a"..."z").contains(Unicode.Scalar($0 | 0x20)) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F }
    return isBare && !key.isEmpty && !key.utf8.contains(0x7F) ? key : inDoubleQuotes(key)
  }

  private func isNumber(_ text: String) -> Bool {
    var diagnostics: [Diagnostic] = []
    let table = parseTOML(SourceText(path: "", bytes: Array("x = \(text)".utf8)), diagnostics: &diagnostics)
    switch table?.pairs.first?.value.content {
    case .integer(let whole, _): return whole == text
    case .float(let whole), .datetime(let whole): return whole == text
    default: return false
    }
  }
}

extension FieldValue {
  /// Whether it is a map with something in it.
  var isFullMap: Bool {
    guard case .map(let entries) = self else { return false }
    return !entries.isEmpty
  }
}
