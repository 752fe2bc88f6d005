/// How a settings file is written.
package enum SettingsSyntax: String, Hashable, Sendable, CaseIterable {
  case json
  /// JSON with comments and commas after the last element.
  case jsonc
  case toml, yaml
}

/// One thing that a settings file of the user's is to say: a member of a map, or an element of a list.
package struct DesiredSetting: Hashable, Sendable {
  /// Keys from the root on: those of the member, its own one last, or those of the list.
  package var path: [String]
  package var isElement: Bool
  /// Whether it goes with what it was put there for; what a file needs to be read at all stays the user's where it was before.
  package var isOwned = true
  /// A text in an element by which it is known when the rest was edited: what it runs.
  package var identity: String?
  /// Whether it is the user's where it was there before, so that it stays when nothing wants it any more.
  package var isLeftToUser = false
  /// Whether it is one of several rules side by side, so that taking it out while others stay is an edit of them.
  package var isRule = false
  /// Whether the order of the keys in it counts, since the last rule of a map may be the one that holds.
  package var isOrdered = false
  /// The value as JSON, with its keys in the order in which they are to be written.
  package var value: [UInt8]

  package init(path: [String], isElement: Bool = false, identity: String? = nil, value: [UInt8]) {
    self.path = path
    self.isElement = isElement
    self.identity = identity
    self.value = value
  }
}
