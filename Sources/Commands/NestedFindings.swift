import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import Reading

/// Warnings about files of the user's in folders further down that a platform stops reading because of a file that a plan makes.
///
/// The whole repository is listed for it, which happens only with the run that makes such a file.
/// - Throws: `CommandFailure` when a folder cannot be listed.
func nestedFindings(_ plan: Plan, for platforms: [Platform], in repository: Repository) throws(CommandFailure) -> [Diagnostic] {
  let made = Set(plan.changes.filter { $0.decision == .create && $0.before == .absent }.map(\.path.text))
  var found: [Diagnostic] = []
  for platform in platforms {
    for read in platform.reads {
      guard let file = read.nestedUnless.first(where: made.contains), !read.nestedUnless.contains(where: { isThere($0, in: repository) }) else {
        continue
      }
      let hidden = try nested(read, in: repository)
      guard let first = hidden.first else { continue }
      let names = hidden.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (hidden.count > 3 ? " and \(hidden.count - 3) more" : "")
      found.append(
        Diagnostic(
          .warning, "private/nested", "`\(platform.id)` does not read \(names) any more, because `\(file)` will be there",
          at: SourcePlace(path: repository.shownAs + first.text),
          help: "put a `\(file.split(separator: "/").last ?? "")` with the line `@\(first.name)` beside each of them"))
    }
  }
  return found
}

private func isThere(_ path: String, in repository: Repository) -> Bool {
  guard let path = TreePath(path), case .file = try? repository.tree.observe(path) else { return false }
  return true
}

/// The files that such a read finds in folders further down, as things are.
private func nested(_ read: Platform.Read, in repository: Repository) throws(CommandFailure) -> [TreePath] {
  do throws(TreeError) {
    let all = try repository.tree.entries(under: nil).filter { $0.kind == .file }.map(\.path)
    let files = Set(all)
    return all.filter { path in
      guard path.name == read.path, let folder = path.parent else { return false }
      return !read.unless.compactMap { TreePath($0) }.contains { files.contains(folder.appending($0)) }
    }
  } catch {
    throw CommandFailure(error, shownAs: repository.shownAs)
  }
}
