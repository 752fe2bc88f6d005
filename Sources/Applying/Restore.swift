package import Diagnostics
package import FileTree
package import Planning
import SharedFiles

/// Why saved bytes were not put back.
package enum RestoreError: Error, Hashable, Sendable {
  /// What stands in their place is not aiwg's to replace, or the saved bytes are not what they were.
  case refused(Diagnostic)
  case failed(ApplyError)
}

/// Puts saved bytes back where they stood.
///
/// What is there now gives way only when it is an output as the lock records it, or differs from the saved bytes in aiwg's block alone.
/// Of settings, which are the user's but for some values, it is saved first.
/// - Returns: what was saved of what stood there; nil when the bytes stand there already.
/// - Throws: `RestoreError`; nothing has changed then.
package func restore<Tree: WritableTree>(
  _ entry: SavedEntry, to tree: inout Tree, record: Record, run: Run = Run()
) throws(RestoreError) -> [SavedEntry]? {
  let place = Saved.place(of: entry.digest)
  let bytes: [UInt8]
  let now: Snapshot?
  let givesWay: Bool
  do throws(TreeError) {
    bytes = try tree.read(place)
    now = try Snapshot(of: entry.path, in: tree)
    givesWay = try now.map { (now) throws(TreeError) in try isOurs(now, at: entry.path, saved: bytes, in: tree, record: record) } ?? false
  } catch {
    throw .failed(ApplyError(.failed(error)))
  }
  guard Digest(of: bytes) == entry.digest else { throw .refused(damaged(entry)) }
  if now == (entry.kind == .symlink ? .symlink(target: bytes) : .file(entry.digest)) { return nil }
  guard let now, givesWay else { throw .refused(inTheWay(entry)) }
  let mode: FileMode = entry.kind == .executable ? .executable : .like(place)
  let after: Replacement = entry.kind == .symlink ? .symlink(target: bytes) : .file(.bytes(bytes), mode)
  var saving: [Step] = []
  var saved: [SavedEntry] = []
  if record.settings[entry.path] != nil, case .file = now {
    do throws(TreeError) { (saving, saved) = try Saved(in: tree).steps(saving: [(entry.path, now)], from: tree) } catch {
      throw .failed(ApplyError(.failed(error)))
    }
  }
  var transaction = Transaction(tree: tree, run: run)
  defer { tree = transaction.tree }
  do throws(ApplyError) {
    _ = try transaction.carryOut(saving + [Step(path: entry.path, before: now, after: after)])
  } catch {
    throw .failed(error)
  }
  return saved
}

/// Whether nothing of the user's is lost when that is replaced by the saved bytes.
private func isOurs(_ now: Snapshot, at path: TreePath, saved: [UInt8], in tree: some ReadableTree, record: Record) throws(TreeError) -> Bool {
  switch now {
  case .absent: return true
  case .symlink: return false
  case .file where record.settings[path] != nil: return true
  case .file(let digest):
    let claims = record.claims[path] ?? []
    if claims.contains(Record.Claim(digest)) { return true }
    let current = SourceText(path: path.text, bytes: try tree.read(path))
    guard case .found(let block) = findBlock(in: current, syntax: nil) else { return false }
    guard claims.contains(Record.Claim(Digest(of: block.content), isBlock: true)) else { return false }
    let rest = block.removed()
    guard case .found(let old) = findBlock(in: SourceText(path: path.text, bytes: saved), syntax: block.syntax) else {
      return rest == saved || rest.isEmpty
    }
    return rest == old.removed() || rest.isEmpty
  }
}

private func damaged(_ entry: SavedEntry) -> Diagnostic {
  Diagnostic(
    .error, "restore/damaged", "the saved bytes of `\(entry.path)` were changed since they were saved",
    at: SourcePlace(path: Saved.place(of: entry.digest).text), help: "copy what you need from that file by hand")
}

private func inTheWay(_ entry: SavedEntry) -> Diagnostic {
  Diagnostic(
    .error, "restore/in-the-way", "what stands at `\(entry.path)` now is not an output as aiwg wrote it", at: SourcePlace(path: entry.path.text),
    help: "move it away first, or copy the saved bytes from `\(Saved.place(of: entry.digest))`")
}
