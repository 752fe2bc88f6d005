import ContextLoading
import ContextModel
import Diagnostics
import FileTree

/// Platforms that exist in these tests alone.
let testPlatforms = ["alpha": "alpha", "alfa": "alpha", "beta": "beta", "gamma-one": "gamma-one"]

/// A tree of texts, loaded.
struct Loading {
  var artifacts: [Artifact] = []
  var rejected: [LoadedSource.Rejected] = []
  var files: [String] = []
  var findings: [Diagnostic] = []

  init(_ files: [String: String], locale: String? = nil, folder: String? = nil) {
    self.init(MemoryTree(nodes(files)), locale: locale, folder: folder)
  }

  init(_ tree: MemoryTree, locale: String? = nil, folder: String? = nil, shownAs: String = "") {
    let loader = ContextLoader(
      tree: tree, shownAs: shownAs, platformIDs: testPlatforms, locale: locale.flatMap(LanguageTag.init), folder: folder.flatMap { TreePath($0) })
    guard let loaded = try? loader.load(diagnostics: &findings) else { return }
    (artifacts, rejected) = (loaded.artifacts, loaded.rejected)
    self.files = loaded.files.map(\.text)
  }

  subscript(id: String) -> Artifact? { artifacts.first { $0.id.description == id } }

  var ids: [String] { artifacts.map(\.id.description) }

  /// `path:line:column id` of each finding; `path id` without a place in the file.
  var summary: [String] {
    findings.map { finding in
      let place = finding.place
      let spot = [place?.line, place?.column].compactMap { $0.map { ":\($0)" } }.joined()
      return "\(place?.path ?? "")\(spot) \(finding.id)"
    }
  }
}

func nodes(_ files: [String: String]) -> [TreePath: MemoryTree.Node] {
  var nodes: [TreePath: MemoryTree.Node] = [:]
  for (name, text) in files {
    guard let path = TreePath(name) else { continue }
    nodes[path] = MemoryTree.Node(bytes: Array(text.utf8))
  }
  return nodes
}

extension Artifact {
  var bodyText: String { String(decoding: body.bytes, as: UTF8.self) }
}

extension Loading {
  /// A tree of one file.
  static func bytes(_ name: String, _ bytes: [UInt8]) -> Loading {
    Loading(MemoryTree(Dictionary(uniqueKeysWithValues: TreePath(name).map { [($0, MemoryTree.Node(bytes: bytes))] } ?? [])))
  }
}
