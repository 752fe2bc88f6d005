import Diagnostics
import FileTree
import Planning
import ProjectFile

/// What a run has settled about edited outputs before it plans again.
struct Reconciled {
  /// Canonical files that take edits in.
  var edits: [FileEdit] = []
  var handEdits = HandEdits()

  /// The canonical files as they are to be.
  var files: [TreePath: OverlaidTree.File] {
    lent.merging(edits.map { ($0.path, OverlaidTree.File($0.new, isExecutable: $0.isExecutable)) }) { $1 }
  }
  /// Canonical files that are read as if they were there, and written nowhere.
  var lent: [TreePath: OverlaidTree.File] = [:]
  /// Whether outputs are the user's from then on: no lock, no attributes, and no markers in a file that is made for one.
  var leavesNoRecord = false
  /// Files that stay as they are, although an output would be there.
  var spared: Set<TreePath> = []
  /// By canonical file that is only lent: the file that it was read from, both as the user knows them.
  var origins: [String: String] = [:]
  /// By name: sources from elsewhere that were fetched already.
  var fetched: [String: FetchedSource] = [:]
  /// aiwg.yaml as it is to be, where that is among the edits.
  var configuration: SourceText?
  /// What the run deploys, where aiwg.yaml does not say it yet.
  var project: Project?
}
