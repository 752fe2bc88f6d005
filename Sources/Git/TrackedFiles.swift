package import FileTree

extension GitHistory {
  /// The files that git tracks below the root; nil when it does not answer in time.
  package var trackedFiles: Set<TreePath>? {
    guard let answer = git.answer(to: ["ls-files", "-z", "--cached"], mostOutput: 256 << 20, before: Git.now + 6 * seconds), answer.isComplete else {
      return nil
    }
    return Set(answer.output.split(separator: 0).compactMap { TreePath(bytes: Array($0)) })
  }

  /// Whether git tracks a file; nil when it does not answer in time.
  package func tracks(_ path: TreePath) -> Bool? {
    let answer = git.answer(to: ["ls-files", "-z", "--cached", "--", path.text], mostOutput: 1 << 20, before: Git.now + seconds)
    guard let answer, answer.isComplete else { return nil }
    return !answer.output.isEmpty
  }
}
