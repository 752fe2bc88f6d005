package import ContextModel
package import FileTree

/// An AI coding platform, as platforms.yaml describes it.
package struct Platform: Sendable {
  package var id: String
  package var name: String
  package var aliases: [String]
  /// The page that says what it reads.
  package var docs: String
  /// The day on which that was last compared, `YYYY-MM-DD`.
  package var verified: String
  /// Paths whose presence says that the platform is in use; a folder ends in `/`.
  package var detect: [String]
  /// Products under one name that read different files; one empty name when there is only one.
  package var surfaces: [String]
  /// Products under its name that review changes: they read what names them, and get the rules that are checks.
  package var reviewers: [String] = []
  /// The places that it can take each shape in, by id, best first.
  package var takes: [Shape: [String]]
  package var reads: [Read]
  /// By kind folder: canonical fields that it ignores where it reads the kind.
  package var ignores: [String: [String]]
  package var limits: [Limit]
  /// Globs of files that people write for it and that it does not read, beside those in the folders of `detect`.
  package var unread: [String] = []
  /// Places where its files lay in earlier days, by id: an import looks there, and nothing is written there.
  package var legacy: [String] = []
  /// By kind: in which settings files it looks for servers or hooks.
  package var settings: [ArtifactKind: PlatformSettings] = [:]
  /// The file in which it looks for what it is to ignore.
  package var ignoreFile: IgnoreFile?
  /// By kind: settings files that it keeps for one person, which nobody commits.
  package var personalSettings: [ArtifactKind: PlatformSettings] = [:]
  /// Files of one person that it reads and that nobody else is to get, beside those of private reads.
  package var personal: [String] = []
  /// Why its entry is less sure than the others; nil when it is as sure.
  package var experimental: String?
  /// Nil while there is such a platform.
  package var retired: Retirement?
  /// Whether a deploy is for it when nobody says otherwise and nothing shows what is in use.
  package var isDefault = false
  /// What it takes and reads in the home directory; nil when nobody knows of anything.
  package var user: UserScope?
  /// Whether a run can be for it; in the home directory, those that have nothing there are only known by name.
  package var isSelectable = true

  /// Its end: who names it still gets its files, and it is chosen for nobody.
  package struct Retirement: Hashable, Sendable {
    /// The day, `YYYY-MM-DD`.
    package var since: String
    /// The id of the platform that its users are best off with.
    package var successor: String
    package var why: String
  }

  /// Whether a surface, or a reviewer, reads that.
  package func reads(_ read: Read, on surface: String) -> Bool {
    read.on.contains(surface) || read.on.isEmpty && !reviewers.contains(surface)
  }

  /// Whether only its reviewers read that.
  package func isForReviewers(_ read: Read) -> Bool { !read.on.isEmpty && read.on.allSatisfy(reviewers.contains) }

  /// A path that the platform loads.
  package struct Read: Hashable, Sendable {
    package enum Moment: String, CaseIterable, Sendable {
      /// At start, in full.
      case always
      /// At start by name and description, in full when used.
      case listed
      /// When a file is in play that its frontmatter matches.
      case matched
      /// When the user or another file asks for it.
      case demand
      /// Not at all.
      case never
    }

    /// When a file of that name in a folder further down loads too.
    package enum Nested: String, CaseIterable, Sendable {
      /// When a file in that folder or below it is in play.
      case touched
      /// When the platform was started in that folder or below it.
      case started
    }

    /// A glob.
    package var path: String
    package var when: Moment
    /// For `matched`: how the head of such a file decides when it loads; the first rule that holds counts.
    package var head: [HeadRule] = []
    /// Nil when only the path itself is read.
    package var nested: Nested?
    /// Files at the root whose presence keeps those of folders further down from being read; `unless` holds in each folder.
    package var nestedUnless: [String] = []
    /// The surfaces and reviewers that read it; empty means all surfaces, and no reviewer.
    package var on: [String]
    /// Files whose presence keeps it from being read.
    package var unless: [String]
    /// Reads of one group load an artifact of one name once.
    package var once: String?
    /// How many files deep import lines in it are followed; 0 when they are text.
    package var importDepth = 0
    /// Whether it is a person's own and never committed, so that nothing that is committed may depend on it.
    package var isPrivate = false
    /// The day on which a real client was seen to do so, `YYYY-MM-DD`; empty when it is from the platform's page alone.
    package var seen = ""

    /// What of the file the model never gets to see.
    package var strips: Set<Stripped> = []

    /// Whether import lines in it are followed.
    package var followsImports: Bool { importDepth > 0 }

    /// A part of a file that is taken out before the model reads it.
    package enum Stripped: String, CaseIterable, Sendable {
      case head
      /// HTML comments on lines of their own.
      case comments
    }
  }

  /// What a platform can hold.
  package struct Limit: Hashable, Sendable {
    package enum Unit: String, CaseIterable, Sendable { case bytes, characters }

    /// A glob over outputs.
    package var path: String
    package var most: Int
    package var unit: Unit
    /// What the platform does with the rest, in words.
    package var beyond: String
    package var keeps = Kept.start
    /// Whether all files that match share the room.
    package var isShared = false
    /// The key in the head that has the limit; nil when it is the file.
    package var field: String?

    /// What a platform keeps of something that is too long.
    package enum Kept: String, CaseIterable, Sendable {
      /// As much as fits from the start on.
      case start
      /// Seven tenths of the limit from the start and two from the end.
      case ends
      /// The file is not loaded.
      case nothing
      /// All of it: the limit is the vendor's advice, or what comes beyond it is not known.
      case all
    }
  }
}

/// One line of how the head of a file decides when the file loads.
package struct HeadRule: Hashable, Sendable {
  package var when: Platform.Read.Moment
  /// The key that has to be there; nil holds for every file.
  package var key: String?
  /// The value that it must have; nil for any.
  package var value: String?
  /// For `matched`: the key with the patterns, which has to be there too.
  package var patterns: String?
  /// A YAML file beside the one that is read, which has the key instead; a key in a key is `outer.inner`.
  package var beside: String?

  package init(when: Platform.Read.Moment, key: String? = nil, value: String? = nil, patterns: String? = nil) {
    self.when = when
    self.key = key
    self.value = value
    self.patterns = patterns
  }
}

/// Everything that platforms.yaml says, the user's own file on top of the shipped one.
package struct PlatformCatalog: Sendable {
  /// By id.
  package private(set) var platforms: [Platform]
  /// By id.
  package internal(set) var places: [String: Place] = [:]
  /// By name.
  package internal(set) var vocabularies: [String: Vocabulary] = [:]
  /// By name.
  package internal(set) var heads: [String: [HeadRule]] = [:]

  /// By name.
  package internal(set) var dialects: [String: SettingsDialect] = [:]
  /// By id.
  package internal(set) var settings: [String: SettingsPlace] = [:]

  /// A catalog without platforms.
  package init() {
    platforms = []
  }

  /// Adds a platform or replaces the one of that id.
  mutating func insert(_ platform: Platform) {
    let index = platforms.firstIndex { $0.id >= platform.id } ?? platforms.count
    if index < platforms.count, platforms[index].id == platform.id { platforms[index] = platform } else { platforms.insert(platform, at: index) }
  }

  /// Ids and aliases to ids.
  package var ids: [String: String] {
    var out: [String: String] = [:]
    for platform in platforms {
      out[platform.id] = platform.id
      for alias in platform.aliases { out[alias] = platform.id }
    }
    return out
  }

  /// The platform of that id.
  package func platform(_ id: String) -> Platform? { platforms.first { $0.id == id } }

  /// What `all` stands for: every platform that there still is.
  package var current: [Platform] { platforms.filter { $0.retired == nil && $0.isSelectable } }

  /// The platforms whose files or folders are among the paths of a repository's root, but for retired ones.
  package func detected(where exists: (String) throws -> Bool) rethrows -> [String] {
    try current.filter { try $0.detect.contains(where: exists) }.map(\.id)
  }

  /// The retired platforms that left files or folders.
  package func detectedRetired(where exists: (String) throws -> Bool) rethrows -> [String] {
    try platforms.filter { try $0.retired != nil && $0.detect.contains(where: exists) }.map(\.id)
  }

  /// Whether some platform places something at that path: a whole file, or a managed block.
  package func places(_ path: TreePath, asBlock: Bool) -> Bool {
    if asBlock, settings.values.contains(where: { $0.path == path }) || platforms.contains(where: { $0.ignoreFile?.path == path }) { return true }
    return places.values.contains { place in
      switch place.format {
      case .block, .import: asBlock && (place.path.isPerDirectory ? place.path.isInSomeDirectory(path) : place.path.filled(with: "x") == path)
      case .markdown, .toml: !asBlock && place.path.name(in: path) != nil
      case .skill: !asBlock && path.ancestors.contains { place.path.name(in: $0) != nil }
      }
    }
  }
}
