import ContextModel
import Diagnostics
import FileTree
import Git
import ProjectFile

/// Decides what of a repository elsewhere is copied: the folders of artifacts and the licence; and refuses what could lead out of the copy.
struct SourceSelecting {
  private static let mostFiles = 5_000
  private static let mostBytes = 32 << 20
  private static let mostBytesOfFile = 8 << 20
  private static let mostOfLink = 4_096
  /// What is under one of these names is about rights; a copy carries it along.
  private static let licences = ["LICENSE", "LICENCE", "COPYING", "NOTICE"]

  /// What is copied.
  private(set) var files: [(path: TreePath, entry: GitSnapshot.Entry, isExecutable: Bool)] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var links: [(path: TreePath, entry: GitSnapshot.Entry)] = []
  private let name: String
  private let place: SourcePlace?

  init(_ snapshot: GitSnapshot, of git: GitSource, at place: SourcePlace?) {
    name = git.name
    self.place = place
    for entry in snapshot.entries where isWanted(entry) { take(entry) }
    let kinds = ArtifactKind.inFolders.map(\.folder).sorted()
    let files = ArtifactKind.allCases.compactMap(\.file)
    if !snapshot.entries.contains(where: { entry in
      kinds.contains { entry.path.starts(with: ($0 + "/").utf8) } || files.contains { entry.path.elementsEqual($0.utf8) }
    }) {
      let folder = git.path.map { "`\($0)` at " } ?? ""
      let message = "the source `\(name)` holds no " + kinds.map { "`\($0)/`" }.joined(separator: ", ")
      report(
        "source/empty", message, notes: ["looked in \(folder)commit \(snapshot.commit)"],
        help: "say with `path:` in which folder its canonical tree is")
    }
    refuseTooMuch()
  }

  private func isWanted(_ entry: GitSnapshot.Entry) -> Bool {
    let first = entry.path.prefix { $0 != UInt8(ascii: "/") }
    if first.count < entry.path.count || entry.kind != .file(isExecutable: false) {
      // A path that begins with `..` leads out, whatever follows.
      return ArtifactKind.inFolders.contains { $0.folder.utf8.elementsEqual(first) } || first.elementsEqual("..".utf8)
    }
    let text = String(decoding: first, as: UTF8.self)
    return text == "platforms.yaml" || ArtifactKind.allCases.contains { $0.file == text }
      || Self.licences.contains { text.uppercased() == $0 || text.uppercased().hasPrefix($0 + ".") }
  }

  private mutating func take(_ entry: GitSnapshot.Entry) {
    let shown = String(decoding: entry.path, as: UTF8.self)
    guard let path = TreePath(bytes: entry.path), !path.leadsIntoGit, path.depth <= mostFolderDepth else {
      return report(
        "source/unsafe-path", "the source `\(name)` has the path `\(shown)`, which leads elsewhere", help: "do not use this revision; tell its owner")
    }
    switch entry.kind {
    case .file where path.text == "platforms.yaml":
      let help = "platforms are added by a tree of this repository alone; copy what you need of it there"
      warn("source/platforms", "the `platforms.yaml` of the source `\(name)` is not used", help: help)
    case .file where path.name.lowercased().hasPrefix(".git"):
      warn("source/left-out", "`\(path)` of the source `\(name)` is left out: git would obey it here", help: nil)
    case .file(let isExecutable): files.append((path, entry, isExecutable))
    case .symlink: links.append((path, entry))
    case .submodule:
      warn(
        "source/submodule", "`\(path)` of the source `\(name)` is a submodule, which is not fetched",
        help: "add its repository as a source of its own")
    case .other: warn("source/left-out", "`\(path)` of the source `\(name)` is no file that git knows, and is left out", help: nil)
    }
  }

  private mutating func refuseTooMuch() {
    for file in files where file.entry.size > Self.mostBytesOfFile {
      let message =
        "`\(file.path)` of the source `\(name)` has \(grouped(file.entry.size)) bytes, more than the \(grouped(Self.mostBytesOfFile)) of a file"
      report("source/too-large", message, help: "have it taken out there, or use another `path:`")
    }
    let bytes = files.reduce(0) { $0 + $1.entry.size }
    guard files.count > Self.mostFiles || bytes > Self.mostBytes else { return }
    let message = "the source `\(name)` has \(counted(files.count, "file")) with \(grouped(bytes)) bytes, more than is copied"
    report(
      "source/too-large", message,
      help: "at most \(grouped(Self.mostFiles)) files and \(grouped(Self.mostBytes)) bytes are; use a `path:` with less in it")
  }

  /// Looks where symlinks lead: one that leads out is refused, and none is followed.
  mutating func judgeLinks(_ contents: ([GitSnapshot.Entry]) throws -> [[UInt8]]) throws {
    let readable = links.filter { $0.entry.size <= Self.mostOfLink }
    for ((path, _), target) in zip(readable, try contents(readable.map(\.entry))) {
      if target.first != UInt8(ascii: "/"), path.parent.leads(String(decoding: target, as: UTF8.self)) {
        warn("source/link", "`\(path)` of the source `\(name)` is a link, and links are not followed", help: "put the files themselves there")
      } else {
        refuse(path, leadingTo: String(decoding: target, as: UTF8.self))
      }
    }
    for (path, entry) in links where entry.size > Self.mostOfLink { refuse(path, leadingTo: "…") }
  }

  private mutating func refuse(_ path: TreePath, leadingTo target: String) {
    let message = "`\(path)` of the source `\(name)` is a link to `\(target)`, which leads out of it"
    report("source/link-outside", message, help: "do not use this revision; tell its owner")
  }

  /// Files that only stand for others.
  mutating func judge(_ bytes: [UInt8], at path: TreePath) {
    guard bytes.count < 1_024, bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) else { return }
    warn(
      "source/lfs", "`\(path)` of the source `\(name)` is kept in Git LFS, and only the pointer to it is copied",
      help: "have the file itself committed there")
  }

  private mutating func report(_ id: String, _ message: String, notes: [String] = [], help: String) {
    diagnostics.append(Diagnostic(.error, id, message, at: place, notes: notes, help: help))
  }

  private mutating func warn(_ id: String, _ message: String, help: String?) {
    diagnostics.append(Diagnostic(.warning, id, message, at: place, help: help))
  }
}

extension TreePath? {
  /// Whether a link in this folder leads to something in the tree.
  fileprivate func leads(_ target: String) -> Bool {
    var depth = self?.depth ?? 0
    for part in target.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}
