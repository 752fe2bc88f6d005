import Diagnostics
import FileTree
import Planning

extension Decision {
  var sign: String {
    switch self {
    case .create, .restore: "+"
    case .update: "~"
    case .adopt: "="
    case .delete: "-"
    case .forget: "."
    case .keep: " "
    case .conflict: "!"
    }
  }

  var color: String {
    switch self {
    case .create, .restore: "32"
    case .update, .adopt: "33"
    case .delete, .conflict: "31"
    case .forget, .keep: "2"
    }
  }

  var word: String {
    switch self {
    case .create: "create"
    case .restore: "restore"
    case .update: "update"
    case .adopt: "adopt"
    case .delete: "delete"
    case .forget: "forget"
    case .keep: "keep"
    case .conflict: "conflict"
    }
  }

  /// Two letters as in `git status`: what the source did, what happened to the output.
  var letters: String {
    switch self {
    case .create: "A "
    case .restore: " D"
    case .update: "M "
    case .adopt: "= "
    case .delete: "D "
    case .forget: "DD"
    case .keep: "  "
    case .conflict(.edited): " M"
    case .conflict(.editedUnwanted): "DM"
    case .conflict(.bothChanged): "MM"
    case .conflict(.foreign): "??"
    case .conflict: "!!"
    }
  }
}

extension Change.Reason {
  var word: String {
    switch self {
    case .sourceChanged: "source-changed"
    case .aiwgChanged: "aiwg-changed"
    case .missing: "missing"
    case .unwanted: "unwanted"
    case .mode: "run-bit"
    case .unrecorded: "unrecorded"
    case .forced: "forced"
    }
  }
}

extension Plan {
  /// What is in the way, each with what to do about it.
  func conflictDiagnostics(shownAs prefix: String) -> [Diagnostic] {
    changes.flatMap { change -> [Diagnostic] in
      guard let conflict = change.conflict else { return [] }
      if case .damagedBlock(let problems) = conflict { return problems }
      let (id, message, help) = conflict.words(change.path)
      return [Diagnostic(.error, id, message, at: SourcePlace(path: prefix + change.path.text), help: help)]
    }
  }
}

extension Conflict {
  fileprivate func words(_ path: TreePath) -> (id: String, message: String, help: String) {
    let force = "or pass --force, which saves its bytes under .aiwg/state/saved first"
    switch self {
    case .foreign: return ("plan/foreign", "this file is not aiwg's", "move it away, \(force)")
    case .edited: return ("plan/edited", "this output was edited by hand", "bring the edit into its source and restore the output, \(force)")
    case .editedUnwanted: return ("plan/edited", "this output was edited by hand, and nothing wants it any more", "delete it, \(force)")
    case .bothChanged:
      return ("plan/both-changed", "this output was edited by hand, and its source changed too", "bring the edit into its source, \(force)")
    case .notAFile(.symlink, at: let place):
      return ("plan/symlink", "`\(place)` is a symlink, and none is followed", "replace it with what it leads to, or remove it")
    case .notAFile(.directory, at: let place): return ("plan/directory", "`\(place)` is a directory, and a file has to go there", "move it away")
    case .notAFile(_, at: let place): return ("plan/not-a-file", "`\(place)` is in the way", "move it away")
    case .damagedBlock: return ("plan/damaged-block", "the markers are damaged", "repair them")
    case .notOurs: return ("plan/not-ours", "aiwg.lock claims this file, and no platform places anything here", "take its line out of aiwg.lock")
    }
  }
}
