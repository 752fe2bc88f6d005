import ContextModel
import Diagnostics
import FileTree
import Git
import Planning
import ProjectFile

/// A source from elsewhere as it was fetched: its files, in memory, and what aiwg.lock is to say about them.
struct FetchedSource {
  let git: GitSource
  let pin: Record.Pin
  let tree: MemoryTree
  /// What was left out of it.
  let diagnostics: [Diagnostic]
  /// The copy that there was before; nil the first time.
  var replaced: ReplacedCopy?

  /// What stood in the place of a copy that is fetched anew.
  struct ReplacedCopy {
    var pin: Record.Pin
    /// By path below the folder of the copy, as they were on disk.
    var files: [TreePath: [UInt8]]
  }

  init(_ git: GitSource, commit: String, tree: MemoryTree, diagnostics: [Diagnostic]) {
    self.git = git
    self.tree = tree
    self.diagnostics = diagnostics
    let digests = tree.nodes.mapValues { (digest: Digest(of: $0.bytes), isExecutable: $0.isExecutable) }
    pin = Record.Pin(
      digest: Digest(ofFiles: digests), commit: commit, rev: git.rev ?? GitSource.newest, url: git.url, path: git.path.flatMap { TreePath($0) })
  }

  /// The files of its copy.
  var outputs: [DesiredOutput] {
    let origin = "\(git.url) at \(pin.commit.prefix(12))"
    return tree.nodes.map { path, node in
      DesiredOutput(
        path: git.folder.appending(path), form: .file(.bytes(node.bytes), isExecutable: node.isExecutable), origins: [origin], platforms: [])
    }
  }
}

extension GitSource {
  /// What a source without a revision is pinned to.
  static let newest = "HEAD"

  /// Where its copy is.
  var folder: TreePath { TreePath(name).map(Record.copies.appending) ?? Record.copies }

  /// Whether it is what a pin was made for.
  func isAsked(by pin: Record.Pin) -> Bool { pin.url == url && pin.rev == rev ?? Self.newest && pin.path?.text == path }
}

extension Record.Pin {
  /// The commit as people say it.
  var short: String { String(commit.prefix(12)) }
}
