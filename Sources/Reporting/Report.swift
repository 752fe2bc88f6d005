/// What becomes of a tree on all selected platforms, for somebody who looks after it: names, numbers and paths, and nothing that has to be
/// looked up any more.
///
/// Platforms are named by their index in `platforms`. Everything is in an order that is the same in each run, and no path leads out of the
/// repository but those of sources that lie there.
package struct Report: Sendable {
  /// The release of aiwg, and the beginning of the digest of the data that it ships.
  package var madeBy = (version: "", data: "")
  package var platforms: [Platform] = []
  /// In order of kind and name.
  package var artifacts: [Artifact] = []
  package var losses: [Loss] = []
  package var repeats: [Repeat] = []
  /// What could not be had exactly once, as the layout knows it.
  package var exceptions: [Note] = []
  package var drift = Drift()
  package var sources: [Source] = []
  package var own: [OwnFile] = []
  package var findings: [Note] = []

  package init() {}
}

extension Report {
  /// Of what a context consists that a platform loads at start.
  package struct Part: Hashable, Sendable {
    package enum Owner: String, CaseIterable, Hashable, Sendable { case aiwg, user }

    /// A file, or a folder that ends in `/`.
    package var path: String
    package var files: Int
    package var bytes: Int
    package var tokens: Int
    package var owner: Owner
    /// Whether names and descriptions alone are loaded.
    package var isListing: Bool

    package init(path: String, files: Int, bytes: Int, tokens: Int, owner: Owner, isListing: Bool) {
      (self.path, self.files, self.bytes, self.tokens, self.owner, self.isListing) = (path, files, bytes, tokens, owner, isListing)
    }
  }

  /// A selected platform.
  package struct Platform: Sendable {
    package var id: String
    package var name: String
    /// The page that says what it reads, and the day on which that was compared.
    package var docs: String
    package var verified: String
    /// Whether it is `experimental` or `retired`; empty for neither.
    package var standing = ""
    package var files = 0
    package var losses = 0
    /// Nil when something that it reads cannot be read; `trouble` says what.
    package var startTokens: Int?
    package var trouble: String?
    /// The product of the platform that loads most, when it has several; the tokens are its.
    package var surface = ""
    /// Most bytes first.
    package var start: [Part] = []

    package init(id: String, name: String, docs: String, verified: String) {
      (self.id, self.name, self.docs, self.verified) = (id, name, docs, verified)
    }
  }

  /// How a platform gets an artifact; the better ways first.
  package enum Way: String, CaseIterable, Hashable, Sendable, Comparable {
    /// In a file of its own, as what it is.
    case native
    /// In a managed block of a file that is read as a whole.
    case block
    /// As something else that stands for it: a skill.
    case skill
    /// As something else that stands for it, which is no skill.
    case other = "other-form"
    /// In the settings of the platform.
    case settings
    /// By the reviewers of changes alone.
    case review
    /// Only when somebody asks for it, although it is to load by itself.
    case demand = "on-demand"
    /// It is there, and nothing says that the platform loads it.
    case unread
    /// Not at all, and it should.
    case missing
    /// Not at all, as the artifact wants it.
    case excluded

    package static func < (left: Way, right: Way) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// One way in which some platforms get an artifact.
  package struct Route: Hashable, Sendable {
    package var way: Way
    /// Of the output; empty when there is none.
    package var path: String
    /// When it loads, or why it does not come, in words.
    package var detail: String
    package var platforms: [Int]

    package init(way: Way, path: String = "", detail: String = "", platforms: [Int]) {
      (self.way, self.path, self.detail, self.platforms) = (way, path, detail, platforms)
    }
  }

  /// An artifact, and where it goes.
  package struct Artifact: Sendable {
    package var kind: String
    package var name: String
    package var file: String
    /// Index in `sources`; nil when it is from none that is known.
    package var source: Int?
    package var tokens: Int
    /// The better ways first; each platform is in one at least.
    package var routes: [Route]

    package init(kind: String, name: String, file: String, source: Int? = nil, tokens: Int, routes: [Route]) {
      (self.kind, self.name, self.file, self.source, self.tokens, self.routes) = (kind, name, file, source, tokens, routes)
    }

    /// Such as `rules/brief`.
    package var id: String { kind == name ? name : kind + "/" + name }

    /// By platform: the best way.
    package func best(of count: Int) -> [Route?] {
      var out = [Route?](repeating: nil, count: count)
      for route in routes { for platform in route.platforms where out[platform] == nil { out[platform] = route } }
      return out
    }
  }

  /// A line of a file; 0 is the file.
  package struct Spot: Hashable, Sendable, Comparable {
    package var path: String
    package var line: Int

    package init(path: String, line: Int) { (self.path, self.line) = (path, line) }

    package static func < (left: Spot, right: Spot) -> Bool { (left.path, left.line) < (right.path, right.line) }

    /// As one types it.
    package var text: String { line > 0 ? "\(path):\(line)" : path }
  }

  /// The same loss of several artifacts on the same platforms.
  package struct Loss: Hashable, Sendable {
    package var field: String
    /// What becomes of it: `lost`, `not seen`, `said otherwise`.
    package var fate: String
    package var reason: String
    package var platforms: [Int]
    package var spots: [Spot]

    package init(field: String, fate: String, reason: String, platforms: [Int], spots: [Spot]) {
      (self.field, self.fate, self.reason, self.platforms, self.spots) = (field, fate, reason, platforms, spots)
    }

    /// How many losses it is.
    package var count: Int { platforms.count * spots.count }
  }

  /// A text that is loaded more than once at start.
  package struct Repeat: Hashable, Sendable {
    /// Its first line; empty when whole files are meant.
    package var start: String
    /// What is too many.
    package var tokens: Int
    package var spots: [Spot]
    package var platforms: [Int]

    package init(start: String, tokens: Int, spots: [Spot], platforms: [Int]) {
      (self.start, self.tokens, self.spots, self.platforms) = (start, tokens, spots, platforms)
    }
  }

  /// A finding in words.
  package struct Note: Hashable, Sendable {
    package var id: String
    package var severity: String
    package var words: String
    package var spot: Spot?

    package init(id: String, severity: String, words: String, spot: Spot? = nil) {
      (self.id, self.severity, self.words, self.spot) = (id, severity, words, spot)
    }
  }

  /// What a check would say.
  package struct Drift: Sendable {
    /// An output that is out of line.
    package struct Change: Hashable, Sendable {
      /// The sign of the plan, such as `~`.
      package var sign: String
      /// What would be done, in a word such as `update`.
      package var word: String
      package var path: String
      package var reason: String
      package var origins: [String]

      package init(sign: String, word: String, path: String, reason: String, origins: [String]) {
        (self.sign, self.word, self.path, self.reason, self.origins) = (sign, word, path, reason, origins)
      }
    }

    /// The exit code of a check.
    package var exit = 0
    /// What it says at its end.
    package var words = ""
    /// How many outputs there are.
    package var outputs = 0
    package var changes: [Change] = []
    /// What is in the way.
    package var conflicts: [Note] = []

    package init() {}
  }

  /// Where artifacts come from.
  package struct Source: Hashable, Sendable {
    /// `tree`, `library`, `git` or `personal`.
    package var kind: String
    /// A path, an address, or what is taken of the library.
    package var name: String
    /// Of a git repository: what is asked for and the commit that it is at; of the library: the release.
    package var revision: String
    package var notes: [String]
    package var artifacts = 0

    package init(kind: String, name: String, revision: String, notes: [String] = []) {
      (self.kind, self.name, self.revision, self.notes) = (kind, name, revision, notes)
    }
  }

  /// A file of the user's that platforms read, or that outputs share.
  package struct OwnFile: Hashable, Sendable {
    package var path: String
    /// Which part of it, in words.
    package var what: String
    package var tokens: Int
    /// Those that read it.
    package var platforms: [Int]

    package init(path: String, what: String, tokens: Int, platforms: [Int]) {
      (self.path, self.what, self.tokens, self.platforms) = (path, what, tokens, platforms)
    }
  }
}
