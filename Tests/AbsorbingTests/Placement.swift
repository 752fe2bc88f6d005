import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport

/// The catalog with a platform that has room for a few rules only, so that others go elsewhere.
func crampedCatalog() throws -> PlatformCatalog {
  try shippedCatalog(
    overlay: """
      version: 1
      platforms:
        codex:
          limits:
            - { path: AGENTS.md, most: 500, unit: bytes, beyond: reads no further }
            - { path: ".agents/skills/*/SKILL.md", field: description, most: 1024, unit: characters, keeps: nothing, beyond: refuses the skill }
      """)
}

/// Artifacts at places, with their ways there and back and what is lost on the way there.
struct Placement {
  let label: String
  let tree: ContextTree
  let catalog: PlatformCatalog
  let shown: [String]
  let lenses: [Lens]
  private let losses: [ArtifactID: [Loss]]
  /// What paths of the canonical tree name: artifacts, the folders of skills, and what lies in these.
  let files: [String: File]

  /// What stands in blocks.
  let sections: [Layout.Delivery]
  /// Of what stands in blocks, by line of the body, those that say something: the heading that it is.
  let headings: [ArtifactID: [String?]]

  struct File {
    var id: ArtifactID
    var isArtifact: Bool
    var path: TreePath
  }

  init(_ label: String, _ tree: ContextTree, _ layout: Layout, in catalog: PlatformCatalog, showing shown: [String] = []) {
    (self.label, self.tree, self.catalog, self.shown) = (label, tree, catalog, shown)
    let renderer = Renderer(of: tree, in: catalog, showing: shown)
    lenses = renderer.lenses(in: layout).sorted { $0.key < $1.key }.flatMap(\.value)
    sections = lenses.map(\.delivery).filter { $0.place.format == .block }
    headings = Dictionary(sections.map { ($0.artifact.id, Self.headings(in: $0.artifact.body.bytes)) }) { first, _ in first }
    var files: [String: File] = [:]
    for artifact in tree.artifacts {
      for resource in artifact.resources { files[resource.source.text] = File(id: artifact.id, isArtifact: false, path: resource.source) }
      let own = File(id: artifact.id, isArtifact: true, path: artifact.path)
      files[artifact.path.text] = own
      if artifact.id.kind == .skill, let folder = artifact.path.parent { files[folder.text] = own }
    }
    self.files = files
    losses = Dictionary(grouping: renderer.render(layout).losses, by: \.artifact)
  }

  private static func headings(in body: [UInt8]) -> [String?] {
    String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      line.hasPrefix("#") ? oneLine(line.drop { $0 == "#" }.lowercased()) : nil
    }
  }

  /// Keys that some reader of a delivery does not get as they are, `body` for the text; what is there and passed over is no loss here.
  func lost(_ delivery: Layout.Delivery) -> Set<String> {
    let own = losses[delivery.artifact.id, default: []].filter { delivery.platforms.contains($0.platform) && $0.kind != .stripped }
    return Set(own.map(\.field))
  }

  /// As aiwg lays the tree out for some platforms.
  static func chosen(_ tree: ContextTree, for platforms: [String], in catalog: PlatformCatalog, showing shown: [String] = []) -> Placement {
    let layout = Renderer(of: tree, in: catalog, showing: shown).layout(for: platforms, surroundings: Surroundings())
    return Placement(platforms.joined(separator: ","), tree, layout, in: catalog, showing: shown)
  }

  /// Everything at every place that a platform takes it at, those of earlier days too: one placement for all first choices, one for all second
  /// ones, and so on.
  static func all(_ tree: ContextTree, for platform: Platform, in catalog: PlatformCatalog, showing shown: [String] = []) -> [Placement] {
    let all = tree.artifacts.flatMap { artifact in
      ([artifact.shape] + (artifact.review == nil ? [] : [.review])).map { (artifact: artifact, shape: $0) }
    }
    let rules = Set(tree.artifacts.filter { $0.id.kind == .rule }.map(\.id.name))
    let choices = all.map { artifact, shape -> [Layout.Delivery] in
      let places = (platform.takes[shape] ?? []).compactMap { catalog.places[$0] }.compactMap { place in
        place.format == .import ? place.importing?.place.flatMap { catalog.places[$0] } : place
      }
      let old = platform.legacy.compactMap { catalog.places[$0] }.filter { $0.forms[shape] != nil }
      let name = artifact.id.name + (artifact.id.kind == .behavior && rules.contains(artifact.id.name) ? "-behavior" : "")
      return (places + old).compactMap { delivery(of: artifact, as: shape, called: name, at: $0, for: platform) }
    }
    return (0..<(choices.map(\.count).max() ?? 0)).map { level in
      let deliveries = choices.compactMap { $0.isEmpty ? nil : $0[min(level, $0.count - 1)] }
      return Placement("\(platform.id) \(level)", tree, Layout(deliveries: deliveries), in: catalog, showing: shown)
    }
  }

  private static func delivery(
    of artifact: Artifact, as shape: Shape, called name: String, at place: Place, for platform: Platform
  ) -> Layout.Delivery? {
    guard let form = place.forms[shape], let path = place.mainFile(name: name) else { return nil }
    return Layout.Delivery(
      artifact: artifact, place: place, form: form, name: name, path: path, platforms: [platform.id], isReview: shape.isReview)
  }
}
