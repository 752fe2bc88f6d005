package import ContextModel
package import Diagnostics
import FileTree
import Globs
package import Layout
package import Platforms

/// What has to be said about a layout because files have no room: an error for every CRITICAL rule that would load on demand only, a warning
/// for what else moved, and one for a file that is too long without anything of ours.
package func roomFindings(
  _ layout: Layout, of tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings
) -> [Diagnostic] {
  let platforms = catalog.platforms.filter { selected.contains($0.id) }
  return criticalFindings(layout, tree.artifacts) + movedFindings(layout) + framesOverLimits(platforms, surroundings)
}

private func criticalFindings(_ layout: Layout, _ artifacts: [Artifact]) -> [Diagnostic] {
  var lacking = Set(layout.deliveries.filter { !$0.displacedFrom.isEmpty }.map(\.artifact.id)).union(layout.cut.keys)
  for exception in layout.exceptions {
    if case .missing = exception.problem { lacking.formUnion(exception.artifacts.filter { layout.displaced[$0] != nil }) }
  }
  return artifacts.filter { $0.severity == .critical && $0.id.kind == .rule && lacking.contains($0.id) }.map { artifact in
    let overflows = (layout.displaced[artifact.id] ?? []) + (layout.cut[artifact.id] ?? [])
    let platforms = Set(overflows.flatMap { $0.limits.map(\.platform) }).sorted()
    return Diagnostic(
      .error, "limit/critical", "this CRITICAL rule does not fit: " + overflows.map { words($0.path, $0.limits) }.joined(separator: "; "),
      at: artifact.place(ofField: "severity"),
      help: "shorten it, or what else weighs as much; or leave platforms out with `platforms: ["
        + platforms.map { "\"!\($0)\"" }.joined(separator: ", ") + "]`")
  }
}

private func movedFindings(_ layout: Layout) -> [Diagnostic] {
  var moved: [String: (ids: Set<ArtifactID>, limits: Set<Layout.Overflow.Passed>)] = [:]
  for delivery in layout.deliveries where delivery.artifact.severity != .critical {
    for overflow in delivery.displacedFrom {
      moved[overflow.path, default: ([], [])].ids.insert(delivery.artifact.id)
      moved[overflow.path]?.limits.formUnion(overflow.limits)
    }
  }
  return moved.sorted { $0.key < $1.key }.map { path, found in
    let ids = found.ids.sorted()
    let names = ids.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (ids.count > 5 ? " …" : "")
    let what = ids.count == 1 ? "1 artifact loads on demand only, as a skill" : "\(ids.count) artifacts load on demand only, as skills"
    return Diagnostic(
      .warning, "layout/on-demand", "\(what) (\(names)): \(words(path, found.limits.sorted { $0.platform < $1.platform }))",
      help: path.contains("{name}")
        ? "shorten what is longer, or leave the platform out with `platforms:`"
        : "rules with a `severity` stay before those without; shorten them, or leave the platform out with `platforms:`")
  }
}

private func words(_ path: String, _ limits: [Layout.Overflow.Passed]) -> String {
  let what = path.contains("{name}") ? "what is so long" : "more"
  let limits = limits.map { "`\($0.platform)` takes \($0.limit.most) \($0.limit.unit.rawValue) and \($0.limit.beyond)" }
  return "`\(path)` has no room for \(what), since " + limits.joined(separator: ", ")
}

/// Files of the user's that some platform does not read to the end, whatever is added to them.
private func framesOverLimits(_ platforms: [Platform], _ surroundings: Surroundings) -> [Diagnostic] {
  surroundings.frames.sorted { $0.key < $1.key }.flatMap { file, frame in
    platforms.flatMap { platform in
      platform.limits.filter { $0.field == nil && frame.size[$0.unit] > $0.most && Glob($0.path).matches(file) }.map { limit in
        Diagnostic(
          .warning, "platform/over-limit",
          "`\(file)` has \(frame.size[limit.unit]) \(limit.unit.rawValue) of yours; `\(platform.id)` takes \(limit.most) and \(limit.beyond)",
          at: SourcePlace(path: file), help: "shorten it, or move parts of it into rules")
      }
    }
  }
}
