import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import Reading

/// Warnings about files of the user's in folders further down that a platform stops reading because of a file that a plan makes.
///
/// The whole repository is read as the platform would, before and after, which happens only with the run that makes such a file.
/// - Throws: `CommandFailure` when a folder cannot be listed.
func nestedFindings(_ plan: Plan, for platforms: [Platform], in repository: Repository) throws(CommandFailure) -> [Diagnostic] {
  let made = Set(plan.changes.filter { $0.decision == .create && $0.before == .absent }.map(\.path.text))
  let outcome = OutcomeTree(repository.tree, after: plan)
  var found: [Diagnostic] = []
  for platform in platforms {
    guard let file = platform.reads.flatMap(\.nestedUnless).first(where: made.contains) else { continue }
    do throws(TreeError) {
      let after = try nested(platform, in: outcome)
      let before = try nested(platform, in: repository.tree).filter { !after.contains($0) }
      var lost: [TreePath] = []
      // What stands in a block of ours, the platform gets elsewhere.
      for path in before where try hasUsersText(path, in: repository.tree) { lost.append(path) }
      guard let first = lost.first else { continue }
      let names = lost.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (lost.count > 3 ? " and \(lost.count - 3) more" : "")
      found.append(
        Diagnostic(
          .warning, "private/nested", "`\(platform.id)` does not read \(names) any more, because `\(file)` will be there",
          at: SourcePlace(path: repository.shownAs + first.text),
          help: "put a `\(file.split(separator: "/").last ?? "")` with the line `@\(first.name)` beside each of them"))
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }
  return found
}

/// The files that a platform loads beside those in their folders, in order.
private func nested(_ platform: Platform, in tree: some ReadableTree) throws(TreeError) -> [TreePath] {
  let files = try FileList(try tree.entries(under: nil), of: tree)
  var paths: Set<TreePath> = []
  for surface in platform.surfaces {
    for load in try read(files, of: tree, as: platform, on: surface).loads {
      if case .touched = load.trigger { paths.insert(load.path) }
    }
  }
  return paths.sorted()
}
