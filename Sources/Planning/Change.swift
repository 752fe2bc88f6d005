package import FileTree

/// What stands at a path as a whole, so that it can be told apart from what stands there later.
package enum Snapshot: Hashable, Sendable {
  case absent
  case file(Digest)
  case symlink(target: [UInt8])
}

/// What is to stand at a path.
package enum Replacement: Sendable {
  /// What stands there already.
  case same
  case nothing
  case file(Content, FileMode)
  case symlink(target: [UInt8])
}

/// One step of a plan: what is done at one path, and why.
package struct Change: Sendable {
  /// What brought an output out of line.
  package enum Reason: Hashable, Sendable, CaseIterable {
    /// What it is rendered from, or which platforms are selected.
    case sourceChanged
    /// aiwg, or the data that it ships, since the lock was written; a source may have changed too.
    case aiwgChanged
    /// It is not there.
    case missing
    /// Nothing wants it any more.
    case unwanted
    /// The bytes are right and the run bit is not.
    case mode
    /// It is there and the lock does not say so.
    case unrecorded
    /// The user's own content gives way, and is saved first.
    case forced
    /// An edit of it was taken into the tree, together with others.
    case absorbed
  }

  /// What kind of thing changes.
  package enum Role: Hashable, Sendable {
    case file, block
    /// Members of a settings file of the user's.
    case settings
    /// A file of the user's that a command writes itself, such as aiwg.yaml.
    case edit
  }

  package var path: TreePath
  package var role: Role
  package var decision: Decision
  /// Nil when nothing changes, and for a conflict.
  package var reason: Reason?
  /// What is wanted there; nil when nothing is.
  package var output: DesiredOutput?
  /// The claim of the lock that counts.
  package var recorded: Digest?
  /// Of the file or block that is wanted.
  package var desired: Digest?
  /// The whole file that is there; `absent` also when nothing is written.
  package var before: Snapshot = .absent
  /// The whole file that is to be there.
  package var after: Replacement = .same
  /// Whether what is there is saved before it is replaced.
  package var saves = false

  /// The conflict, when it is one.
  package var conflict: Conflict? {
    guard case .conflict(let conflict) = decision else { return nil }
    return conflict
  }

  /// The bytes that stand there, for a diff; nil when it is no file.
  /// - Throws: `TreeError` when they cannot be read.
  package func oldBytes(in tree: some ReadableTree) throws(TreeError) -> [UInt8]? {
    guard case .file = try tree.observe(path) else { return nil }
    return try tree.read(path)
  }

  /// The bytes that are to stand there, for a diff; nil when nothing is.
  /// - Throws: `TreeError` when a source file cannot be read.
  package func newBytes() throws(TreeError) -> [UInt8]? {
    guard case .file(let content, _) = after else { return nil }
    var bytes: [UInt8] = []
    try content.stream { bytes += $0 }
    return bytes
  }
}
