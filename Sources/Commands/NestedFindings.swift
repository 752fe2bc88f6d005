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
  let hiding = Set(platforms.flatMap { $0.reads.flatMap(\.nestedUnless) })
  let made = Set(plan.changes.lazy.filter { $0.decision == .create && $0.before == .absent }.map(\.path.text).filter(hiding.contains))
  var found: [Diagnostic] = []
  var present: FileList?
  var outcome: (tree: OutcomeTree<RepositoryTree>, files: FileList)?
  for platform in platforms {
    guard let file = platform.reads.flatMap(\.nestedUnless).first(where: made.contains) else { continue }
    do throws(TreeError) {
      if present == nil { present = try FileList(try repository.tree.entries(under: nil), of: repository.tree) }
      guard let present else { continue }
      let before = try nested(platform, present, in: repository.tree)
      guard !before.isEmpty else { continue }
      if outcome == nil { outcome = try OutcomeTree(repository.tree, after: plan).listed() }
      guard let (tree, files) = outcome else { continue }
      let after = try nested(platform, files, in: tree)
      var lost: [TreePath] = []
      // What stands in a block of ours, the platform gets elsewhere.
      for path in before where !after.contains(path) {
        if try hasUsersText(path, in: repository.tree) { lost.append(path) }
      }
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
private func nested(_ platform: Platform, _ files: FileList, in tree: some ReadableTree) throws(TreeError) -> [TreePath] {
  var paths: Set<TreePath> = []
  for surface in platform.surfaces {
    for load in try read(files, of: tree, as: platform, on: surface).loads {
      if case .touched = load.trigger { paths.insert(load.path) }
    }
  }
  return paths.sorted()
}

extension OutcomeTree {
  /// With all files that it has.
  fileprivate func listed() throws(TreeError) -> (tree: OutcomeTree, files: FileList) { (self, try FileList(try entries(under: nil), of: self)) }
}
