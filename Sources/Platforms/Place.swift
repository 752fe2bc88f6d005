package import FileTree

/// A spot in a repository that carries artifacts, and how their bytes are laid out there; a class, because it is passed around a lot.
package final class Place: Sendable {
  package enum Format: String, CaseIterable, Sendable {
    /// Frontmatter and body.
    case markdown
    /// A folder with SKILL.md and the files beside it.
    case skill
    /// A TOML table with the body as one of its strings.
    case toml
    /// A section of a managed block in a file of the user's.
    case block
    /// A line in a managed block that makes the platform load another place, or that is there for its file alone.
    case `import`
  }

  package let id: String
  package let path: PathTemplate
  package let format: Format
  package let forms: [Shape: Form]
  /// Files that a skill gets beside it, such as switches that a platform reads from there.
  package let sidecars: [Sidecar]
  /// For `import`: the place that is loaded, and the line that does it.
  package let importing: Import?
  /// The directory that it is the file of; nil when it is for the whole repository.
  package let directory: Directory?

  init(
    id: String, path: PathTemplate, format: Format, forms: [Shape: Form], sidecars: [Sidecar] = [], importing: Import? = nil,
    directory: Directory? = nil
  ) {
    (self.id, self.path, self.format, self.forms) = (id, path, format, forms)
    (self.sidecars, self.importing, self.directory) = (sidecars, importing, directory)
  }

  /// The same at another path.
  func moved(to path: PathTemplate) -> Place {
    Place(id: id, path: path, format: format, forms: forms, sidecars: sidecars, importing: importing, directory: directory)
  }

  /// Which of the files it is that a place with `{directory}` in its path stands for.
  package struct Directory: Hashable, Sendable {
    package var path: TreePath
    /// The id of that place.
    package var place: String
  }

  /// Whether what stands there loads with the files of one directory, because it lies there.
  package var isForDirectory: Bool { directory != nil || path.isPerDirectory }

  /// What an import line loads.
  package struct Import: Hashable, Sendable {
    /// Nil for a line that loads nothing: that its file is there keeps a platform from reading another one for want of it.
    package var place: String?
    package var line: String
  }

  /// A constant file beside SKILL.md.
  package struct Sidecar: Hashable, Sendable {
    package var path: TreePath
    package var text: String
    /// Written only for artifacts that the model may not use by itself.
    package var onlyForUserOnly: Bool
  }

  /// How artifacts of one shape look at a place.
  package struct Form: Sendable {
    package var fields: [FieldRule]
    /// What becomes of canonical fields without a rule.
    package var unlisted: Unlisted
    /// Whether this stands in for a form that the platform lacks, so that no platform with its own form may read it.
    package var isStandIn: Bool
    /// Nil leaves the spots for arguments as they are.
    package var arguments: ArgumentStyle?
    /// For `toml`: the key that holds the body.
    package var bodyKey: String?
    /// Fields that the place expresses without a rule, so that nothing is lost.
    package var expresses: Set<String>
    /// Fields that are left out although unlisted ones are kept.
    package var drops: Set<String>

    /// Where canonical fields go that no rule of the form makes.
    package enum Unlisted: String, CaseIterable, Sendable {
      /// Into the head, as they are.
      case keep
      /// Into `metadata`, as texts, but for those that the Agent Skills specification has itself.
      case metadata
      case drop
    }

    /// The canonical fields that the form takes care of; worth computing once for many artifacts.
    package var handledFields: Set<String> {
      var handled = expresses.union(fields.flatMap(\.expressed))
      if handled.contains("user-only") { handled.insert("disable-model-invocation") }
      return handled
    }
  }

  /// The file that a platform reads for an artifact of that name.
  package func mainFile(name: String) -> TreePath? {
    guard let path = path.filled(with: name) else { return nil }
    guard format == .skill, let file = TreePath("SKILL.md") else { return path }
    return path.appending(file)
  }
}

/// How the text that a user gives with a command is spelled.
package struct ArgumentStyle: Hashable, Sendable {
  /// Such as `$ARGUMENTS`; nil when nothing is substituted and words stand there instead.
  package var all: String?
  /// Such as `$ARGUMENTS[{n}]`; nil when single words cannot be named.
  package var position: String?
  /// Another way in which the platform reads single words, such as `${n}`; it is never written.
  package var alsoPosition: String?
  /// The number that the platform gives to the first word.
  package var first: Int
  /// What keeps a dollar before a digit from being substituted; empty when nothing needs to.
  package var escape: String
  /// Texts that the platform would run, read or fill in; they go out with a blank behind their first character.
  package var parted: [String] = []

  /// Whether a dollar before a digit is always substituted, and nothing keeps it from that.
  package var replacesEveryDollar: Bool { escape.isEmpty && position?.hasPrefix("${n}") == true }
}
