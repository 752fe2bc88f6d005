import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Planning
import Platforms
import ProjectFile
import Reporting

extension Report {
  /// What a pipeline comes to, on all its platforms.
  /// - Throws: `CommandFailure` and `TreeError` when something cannot be read.
  init(of pipeline: Pipeline) throws {
    self.init()
    let header = try Release.header()
    madeBy = (header.version, header.data)
    let selected = pipeline.selection.platforms.compactMap { pipeline.sources.catalog.platform($0) }
    let paths = ReportPaths(pipeline.configuration, in: pipeline.repository)
    let readings = ReportReadings(of: pipeline, selected)
    platforms = selected.enumerated().map { Self.platform($1, $0, pipeline, readings) }
    artifacts = ReportRoutes(pipeline, selected, readings, paths).artifacts()
    losses = Self.losses(pipeline, selected, paths)
    repeats = readings.repeats()
    own = readings.own(in: pipeline.plan)
    exceptions = pipeline.layout.exceptions.map(\.diagnostic).map { Self.note($0, paths) }
    drift = Self.drift(pipeline, paths)
    findings = pipeline.diagnostics.filter { !$0.id.hasPrefix("layout/") && $0.id != "run/pending" }.inReadingOrder().map { Self.note($0, paths) }
    exceptions += pipeline.diagnostics.filter { $0.id.hasPrefix("layout/") && $0.place != nil }.map { Self.note($0, paths) }
    sources = try Self.sources(pipeline, madeBy: header)
    for artifact in artifacts { if let source = artifact.source { sources[source].artifacts += 1 } }
  }

  private static func platform(_ platform: Platforms.Platform, _ number: Int, _ pipeline: Pipeline, _ readings: ReportReadings) -> Platform {
    var out = Platform(id: platform.id, name: platform.name, docs: platform.docs, verified: platform.verified)
    out.standing = platform.retired != nil ? "retired" : platform.experimental != nil ? "experimental" : ""
    out.files = pipeline.rendering.desired.outputs.count { $0.platforms.contains(platform.id) }
    out.losses = pipeline.rendering.lossCounts[platform.id] ?? 0
    switch readings.start(of: number) {
    case .success(let start): (out.surface, out.startTokens, out.start) = (start.surface, estimatedTokens(ofBytes: start.bytes), start.parts)
    case .failure(let error): out.trouble = "\(error.path?.text ?? "."): \(error.reason)"
    }
    return out
  }

  private static func losses(_ pipeline: Pipeline, _ platforms: [Platforms.Platform], _ paths: ReportPaths) -> [Loss] {
    struct Said: Hashable {
      var field, fate, reason: String
    }
    struct Place: Hashable {
      var said: Said
      var artifact: ArtifactID
      var spot: Spot
    }
    let numbers = Dictionary(uniqueKeysWithValues: platforms.enumerated().map { ($1.id, $0) })
    var byPlace: [Place: Set<Int>] = [:]
    for loss in pipeline.rendering.losses {
      guard let number = numbers[loss.platform] else { continue }
      let said = Said(field: loss.field, fate: loss.kind.words, reason: loss.reason)
      byPlace[Place(said: said, artifact: loss.artifact, spot: paths.spot(loss.place)), default: []].insert(number)
    }
    struct Group: Hashable {
      var said: Said
      var platforms: [Int]
    }
    var groups: [Group: [Spot]] = [:]
    for (place, platforms) in byPlace { groups[Group(said: place.said, platforms: platforms.sorted()), default: []].append(place.spot) }
    return groups.map { group, spots in
      Loss(field: group.said.field, fate: group.said.fate, reason: group.said.reason, platforms: group.platforms, spots: spots.sorted())
    }.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      if (left.field, left.fate, left.reason) != (right.field, right.fate, right.reason) {
        return (left.field, left.fate, left.reason) < (right.field, right.fate, right.reason)
      }
      return left.platforms.lexicographicallyPrecedes(right.platforms)
    }
  }

  private static func note(_ diagnostic: Diagnostic, _ paths: ReportPaths) -> Note {
    Note(id: diagnostic.id, severity: diagnostic.severity.rawValue, words: diagnostic.message, spot: diagnostic.place.map(paths.spot))
  }

  private static func drift(_ pipeline: Pipeline, _ paths: ReportPaths) -> Drift {
    let plan = pipeline.plan
    var out = Drift()
    let awaited = plan.changes.count { plan.isAwaited($0) }
    out.exit = Int(pipeline.drift.rawValue)
    out.outputs = plan.changes.count - awaited
    out.words =
      pipeline.drift == .fine
      ? "in line: \(counted(out.outputs, "output"))" : String(plan.wayOut(isPending: pipeline.repository.isPending).dropLast())
    out.changes = plan.changes.filter { $0.decision != .keep && !plan.isAwaited($0) }.map { change in
      Drift.Change(
        sign: change.sign, word: change.decision.word, path: change.path.text, reason: change.reason?.told ?? "",
        origins: (change.output?.origins ?? []).map(paths.shown))
    }
    if !pipeline.repository.isPending { out.conflicts = plan.conflictDiagnostics(shownAs: "").map { note($0, paths) } }
    return out
  }

  private static func sources(_ pipeline: Pipeline, madeBy header: Record.Header) throws -> [Source] {
    let made = "aiwg \(header.version), data \(header.data)"
    let pins = pipeline.sources.copies.pins
    var out = pipeline.configuration.project.sources.map { Source($0, pins: pins, made: made) }
    if try pipeline.repository.has(Overlay.path) {
      out.append(Source(kind: "personal", name: Overlay.path, revision: "", notes: ["what one person adds; nothing of it is committed"]))
    }
    return out
  }
}
