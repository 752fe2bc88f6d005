import Diagnostics
import TOML

/// A document that was read, or what is wrong with it.
struct Reading {
  let source: SourceText
  let root: TOMLTable?
  let findings: [Diagnostic]

  init(_ text: String, limits: TOMLLimits = .standard) {
    self.init(bytes: Array(text.utf8), limits: limits)
  }

  init(bytes: [UInt8], limits: TOMLLimits = .standard) {
    source = SourceText(path: "x.toml", bytes: bytes)
    var findings: [Diagnostic] = []
    root = parseTOML(source, limits: limits, diagnostics: &findings)
    self.findings = findings
  }

  /// `line:column what` of each finding, the area left out.
  var summary: [String] { findings.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.id.dropFirst("toml/".count))" } }

  /// The root in one line.
  var dump: String? { root.map { line(of: $0) } }

  func text(_ range: Range<Int>?) -> String? { range.map { String(decoding: source.bytes[$0], as: UTF8.self) } }
}

/// A table in one line: texts quoted as Swift does it, numbers as they are written, with their value where it looks different.
func line(of table: TOMLTable) -> String {
  "{" + table.pairs.map { "\(quotedUnlessBare($0.key.text)): \(line(of: $0.value))" }.joined(separator: ", ") + "}"
}

private func line(of node: TOMLNode) -> String {
  switch node.content {
  case .text(let text): text.text.debugDescription
  case .integer(let text, let number): number.map { "\($0)" } == text ? text : "\(text)=\(number.map { "\($0)" } ?? "?")"
  case .float(let text): "float \(text)"
  case .bool(let flag): "\(flag)"
  case .datetime(let text): "date \(text)"
  case .array(let items): "[" + items.map { line(of: $0) }.joined(separator: ", ") + "]"
  case .table(let table): line(of: table)
  }
}

/// A key as a dump shows it.
func quotedUnlessBare(_ key: String) -> String {
  let bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".unicodeScalars
  return !key.isEmpty && key.unicodeScalars.allSatisfy(bare.contains) ? key : key.debugDescription
}
