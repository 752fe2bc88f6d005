import Diagnostics
import Disk
import FileTree
import Formats
import Git
import Layout
import Planning

/// The outputs of a project that are not committed: which they are, and what git is told about them.
///
/// Which ones does not depend on whether they are there, so that a bare checkout comes to the same answer.
struct Uncommitted {
  private(set) var paths: Set<TreePath> = []
  private(set) var diagnostics: [Diagnostic] = []
  private let repository: Repository

  init(in repository: Repository) {
    self.repository = repository
  }

  /// Nil without a git to ask, and when all that is there is git's; started only for what it has to answer.
  private var git: GitHistory? { repository.files == nil ? GitHistory(root: repository.root) : nil }

  /// Adds the outputs of a project that commits none: all but those in files that hold something of the user's as well.
  ///
  /// - Parameter taken: texts of the user's that the tree has by now.
  /// - Throws: `TreeError` when a file cannot be read.
  mutating func add(_ outputs: [DesiredOutput], recorded file: RecordFile, besides taken: Set<TreePath>) throws(TreeError) {
    for output in outputs {
      guard !taken.contains(output.path), try file.record.hasUsersContent(beside: output, in: repository.tree) else {
        paths.insert(output.path)
        continue
      }
      // Without a git to ask, what is there came with the checkout.
      guard case .settings = output.form, git?.tracks(output.path) == false else { continue }
      paths.insert(output.path)
      guard !file.local.speaks(of: output.path) else { continue }
      diagnostics.append(
        Diagnostic(
          .note, "commit/ignored", "git is kept from this file from now on, and it has settings of yours as well",
          at: SourcePlace(path: repository.shownAs + output.path.text), help: "`git add -f \(output.path)` keeps it in git, with what aiwg puts there"
        ))
    }
  }

  /// What git tracks although it is not to be committed, and what it will not see although it is the user's.
  /// - Throws: `TreeError` when a folder cannot be listed.
  func findings(about layout: Layout) throws(TreeError) -> [Diagnostic] {
    try trackedFindings + hiddenFindings(layout)
  }

  private var trackedFindings: [Diagnostic] {
    let found = (git?.trackedFiles ?? []).filter(paths.contains).sorted()
    guard let first = found.first else { return [] }
    let names = found.prefix(12).map { "`\($0.text.escapedForDisplay)`" }
    let message =
      found.count == 1
      ? "git still tracks an output that is not to be committed" : "git still tracks \(found.count) outputs that are not to be committed"
    let isShort = found.count <= 12 && found.allSatisfy { $0.bytes.allSatisfy(\.isPlainInShells) }
    let command =
      isShort
      ? "git rm --cached -- " + found.map(\.text).joined(separator: " ")
      : "git ls-files -z -ci --exclude-standard | xargs -0 git rm --cached --"
    return [
      Diagnostic(
        .note, "commit/tracked", message, at: SourcePlace(path: repository.shownAs + first.text),
        notes: [names.joined(separator: ", ") + (found.count > 12 ? " and \(found.count - 12) more" : "")],
        help: "`\(command)` takes \(found.count == 1 ? "it" : "them") out of git, and leaves the files where they are")
    ]
  }

  /// Files that somebody put into a folder that is an output as a whole.
  private func hiddenFindings(_ layout: Layout) throws(TreeError) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let folders = Set(paths.flatMap(\.ancestors))
    for folder in layout.wholeFolders.sorted() where folders.contains(folder) {
      guard case .directory = try repository.tree.observe(folder) else { continue }
      for entry in try repository.tree.entries(under: folder)
      where entry.kind == .file && !paths.contains(entry.path) && entry.path.name != ".DS_Store" {
        found.append(
          Diagnostic(
            .warning, "commit/hidden", "git does not see this file, because the folder holds outputs that are not committed",
            at: SourcePlace(path: repository.shownAs + entry.path.text), help: "put it beside the skill in your tree, or add it with `git add -f`"))
      }
    }
    return found
  }
}
