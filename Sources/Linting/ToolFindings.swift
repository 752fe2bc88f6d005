import ContextModel
import Diagnostics
import Platforms
import YAML

/// Names of tools that no platform has a word for.
func unknownTools(_ input: LintInput) -> ArtifactCheck {
  let tools = ToolNames(input.catalog)
  return { artifact in
    let keys = toolKeys(of: artifact.id.kind)
    let isSuspect = { (key: String) in !tools.unknown(in: artifact.fields[key]).isEmpty }
    // Of nearly all there is nothing to say, so that their heads need not be read again.
    guard keys.contains(where: isSuspect) else { return [] }
    return artifact.headPairs.filter { keys.contains($0.keyText) && isSuspect($0.keyText) }.flatMap { pair in
      findings(about: pair, in: artifact, tools)
    }
  }
}

private func toolKeys(of kind: ArtifactKind) -> [String] {
  switch kind {
  case .agent: ["tools", "allowed-tools", "disallowedTools"]
  case .command, .skill: ["allowed-tools"]
  case .hook, .behavior: ["tools"]
  default: []
  }
}

private func findings(about pair: YAMLPair, in artifact: Artifact, _ tools: ToolNames) -> [LintFinding] {
  (pair.value.list ?? [pair.value]).flatMap { node in
    tools.unknown(in: FieldValue.text(node.text ?? "")).prefix(20).map { word in
      let range = artifact.range(ofWord: word, in: node)
      let place = artifact.text.place(range ?? node.range)
      let message = "no tool is called `\(word)`"
      if let meant = tools.meant(by: word) {
        let fix = range.map { [ByteEdit($0, meant.utf8)] } ?? []
        return LintFinding(Diagnostic(.warning, "tools/unknown", message, at: place, help: "did you mean `\(meant)`?"), fix: fix)
      }
      let help =
        tools.elsewhere(word).map { "that is what platforms call it; write `\($0)`, and each gets its own word" }
        ?? nearest(to: word, among: tools.names).map { "did you mean `\($0)`?" }
        ?? "names are such as `Read`, `Bash(git *)` and `mcp__server__tool`; one of a platform alone goes under its id"
      return LintFinding(Diagnostic(.warning, "tools/unknown", message, at: place, help: help))
    }
  }
}

/// The words for tools in a tree, whichever platforms have them.
private struct ToolNames {
  let names: [String]
  private let known: Set<String>
  /// By a platform's own word: the only name that becomes it.
  private var origins: [String: String] = [:]

  init(_ catalog: PlatformCatalog) {
    var vocabularies = Set<Vocabulary>()
    for form in catalog.places.values.flatMap(\.forms.values) {
      for rule in form.fields {
        guard case .field(let fields, let vocabulary?, _) = rule.source, fields.contains("tools") else { continue }
        vocabularies.insert(vocabulary)
      }
    }
    if let others = catalog.vocabularies["other-tools"] { vocabularies.insert(others) }
    known = Set(vocabularies.flatMap(\.words.keys))
    names = known.sorted()
    var all: [String: Set<String>] = [:]
    for vocabulary in vocabularies {
      for (name, words) in vocabulary.words { for word in words { all[word, default: []].insert(name) } }
    }
    for (word, names) in all where names.count == 1 && !known.contains(word) { origins[word] = names.first }
  }

  /// The words of a value that name no tool, each once.
  func unknown(in value: FieldValue?) -> [String] {
    guard let value, !known.isEmpty else { return [] }
    var seen = Set<String>()
    return (value.textList ?? []).flatMap { bases(of: $0) }.filter { !isKnown($0) && seen.insert($0).inserted }
  }

  private func isKnown(_ word: String) -> Bool {
    if known.contains(word) || word == "*" { return true }
    // Tools of servers are called as their servers call them.
    return word.hasPrefix("mcp__") || word.hasPrefix("mcp_") || word.utf8.contains { "/*{}$<>".utf8.contains($0) }
  }

  /// The names in a list on one line, without what stands in parentheses behind them.
  private func bases(of text: String) -> [String] {
    var depth = 0
    var words: [String] = [""]
    for character in text {
      if character == "(" {
        depth += 1
      } else if character == ")" {
        depth = max(0, depth - 1)
      } else if depth == 0 {
        if character == "," || character.isWhitespace { words.append("") } else { words[words.count - 1].append(character) }
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// The only name that a word can be a slip of.
  func meant(by word: String) -> String? { onlySlip(from: word, among: names) }

  /// The name of what some platform calls so.
  func elsewhere(_ word: String) -> String? { origins[word] }
}
