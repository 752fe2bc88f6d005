package import ContextModel
package import FileTree

extension Artifact {
  /// The directory all of whose files a rule is for, and no others; nil when its patterns say anything else, for whichever platform.
  ///
  /// `src/api/**` and `src/api/**/*` say so, and no pattern beside one of these may lead out of there.
  package var directory: TreePath? {
    guard isRule, review != .only, activation == .globs else { return nil }
    guard !overrides.values.joined().contains(where: { ["globs", "paths", "activation"].contains($0.key) }) else { return nil }
    let patterns = globs.map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 }
    let directories = patterns.compactMap(wholeDirectory)
    return directories.first { directory in patterns.allSatisfy { liesInside($0, directory) } }
  }
}

/// The directory that a pattern covers with all that is below it.
private func wholeDirectory(_ pattern: String) -> TreePath? {
  guard let end = ["/**", "/**/*"].first(where: pattern.hasSuffix) else { return nil }
  let folder = pattern.dropLast(end.count)
  // What means something else than itself in some platform's patterns names no folder.
  guard !folder.contains(where: { "*?[]{}()!+@\\,".contains($0) }) else { return nil }
  return TreePath(String(folder))
}

private func liesInside(_ pattern: String, _ directory: TreePath) -> Bool {
  pattern.hasPrefix(directory.text + "/") && !pattern.split(separator: "/").contains("..")
}
