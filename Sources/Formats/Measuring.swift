package import ContextModel
package import FileTree
package import Layout
package import Platforms

/// Lays out a tree so that every output fits into what its platforms can hold, as far as that can be had.
package func layOutWithinLimits(
  _ tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings, showing shown: [String] = [],
  lanes: any Lanes = OneLane()
) -> Layout {
  layOut(tree, for: selected, in: catalog, surroundings: surroundings) { layout, deliveries in
    guard !deliveries.isEmpty else { return [] }
    let renderer = DeliveryRenderer(layout: layout, tree: tree, catalog: catalog, shown: shown, lanes: lanes)
    return lanes.map(below: deliveries.count) { renderer.render(deliveries[$0]).length }
  }
}

extension RenderedDelivery {
  /// How long its section is, or the file that is read for it.
  fileprivate var length: TextSize {
    if let section { return TextSize(of: section.bytes) }
    guard case .file(let content, _) = outputs.first?.form else { return TextSize() }
    switch content {
    case .bytes(let bytes): return TextSize(of: bytes)
    case .parts(let parts): return parts.reduce(into: TextSize()) { $0 += TextSize(of: $1) }
    case .copy: return TextSize()
    }
  }
}
