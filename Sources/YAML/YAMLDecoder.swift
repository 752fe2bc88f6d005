package import Diagnostics

/// Takes a document apart and reports, with the place, each value that is not what it should be.
///
/// Every `expect…` returns nil after it reported, so that a caller goes on to find the next problem.
package struct YAMLDecoder {
  package let source: SourceText
  /// The first half of the ids of findings, such as `platforms`.
  package let area: String
  package private(set) var diagnostics: [Diagnostic] = []
  /// Whether so much is wrong that no more is reported; each finding costs a look at the whole file.
  package var isFull: Bool { diagnostics.count >= 100 }

  package init(_ source: SourceText, area: String) {
    self.source = source
    self.area = area
  }

  /// The text of a scalar; numbers and booleans count as they are written, null does not.
  package mutating func expectText(_ node: YAMLNode) -> String? {
    if let scalar = node.scalar, !scalar.isNull { return scalar.text }
    return mismatch("a text", node)
  }

  package mutating func expectBool(_ node: YAMLNode) -> Bool? {
    node.scalar?.bool ?? mismatch("`true` or `false`", node)
  }

  /// The items of a list; nothing at all is an empty one.
  package mutating func expectList(_ node: YAMLNode) -> [YAMLNode]? {
    node.list ?? (node.isNull ? [] : mismatch("a list", node, help: node.text.map { "write `[\($0)]`" }))
  }

  /// The texts of a list, those that are none left out and reported.
  package mutating func expectTexts(_ node: YAMLNode) -> [String]? {
    guard let items = expectList(node) else { return nil }
    var texts: [String] = []
    for item in items {
      if let text = expectText(item) { texts.append(text) }
    }
    return texts
  }

  /// The pairs of a mapping; nothing at all is an empty one.
  ///
  /// With `known`, any other key is an error.
  package mutating func expectPairs(_ node: YAMLNode, known: [String]? = nil) -> [YAMLPair]? {
    guard let pairs = node.pairs ?? (node.isNull ? [] : nil) else { return mismatch("a mapping", node, help: "write `key: value` lines") }
    guard let known else { return pairs }
    guard pairs.contains(where: { !known.contains($0.keyText) }) else { return pairs }
    for pair in pairs where !known.contains(pair.keyText) && !isFull {
      let help = nearest(to: pair.keyText, among: known).map { "did you mean `\($0)`?" } ?? "known here: \(known.joined(separator: ", "))"
      report("unknown-key", "unknown key `\(pair.keyText)`", at: pair.key.range, help: help)
    }
    return pairs.filter { known.contains($0.keyText) }
  }

  /// Adds an error of the caller's own.
  package mutating func report(_ what: String, _ message: String, at range: Range<Int>, help: String? = nil) {
    guard !isFull else { return }
    diagnostics.append(Diagnostic(.error, "\(area)/\(what)", message, at: source.place(range), help: help))
  }

  private mutating func mismatch<Value>(_ expected: String, _ node: YAMLNode, help: String? = nil) -> Value? {
    report("wrong-type", "expected \(expected) here, not \(node.kindInWords)", at: node.range, help: help)
    return nil
  }
}
