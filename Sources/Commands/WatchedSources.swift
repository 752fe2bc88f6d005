import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile

/// The files that a project is made of: what a change to them may change in the outputs.
struct WatchedSources {
  let folders: [WatchedFolder]

  /// - Parameters:
  ///   - root: the folder of aiwg.yaml, from the root.
  ///   - earlier: what counts while aiwg.yaml cannot be read.
  init(of root: String, _ options: CommonOptions, earlier: WatchedSources? = nil) {
    let names = Set([Repository.configurationPath, Overlay.path])
    let own = [WatchedFolder(root, only: names)]
    guard let project = Self.project(root, Repository.configurationPath, isOverlay: false) else {
      folders = earlier?.folders ?? own + [Self.folder(".aiwg", in: root)]
      return
    }
    var sources = project.sources
    if let asked = options.source, let absolute = try? absolutePath(asked) {
      sources = [Project.Source(.path(relativePath(from: root, to: absolute)))]
    }
    sources += Self.project(root, Overlay.path, isOverlay: true)?.sources ?? []
    var found = own
    for source in sources {
      switch source.origin {
      case .path(let path): found.append(Self.folder(path, in: root))
      // Nobody edits a copy, and still a pull may bring another one.
      case .git(let git): found.append(WatchedFolder(root + "/" + git.folder.text))
      case .library: continue
      }
    }
    folders = found
  }

  private static func folder(_ path: String, in root: String) -> WatchedFolder {
    let folder = normalized(root + "/" + path)
    // In a repository that is a tree itself, nothing else belongs to it.
    let isWide = folder == root || root.hasPrefix(folder + "/")
    let names = ArtifactKind.inFolders.map(\.folder) + ArtifactKind.allCases.compactMap(\.file) + ["platforms.yaml"]
    let state = root + "/.aiwg"
    let besides: Set<String> = [state + "/state", root + "/" + Record.copies.text]
    return WatchedFolder(folder, only: isWide ? Set(names) : nil, besides: besides)
  }

  private static func project(_ root: String, _ name: String, isOverlay: Bool) -> Project? {
    var ignored: [Diagnostic] = []
    guard let tree = try? DiskTree(root: root), let path = TreePath(name), let text = try? tree.configuration(path, shownAs: "") else { return nil }
    return isOverlay ? ProjectFile(overlay: text, diagnostics: &ignored)?.project : ProjectFile(text, diagnostics: &ignored)?.project
  }
}
