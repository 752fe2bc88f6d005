import ContextLoading
package import ContextModel
package import Diagnostics
import Globs
import Patterns
import YAML

/// The checks of a rule: its fenced blocks with the info string `yaml check`.
///
/// - Parameter diagnostics: gets what is wrong with those that are none.
package func checks(of rule: Artifact, diagnostics: inout [Diagnostic]) -> [Check] {
  var found: [Check] = []
  for block in fencedBlocks(of: rule.text) where block.info == "yaml check" {
    var reader = CheckReader(rule, block.content)
    let check = reader.read()
    diagnostics += reader.diagnostics
    guard let check else { continue }
    guard !found.contains(where: { $0.name == check.name }) else {
      diagnostics.append(
        Diagnostic(.error, "check/twice", "this rule has another check `\(check.name)`", at: check.place, help: "give it an `id` of its own"))
      continue
    }
    found.append(check)
  }
  return found
}

/// Reads one check.
private struct CheckReader {
  private static let known = ["id", "message", "files", "ignore", "pattern", "unless", "unless-file", "unless-declared", "bad", "good"]
  private static let needed = ["id", "message", "files", "pattern", "bad", "good"]

  private let rule: Artifact
  private let range: Range<Int>
  private var decoder: YAMLDecoder
  private var parsing: [Diagnostic] = []

  init(_ rule: Artifact, _ range: Range<Int>) {
    (self.rule, self.range) = (rule, range)
    decoder = YAMLDecoder(rule.text, area: "check")
  }

  var diagnostics: [Diagnostic] { parsing + decoder.diagnostics }

  mutating func read() -> Check? {
    let root = parseYAML(rule.text, in: range, limits: .frontmatter, diagnostics: &parsing)
    guard parsing.isEmpty else { return nil }
    guard let root, let pairs = decoder.expectPairs(root, known: Self.known) else {
      if root == nil { decoder.report("empty", "this check says nothing", at: range) }
      return nil
    }
    let missing = Self.needed.filter { key in !pairs.contains { $0.keyText == key } }
    if !missing.isEmpty {
      let keys = missing.map { "`\($0)`" }.joined(separator: ", ")
      let help = "each check has \(Self.needed.map { "`\($0)`" }.joined(separator: ", "))"
      decoder.report("missing-key", "this check has no \(keys)", at: range.lowerBound..<range.lowerBound + 1, help: help)
    }
    return check(Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first })
  }

  private mutating func check(_ nodes: [String: YAMLNode]) -> Check? {
    let name = nodes["id"].flatMap { self.name($0) }
    let message = nodes["message"].flatMap { decoder.expectText($0) }
    let files = nodes["files"].flatMap { globs($0) }
    let ignored = nodes["ignore"].flatMap { globs($0) } ?? []
    let pattern = self.pattern(nodes["pattern"])
    let (unless, unlessFile) = (self.pattern(nodes["unless"]), self.pattern(nodes["unless-file"]))
    let declared = nodes["unless-declared"].flatMap { declaration($0) }
    let (bad, good) = (nodes["bad"].flatMap { decoder.expectText($0) }, nodes["good"].flatMap { decoder.expectText($0) })
    guard decoder.diagnostics.isEmpty, let name, let message, let files, let pattern, let bad, let good, let place = nodes["id"]?.range else {
      return nil
    }
    var check = Check(
      rule: rule.id, severity: rule.severity, name: name, message: message, pattern: pattern, files: files, ignored: ignored,
      fixtures: (bad, good), place: rule.text.place(place))
    (check.unless, check.unlessFile, check.unlessDeclared) = (unless, unlessFile, declared)
    return check
  }

  private mutating func name(_ node: YAMLNode) -> String? {
    guard let text = decoder.expectText(node) else { return nil }
    guard validName(like: text) == text else {
      decoder.report("name", "`\(text)` is no name for a check", at: node.range, help: "use lower-case letters, digits and hyphens")
      return nil
    }
    return text
  }

  private mutating func globs(_ node: YAMLNode) -> [Glob]? {
    guard let texts = decoder.expectTexts(node) else { return nil }
    return texts.flatMap { expandingBraces($0) }.map { Glob($0) }
  }

  private mutating func pattern(_ node: YAMLNode?) -> LinePattern? {
    guard let node, let text = decoder.expectText(node) else { return nil }
    do throws(PatternProblem) {
      return try LinePattern(text)
    } catch {
      decoder.report("pattern", error.message, at: place(of: error.offset, in: text, node), help: error.help)
      return nil
    }
  }

  /// The byte of a pattern in the file, where its quotes change nothing; else all of it.
  private func place(of offset: Int, in text: String, _ node: YAMLNode) -> Range<Int> {
    let quotes = (node.range.count - text.utf8.count) / 2
    let start = node.range.lowerBound + quotes
    guard (0...1).contains(quotes), start + text.utf8.count <= rule.text.bytes.count,
      rule.text.bytes[start..<start + text.utf8.count].elementsEqual(text.utf8), offset < text.utf8.count
    else { return node.range }
    return start + offset..<start + offset + 1
  }

  private mutating func declaration(_ node: YAMLNode) -> Check.Declaration? {
    guard let pairs = decoder.expectPairs(node, known: ["files", "pattern"]) else { return nil }
    let files = pairs.first { $0.keyText == "files" }.flatMap { globs($0.value) }
    let pattern = self.pattern(pairs.first { $0.keyText == "pattern" }?.value)
    guard let files, let pattern else {
      decoder.report("missing-key", "a declaration needs `files` and `pattern`", at: node.range)
      return nil
    }
    return Check.Declaration(files: files, pattern: pattern)
  }
}
