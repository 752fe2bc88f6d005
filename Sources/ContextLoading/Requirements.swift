internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadReader {
  /// Checks a value whose kind or words are fixed.
  mutating func check(_ pair: YAMLPair) {
    let node = pair.value
    switch (pair.keyText, id.kind) {
    case ("description", _):
      if node.text == nil {
        report("description-not-text", "`description` must be a text, not \(node.kindInWords)", at: node.range, help: "put quotes around it")
      }
    case ("severity", .rule), ("severity", .behavior): expect(pair, oneOf: Severity.allCases.map(\.rawValue))
    case ("activation", .rule): expect(pair, oneOf: Activation.allCases.map(\.rawValue))
    case ("globs", .rule), ("paths", .rule):
      // In a list, nothing at all is a slip, after which none of the others would count.
      for item in node.list ?? [node] where item.text == nil || item.isNull && node.list != nil {
        let message = "`\(pair.keyText)` must be patterns, not \(item.kindInWords)"
        report("globs-not-text", message, at: item.range, help: "write `\(pair.keyText): ['**/*.ext']`")
      }
    case ("tools", .agent), ("allowed-tools", .agent), ("allowed-tools", .command):
      let items = node.list ?? [node]
      // Read as none at all, it would take every tool away without a word.
      for item in items where item.text == nil || item.isNull && node.list != nil {
        report(
          "tools-not-text", "`\(pair.keyText)` must be names, not \(item.kindInWords)", at: item.range, help: "write `\(pair.keyText): [Read, Bash]`")
      }
    case ("review", .rule):
      guard pair.value.scalar?.bool == nil, pair.value.text != "only" else { return }
      let found = pair.value.text.map { "`\($0)`" } ?? pair.value.kindInWords
      report(
        "unknown-value", "`review` cannot be \(found)", at: pair.value.range,
        help: "write `review: true` for a rule that reviewers of changes check as well, `review: only` for one that nobody else gets")
    case (_, .behavior): checkBehavior(pair)
    default: if id.kind.isSetting { checkSetting(pair) }
    }
  }

  mutating func expect(_ pair: YAMLPair, oneOf words: [String]) { expect(pair.value, of: pair.keyText, oneOf: words) }

  /// Checks one value of a key.
  mutating func expect(_ value: YAMLNode, of key: String, oneOf words: [String]) {
    if let text = value.text, words.contains(text) { return }
    let found = value.text.map { "`\($0)`" } ?? value.kindInWords
    let guess = value.text.flatMap { text in words.first { $0.lowercased() == text.lowercased() } ?? nearest(to: text, among: words) }
    let help = guess.map { "did you mean `\($0)`?" } ?? "one of \(words.joined(separator: ", "))"
    report("unknown-value", "`\(key)` cannot be \(found)", at: value.range, help: help)
  }
}

/// The error for a rule that is to be active by globs and has none; nil for all others.
func missingGlobs(_ head: Head, _ id: ArtifactID, in file: MarkdownFile) -> Diagnostic? {
  guard id.kind == .rule, head.fields["activation"] == .text("globs"), head.fields["globs"] == nil, head.fields["paths"] == nil else { return nil }
  let range = file.pairs.first { $0.keyText == "activation" }?.value.range
  return Diagnostic(
    .error, "frontmatter/missing-globs", "`activation: globs` needs globs", at: range.map(file.text.place) ?? file.text.whole,
    help: "add `globs: ['**/*.ext']`, or choose always, model or manual")
}

/// The error for an agent, skill or command without a description; nil when there is one, or none is needed.
func missingDescription(_ head: Head, _ id: ArtifactID, in file: MarkdownFile) -> Diagnostic? {
  guard id.kind != .rule, id.kind != .behavior, !id.kind.isSetting else { return nil }
  switch head.fields["description"] {
  case .text(let text)? where !text.utf8.allSatisfy({ $0.isBlank || $0 == UInt8(ascii: "\n") }): return nil
  // What is there but no text has its own error.
  case .list?, .map?: return nil
  default: break
  }
  let lines = (head.fields["name"] == nil ? "name: \(id.name)\n" : "") + "description: <what it does, and when to use it>"
  let help = file.head == nil ? "begin the file with\n---\n\(lines)\n---" : "add to the frontmatter\n\(lines)"
  let message = "\(id.kind == .agent ? "an" : "a") \(id.kind.rawValue) needs a description"
  return Diagnostic(.error, "frontmatter/missing-description", message, at: file.text.place(at: 0), help: help)
}
