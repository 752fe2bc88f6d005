import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import JSON
import LanguageServer
import Layout
import Linting
import Platforms
import ProjectFile
import YAML

extension EditorWorkspace {
  /// What each platform gets of an artifact, and what it costs.
  func hover(_ parameters: JSONNode?) -> JSONValue? {
    guard let spot = spot(parameters) else { return nil }
    let text = project(of: spot.path) { project -> String? in
      guard let path = project.path(spot.path) else { return nil }
      if path.text == Repository.configurationPath { return spot.summary(from: Project.schema) }
      let pipeline = try project.pipeline()
      let all = pipeline.sources.tree.artifacts + pipeline.sources.settings
      guard let artifact = all.first(where: { $0.repositoryPath == path }) else { return nil }
      let key = spot.summary(from: artifact.id.kind.schema).map { $0 + "\n\n" } ?? ""
      return key + DeliveriesInWords(of: artifact, in: pipeline).markdown
    }
    guard let markdown = text ?? nil else { return nil }
    return .object([("contents", .object([("kind", .text("markdown")), ("value", .text(markdown))]))])
  }

  /// The file that a reference names, and the canonical line that a line of an output is from.
  func definition(_ parameters: JSONNode?) -> JSONValue? {
    guard let spot = spot(parameters) else { return nil }
    let found = project(of: spot.path) { project -> JSONValue? in
      guard let path = project.path(spot.path) else { return nil }
      let pipeline = try project.pipeline()
      if let artifact = pipeline.sources.tree.artifacts.first(where: { $0.repositoryPath == path }) {
        return Self.target(of: spot, in: artifact, pipeline)
      }
      let origin = try LineOrigin(line: spot.line + 1, of: path, pipeline)
      guard let source = origin.source, let absolute = try? absolutePath(source) else { return nil }
      return Self.location(normalized(absolute), line: (origin.line ?? 1) - 1)
    }
    return found ?? nil
  }

  private static func target(of spot: EditorSpot, in artifact: Artifact, _ pipeline: Pipeline) -> JSONValue? {
    let offset = spot.offset - (spot.bytes.count - artifact.body.bytes.count)
    let targets = pipeline.renderer.references.targets(of: artifact)
    guard let target = targets.first(where: { $0.reference.range.lowerBound <= offset && offset <= $0.reference.range.upperBound })?.target,
      let file = pipeline.sources.tree.artifacts.first(where: { $0.id == target.artifact })?.repositoryPath
    else { return nil }
    let path = target.resource.flatMap { file.parent?.appending($0) } ?? file
    return location(pipeline.repository.root + "/" + path.text, line: 0)
  }

  private static func location(_ path: String, line: Int) -> JSONValue {
    let position = TextPosition(line: max(0, line), character: 0).json
    return .object([("uri", .text(address(ofPath: path))), ("range", .object([("start", position), ("end", position)]))])
  }

  /// What `lint --fix` would do at a place.
  func fixes(_ parameters: JSONNode?) -> JSONValue {
    guard let spot = spot(parameters), let start = TextPosition(parameters?["range"]?["start"]), let end = TextPosition(parameters?["range"]?["end"])
    else { return .list([]) }
    let lines = start.line...max(start.line, end.line)
    let address = address(ofPath: spot.path)
    let fixable = (findings[spot.path] ?? []).filter { finding in
      !finding.fix.isEmpty && finding.diagnostic.place?.line.map { lines.contains($0 - 1) } ?? false
    }
    return .list(
      fixable.map { finding in
        let edits = finding.fix.map { edit in
          JSONValue.object([("range", spot.bytes.range(of: edit.range)), ("newText", .text(String(decoding: edit.replacement, as: UTF8.self)))])
        }
        return .object([
          ("title", .text("aiwg: \(finding.diagnostic.help ?? finding.diagnostic.message)")), ("kind", .text("quickfix")),
          ("edit", .object([("changes", .object([(address, .list(edits))]))])),
        ])
      })
  }
}

/// How the selected platforms get an artifact, for somebody who reads its file.
private struct DeliveriesInWords {
  let markdown: String

  init(of artifact: Artifact, in pipeline: Pipeline) {
    let id = artifact.id
    var out = "**\(id)**, about \(grouped(estimatedTokens(ofBytes: artifact.body.bytes.count))) tokens\n\n"
    let deliveries = pipeline.layout.deliveries.filter { $0.artifact.id == id }
    if !deliveries.isEmpty { out += "| for | at |\n|---|---|\n" }
    for delivery in deliveries { out += "| \(delivery.platforms.joined(separator: ", ")) | `\(delivery.path.text)` |\n" }
    let settings = pipeline.rendering.desired.outputs.filter { output in
      if case .settings = output.form { output.origins.contains(artifact.text.path) } else { false }
    }
    if !settings.isEmpty { out += "| for | in |\n|---|---|\n" }
    for output in settings { out += "| \(output.platforms.joined(separator: ", ")) | `\(output.path.text)` |\n" }
    if deliveries.isEmpty, settings.isEmpty { out += "No selected platform gets it.\n" }
    let losses = pipeline.rendering.losses.filter { $0.artifact == id }.sorted()
    if !losses.isEmpty { out += "\nLosses:\n" }
    // A list that nobody reads to its end says less than its beginning.
    for loss in losses.prefix(20) { out += "- \(loss.platform): `\(loss.field)` is \(loss.kind.words): \(loss.reason)\n" }
    if losses.count > 20 { out += "- and \(losses.count - 20) more\n" }
    markdown = out
  }
}
