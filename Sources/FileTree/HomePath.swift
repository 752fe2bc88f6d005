extension TreePath {
  /// Where the home directory lies in a tree that reaches there.
  package static let home = TreePath(known: "~")

  /// Whether it lies in the home directory.
  package var isInHome: Bool { isInside(.home) }
}
