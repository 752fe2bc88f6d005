package import ContextModel
import Diagnostics
package import FileTree
package import Layout
package import Platforms

/// Lays out a tree and makes its outputs; what both need of the tree is looked up once.
package struct Renderer: Sendable {
  private let tree: ContextTree
  private let catalog: PlatformCatalog
  private let shown: [String]
  private let lanes: any Lanes
  private let readings: PlaceReadings
  /// What the bodies of the tree name.
  package let references: References

  /// - Parameter shown: keys of fields that go into the text, on a line under the title.
  package init(of tree: ContextTree, in catalog: PlatformCatalog, showing shown: [String] = [], lanes: any Lanes = OneLane()) {
    self.tree = tree
    self.catalog = catalog
    self.shown = shown
    self.lanes = lanes
    readings = PlaceReadings(of: catalog.platforms)
    references = References(of: tree, places: catalog.places.values, lanes: lanes)
  }

  /// The layout in which every output fits into what its platforms can hold, as far as that can be had.
  package func layout(for selected: [String], surroundings: Surroundings) -> Layout {
    layOut(tree, for: selected, in: catalog, surroundings: surroundings, measuring: measure)
  }

  /// Why everything stands where it does in that layout: the better places that were passed over.
  package func reasons(for selected: [String], surroundings: Surroundings) -> [Layout.PassedOver] {
    placeReasons(tree, for: selected, in: catalog, surroundings: surroundings, measuring: measure)
  }

  private func measure(_ layout: Layout) -> ([Layout.Delivery]) -> [TextSize] {
    // It is asked twice for most layouts, and not at all for those in which everything is short.
    var known: DeliveryRenderer?
    return { deliveries in
      guard !deliveries.isEmpty else { return [] }
      let renderer = known ?? deliveryRenderer(for: layout)
      known = renderer
      return lanes.map(below: deliveries.count) { renderer.render(deliveries[$0]).length }
    }
  }

  /// The bytes of every output of a layout.
  ///
  /// A pure function: same values, same bytes, whatever the lanes do first.
  package func render(_ layout: Layout) -> Rendering {
    let renderer = deliveryRenderer(for: layout)
    let rendered = lanes.map(below: layout.deliveries.count) { renderer.render(layout.deliveries[$0]) }
    var collected = CollectedOutputs()
    for (delivery, rendered) in zip(layout.deliveries, rendered) { collected.add(rendered, of: delivery) }
    for line in layout.imports { collected.add(line) }
    var rendering = collected.rendering()
    rendering.missing = missing(in: layout)
    return rendering
  }

  private func missing(in layout: Layout) -> [Loss] {
    let known = Dictionary(tree.artifacts.map { ($0.id, $0) }) { first, _ in first }
    return layout.exceptions.flatMap { exception -> [Loss] in
      guard case .missing(let reason) = exception.problem else { return [] }
      return exception.artifacts.compactMap { known[$0] }.map {
        Loss(platform: exception.platform, artifact: $0.id, field: "everything", kind: .dropped, reason: reason, place: $0.text.whole)
      }
    }
  }

  func deliveryRenderer(for layout: Layout) -> DeliveryRenderer {
    DeliveryRenderer(layout: layout, references: references, readings: readings, shown: shown)
  }
}

extension RenderedDelivery {
  /// How long its section is, or the file that is read for it.
  fileprivate var length: TextSize { section.map { TextSize(of: $0.bytes) } ?? outputs.first?.length ?? TextSize() }
}
