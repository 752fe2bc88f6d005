import ContextModel
package import FileTree
import Layout

/// Everything that a layout comes to: the outputs, and what was lost on the way.
package struct Rendering: Sendable {
  package var desired: DesiredTree
  var lossGroups: [Loss.Group]
  /// Artifacts of which a platform gets nothing.
  var missing: [Loss] = []

  /// Adds what comes from elsewhere.
  package mutating func add(_ outputs: [DesiredOutput], losing losses: [Loss]) {
    desired = DesiredTree(desired.outputs + outputs)
    missing += losses
  }

  /// By platform id: how many losses there are.
  package var lossCounts: [String: Int] {
    lossGroups.reduce(into: missing.reduce(into: [:]) { $0[$1.platform, default: 0] += 1 }) { counts, group in
      for platform in group.platforms { counts[platform, default: 0] += 1 }
    }
  }

  /// Each once, in order.
  package var losses: [Loss] {
    let all = lossGroups.flatMap { group -> [Loss] in
      let artifact = group.delivery.artifact
      let place = artifact.place(ofField: group.found.field)
      return group.platforms.map {
        Loss(platform: $0, artifact: artifact.id, field: group.found.field, kind: group.found.kind, reason: group.found.reason, place: place)
      }
    }
    return Set(all + missing).sorted()
  }
}
