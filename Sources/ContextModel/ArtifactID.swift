/// What an artifact is.
package enum ArtifactKind: String, CaseIterable, Hashable, Sendable, Comparable {
  case rule, agent, skill, command
  /// What to do when something happens, which goes out as a rule and, where it has a command, as a hook.
  case behavior
  /// An MCP server.
  case server
  case hook

  /// The kinds that a model reads, as Markdown.
  package static let texts: [ArtifactKind] = [.rule, .agent, .skill, .command, .behavior]

  /// Whether it is data for the settings of a platform, as YAML, and no text for a model.
  package var isSetting: Bool { !Self.texts.contains(self) }

  /// The folder of a canonical tree that holds the kind.
  package var folder: String { self == .server ? "mcp" : rawValue + "s" }

  /// The kind whose folder has that name.
  package init?(folder: some StringProtocol) {
    guard let kind = ArtifactKind.allCases.first(where: { $0.folder == folder }) else { return nil }
    self = kind
  }

  package static func < (left: ArtifactKind, right: ArtifactKind) -> Bool { left.folder < right.folder }
}

/// The kind and name by which an artifact is known.
package struct ArtifactID: Hashable, Sendable, Comparable {
  package var kind: ArtifactKind
  /// Lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen.
  package var name: String

  package init(kind: ArtifactKind, name: String) {
    self.kind = kind
    self.name = name
  }

  package static func < (left: ArtifactID, right: ArtifactID) -> Bool { (left.kind, left.name) < (right.kind, right.name) }
}

extension ArtifactID: CustomStringConvertible {
  /// Such as `rules/stateless-processes`.
  package var description: String { kind.folder + "/" + name }
}
