internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadReader {
  /// Checks a value of a behavior.
  mutating func checkBehavior(_ pair: YAMLPair) {
    switch pair.keyText {
    case "on":
      let words = HookEvent.allCases.map(\.rawValue)
      for item in pair.value.list ?? [pair.value] { expect(item, of: "on", oneOf: words) }
    case "tools":
      guard let items = pair.value.list else { return report("wrong-type", "expected a list", "write `tools: [Bash, Edit]`", pair) }
      for item in items where item.isNull || !(item.text.map(isToolName) ?? false) {
        report(
          "tools-not-text", "`tools` must be names, not \(item.text == nil || item.isNull ? item.kindInWords : "this text")", at: item.range,
          help: "write `tools: [Bash, Edit]`")
      }
    case "command": expectText(pair)
    case "timeout":
      if !(pair.value.scalar?.isNumber ?? false) { report("wrong-type", "expected seconds", "write `timeout: 30`", pair) }
    default: return
    }
  }

  /// The sentence that says when a behavior applies has names in backticks, on one line.
  private func isToolName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0 != "`" && (!$0.properties.isWhitespace || $0 == " ") && $0.value >= 0x20 }
  }
}

/// The errors of a behavior that no field shows by itself; none for other kinds.
func behaviorFindings(_ head: Head, _ id: ArtifactID, in file: MarkdownFile) -> [Diagnostic] {
  guard id.kind == .behavior else { return [] }
  var found: [Diagnostic] = []
  func report(_ what: String, _ message: String, at range: Range<Int>?, help: String) {
    let place = range.map { file.text.place($0) } ?? file.text.place(at: 0)
    found.append(Diagnostic(.error, "frontmatter/" + what, message, at: place, help: help))
  }
  func range(_ key: String) -> Range<Int>? { file.pairs.first { $0.keyText == key }?.value.range }
  let words = head.fields["on"].map { $0 == .null ? [] : $0.textList ?? [] } ?? []
  let example = "`on: before-tool` or `on: [session-start, stop]`"
  if words.isEmpty {
    report("incomplete-behavior", "a behavior needs `on`: when it applies", at: range("on"), help: "write \(example)")
  }
  let events = words.compactMap(HookEvent.init(rawValue:))
  // A word that is no event has an error of its own.
  if head.fields["tools"] != nil, !events.isEmpty, events.count == words.count, !events.contains(where: \.hasTool) {
    report(
      "tools-without-tool", "none of these events is about a tool, so it cannot be for some alone", at: range("tools"),
      help: "remove `tools`, or add `before-tool` or `after-tool` to `on`")
  }
  if head.fields["timeout"] != nil, head.fields["command"] == nil {
    report("incomplete-behavior", "`timeout` is for a command, and there is none", at: range("timeout"), help: "remove it, or add `command`")
  }
  for (platform, own) in head.overrides.sorted(by: { $0.key < $1.key }) {
    for field in own where field.key == "on" || field.key == "tools" {
      report(
        "behavior-differs", "a behavior applies at the same time on every platform, and `\(field.key)` for `\(platform)` says another one",
        at: field.range, help: "make two behaviors of it, each with `platforms`")
    }
  }
  return found
}
