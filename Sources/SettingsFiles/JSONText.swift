package import ContextModel
internal import Diagnostics
internal import FileTree
internal import JSON

/// A value as compact JSON: keys in their order, or sorted by their bytes, so that two values that say the same have the same text.
package func jsonText(of value: FieldValue, sortingKeys: Bool = false) -> [UInt8] {
  var out: [UInt8] = []
  write(value, sortingKeys, to: &out)
  return out
}

private func write(_ value: FieldValue, _ sorts: Bool, to out: inout [UInt8]) {
  switch value {
  case .text(let text): write(text, to: &out)
  case .number(let text): out += text.utf8
  case .bool(let flag): out += (flag ? "true" : "false").utf8
  case .null: out += "null".utf8
  case .list(let items):
    out.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      write(item, sorts, to: &out)
    }
    out.append(UInt8(ascii: "]"))
  case .map(let entries):
    out.append(UInt8(ascii: "{"))
    let ordered = sorts ? entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : entries
    for (index, entry) in ordered.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      write(entry.key, to: &out)
      out.append(UInt8(ascii: ":"))
      write(entry.value, sorts, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }
}

private func write(_ text: String, to out: inout [UInt8]) {
  out.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case 0..<0x20:
      let hex = String(byte, radix: 16)
      out += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
    default: out.append(byte)
    }
  }
  out.append(UInt8(ascii: "\""))
}

/// The value that a JSON text says; nil when it is none.
package func fieldValue(ofJSON text: [UInt8]) -> FieldValue? {
  (try? SettingsFile(text, syntax: .json, path: ""))?.value(at: [])
}
