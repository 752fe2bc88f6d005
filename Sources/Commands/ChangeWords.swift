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
    case .conflict(.foreign), .conflict(.members(_, isHandEdit: false)): "??"
    case .conflict(.members(_, isHandEdit: true)): " M"
    case .conflict(.unmerged): "UU"
    case .conflict(.editedCopy): " M"
    case .conflict(.missingCopy): " D"
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
    case .absorbed: "absorbed"
    }
  }
}

extension Plan {
  /// What is in the way, each with what to do about it.
  func conflictDiagnostics(shownAs prefix: String) -> [Diagnostic] {
    var out: [Diagnostic] = []
    var barred: [TreePath: (kind: EntryKind, paths: [TreePath])] = [:]
    for change in changes {
      switch change.conflict {
      case nil: continue
      case .damagedBlock(let problems), .members(let problems, _):
        out += problems.map { problem in
          var problem = problem
          problem.place?.path = prefix + change.path.text
          return problem
        }
      case .notAFile(let kind, let place): barred[place, default: (kind, [])].paths.append(change.path)
      case let conflict?:
        let (id, message, help) = conflict.words(of: change.path)
        out.append(Diagnostic(.error, id, message, at: SourcePlace(path: prefix + change.path.text), help: help))
      }
    }
    // One thing may bar the way to hundreds of outputs.
    for (place, (kind, paths)) in barred {
      let (id, message, help) = kind.words(isOnTheWay: paths != [place])
      let notes = paths == [place] ? [] : ["the way to \(counted(paths.count, "output")): \(paths[0])" + (paths.count > 1 ? " …" : "")]
      out.append(Diagnostic(.error, id, message, at: SourcePlace(path: prefix + place.text), notes: notes, help: help))
    }
    return out.inReadingOrder()
  }
}

extension Conflict {
  fileprivate func words(of path: TreePath) -> (id: String, message: String, help: String) {
    let force = "or pass --force, which saves its bytes under .aiwg/state/saved first"
    switch self {
    case .editedCopy: return editedCopy
    case .edited, .editedUnwanted, .bothChanged: if path.isInside(Record.copies) { return editedCopy }
    default: break
    }
    switch self {
    case .foreign: return ("plan/foreign", "this file is not aiwg's", "move it away, \(force)")
    case .edited:
      return (
        "plan/edited", "this output was edited by hand",
        "`aiwg sync --absorb` takes the edit into the tree; `aiwg sync --discard` saves and undoes it"
      )
    case .editedUnwanted: return ("plan/edited", "this output was edited by hand, and nothing wants it any more", "delete it, \(force)")
    case .bothChanged:
      return (
        "plan/both-changed", "this output was edited by hand, and its source changed too",
        "`aiwg sync --absorb` merges both; `aiwg sync --discard` saves the edit and undoes it"
      )
    case .unmerged:
      return (
        "plan/unmerged", "this output has the markers of an unfinished merge",
        "take either side of them and run `aiwg sync`, \(force); the source is what counts"
      )
    case .notAFile: return ("plan/not-a-file", "this is in the way", "move it away")
    case .damagedBlock, .members: return ("plan/damaged-block", "the markers are damaged", "repair them")
    case .twin(let twin):
      let message = "`\(twin.text.escapedForDisplay(besides: path.text))` is there, which on many systems is the same path"
      return ("plan/twin", message, "rename or remove one of the two")
    case .notOurs: return ("plan/not-ours", "aiwg.lock claims this file, and no platform places anything here", "take its line out of aiwg.lock")
    case .missingCopy:
      return ("plan/missing-copy", "this file of a source from elsewhere is not here", "`aiwg sync` fetches it again; see that it is committed")
    case .editedCopy: return editedCopy
    }
  }

  /// About a file of a source from elsewhere.
  private var editedCopy: (id: String, message: String, help: String) {
    (
      "plan/edited-copy", "this copy of a source from elsewhere was edited by hand",
      "`aiwg sync --discard` saves the edit and brings back what was fetched; what is to differ here goes into a later source of your own"
    )
  }
}

extension EntryKind {
  fileprivate func words(isOnTheWay: Bool) -> (id: String, message: String, help: String) {
    switch self {
    case .symlink: ("plan/symlink", "this is a symlink, and none is followed", "replace it with what it leads to, or remove it")
    case .directory: ("plan/directory", "this is a directory, and a file has to go there", "move it away")
    case .file where isOnTheWay: ("plan/not-a-file", "this is a file, and a directory has to go there", "move it away")
    case .file, .other: ("plan/not-a-file", "this is in the way", "move it away")
    }
  }
}

extension Change {
  /// As the decision's; a file that only loses its block is not deleted.
  var sign: String {
    if decision == .delete, case .file = after { return Decision.update.sign }
    return decision.sign
  }
}
