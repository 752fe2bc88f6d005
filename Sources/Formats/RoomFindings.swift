package import ContextModel
package import Diagnostics
import FileTree
package import Layout
import Platforms

/// What has to be said about a layout because files have no room: an error for every CRITICAL rule that a platform would not always have, a
/// warning for what else moved.
package func roomFindings(_ layout: Layout, of tree: ContextTree, surroundings: Surroundings) -> [Diagnostic] {
  criticalFindings(layout, tree.artifacts, surroundings) + movedFindings(layout)
}

private func criticalFindings(_ layout: Layout, _ artifacts: [Artifact], _ surroundings: Surroundings) -> [Diagnostic] {
  let onDemand = Set(layout.deliveries.filter { !$0.displacedFrom.isEmpty }.map(\.artifact.id)).union(layout.cut.keys)
  return artifacts.filter { $0.severity == .critical && $0.isRule }.compactMap { artifact in
    let id = artifact.id
    let place = artifact.place(ofField: "severity")
    let missing = layout.exceptions.first { exception in
      guard !exception.shape.isReview, case .missing = exception.problem else { return false }
      return exception.artifacts.contains(id)
    }
    guard onDemand.contains(id) || missing != nil && layout.displaced[id] != nil else {
      guard let missing, case .missing(let reason) = missing.problem else { return nil }
      return Diagnostic(
        .error, "layout/critical", "`\(missing.platform)` does not get this CRITICAL rule: \(reason)", at: place,
        help: "clear the way, or leave the platform out with `platforms: [\"!\(missing.platform)\"]`")
    }
    let overflows = (layout.displaced[id] ?? []) + (layout.cut[id] ?? [])
    let platforms = Set(overflows.flatMap { $0.limits.map(\.platform) }).sorted()
    let users = overflows.compactMap { overflow in
      surroundings.frames[overflow.path].flatMap { $0.users.bytes > 0 ? "`\(overflow.path)` has \($0.users.bytes) bytes of yours" : nil }
    }
    return Diagnostic(
      .error, "limit/critical", "this CRITICAL rule does not fit: " + overflows.map { words($0.path, $0.limits) }.joined(separator: "; "),
      at: place, notes: users,
      help: "shorten it, \(users.isEmpty ? "" : "your own text there, ")or what else weighs as much; or leave platforms out with `platforms: ["
        + platforms.map { "\"!\($0)\"" }.joined(separator: ", ") + "]`")
  }
}

private func movedFindings(_ layout: Layout) -> [Diagnostic] {
  var moved: [String: (ids: Set<ArtifactID>, limits: Set<PlatformLimit>, platforms: Set<String>)] = [:]
  for delivery in layout.deliveries where delivery.artifact.severity != .critical {
    for overflow in delivery.displacedFrom {
      moved[overflow.path, default: ([], [], [])].ids.insert(delivery.artifact.id)
      moved[overflow.path]?.limits.formUnion(overflow.limits)
      moved[overflow.path]?.platforms.formUnion(delivery.platforms)
    }
  }
  return moved.sorted { $0.key < $1.key }.map { path, found in
    let ids = found.ids.sorted()
    let names = ids.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (ids.count > 5 ? " …" : "")
    let others = found.platforms.subtracting(found.limits.map(\.platform)).sorted().map { "`\($0)`" }
    let shared =
      others.isEmpty ? "" : "; so \(others.count == 1 ? "has" : "have") \(others.joined(separator: ", ")), because a second copy would be read twice"
    let what = ids.count == 1 ? "1 artifact loads on demand only, as a skill" : "\(ids.count) artifacts load on demand only, as skills"
    return Diagnostic(
      .warning, "layout/on-demand", "\(what) (\(names)): \(words(path, found.limits.sorted { $0.platform < $1.platform }))\(shared)",
      help: path.contains("{name}")
        ? "shorten what is longer, or leave the platform out with `platforms:`"
        : "the weightier `severity` stays; shorten them, or leave the platform with the limit out with `platforms:`")
  }
}

private func words(_ path: String, _ limits: [PlatformLimit]) -> String {
  let what = path.contains("{name}") ? "what is so long" : "more"
  let limits = limits.map { "`\($0.platform)` takes \($0.limit.most) \($0.limit.unit.rawValue) and \($0.limit.beyond)" }
  return "`\(path)` has no room for \(what), since " + limits.joined(separator: ", ")
}
