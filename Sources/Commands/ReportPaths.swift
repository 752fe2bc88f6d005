import ContextModel
import Diagnostics
import FileTree
import Planning
import ProjectFile
import Reporting

/// The files of sources as the repository knows them, wherever aiwg was called.
struct ReportPaths {
  /// By index of the source: what its paths begin with in messages, and what they are to begin with.
  private var prefixes: [(source: Int, said: String, shown: String)] = []
  private let below: String

  init(_ configuration: Configuration, in repository: Repository) {
    below = repository.shownAs
    for (index, source) in configuration.project.sources.enumerated() {
      switch source.origin {
      case .library: prefixes.append((index, Library.prefix, Library.prefix))
      case .git(let git): prefixes.append((index, repository.shownAs + git.folder.text + "/", git.folder.text + "/"))
      case .path(let path):
        let folder = normalized(repository.root + "/" + path)
        let relative = relativePath(from: repository.root, to: folder)
        prefixes.append((index, Commands.shown(folder), relative == "." ? "" : relative + "/"))
      }
    }
    // The longest first: one source may lie in another.
    prefixes.sort { ($1.said.utf8.count, $0.source) < ($0.said.utf8.count, $1.source) }
  }

  /// The index of the source that a file is from.
  func source(of path: String) -> Int? { prefixes.first { path.hasPrefix($0.said) }?.source }

  /// A path of a message, from the root of the repository where it is in there.
  func shown(_ path: String) -> String {
    if let prefix = prefixes.first(where: { path.hasPrefix($0.said) && !($0.said.isEmpty && path.hasPrefix("/")) }) {
      return prefix.shown + path.dropFirst(prefix.said.count)
    }
    return path.hasPrefix(below) ? String(path.dropFirst(below.count)) : path
  }

  func spot(_ place: SourcePlace) -> Report.Spot { Report.Spot(path: shown(place.path), line: place.line ?? 0) }
}

extension Report.Source {
  /// What aiwg.yaml says of a source, and at which commit it is.
  init(_ source: Project.Source, pins: [TreePath: [Record.Pin]], made: String) {
    switch source.origin {
    case .path(let path): self.init(kind: "tree", name: path, revision: "")
    case .library(let picks):
      self.init(kind: "library", name: picks.words, revision: made)
    case .git(let git):
      let pin = pins[git.folder]?.first
      let commit = pin.map { "\($0.rev) at \($0.commit)" } ?? git.rev ?? ""
      self.init(kind: "git", name: git.url, revision: commit)
      notes.append("copied to \(git.folder.text)" + (git.path.map { " from its folder \($0)" } ?? ""))
      if source.isTrusted { notes.append("trusted: what starts programs may come from it") }
    }
    if let picks = source.picks { notes.append("takes \(picks.words)") }
    if source.isRequired { notes.append("required: nothing takes the place of what is in it") }
    if !source.exclude.isEmpty {
      let some = source.exclude.prefix(8).joined(separator: ", ") + (source.exclude.count > 8 ? " and \(source.exclude.count - 8) more" : "")
      notes.append("leaves out \(some)")
    }
  }
}

extension ArtifactPicks {
  /// What is picked, as a list.
  fileprivate var words: String {
    let parts = artifacts + tags.map { "tag " + $0 }
    return parts.prefix(12).joined(separator: ", ") + (parts.count > 12 ? " and \(parts.count - 12) more" : "")
  }
}
