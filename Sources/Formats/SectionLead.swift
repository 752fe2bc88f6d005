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
    globs = artifact.activation == .globs && !artifact.globs.isEmpty ? artifact.globs.map(onOneLine) : nil
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
  ///
  /// Read by scalars: an accent that begins a text would else be one letter with the mark before it.
  init?(reading text: String) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    guard var rest = lines.first, lines.count <= 2, rest.skip("Rule `"), let name = rest.skipToBacktick(), !name.isEmpty else { return nil }
    self.name = name
    if rest.skip(Self.scope + "`") {
      var found: [String] = []
      repeat {
        guard let pattern = rest.skipToBacktick() else { return nil }
        found.append(pattern)
      } while rest.skip(", `")
      globs = found
    }
    if rest.skip(": ") { description = String(rest) } else if !rest.isEmpty { return nil }
    facts = []
    if lines.count == 2 {
      guard let read = Facts.fields(in: Substring(lines[1])) else { return nil }
      facts = read
    }
  }
}
