import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Linting
import Planning
import ProjectFile
import YAML

/// What `aiwg lint --fix` does to the files of a tree.
struct LintRepair {
  struct Repaired: Equatable {
    /// As the user knows it.
    var path: String
    var isExcluded: Bool
  }

  private(set) var repaired: [Repaired] = []
  private var rounds = 0
  private let configuration: Configuration
  private let repository: Repository
  private let common: CommonOptions

  init(_ configuration: Configuration, _ repository: Repository, _ common: CommonOptions) {
    (self.configuration, self.repository, self.common) = (configuration, repository, common)
  }

  /// A failure after files were repaired says so.
  func telling(of error: any Error) -> any Error {
    guard var failure = error as? CommandFailure, !repaired.isEmpty else { return error }
    let message = "before that, \(counted(repaired.count, "file")) \(repaired.count == 1 ? "was" : "were") repaired: \(repaired[0].path)"
    failure.diagnostics.append(Diagnostic(.note, "lint/repaired", message + (repaired.count > 1 ? " …" : "")))
    return failure
  }

  /// Makes heads readable.
  mutating func repairHeads() throws {
    // Looked at first, so that a missing source is told before anything is repaired.
    _ = try Sources(configuration, in: repository, skipsInvalid: false)
    for source in configuration.project.sources { note(try repair(source)) }
  }

  /// Puts right what was found; false when there is nothing that can be put right.
  mutating func fix(_ look: LintRun) throws -> Bool {
    rounds += 1
    // One fix may lay open another one; a pair that undoes each other would go on for ever.
    guard rounds <= 10 else { return false }
    var byFile: [String: [ByteEdit]] = [:]
    for finding in look.shown where !finding.fix.isEmpty {
      guard let path = finding.diagnostic.place?.path else { continue }
      byFile[path] = (byFile[path] ?? []).joined(with: finding.fix)
    }
    guard !byFile.isEmpty else { return false }
    var hasChanged = false
    for (index, source) in configuration.project.sources.enumerated() {
      let artifacts = (look.own[index] ?? []).filter { byFile[$0.text.path] != nil }
      guard !artifacts.isEmpty else { continue }
      let done = try within(source) { base, tree, prefix in
        let edits = artifacts.map { artifact in
          FileEdit(
            path: base?.appending(artifact.path) ?? artifact.path, old: artifact.text.bytes,
            new: (byFile[artifact.text.path] ?? []).applied(to: artifact.text.bytes))
        }
        try write(edits, to: tree, shownAs: prefix, common.environment)
        return artifacts.map { Repaired(path: $0.text.path, isExcluded: false) }
      }
      note(done)
      hasChanged = hasChanged || !done.isEmpty
    }
    return hasChanged
  }

  private mutating func note(_ more: [Repaired]) {
    for one in more where !repaired.contains(where: { $0.path == one.path }) { repaired.append(one) }
  }

  private func repair(_ source: Project.Source) throws -> [Repaired] {
    try within(source) { base, tree, prefix in try repair(source, base, tree, shownAs: prefix) }
  }

  /// Works on a source that is a folder, with nobody else at work there.
  private func within(_ source: Project.Source, _ work: (TreePath?, DiskTree, String) throws -> [Repaired]) throws -> [Repaired] {
    guard case .path(let path) = source.origin else { return [] }
    let folder = normalized(repository.root + "/" + path)
    do {
      let inside = TreePath(relativePath(from: repository.root, to: folder))
      if folder == repository.root || inside.map({ (try? repository.tree.observe($0)) == .directory }) ?? false {
        return try work(inside, repository.disk, repository.shownAs)
      }
      // A tree of its own: others may repair it from their repositories at the same time.
      let tree = try DiskTree(root: folder)
      let lock = try RunLock(on: tree)
      try lock.take(.writing, common)
      return try withExtendedLifetime(lock) {
        try Repository.putBack(in: tree, shownAs: shown(folder), common.environment)
        return try work(nil, tree, shown(folder))
      }
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: shown(folder))
    }
  }

  private func repair(_ source: Project.Source, _ base: TreePath?, _ tree: DiskTree, shownAs prefix: String) throws -> [Repaired] {
    var edits: [FileEdit] = []
    var names: [String] = []
    for kind in ArtifactKind.texts {
      guard let own = TreePath(kind.folder) else { continue }
      for entry in try tree.entries(under: base?.appending(own) ?? own) where entry.kind == .file {
        let path = base.flatMap { entry.path.relative(to: $0) } ?? entry.path
        guard isArtifact(path, kind) else { continue }
        // What is too large is told by the loader.
        guard case .bytes(let bytes) = try tree.read(entry.path, atMost: mostArtifactBytes) else { continue }
        let text = SourceText(path: prefix + entry.path.text, bytes: bytes)
        guard let changes = repairedHead(of: text), !changes.isEmpty else { continue }
        edits.append(FileEdit(path: entry.path, old: text.bytes, new: changes.applied(to: text.bytes)))
        names.append(name(of: path))
      }
    }
    guard !edits.isEmpty else { return [] }
    try write(edits, to: tree, shownAs: prefix, common.environment)
    return zip(edits, names).map { edit, name in
      Repaired(path: prefix + edit.path.text, isExcluded: source.exclude.contains { matches(name, pattern: $0) })
    }
  }

  /// Kind and name, as patterns have them.
  private func name(of path: TreePath) -> String {
    let parts = path.text.split(separator: "/")
    let last = path.name.hasPrefix("SKILL.") ? parts.dropLast().last : parts.last
    return "\(parts[0])/" + (last?.prefix { $0 != "." } ?? "")
  }

  private func isArtifact(_ path: TreePath, _ kind: ArtifactKind) -> Bool {
    kind == .skill ? path.name.hasPrefix("SKILL.") && path.name.hasSuffix(".md") : path.name.hasSuffix(".md") && path.name.lowercased() != "readme.md"
  }
}

extension [ByteEdit] {
  /// With more edits, as far as they do not touch these; in order.
  fileprivate func joined(with more: [ByteEdit]) -> [ByteEdit] {
    let isFree = more.allSatisfy { new in
      allSatisfy { old in new.range.upperBound < old.range.lowerBound || new.range.lowerBound > old.range.upperBound }
    }
    return isFree ? (self + more).sorted { $0.range.lowerBound < $1.range.lowerBound } : self
  }
}
