package import ContextModel
package import FileTree
package import Layout
package import Platforms

/// A run of an output's lines that is from one place.
package struct OutputPiece: Sendable {
  package enum Origin: Sendable {
    case artifact(Artifact)
    /// A file that is copied as it is, under the name that the user knows.
    case resource(String)
    /// Nothing that anybody wrote: an import line, a switch beside a skill.
    case platforms
  }

  package var origin: Origin
  package var bytes: [UInt8]
}

/// The pieces of one output in their order; joined, they are its bytes.
///
/// - Returns: nothing for a path at which the layout has no output; a resource has no bytes here.
package func outputPieces(
  at path: TreePath, in layout: Layout, of tree: ContextTree, catalog: PlatformCatalog, showing shown: [String] = []
) -> [OutputPiece] {
  let renderer = Renderer(of: tree, in: catalog, showing: shown).deliveryRenderer(for: layout)
  var parts: [BlockPart] = []
  for delivery in layout.deliveries where delivery.path == path || delivery.path.parent.map({ path.isInside($0) }) ?? false {
    let rendered = renderer.render(delivery)
    if let section = rendered.section, delivery.path == path { parts.append(section) }
    for output in rendered.outputs where output.path == path {
      guard case .file(let content, _) = output.form else { continue }
      switch content {
      case .parts(let parts): return [OutputPiece(origin: .artifact(delivery.artifact), bytes: Array(parts.joined()))]
      case .copy: return [OutputPiece(origin: .resource(output.origins.first ?? ""), bytes: [])]
      case .bytes(let bytes):
        return [OutputPiece(origin: delivery.path == path ? .artifact(delivery.artifact) : .platforms, bytes: bytes)]
      }
    }
  }
  parts += layout.imports.filter { $0.path == path }.map { BlockPart($0) }
  return parts.laidOut.map { OutputPiece(origin: $0.artifact.map { .artifact($0) } ?? .platforms, bytes: $0.bytes) }
}
