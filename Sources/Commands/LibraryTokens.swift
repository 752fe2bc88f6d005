import ContextModel
import Disk
import FileTree
import Formats
import Layout
import Platforms
import Reading
import SharedFiles

/// What one artifact costs, deployed alone.
struct LibraryTokens {
  /// By platform id, in the order of the selection; what does not take the artifact is left out.
  var costs: [(platform: String, atStart: Int, loaded: Int)] = []

  /// The most that one of the platforms loads; nil when none takes the artifact.
  var most: (atStart: Int, loaded: Int)? {
    guard !costs.isEmpty else { return nil }
    return (costs.reduce(0) { max($0, $1.atStart) }, costs.reduce(0) { max($0, $1.loaded) })
  }

  /// - Parameter others: what references in its text may name.
  init(of artifact: Artifact, beside others: [Artifact], for platforms: [Platform], in catalog: PlatformCatalog, showing shown: [String]) {
    let renderer = Renderer(of: ContextTree(joining: [[artifact]], excluded: others), in: catalog, showing: shown)
    for platform in platforms {
      let outputs = renderer.render(renderer.layout(for: [platform.id], surroundings: Surroundings())).desired.outputs
      guard !outputs.isEmpty, let tree = try? Self.tree(of: outputs) else { continue }
      var (start, loaded) = (0, 0)
      for surface in platform.surfaces {
        guard let files = try? FileList(try tree.entries(under: nil), of: tree),
          let reading = try? read(files, of: tree, as: platform, on: surface)
        else { continue }
        start = max(start, reading.bytesAtStart)
        loaded = max(loaded, reading.loads.reduce(0) { $0 + $1.bytes })
      }
      costs.append((platform.id, estimatedTokens(ofBytes: start), estimatedTokens(ofBytes: loaded)))
    }
  }

  /// A repository that has nothing but these.
  private static func tree(of outputs: [DesiredOutput]) throws(TreeError) -> MemoryTree {
    var tree = MemoryTree()
    for output in outputs {
      var bytes: [UInt8] = []
      switch output.form {
      case .block(let content, let syntax): bytes = appendingBlock(content, syntax: syntax, to: [])
      case .file(let content, _): try content.stream { bytes += $0 }
      case .settings: continue
      }
      tree.nodes[output.path] = MemoryTree.Node(bytes: bytes)
    }
    return tree
  }
}
