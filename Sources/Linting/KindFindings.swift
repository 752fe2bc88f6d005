import ContextLoading
package import ContextModel
import Diagnostics
import Schemas
import YAML

/// Values of another kind than any platform takes for the field, as far as reading does not refuse them.
@Sendable package func oddValues(_ artifact: Artifact) -> [LintFinding] {
  let kind = artifact.id.kind
  guard ArtifactKind.texts.contains(kind) else { return [] }
  let odd = artifact.fields.filter { field in
    field.value != .null && ValueKind(of: field.key, for: kind).map { !$0.holds(field.value) } ?? false
  }
  guard !odd.isEmpty else { return [] }
  let pairs = artifact.headPairs
  return odd.compactMap { field in
    guard let pair = pairs.first(where: { $0.keyText == field.key }), let wanted = ValueKind(of: field.key, for: kind) else { return nil }
    return finding(about: pair, wanted, in: artifact)
  }
}

private func finding(about pair: YAMLPair, _ wanted: ValueKind, in artifact: Artifact) -> LintFinding {
  let message = "`\(pair.keyText)` is \(wanted.words), and this is \(pair.value.kindInWords)"
  let place = artifact.text.place(pair.value.range)
  guard wanted == .flag, let flag = pair.value.text.flatMap(ValueKind.meaning) else {
    return LintFinding(Diagnostic(.warning, "frontmatter/odd-value", message, at: place, help: "write `\(pair.keyText): \(wanted.example)`"))
  }
  let help = "write `\(pair.keyText): \(flag)`; as a text it is passed over"
  return LintFinding(
    Diagnostic(.warning, "frontmatter/odd-value", message, at: place, help: help), fix: [ByteEdit(pair.value.range, "\(flag)".utf8)])
}

/// What a field can hold.
private enum ValueKind {
  case text, flag, number, map, list

  init?(of key: String, for kind: ArtifactKind) {
    guard let known = Self.byKey[kind]?[key] ?? Self.anywhere[key] else { return nil }
    self = known
  }

  /// As the kinds' own tables have it, where reading itself refuses nothing.
  private static let byKey: [ArtifactKind: [String: ValueKind]] = Dictionary(
    uniqueKeysWithValues: ArtifactKind.texts.map { kind in
      (kind, Dictionary((kind.schema?.keys ?? []).compactMap { key in ValueKind(key.schema).map { (key.name, $0) } }) { first, _ in first })
    })

  /// What people put into a head of a kind that has no use for it: a text or a switch is one everywhere.
  private static let anywhere = Dictionary(byKey.values.joined().filter { [.text, .flag].contains($0.value) }.map { ($0.key, $0.value) }) {
    first, _ in first
  }

  private init?(_ schema: Schema) {
    switch schema {
    case HeadSchema.label: self = .text
    case HeadSchema.flag: self = .flag
    case HeadSchema.number: self = .number
    case HeadSchema.map: self = .map
    case HeadSchema.list: self = .list
    default: return nil
    }
  }

  func holds(_ value: FieldValue) -> Bool {
    switch (self, value) {
    case (.text, .text), (.flag, .bool), (.number, .number), (.map, .map): true
    // A version such as `1.0`, and a name that is a number.
    case (.text, .number): true
    case (.list, .text): true
    case (.list, .list): value.textList != nil
    default: false
    }
  }

  /// Texts that people write for true and false.
  static func meaning(of text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  var words: String {
    switch self {
    case .text: "a text"
    case .flag: "true or false"
    case .number: "a number"
    case .map: "names with values"
    case .list: "a list of texts"
    }
  }

  var example: String {
    switch self {
    case .text: "text"
    case .flag: "true"
    case .number: "10"
    case .map: "{name: value}"
    case .list: "[one, two]"
    }
  }
}
