import ContextModel
import Diagnostics
import FileTree
import Layout
import Platforms

/// Puts together what deliveries came to, in their order.
struct CollectedOutputs {
  var outputs: [DesiredOutput] = []
  var blocks: [TreePath: [BlockPart]] = [:]
  var losses: [Loss.Group] = []

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
    return Rendering(desired: desired, lossGroups: losses)
  }
}
