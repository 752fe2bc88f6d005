import ContextModel
import Layout

/// One rule as a part of a managed block: a line that says what its frontmatter says, then its body.
struct Section {
  /// LF line ends, ending with one.
  let bytes: [UInt8]

  init(_ delivery: Layout.Delivery, fields: [(key: String, value: RenderedValue)], body: [UInt8]) {
    var out = Array(Self.lead(delivery, fields).utf8)
    out.append(contentsOf: "\n\n".utf8)
    let text = body.drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    out.append(contentsOf: text.contains(UInt8(ascii: "\r")) ? withLineFeeds(text) : Array(text))
    while out.last == UInt8(ascii: "\n") { out.removeLast() }
    out.append(UInt8(ascii: "\n"))
    bytes = out
  }

  /// Such as: Rule `x`, for files that match `src/**`: what it asks for. (severity: HIGH; category: architecture)
  private static func lead(_ delivery: Layout.Delivery, _ fields: [(key: String, value: RenderedValue)]) -> String {
    let artifact = delivery.artifact
    var lead = "Rule `\(delivery.name)`"
    if artifact.activation == .globs { lead += ", for files that match " + artifact.globs.map { "`\(onOneLine($0))`" }.joined(separator: ", ") }
    if let description = artifact.description { lead += ": " + onOneLine(description) }
    var named: Set<String> = ["name", "description", "activation"]
    if artifact.activation == .globs { named.formUnion(["globs", "paths"]) }
    let facts = fields.filter { !named.contains($0.key) }.compactMap { key, value -> String? in
      guard case .value(let value) = value, let words = inWords(value) else { return nil }
      return onOneLine(key + ": " + words)
    }
    return facts.isEmpty ? lead : lead + " (" + facts.joined(separator: "; ") + ")"
  }
}

/// No line of a lead may be a marker or begin a paragraph.
func onOneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

/// A value as a part of a sentence; nil when it says nothing.
func inWords(_ value: FieldValue) -> String? {
  switch value {
  case .text, .bool, .number: return value.scalarText
  case .null: return nil
  case .list(let values): return values.isEmpty ? nil : values.compactMap { inWords($0) }.joined(separator: ", ")
  case .map(let entries):
    let words = entries.compactMap { entry in inWords(entry.value).map { entry.key + ": " + $0 } }
    return words.isEmpty ? nil : "{ " + words.joined(separator: ", ") + " }"
  }
}

/// The same text with every CRLF as LF.
func withLineFeeds(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(text.count)
  for (index, byte) in zip(text.indices, text) {
    if byte == UInt8(ascii: "\r"), index + 1 < text.endIndex, text[index + 1] == UInt8(ascii: "\n") { continue }
    out.append(byte)
  }
  return out
}
