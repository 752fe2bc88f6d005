import FileTree
import Planning

/// What a run has settled about edited outputs before it plans again.
struct Reconciled {
  /// Canonical files that take edits in.
  var edits: [FileEdit] = []
  var handEdits = HandEdits()

  /// The canonical files as they are to be.
  var files: [TreePath: [UInt8]] { Dictionary(edits.map { ($0.path, $0.new) }) { first, _ in first } }
}
