internal import ContextModel
internal import Diagnostics
internal import FileTree

/// The files that make one artifact.
struct Candidate {
  struct Translation {
    var language: LanguageTag
    var path: TreePath
  }

  var id: ArtifactID
  var path: TreePath
  /// In byte order of the paths.
  var translations: [Translation] = []
  var resources: [Resource] = []
}

/// What a listing of one kind's folder comes to.
struct Sorting {
  var candidates: [Candidate] = []
  var rejected: [LoadedSource.Rejected] = []
  var findings: [Diagnostic] = []
  /// Goes before a path in a finding.
  let shownAs: String

  init(shownAs: String) {
    self.shownAs = shownAs
  }

  mutating func warn(_ path: TreePath, _ message: String, help: String) {
    findings.append(Diagnostic(.warning, "tree/not-an-artifact", message, at: SourcePlace(path: shownAs + path.text), help: help))
  }

  mutating func reject(_ path: TreePath, _ id: ArtifactID? = nil, what: String, _ message: String, notes: [String] = [], help: String) {
    let reason = Diagnostic(.error, "tree/" + what, message, at: SourcePlace(path: shownAs + path.text), notes: notes, help: help)
    findings.append(reason)
    rejected.append(LoadedSource.Rejected(id: id, path: path, reason: reason))
  }

  /// Whether the folder of a kind can be listed; what else stands in its place is an error.
  mutating func isFolder(_ path: TreePath, _ observed: Observed) -> Bool {
    let what: String
    switch observed {
    case .absent, .directory: return true
    case .symlink: what = "a link, and links are not followed"
    case .file: what = "a file, and a folder belongs here"
    case .other, .blocked: what = "no folder"
    }
    findings.append(
      Diagnostic(
        .error, "tree/not-a-folder", "this is \(what)", at: SourcePlace(path: shownAs + path.text), help: "put the folder itself here, or remove it"))
    return false
  }

  /// Rejects what could not be checked out, or copied, on every system.
  mutating func isSafe(_ path: TreePath, below folder: TreePath, _ id: ArtifactID? = nil) -> Bool {
    guard let hazard = path.relative(to: folder)?.hazard else { return true }
    reject(path, id, what: "unsafe-name", "this name cannot be used on every system: \(hazard.words)", help: "rename it")
    return false
  }

  /// Reports folders that lie too deep to be listed, so that nothing in them is left out in silence.
  mutating func rejectDepths(_ entries: [TreeEntry], below folder: TreePath) {
    for entry in entries where entry.kind == .directory && entry.path.depth >= folder.depth + mostFolderDepth {
      findings.append(
        Diagnostic(
          .error, "tree/too-deep", "more than \(mostFolderDepth - 1) folders inside each other", at: SourcePlace(path: shownAs + entry.path.text),
          help: "move what is in it further up"))
    }
  }

  mutating func rejectName(_ path: TreePath, _ name: String, suffix: String) {
    let rule = "a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"
    let renamed = validName(like: name).map { "rename it to `\($0)\(suffix)`; " } ?? ""
    reject(path, what: "invalid-name", "`\(name)` is no valid name", help: renamed + rule)
  }

  /// Takes out every candidate that shares kind and name with another.
  mutating func rejectDuplicates() {
    let groups = Dictionary(grouping: candidates, by: \.id).filter { $0.value.count > 1 }
    for (id, group) in groups.sorted(by: { $0.key < $1.key }) {
      let paths = group.map { "`\(shownAs)\($0.path.text)`" }
      for (index, candidate) in group.enumerated() {
        let others = paths.enumerated().filter { $0.offset != index }.map(\.element).joined(separator: ", ")
        reject(
          candidate.path, id, what: "duplicate-name", "\(id.kind.rawValue) `\(id.name)` is also in \(others)",
          help: "rename one of them: sub-folders only group, so names must differ")
      }
    }
    candidates.removeAll { groups[$0.id] != nil }
  }
}
