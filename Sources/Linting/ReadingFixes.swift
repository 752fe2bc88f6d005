import ContextLoading
package import ContextModel
package import Diagnostics
import YAML

/// What reading found, with the fixes that are safe: they say in the file what it says already.
package func withFixes(_ diagnostics: [Diagnostic], of artifacts: some Sequence<Artifact>) -> [LintFinding] {
  guard diagnostics.contains(where: { fixes[$0.id] != nil }) else { return diagnostics.map { LintFinding($0) } }
  let byPath = Dictionary(artifacts.map { ($0.text.path, $0) }) { first, _ in first }
  return diagnostics.map { diagnostic in
    guard let fix = fixes[diagnostic.id], let place = diagnostic.place, let artifact = byPath[place.path] else { return LintFinding(diagnostic) }
    return LintFinding(diagnostic, fix: fix(place, artifact) ?? [])
  }
}

private let fixes: [String: @Sendable (SourcePlace, Artifact) -> [ByteEdit]?] = [
  "frontmatter/unknown-field": renamed, "frontmatter/name-differs": named,
]

/// The key that one slip makes it, when it is not there yet and can hold that value.
@Sendable private func renamed(_ place: SourcePlace, _ artifact: Artifact) -> [ByteEdit]? {
  let pairs = artifact.headPairs
  guard let pair = pairs.first(where: { artifact.text.place($0.key.range) == place }) else { return nil }
  // Which platforms get a file is not to be guessed.
  guard let key = onlySlip(from: pair.keyText, among: artifact.id.kind.knownKeys), key != "platforms" else { return nil }
  guard !pairs.contains(where: { $0.keyText == key }), canHold(pair.value, key),
    artifact.text.bytes[pair.key.range].elementsEqual(pair.keyText.utf8)
  else { return nil }
  return [ByteEdit(pair.key.range, key.utf8)]
}

/// Whether the value would not be refused under that key.
private func canHold(_ value: YAMLNode, _ key: String) -> Bool {
  switch key {
  case "severity": value.text.flatMap(Severity.init(rawValue:)) != nil
  // One without patterns would be refused, and one with others than it has would load elsewhere.
  case "activation", "review", "globs", "paths", "metadata", "hooks", "mcpServers", "on", "command", "timeout": false
  case "tools", "allowed-tools", "disallowedTools", "tags", "skills", "triggers":
    value.text != nil || value.list?.allSatisfy { $0.text != nil } ?? false
  default: value.text != nil
  }
}

/// The name of the file, when it is the same name in another spelling.
@Sendable private func named(_ place: SourcePlace, _ artifact: Artifact) -> [ByteEdit]? {
  let name = artifact.id.name
  guard let old = artifact.headPairs.first(where: { $0.keyText == "name" })?.value.text else { return nil }
  let spelled = old.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  // Another name may be the better one, and the file the one to be renamed.
  guard spelled == name || isOneSlip(spelled, name) else { return nil }
  return headEdits(of: artifact.text, making: [HeadChange(path: ["name"], value: .text(name))])
}
