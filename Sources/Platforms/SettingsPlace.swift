package import ContextModel
package import FileTree

/// A settings file of a user's in which a platform looks for servers or hooks.
package struct SettingsPlace: Sendable {
  package var id: String
  package var path: TreePath
  package var syntax: SettingsSyntax
  /// Whether it is a file of lines with `#` for comments, so that a managed block of it is aiwg's, and no members.
  package var isLines = false
  /// By kind: where in the file, and in which words.
  package var entries: [ArtifactKind: Entry]
  /// Members that such a file must have for the platform to read it, such as a version.
  package var needs: [FieldRule]

  package struct Entry: Sendable {
    /// Keys from the root on, to the map of servers or of events.
    package var path: [String]
    package var dialect: SettingsDialect
  }
}

/// How servers or hooks are said in a settings file.
package struct SettingsDialect: Sendable {
  package var id: String
  /// The members of one server by transport, or of one hook; what has no form here cannot be said.
  package var forms: [Transport: [FieldRule]]
  /// How variables of the environment are named in a field; a field that is not there cannot name any.
  package var references: [String: ReferenceStyle]
  /// How texts begin that the platform fills in from elsewhere, and that mean nothing to others.
  package var fillsIn: [String] = []
  /// By transport: members that say nothing else when they are there than when they are not.
  package var implied: [Transport: [FieldValue.Entry]] = [:]
  /// By event of a hook: the platform's word.
  package var events: [HookEvent: String]
  /// For hooks: the members of what runs.
  package var handler: [FieldRule]
  /// For hooks: where in the file one stands.
  package var layout = HookLayout.events
  /// For hooks: the key of the list of handlers in a group with the matcher; nil when handler and matcher stand side by side.
  package var group: String?
  /// For hooks: events of which the handlers stand in no group.
  package var ungrouped: Set<HookEvent> = []
  /// For hooks: how one is kept to some tools; nil where it cannot be.
  package var matcher: HookMatcher?
  /// For permissions: where they go, and how they are read.
  package var permissions: PermissionDialect?
}

/// Where in a settings file hooks stand.
package enum HookLayout: Hashable, Sendable {
  /// A map of events, with a list for each.
  case events
  /// One list; each hook names its event under this key.
  case list(eventKey: String)
  /// A map of names, with a map of events for each.
  case names
}

/// How a hook is kept to some tools.
package struct HookMatcher: Hashable, Sendable {
  /// The key of the pattern.
  package var key: String
  package var words: Vocabulary
  /// The pattern, with `{words}` for the words between bars.
  package var pattern = "{words}"
  /// The events at which the platform compares it.
  package var events: Set<HookEvent> = [.beforeTool, .afterTool]
  /// Where the platform runs the hook for other tools as well, in words; nil where it does not.
  package var looseness: String?
  /// Patterns that keep a hook to no tools at all, as none does.
  package var all: [String] = []

  /// Whether a pattern is one for all tools.
  package func isForAll(_ pattern: FieldValue) -> Bool { pattern.scalarText.map(all.contains) ?? false }

  /// What stands before and behind the words.
  package var frame: (before: Substring, behind: Substring) {
    guard let words = pattern.firstRange(of: "{words}") else { return ("", "") }
    return (pattern[..<words.lowerBound], pattern[words.upperBound...])
  }
}

/// How a variable of the environment is named.
package struct ReferenceStyle: Hashable, Sendable {
  /// With `{name}` for the name.
  package var plain: String
  /// With `{name}` and `{default}`; nil when no default can be given.
  package var withDefault: String?
}

/// Where a platform looks for one kind of settings, by ids of settings places.
package struct PlatformSettings: Hashable, Sendable {
  /// Best first.
  package var takes: [String]
  /// Files in which it looks as well, and in which nothing is put for it alone.
  package var alsoReads: [String]

  /// All that it reads.
  package var reads: [String] { takes + alsoReads }
}
