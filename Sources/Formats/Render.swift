package import ContextModel
import Diagnostics
package import FileTree
package import Layout
package import Platforms

/// The bytes of every output of a layout.
///
/// A pure function: same values, same bytes, whatever the lanes do first.
/// - Parameter shown: keys of fields that go into the text, on a line under the title.
package func render(
  _ layout: Layout, of tree: ContextTree, in catalog: PlatformCatalog, showing shown: [String] = [], lanes: any Lanes = OneLane()
) -> Rendering {
  let renderer = DeliveryRenderer(layout: layout, tree: tree, catalog: catalog, shown: shown, lanes: lanes)
  let rendered = lanes.map(below: layout.deliveries.count) { renderer.render(layout.deliveries[$0]) }
  var collected = CollectedOutputs(catalog: catalog)
  for (delivery, rendered) in zip(layout.deliveries, rendered) { collected.add(rendered, of: delivery) }
  for line in layout.imports { collected.add(line) }
  return collected.rendering()
}

/// Puts together what deliveries came to, in their order.
private struct CollectedOutputs {
  let catalog: PlatformCatalog
  var outputs: [DesiredOutput] = []
  var blocks: [TreePath: [BlockPart]] = [:]
  var losses: [Loss.Group] = []

  init(catalog: PlatformCatalog) {
    self.catalog = catalog
  }

  mutating func add(_ rendered: RenderedDelivery, of delivery: Layout.Delivery) {
    outputs += rendered.outputs
    losses += rendered.losses
    if let section = rendered.section { blocks[delivery.path, default: []].append(section) }
  }

  mutating func add(_ line: Layout.ImportLine) {
    blocks[line.path, default: []].append(BlockPart(line))
  }

  consuming func rendering() -> Rendering {
    for (path, parts) in blocks {
      let ordered = parts.laidOut
      let bytes = Array(ordered.map(\.bytes).joined())
      let platforms = Set(ordered.flatMap(\.platforms)).sorted()
      outputs.append(
        DesiredOutput(path: path, form: .block(bytes, .markdown), origins: ordered.compactMap(\.artifact?.text.path), platforms: platforms))
    }
    let desired = DesiredTree(outputs)
    return Rendering(desired: desired, lossGroups: losses, diagnostics: findingsOverLimits(desired, catalog: catalog))
  }
}
