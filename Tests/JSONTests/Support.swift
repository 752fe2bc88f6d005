import Diagnostics
import JSON

/// A document that was read, or what is wrong with it.
struct Reading {
  let source: SourceText
  let root: JSONNode?
  let findings: [Diagnostic]

  init(_ text: String, _ dialect: JSONDialect = .strict, limits: JSONLimits = .standard) {
    self.init(bytes: Array(text.utf8), dialect, limits: limits)
  }

  init(bytes: [UInt8], _ dialect: JSONDialect = .strict, limits: JSONLimits = .standard) {
    source = SourceText(path: "x.json", bytes: bytes)
    var findings: [Diagnostic] = []
    root = parseJSON(source, dialect: dialect, limits: limits, diagnostics: &findings)
    self.findings = findings
  }

  /// `line:column what` of each finding, the area left out.
  var summary: [String] { findings.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.id.dropFirst("json/".count))" } }

  /// The root in one line.
  var dump: String? { root.map { line(of: $0) } }

  func text(_ range: Range<Int>?) -> String? { range.map { String(decoding: source.bytes[$0], as: UTF8.self) } }
}

/// A value in one line: texts quoted as Swift does it, numbers as they are written.
func line(of node: JSONNode) -> String {
  switch node.content {
  case .text(let text): text.debugDescription
  case .number(let text): text
  case .bool(let flag): "\(flag)"
  case .null: "null"
  case .array(let items): "[" + items.map { line(of: $0.value) }.joined(separator: ", ") + "]"
  case .object(let members): "{" + members.map { "\(($0.key?.text ?? "?").debugDescription): \(line(of: $0.value))" }.joined(separator: ", ") + "}"
  }
}
