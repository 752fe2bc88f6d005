package import FileTree
package import Layout
import Platforms

/// The managed block of `.gitignore`: outputs that are not committed, and nothing else.
///
/// - Parameters:
///   - paths: the outputs.
///   - layout: the folders that are outputs as a whole, such as that of a skill, are one line each.
///   - others: more patterns.
package func gitIgnore(_ paths: Set<TreePath>, in layout: Layout, besides others: [String] = []) -> DesiredOutput? {
  guard let path = TreePath(".gitignore"), !paths.isEmpty || !others.isEmpty else { return nil }
  let wholes = layout.wholeFolders
  let lines = paths.map { path in path.ancestors.first(where: wholes.contains).map { ignorePattern(of: $0) + "/" } ?? ignorePattern(of: path) }
  let text = Set(lines + others).sorted().joined(separator: "\n") + "\n"
  return DesiredOutput(path: path, form: .block(Array(text.utf8), .hash), origins: ["aiwg.yaml"], platforms: [])
}

extension Layout {
  /// Folders of which everything is an output.
  package var wholeFolders: Set<TreePath> {
    Set(deliveries.filter { $0.place.format == .skill && $0.place.path.isPerArtifact }.compactMap { $0.place.path.filled(with: $0.name) })
  }
}

/// The line of a `.gitignore` at the root that fits one path and no other.
package func ignorePattern(of path: TreePath) -> String {
  var line = "/"
  for scalar in path.text.unicodeScalars {
    if "*?[".unicodeScalars.contains(scalar) { line += "\\" }
    line.unicodeScalars.append(scalar)
  }
  // Blanks at the end count only behind a backslash; of several, each needs its own.
  let stem = Substring(line).trimmingTrailingBlanks
  return stem + String(repeating: "\\ ", count: line.utf8.count - stem.utf8.count)
}

extension Substring {
  fileprivate var trimmingTrailingBlanks: String {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
