internal import Disk
package import FileTree

/// The history of one repository, read through the git on the machine.
///
/// It is a help where there is one: whatever keeps git from answering, such as a folder that belongs to somebody else, means that there is no history.
package struct GitHistory: Sendable {
  /// Newer versions are likelier to be wanted, and a file that was changed so often has others to offer.
  private static let mostRevisions = 200
  /// What is staged, the last commit, and both sides of an unfinished merge with what they had in common.
  private static let current = [":0", "HEAD", ":2", ":3", ":1"]
  /// Commits that are about to come into those of the last one.
  private static let unfinished = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD"]

  let git: Git
  let seconds: Double

  /// Nil when there is no git, or the folder is in no work tree.
  package init?(root: String) {
    self.init(root: root, variables: Machine.variable, seconds: 5)
  }

  /// As `init(root:)`, in another environment.
  /// - Parameters:
  ///   - variables: what the environment has under a name.
  ///   - seconds: for all that one question costs.
  package init?(root: String, variables: (String) -> String?, seconds: Double) {
    git = Git(root: root, variables: variables)
    self.seconds = seconds
    let answer = git.answer(to: ["rev-parse", "--is-inside-work-tree"], mostOutput: 100, before: Git.now + seconds)
    guard answer?.isComplete == true, answer?.output == Array("true\n".utf8) else { return nil }
  }

  /// The newest version of a path that is wanted; nil when none is, or none is found in a few seconds.
  ///
  /// Each distinct version is shown once: what is staged and the last commit, then the sides of an unfinished merge, then the commits that changed
  /// the path, newest first. Versions are as git stores them, before any conversion of line ends. What git would have to fetch is not there.
  /// - Parameter path: below the root, as it is now; names that it had before are not followed.
  package func version(of path: TreePath, where isWanted: ([UInt8]) -> Bool) -> [UInt8]? {
    var versions = Versions(git, before: Git.now + seconds)
    let names = { (revisions: [String]) in revisions.map { "\($0):./\(path.text)" } }
    if let found = versions.first(among: names(Self.current), where: isWanted) { return found }
    return versions.first(among: names(revisions(of: path, before: versions.deadline)), where: isWanted)
  }

  /// Those of some paths that are not committed because the repository says so; nil when git does not answer.
  package func ignored(among paths: [TreePath]) -> Set<TreePath>? {
    guard !paths.isEmpty else { return [] }
    let most = paths.reduce(0) { $0 + $1.bytes.count + 3 }
    // This question refuses to be asked with literal paths; behind `./` no path looks like anything else, and stars in it mean nothing.
    let answer = git.answer(
      to: ["check-ignore", "-z", "--stdin"], input: paths.map { "./" + $0.text }, endingIn: 0, mostOutput: most, before: Git.now + seconds,
      with: ["GIT_LITERAL_PATHSPECS": "0"])
    return answer.map { Set($0.output.split(separator: 0).compactMap { TreePath(bytes: Array($0.dropFirst(2))) }) }
  }

  /// The files that are tracked or would be added, below the root; nil when git does not answer in time.
  ///
  /// One that was deleted and is still tracked is among them, and so is the place of a submodule.
  package func files() -> [TreePath]? {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    guard let answer = git.answer(to: arguments, mostOutput: 256 << 20, before: Git.now + 6 * seconds), answer.isComplete else { return nil }
    return Set(answer.output.split(separator: 0)).compactMap { TreePath(bytes: Array($0)) }
  }

  /// The commits that changed a path, newest first; those that were found when the time is over.
  private func revisions(of path: TreePath, before deadline: Double) -> [String] {
    // A merge that took one side hides the other one's commits, unless all are asked for.
    let options = ["--ignore-missing", "--full-history", "--max-count=\(Self.mostRevisions)"]
    let arguments = ["rev-list"] + options + ["HEAD"] + Self.unfinished + ["--", "./" + path.text]
    guard let answer = git.answer(to: arguments, mostOutput: 100 * Self.mostRevisions, before: deadline) else { return [] }
    // The last line has no end when git was ended.
    return answer.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
  }
}
