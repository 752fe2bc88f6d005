internal import ContextModel
internal import FileTree

extension Sorting {
  /// Sorts MCP servers or hooks: one YAML file each, sub-folders only group.
  ///
  /// Other files may lie beside them, such as the scripts that they run.
  mutating func sortSettings(_ entries: [TreeEntry], kind: ArtifactKind, folder: TreePath) {
    for entry in entries where !entry.path.isHidden(below: folder) {
      let isYAML = entry.path.bytes.hasSuffix(".yaml")
      switch entry.kind {
      case .directory: continue
      case .file where isYAML:
        let stem = String(entry.path.name.dropLast(5))
        guard case .base(let name) = ArtifactName(stem: stem) else {
          rejectName(entry.path, stem, suffix: ".yaml")
          continue
        }
        let id = ArtifactID(kind: kind, name: name)
        guard isSafe(entry.path, below: entry.path.parent ?? folder, id) else { continue }
        candidates.append(Candidate(id: id, path: entry.path))
      case .file where entry.path.bytes.hasSuffix(".yml"):
        warn(entry.path, "nothing is made of a `.yml` file", help: "rename it to `.yaml`")
      case .symlink where isYAML, .other where isYAML:
        reject(entry.path, what: "not-a-file", "not a regular file", help: "put the file itself here: links are not followed")
      default: continue
      }
    }
  }

  /// Sorts a kind that is one file at the top of the tree.
  mutating func sortFile(_ path: TreePath, _ observed: Observed, kind: ArtifactKind) {
    switch observed {
    case .absent: return
    case .file: candidates.append(Candidate(id: ArtifactID(only: kind), path: path))
    case .symlink:
      reject(path, ArtifactID(only: kind), what: "not-a-file", "this is a link, and links are not followed", help: "put the file itself here")
    case .directory, .other, .blocked:
      let help = "put a file here, move this elsewhere, or leave it out with `exclude: [\(ArtifactID(only: kind))]` in aiwg.yaml"
      reject(path, ArtifactID(only: kind), what: "not-a-file", "this is no file", help: help)
    }
  }
}
