package import FileTree

/// Why a plan was not carried out; the tree is as it was, apart from what is left behind.
package struct ApplyError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The plan has conflicts; nothing was tried.
    case conflicts
    /// These changed since the plan was made.
    case changedMeanwhile([TreePath])
    /// A signal came; the process should end.
    case interrupted
    /// The system refused.
    case failed(TreeError)
  }

  package var reason: Reason
  /// What could not be put back, each with its path and the reason; the journal is still there then, and the next run goes on.
  package var leftBehind: [TreeError] = []
  /// What somebody wrote while the run worked and could not stay in its place.
  package var saved: [SavedEntry] = []

  package init(_ reason: Reason, leftBehind: [TreeError] = [], saved: [SavedEntry] = []) {
    self.reason = reason
    self.leftBehind = leftBehind
    self.saved = saved
  }
}
