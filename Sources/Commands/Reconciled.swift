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
    Dictionary(edits.map { ($0.path, OverlaidTree.File($0.new, isExecutable: $0.isExecutable)) }) { first, _ in first }
  }
  /// What the run deploys, where aiwg.yaml does not say it yet.
  var project: Project?
}
