package import Diagnostics
package import FileTree

/// What is done about one output.
package enum Decision: Hashable, Sendable {
  case create, adopt, keep, update, restore, delete, forget
  case conflict(Conflict)
}

/// Why nothing is done about an output: what stands there is not aiwg's to change.
package enum Conflict: Hashable, Sendable {
  /// A file, or a block, that aiwg did not write.
  case foreign
  /// An output that was edited by hand.
  case edited
  /// An output that was edited by hand and is no longer wanted.
  case editedUnwanted
  /// An output that was edited by hand, and whose source changed too.
  case bothChanged
  /// An output with the conflict markers of a version control system in it.
  case unmerged
  /// A symlink, folder or device, at the place itself or on the way to it.
  case notAFile(EntryKind, at: TreePath)
  /// The markers do not make one block.
  case damagedBlock([Diagnostic])
  /// The lock lists a path where no platform places anything.
  case notOurs
  /// Members of a settings file that are not as aiwg left them, or not aiwg's.
  case members([Diagnostic], isHandEdit: Bool)
  /// Something is there whose path differs in case or in the spelling of a letter alone: on many systems the two are one.
  case twin(TreePath)
  /// A file of a copy of what lies elsewhere that was edited by hand.
  case editedCopy
  /// A file of such a copy that is not there.
  case missingCopy
}

extension Conflict {
  /// Whether the output is ours and somebody edited it.
  package var isHandEdit: Bool {
    switch self {
    case .edited, .editedUnwanted, .bothChanged: true
    case .members(_, let isHandEdit): isHandEdit
    case .foreign, .unmerged, .notAFile, .damagedBlock, .notOurs, .twin, .editedCopy, .missingCopy: false
    }
  }

  /// Whether a copy of what lies elsewhere is not what was fetched.
  package var isOfCopy: Bool { self == .editedCopy || self == .missingCopy }
}

/// What stands at the place of an output, seen as that output.
package enum Standing: Hashable, Sendable {
  /// No file, or no block in it.
  case absent
  /// A file or block with that digest; the run bit is nil for a block.
  case present(Digest, isExecutable: Bool?)
  case notAFile(EntryKind, at: TreePath)
  case damaged([Diagnostic])
}

/// What is wanted at the place of an output.
package struct Wanted: Hashable, Sendable {
  package var digest: Digest
  /// Nil for a block.
  package var isExecutable: Bool?

  package init(_ digest: Digest, isExecutable: Bool? = nil) {
    self.digest = digest
    self.isExecutable = isExecutable
  }
}

/// The decision table: recorded, observed, desired.
///
/// `isPlaceable` is whether some platform, today's or retired, places that path: what the lock alone claims is never deleted.
package func decide(recorded: Digest?, observed: Standing, desired: Wanted?, isPlaceable: Bool) -> Decision {
  guard let desired else { return decideUnwanted(recorded: recorded, observed: observed, isPlaceable: isPlaceable) }
  switch observed {
  case .notAFile(let kind, let at): return .conflict(.notAFile(kind, at: at))
  case .damaged(let problems): return .conflict(.damagedBlock(problems))
  case .absent: return recorded == nil ? .create : .restore
  case .present(desired.digest, let isExecutable):
    if isExecutable != desired.isExecutable { return .update }
    return recorded == desired.digest ? .keep : .adopt
  case .present(let digest, _):
    guard let recorded else { return .conflict(.foreign) }
    if digest == recorded { return .update }
    return .conflict(recorded == desired.digest ? .edited : .bothChanged)
  }
}

private func decideUnwanted(recorded: Digest?, observed: Standing, isPlaceable: Bool) -> Decision {
  if case .absent = observed { return .forget }
  guard isPlaceable else { return .conflict(.notOurs) }
  switch observed {
  case .absent: return .forget
  case .notAFile(let kind, let at): return .conflict(.notAFile(kind, at: at))
  case .damaged(let problems): return .conflict(.damagedBlock(problems))
  case .present(let digest, _): return digest == recorded ? .delete : .conflict(.editedUnwanted)
  }
}
