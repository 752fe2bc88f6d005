import ContextModel
import Diagnostics
import Disk
import FileTree
import Layout
import Platforms
import Reading

/// Warnings about files that one person keeps for themselves: they change no layout, and may load something a second time.
///
/// - Throws: `CommandFailure` when such a file cannot be read.
func privateFindings(_ layout: Layout, for platforms: [Platform], in repository: Repository) throws(CommandFailure) -> [Diagnostic] {
  var found: [Diagnostic] = []
  for platform in platforms {
    for read in platform.reads where read.isPrivate && read.followsImports {
      guard let path = TreePath(read.path), let bytes = try repository.sharedBytes(of: path) else { continue }
      for imported in importedPaths(in: bytes, of: path) {
        guard layout.deliveries.contains(where: { $0.path == imported && $0.artifact.audience.includes(platform.id) }) else { continue }
        let message = "`\(path)` imports `\(imported)`: `\(platform.id)` loads what is in there a second time on this machine"
        let help = "take the line out of `\(path)`; the rules are there without it"
        found.append(Diagnostic(.warning, "private/import", message, at: SourcePlace(path: repository.shownAs + path.text), help: help))
      }
    }
  }
  return found
}
