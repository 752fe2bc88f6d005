package import ContextModel

/// One thing that a settings file is to say: a member of a map, or an element of a list.
package struct SettingsPiece: Hashable, Sendable {
  /// Which of the two it is.
  package enum Kind: Hashable, Sendable { case member, element }

  package var kind: Kind
  /// Keys from the root on: those of the member, its own one last, or those of the list.
  package var path: [String]
  package var value: FieldValue

  /// A member with its value; the path has one key at least.
  package static func member(_ path: [String], _ value: FieldValue) -> SettingsPiece { SettingsPiece(kind: .member, path: path, value: value) }

  /// An element somewhere in a list.
  package static func element(of path: [String], _ value: FieldValue) -> SettingsPiece { SettingsPiece(kind: .element, path: path, value: value) }

  /// What it is put into.
  var container: [String] { kind == .member ? Array(path.dropLast()) : path }
}

/// A map or a list that was made for a piece, or that was empty before.
package struct SettingsContainer: Hashable, Sendable {
  /// Keys from the root on; none for the root itself.
  package var path: [String]
  /// What the empty one had between its brackets, or in place of them; nil when there was none at all.
  package var before: String?

  package init(path: [String], before: String? = nil) {
    (self.path, self.before) = (path, before)
  }
}

/// A settings file with pieces put into it, and what it takes to get them out again.
package struct SettingsAddition: Hashable, Sendable {
  package var bytes: [UInt8]
  /// The pieces that were not there before.
  package var added: [SettingsPiece]
  /// In the order in which they were made.
  package var made: [SettingsContainer]
}
