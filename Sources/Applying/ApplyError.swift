package import FileTree

/// Why a plan was not carried out; the tree is as it was, apart from what is left behind.
package enum ApplyError: Error, Hashable, Sendable {
  /// The plan has conflicts; nothing was tried.
  case conflicts
  /// These changed since the plan was made.
  case changedMeanwhile([TreePath], leftBehind: [TreeError])
  /// The system refused.
  case failed(TreeError, leftBehind: [TreeError])

  /// What could not be put back, each with its path and the reason.
  package var leftBehind: [TreeError] {
    switch self {
    case .conflicts: []
    case .changedMeanwhile(_, let leftBehind), .failed(_, let leftBehind): leftBehind
    }
  }

  func leaving(_ problems: [TreeError]) -> ApplyError {
    switch self {
    case .conflicts: .conflicts
    case .changedMeanwhile(let paths, _): .changedMeanwhile(paths, leftBehind: problems)
    case .failed(let error, _): .failed(error, leftBehind: problems)
    }
  }
}
