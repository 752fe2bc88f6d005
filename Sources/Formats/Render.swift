package import ContextModel
import Diagnostics
import FileTree
package import Layout
package import Platforms

/// The bytes of every output of a layout.
///
/// A pure function: same values, same bytes.
package func render(_ layout: Layout, of tree: ContextTree, in catalog: PlatformCatalog) -> Rendering {
  var renderer = Renderer(layout: layout, tree: tree, catalog: catalog)
  for delivery in layout.deliveries { renderer.render(delivery) }
  return renderer.finish()
}

/// Collects outputs while deliveries are rendered one by one.
private struct Renderer {
  let layout: Layout
  let catalog: PlatformCatalog
  let links: Links
  /// What each artifact's references name, looked up once.
  let targets: [ArtifactID: [(reference: Body.Reference, target: Links.Target)]]
  var outputs: [DesiredOutput] = []
  var blocks: [TreePath: [BlockPart]] = [:]
  var losses: [Loss.Group] = []
  var tokens: StartTokens
  /// By place and shape.
  var handled: [String: Set<String>] = [:]

  /// A section or an import line on its way into a block.
  struct BlockPart {
    /// Import lines first, then sections, the weightiest first.
    var order: (rank: Int, name: String)
    var bytes: [UInt8]
    var origin: String?
    var platforms: [String]
  }

  init(layout: Layout, tree: ContextTree, catalog: PlatformCatalog) {
    self.layout = layout
    self.catalog = catalog
    let links = Links(layout: layout, artifacts: tree.artifacts, places: Array(catalog.places.values))
    self.links = links
    targets = Dictionary(
      uniqueKeysWithValues: tree.artifacts.map { artifact in
        (artifact.id, artifact.body.references.compactMap { reference in links.target(of: reference.path, in: artifact).map { (reference, $0) } })
      })
    tokens = StartTokens(catalog: catalog)
  }

  mutating func render(_ delivery: Layout.Delivery) {
    let head = FieldRendering(delivery, handled: handledFields(of: delivery))
    let body = BodyRendering(delivery, targets: targets[delivery.artifact.id] ?? [], links: links)
    note(head.losses + body.losses.map { ("body", $0) }, head.lossesOfOne, of: delivery)
    switch delivery.place.format {
    case .markdown:
      add(documentHead(head, body), body.bytes, for: delivery)
    case .toml:
      let bytes = TOMLWriter.table(head.fields, bodyKey: delivery.form.bodyKey ?? "prompt", body: body.bytes)
      tokens.count(delivery, bytes: bytes.count)
      add(.bytes(bytes), at: delivery.path, for: delivery)
    case .skill:
      add(documentHead(head, body), body.bytes, for: delivery)
      addFiles(beside: delivery)
    case .block:
      let section = Section(delivery, fields: head.fields, body: body.bytes)
      tokens.count(delivery, bytes: section.bytes.count)
      blocks[delivery.path, default: []].append(
        BlockPart(
          order: (rank(of: delivery.artifact), delivery.name), bytes: section.bytes, origin: delivery.artifact.text.path,
          platforms: delivery.platforms))
    case .import:
      break
    }
  }

  /// Dashes at the start of a body would be taken for the head.
  private func documentHead(_ head: FieldRendering, _ body: BodyRendering) -> [UInt8] {
    let empty = head.fields.isEmpty && body.bytes.starts(with: "---".utf8) ? Array("---\n---\n".utf8) : []
    return FrontmatterWriter.head(head.fields) + empty
  }

  private mutating func handledFields(of delivery: Layout.Delivery) -> Set<String> {
    let key = delivery.place.id + " " + delivery.artifact.shape.description
    if let known = handled[key] { return known }
    let fields = delivery.form.handledFields
    handled[key] = fields
    return fields
  }

  private mutating func add(_ head: [UInt8], _ body: [UInt8], for delivery: Layout.Delivery) {
    tokens.count(delivery, bytes: head.count + body.count)
    add(.parts([head, body]), at: delivery.path, for: delivery)
  }

  private mutating func add(_ content: Content, isExecutable: Bool = false, at path: TreePath, for delivery: Layout.Delivery, origin: String? = nil) {
    outputs.append(
      DesiredOutput(
        path: path, form: .file(content, isExecutable: isExecutable), origins: [origin ?? delivery.artifact.text.path], platforms: delivery.platforms)
    )
  }

  /// A skill's resources, and what a platform wants to have beside it.
  private mutating func addFiles(beside delivery: Layout.Delivery) {
    guard let folder = delivery.path.parent else { return }
    let artifact = delivery.artifact
    for resource in artifact.resources {
      let shown = artifact.text.path.dropLast(artifact.path.name.utf8.count) + resource.path.text
      add(
        .copy(of: resource.source, in: artifact.tree), isExecutable: resource.isExecutable, at: folder.appending(resource.path), for: delivery,
        origin: String(shown))
    }
    for sidecar in delivery.place.sidecars where !sidecar.onlyForUserOnly || artifact.isUserOnly || delivery.form.setsUserOnly {
      guard !artifact.resources.contains(where: { $0.path == sidecar.path }) else {
        note([("disable-model-invocation", "the skill has its own `\(sidecar.path)`")], of: delivery)
        continue
      }
      add(.bytes(Array(sidecar.text.utf8)), at: folder.appending(sidecar.path), for: delivery)
    }
  }

  private mutating func note(
    _ found: [(field: String, reason: String)], _ ofOne: [String: [(field: String, reason: String)]] = [:], of delivery: Layout.Delivery
  ) {
    let id = delivery.artifact.id
    losses += found.map { Loss.Group(platforms: delivery.platforms, artifact: id, field: $0.field, reason: $0.reason) }
    for (platform, found) in ofOne.sorted(by: { $0.key < $1.key }) {
      losses += found.map { Loss.Group(platforms: [platform], artifact: id, field: $0.field, reason: $0.reason) }
    }
    guard delivery.place.format == .skill else { return }
    // A rule in the form of a skill is read as one.
    let kind = id.kind == .rule ? ArtifactKind.skill : id.kind
    for platform in delivery.platforms {
      for field in catalog.platform(platform)?.ignores[kind.folder] ?? [] {
        let isUserOnly = field == "disable-model-invocation"
        let isSaid = isUserOnly ? delivery.artifact.isUserOnly || delivery.form.setsUserOnly : delivery.artifact.fields[field] != nil
        guard isSaid else { continue }
        let reason = isUserOnly ? "the model may use it without being asked" : "it ignores the field"
        losses.append(Loss.Group(platforms: [platform], artifact: id, field: field, reason: reason))
      }
    }
  }

  mutating func finish() -> Rendering {
    for line in layout.imports {
      tokens.add(bytes: line.line.utf8.count, to: line.platforms)
      blocks[line.path, default: []].append(
        .init(order: (-1, line.line), bytes: Array((line.line + "\n").utf8), origin: nil, platforms: line.platforms))
    }
    for (path, parts) in blocks {
      let ordered = parts.sorted { $0.order < $1.order }
      let bytes = Array(ordered.map(\.bytes).joined(separator: [UInt8(ascii: "\n")]))
      let platforms = Set(ordered.flatMap(\.platforms)).sorted()
      outputs.append(DesiredOutput(path: path, form: .block(bytes, .markdown), origins: ordered.compactMap(\.origin), platforms: platforms))
    }
    let desired = DesiredTree(outputs)
    return Rendering(
      desired: desired, lossGroups: losses, diagnostics: findingsOverLimits(desired, catalog: catalog), startTokens: tokens.byPlatform)
  }

  /// CRITICAL first, so that what a platform cuts off at the end weighs least.
  private func rank(of artifact: Artifact) -> Int {
    ["CRITICAL", "HIGH", "MEDIUM", "LOW"].firstIndex(of: artifact.fields["severity"]?.scalarText ?? "") ?? 4
  }
}

extension Place.Form {
  /// Whether the form makes everything user-only.
  fileprivate var setsUserOnly: Bool {
    fields.contains { $0.key == "disable-model-invocation" && $0.source == .constant(.bool(true)) }
  }
}
