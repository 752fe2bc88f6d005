import ContextModel
import Layout

/// The first paragraph of a section, which says what the rule's frontmatter says.
///
/// Such as: Rule `x`, for files that match `src/**`: what it asks for. On a line of its own: (severity: HIGH; category: architecture)
struct SectionLead: Hashable {
  var name: String
  /// Nil for a rule that always holds.
  var globs: [String]?
  /// On one line.
  var description: String?
  var facts: [Field]

  init(_ delivery: Layout.Delivery, _ fields: [(key: String, value: RenderedValue)]) {
    let artifact = delivery.artifact
    name = delivery.name
    globs = artifact.activation == .globs ? artifact.globs.map(onOneLine) : nil
    description = artifact.description.map(onOneLine)
    var named: Set<String> = ["name", "description", "activation"]
    if globs != nil { named.formUnion(["globs", "paths"]) }
    facts = fields.compactMap { key, value in
      guard !named.contains(key), case .value(let value) = value else { return nil }
      return Field(key, value)
    }
  }

  var text: String {
    var lead = "Rule `\(name)`"
    if let globs { lead += Self.scope + globs.map { "`\($0)`" }.joined(separator: ", ") }
    if let description, !description.isEmpty { lead += ": " + description }
    return facts.isEmpty ? lead : lead + "\n" + Facts.text(of: facts)
  }

  private static let scope = ", for files that match "

  /// Nil when the text is no lead.
  init?(reading text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, lines.count <= 2, first.hasPrefix("Rule `") else { return nil }
    var rest = first.dropFirst("Rule `".count)
    guard let close = rest.firstIndex(of: "`"), close > rest.startIndex else { return nil }
    name = String(rest[..<close])
    rest = rest[rest.index(after: close)...]
    if rest.hasPrefix(Self.scope) {
      rest = rest.dropFirst(Self.scope.count)
      var found: [String] = []
      while rest.first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        found.append(String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...]
        if rest.hasPrefix(", `") { rest = rest.dropFirst(2) }
      }
      guard !found.isEmpty else { return nil }
      globs = found
    }
    guard rest.isEmpty || rest.hasPrefix(": ") else { return nil }
    description = rest.isEmpty ? nil : String(rest.dropFirst(2))
    facts = []
    if lines.count == 2 {
      guard let read = Facts.fields(in: lines[1]) else { return nil }
      facts = read
    }
  }
}
