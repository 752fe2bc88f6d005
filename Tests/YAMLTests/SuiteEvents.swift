import TestSupport
import YAML

/// A document as a list of events that the suite's notation and our nodes both come down to.
///
/// What our nodes do not keep is left out on both sides: the styles of collections, which quotes a scalar has, marks between documents.
/// Aliases are written out.
struct SuiteEvents: Equatable {
  private(set) var lines: [String] = []
  private var anchored: [String: [String]] = [:]
  /// Anchored collections that are not closed yet, and where they began.
  private var open: [(anchor: String?, start: Int)] = []

  static func == (left: SuiteEvents, right: SuiteEvents) -> Bool { left.lines == right.lines }

  /// Nothing, and a document that is null, are the same to us.
  private var isNothing: Bool { lines.isEmpty || ["", "~", "null"].contains { lines == ["plain " + $0] } }

  /// The events of a node.
  init(_ root: YAMLNode?) {
    if let root { add(root) }
  }

  /// The events of a case of the suite.
  init(_ suite: [String]) {
    for line in suite { add(line) }
    if isNothing { lines = [] }
  }

  private mutating func add(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar): lines.append((scalar.isPlain ? "plain " : "text ") + scalar.text)
    case .sequence(let items):
      lines.append("[")
      for item in items { add(item) }
      lines.append("]")
    case .mapping(let pairs):
      lines.append("{")
      for pair in pairs {
        add(pair.key)
        add(pair.value)
      }
      lines.append("}")
    }
  }

  private mutating func add(_ line: String) {
    let (kind, rest) = (line.prefix(4), line.dropFirst(5))
    switch kind {
    case "+SEQ", "+MAP":
      open.append((Self.properties(rest).anchor, lines.count))
      lines.append(kind == "+SEQ" ? "[" : "{")
    case "-SEQ", "-MAP":
      lines.append(kind == "-SEQ" ? "]" : "}")
      if let (anchor, start) = open.popLast(), let anchor { anchored[anchor] = Array(lines[start...]) }
    case "=ALI": lines += anchored[String(rest.dropFirst())] ?? ["unknown " + rest]
    case "=VAL":
      let (anchor, value) = Self.properties(rest)
      lines.append((value.first == ":" ? "plain " : "text ") + Self.unescaped(value.dropFirst()))
      if let anchor { anchored[anchor] = lines.suffix(1) }
    default: break
    }
  }

  /// Takes the anchor and the tag off.
  private static func properties(_ text: Substring) -> (anchor: String?, rest: Substring) {
    var (anchor, rest) = (String?.none, text)
    while let first = rest.first, "[{&<".contains(first) {
      let word = rest.prefix { $0 != " " }
      if first == "&" { anchor = String(word.dropFirst()) }
      rest = rest.dropFirst(word.count + 1)
    }
    return (anchor, rest)
  }

  private static func unescaped(_ text: Substring) -> String {
    var (out, isEscaped) = ("", false)
    for scalar in text.unicodeScalars {
      if isEscaped {
        let plain: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "0": "\0"]
        out.unicodeScalars.append(plain[scalar] ?? scalar)
      } else if scalar != "\\" {
        out.unicodeScalars.append(scalar)
      }
      isEscaped = !isEscaped && scalar == "\\"
    }
    return out
  }
}
