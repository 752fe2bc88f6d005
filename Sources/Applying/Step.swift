import FileTree
import Planning

/// One path that is to change.
struct Step {
  var path: TreePath
  /// What stood there when the plan was made.
  var before: Snapshot
  var after: Replacement
  /// Of the whole file that is to be there, where the plan has it already.
  var planned: Digest?

  var removes: Bool { if case .nothing = after { true } else { false } }

  var writes: Bool {
    switch after {
    case .same, .nothing: false
    case .file, .symlink: true
    }
  }

  /// What stands there when it is done.
  /// - Throws: `TreeError` when a source file cannot be read.
  func afterwards() throws(TreeError) -> Snapshot {
    switch after {
    case .same: before
    case .nothing: .absent
    case .file(let content, _): .file(try digest(of: content))
    case .symlink(let target): .symlink(target: target)
    }
  }
}

extension Step {
  private func digest(of content: Content) throws(TreeError) -> Digest {
    switch content {
    case .bytes, .parts: if let planned { return planned }
    // It may have changed since it was planned.
    case .copy: break
    }
    do throws(TreeError) { return try Digest(of: content) } catch { throw error.reading(for: path) }
  }
}

extension Snapshot {
  /// What stands at a path now; nil for what no plan puts or replaces there.
  init?(of path: TreePath, in tree: some ReadableTree, besides going: Set<TreePath> = []) throws(TreeError) {
    let (observed, digest) = try Digest.observe(path, in: tree)
    switch observed {
    case .absent: self = .absent
    case .file:
      guard let digest else { return nil }
      self = .file(digest)
    case .symlink(let target): self = .symlink(target: target)
    // A file of ours that goes, so that a folder can take its place.
    case .blocked(_, let at) where going.contains(at): self = .absent
    case .directory, .other, .blocked: return nil
    }
  }
}
