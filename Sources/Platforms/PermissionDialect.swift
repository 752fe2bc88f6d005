package import ContextModel
package import FileTree

/// How permissions are said in a settings file, and how a platform reads them.
package struct PermissionDialect: Sendable {
  /// What is said of a subject, in the shapes that platforms tell apart.
  package enum Form: String, CaseIterable, Hashable, Sendable {
    case read, write
    /// All words of a command.
    case shell
    /// The words that a command begins with.
    case shellPrefix = "shell-prefix"
    /// The program alone, whatever comes behind it; else as `shell-prefix`.
    case shellWord = "shell-word"
    case shellAny = "shell-any"
    /// One host.
    case network
    /// All hosts below a domain.
    case networkBelow = "network-below"
    case networkAny = "network-any"
    case mcpServer = "mcp-server"
    case mcpTool = "mcp-tool"
  }

  /// Which of several rules counts.
  package enum Order: Hashable, Sendable {
    /// The first of these decisions that has a rule that fits.
    case decisions([Permission.Decision])
    /// The last rule that fits.
    case last
  }

  /// How a pattern of paths is read.
  package enum Paths: String, CaseIterable, Hashable, Sendable {
    /// As git reads lines of `.gitignore`: below what fits, all fits.
    case gitignore
    /// `*` ends at a slash; what lies below is not meant.
    case glob
    /// `*` and `?` are any characters, slashes too.
    case wildcard
  }

  /// Where the rules go.
  package enum Target: Hashable, Sendable {
    /// A list for each decision, by keys from the root on.
    case lists([Permission.Decision: [String]])
    /// A map for each subject, with the platform's word for a decision under each rule.
    case maps([Permission.Subject: [String]], words: [Permission.Decision: FieldValue])
    /// A line for each rule, with `{rule}` in it.
    case lines([Permission.Decision: String])
  }

  /// The page that says all this.
  package var page: String
  /// The day on which that was last compared, `YYYY-MM-DD`.
  package var verified: String
  package var order: Order
  package var target: Target
  package var paths = Paths.glob
  /// Characters of a path, a command or a name that would be read as something else.
  package var literals: [Permission.Subject: Set<Character>] = [:]
  /// Whether a path of one part may be looked for at any depth.
  package var looseNames = false
  /// Whether paths may be compared as absolute ones.
  package var absolutePaths = false
  /// Words for exactly what is meant: with `{path}`, `{command}`, `{words}`, `{regex}`, `{domain}`, `{server}`, `{tool}`.
  package var exact: [Form: [String]] = [:]
  /// Words that the platform takes for those, and that are not written.
  package var same: [Form: [String]] = [:]
  /// Words for more than that, for what restricts alone.
  package var wider: [Form: [String]] = [:]
  /// Words for less than that, for what allows alone.
  package var narrower: [Form: [String]] = [:]

  /// The decisions that it has words for.
  package var decisions: Set<Permission.Decision> {
    switch target {
    case .lists(let lists): Set(lists.keys)
    case .maps(_, let words): Set(words.keys)
    case .lines(let lines): Set(lines.keys)
    }
  }

  /// Whether what is allowed goes before what is asked.
  package var allowsBeforeAsking: Bool {
    guard case .decisions(let order) = order, let allow = order.firstIndex(of: .allow), let ask = order.firstIndex(of: .ask) else { return false }
    return allow < ask
  }
}

/// The file in which a platform looks for what it is to ignore.
package struct IgnoreFile: Hashable, Sendable {
  package var path: TreePath
  /// The page that says so.
  package var page: String
  /// The day on which that was last compared, `YYYY-MM-DD`.
  package var verified: String
  /// Whether it knows no `!`.
  package var lacksNegation = false
}
