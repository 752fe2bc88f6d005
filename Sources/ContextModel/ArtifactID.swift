/// What an artifact is.
package enum ArtifactKind: String, CaseIterable, Hashable, Sendable, Comparable {
  case rule, agent, skill, command
  /// What to do when something happens, which goes out as a rule and, where it has a command, as a hook.
  case behavior
  /// An MCP server.
  case server
  case hook
  /// What may be done without asking, what with, and what not at all.
  case permissions
  /// The files that no platform is to look at.
  case ignore

  /// The kinds that a model reads, as Markdown.
  package static let texts: [ArtifactKind] = [.rule, .agent, .skill, .command, .behavior]

  /// The kinds that a canonical tree has a folder for.
  package static let inFolders: [ArtifactKind] = allCases.filter { $0.file == nil }

  /// Whether it is data for the settings of a platform, and no text for a model.
  package var isSetting: Bool { !Self.texts.contains(self) }

  /// The one file of a canonical tree that the kind is; nil for a kind with a folder.
  package var file: String? {
    switch self {
    case .permissions: "permissions.yaml"
    case .ignore: "ignore"
    default: nil
    }
  }

  /// The folder of a canonical tree that holds the kind, or what a kind without one is called.
  package var folder: String { self == .server ? "mcp" : file == nil ? rawValue + "s" : rawValue }

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

  /// What a kind that is one file is known by.
  package init(only kind: ArtifactKind) {
    self.init(kind: kind, name: kind.folder)
  }

  package static func < (left: ArtifactID, right: ArtifactID) -> Bool { (left.kind, left.name) < (right.kind, right.name) }
}

extension ArtifactID: CustomStringConvertible {
  /// Such as `rules/stateless-processes`, or the file's name for a kind that is one file.
  package var description: String { kind.file ?? kind.folder + "/" + name }
}
