import ContextModel
import Diagnostics
import FileTree
import Layout
import Platforms
import Reading
import Reporting
import Settings

/// Finds out how each platform gets each artifact.
struct ReportRoutes {
  private let pipeline: Pipeline
  private let platforms: [Platform]
  private let readings: ReportReadings
  private let paths: ReportPaths
  private let numbers: [String: Int]
  private var routes: [ArtifactID: [Key: Set<Int>]] = [:]

  /// A route without its platforms.
  private struct Key: Hashable {
    var way: Report.Way
    var path = ""
    var detail = ""
  }

  init(_ pipeline: Pipeline, _ platforms: [Platform], _ readings: ReportReadings, _ paths: ReportPaths) {
    (self.pipeline, self.platforms, self.readings, self.paths) = (pipeline, platforms, readings, paths)
    numbers = Dictionary(uniqueKeysWithValues: platforms.enumerated().map { ($1.id, $0) })
    for delivery in pipeline.layout.deliveries { add(delivery) }
    let settings = pipeline.settingsLayout
    for delivery in settings.deliveries { add(delivery.artifact, at: delivery.place.path, delivery.platforms) }
    for delivery in settings.permissions {
      for artifact in [delivery.permissions, delivery.ignore].compactMap(\.self) { add(artifact, at: delivery.place.path, delivery.platforms) }
    }
    for delivery in settings.ignoreFiles { add(delivery.artifact, at: delivery.file.path, delivery.platforms) }
  }

  private mutating func add(_ artifact: Artifact, at path: TreePath, _ readers: [String]) {
    let key = Key(way: .settings, path: path.text)
    routes[artifact.id, default: [:]][key, default: []].formUnion(readers.compactMap { numbers[$0] })
  }

  private mutating func add(_ delivery: Layout.Delivery) {
    for platform in delivery.platforms.compactMap({ numbers[$0] }) {
      let trigger = readings.trigger(of: delivery.path, on: platform, byReviewers: delivery.isReview)
      var key = Key(way: way(of: delivery), path: delivery.path.text, detail: trigger?.told ?? "")
      if trigger == nil, let other = readings.instead(of: delivery.path, on: platform) {
        (key.path, key.detail) = (other.path.text, other.trigger.told)
      } else if trigger == nil, readings.isKnown(platform) {
        key.way = .unread
      } else if trigger == .demand, isToLoadByItself(delivery.artifact) {
        key.way = .demand
      }
      routes[delivery.artifact.id, default: [:]][key, default: []].insert(platform)
    }
  }

  private func way(of delivery: Layout.Delivery) -> Report.Way {
    if delivery.isReview { return .review }
    if delivery.place.format == .block || delivery.place.format == .import { return .block }
    let isSkill = delivery.place.format == .skill
    if isSkill, delivery.artifact.id.kind != .skill { return .skill }
    return delivery.form.isStandIn ? .other : .native
  }

  /// Whether waiting for somebody to ask is less than what the artifact wants.
  private func isToLoadByItself(_ artifact: Artifact) -> Bool { !(artifact.isUserOnly || artifact.isRule && artifact.activation == .manual) }

  /// Every artifact, in order.
  func artifacts() -> [Report.Artifact] {
    let missing = missingReasons()
    let all = pipeline.sources.tree.artifacts + pipeline.sources.settings.filter { $0.id.kind != .behavior }
    return all.sorted { $0.id < $1.id }.map { artifact in
      var found = routes[artifact.id] ?? [:]
      let served = found.values.reduce(into: Set<Int>()) { $0.formUnion($1) }
      for (number, platform) in platforms.enumerated() where !served.contains(number) {
        found[gap(of: artifact, on: platform, missing), default: []].insert(number)
      }
      let list = found.map { Report.Route(way: $0.way, path: $0.path, detail: $0.detail, platforms: $1.sorted()) }.sorted {
        ($0.way, $0.path, $0.detail) < ($1.way, $1.path, $1.detail)
      }
      let tokens = artifact.id.kind.isSetting ? 0 : estimatedTokens(ofBytes: artifact.body.bytes.count)
      let file = paths.shown(artifact.text.path)
      return Report.Artifact(
        kind: artifact.id.kind.folder, name: artifact.id.name, file: file, source: paths.source(of: artifact.text.path), tokens: tokens, routes: list)
    }
  }

  private func gap(of artifact: Artifact, on platform: Platform, _ missing: [String: String]) -> Key {
    if !artifact.audience.includes(platform.id) { return Key(way: .excluded, detail: "the artifact is not for it") }
    if let reason = missing["\(platform.id) \(artifact.id)"] { return Key(way: .missing, detail: reason) }
    if artifact.review == .only, platform.reviewers.isEmpty { return Key(way: .excluded, detail: "it is for reviewers of changes, and it has none") }
    return Key(way: .missing, detail: "it has no place for it")
  }

  /// By platform and artifact: why it gets none.
  private func missingReasons() -> [String: String] {
    var out: [String: String] = [:]
    for exception in pipeline.layout.exceptions {
      guard case .missing(let reason) = exception.problem else { continue }
      for artifact in exception.artifacts { out["\(exception.platform) \(artifact)"] = reason }
    }
    for (platform, artifact) in pipeline.settingsLayout.missing {
      out["\(platform) \(artifact.id)"] = "no settings file of it is known for \(artifact.settingKind.folder)"
    }
    return out
  }
}
