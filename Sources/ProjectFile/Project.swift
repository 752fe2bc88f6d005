/// What a repository deploys: the content of aiwg.yaml.
package struct Project: Hashable, Sendable {
  /// The aiwg versions that may write here.
  package var requires: VersionRange?
  /// Ids or aliases, as written; nil when the file names none.
  package var platforms: [String]?
  /// Later ones win over earlier ones.
  package var sources: [Source]
  /// A BCP 47 tag, as written.
  package var locale: String?
  /// Keys of fields that go into the text of every artifact that has them.
  package var show: [String]
  /// Whose files it is about.
  package var scope = Scope.project

  /// What outputs are for.
  package enum Scope: String, CaseIterable, Sendable {
    /// One repository.
    case project
    /// All repositories of one person, by way of the home directory.
    case user
  }
  /// Whether outputs are committed; git is kept from them otherwise.
  package var commitsOutputs = true
  /// What findings of lint weigh here, by id.
  package var lint: [String: LintWeight] = [:]
  /// Folders of other projects below this one, as written: a path, or a pattern with `*` in a part.
  package var projects: [String] = []
  /// Patterns of directories in which a file may carry the rules that are for that directory alone; `**` for all of them.
  package var nested: [String] = []
  /// Findings of an audit that are let be.
  package var allowances: [AuditAllowance] = []

  package init(requires: VersionRange? = nil, platforms: [String]? = nil, sources: [Source] = [], locale: String? = nil, show: [String] = []) {
    self.requires = requires
    self.platforms = platforms
    self.sources = sources
    self.locale = locale
    self.show = show
  }

  /// Where artifacts come from.
  package struct Source: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
      /// A canonical tree, relative to the folder of aiwg.yaml.
      case path(String)
      /// Some of what ships with aiwg.
      case library(ArtifactPicks)
      /// A canonical tree in a git repository elsewhere, of which a copy lies here.
      case git(GitSource)
    }

    package var origin: Origin
    /// What is taken of a path or a git repository; nil takes everything.
    package var picks: ArtifactPicks?
    /// Kind/name patterns of what is left out.
    package var exclude: [String]
    /// Whether no later source may have something else under the same kind and name.
    package var isRequired: Bool
    /// Whether what starts programs by itself may come from it, where it is a git repository elsewhere.
    package var isTrusted = false

    package init(_ origin: Origin, picks: ArtifactPicks? = nil, exclude: [String] = [], isRequired: Bool = false) {
      self.origin = origin
      self.picks = picks
      self.exclude = exclude
      self.isRequired = isRequired
    }

    /// What is taken of it, whatever it is; nil takes everything.
    package var taken: ArtifactPicks? {
      if case .library(let picks) = origin { picks } else { picks }
    }

    /// What it is as a git repository; nil when it is none.
    package var git: GitSource? {
      if case .git(let git) = origin { git } else { nil }
    }
  }
}

/// Kind/name patterns, most of which are plain names.
package struct NamePatterns: Sendable {
  private let names: Set<String>
  private let patterns: [String]

  package init(_ patterns: [String]) {
    names = Set(patterns)
    self.patterns = patterns.filter { $0.contains("*") }
  }

  /// Whether one of them fits a kind/name.
  package func match(_ name: String) -> Bool {
    names.contains(name) || patterns.contains { matches(name, pattern: $0) }
  }
}

/// Whether a kind/name such as `agents/reviewer` fits a pattern with `*`.
package func matches(_ name: String, pattern: String) -> Bool {
  let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
  guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
  guard name.hasPrefix(first), name.hasSuffix(last), name.utf8.count >= first.utf8.count + last.utf8.count else { return false }
  var rest = name.dropFirst(first.count).dropLast(last.count)
  for part in parts.dropFirst().dropLast() {
    guard let found = rest.firstRange(of: part) else { return false }
    rest = rest[found.upperBound...]
  }
  return true
}
