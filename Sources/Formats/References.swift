package import ContextModel
package import FileTree
import Platforms

/// What references in bodies name, wherever that goes.
package struct References: Sendable {
  /// What a reference names: an artifact, or a file beside a skill.
  package struct Target: Hashable, Sendable {
    package var artifact: ArtifactID
    package var resource: TreePath?

    package init(artifact: ArtifactID, resource: TreePath? = nil) {
      self.artifact = artifact
      self.resource = resource
    }
  }

  /// By artifact: what each of its references names, those that name nothing left out.
  private var targets: [ArtifactID: [(reference: Body.Reference, target: Target)]] = [:]
  private(set) var originals: [ArtifactID: Artifact] = [:]
  private var files: [String: Target] = [:]
  /// By the path of a canonical file in the repository that is deployed to.
  private(set) var repositoryFiles: [TreePath: Target] = [:]
  /// How the last parts of all paths that name something begin, up to the first dot; most paths in a text fail here.
  private var stems: Set<Substring> = ["SKILL", "AGENT"]
  private let places: [Place]

  init(of tree: ContextTree, places: some Sequence<Place>, lanes: any Lanes) {
    self.places = places.filter { $0.path.isPerArtifact }.sorted { $0.id < $1.id }
    for artifact in tree.excluded + tree.artifacts { add(artifact) }
    for path in files.keys { stems.insert(stem(of: path)) }
    let known = self
    let found = lanes.map(below: tree.artifacts.count) { known.search(tree.artifacts[$0]) }
    targets = Dictionary(uniqueKeysWithValues: zip(tree.artifacts.map(\.id), found))
  }

  /// What the references of an artifact name, those that name nothing left out.
  package func targets(of artifact: Artifact) -> [(reference: Body.Reference, target: Target)] { targets[artifact.id] ?? [] }

  /// The same with other text in one of the artifacts.
  func replacing(_ artifact: Artifact) -> References {
    var out = self
    out.originals[artifact.id] = artifact
    out.targets[artifact.id] = search(artifact)
    return out
  }

  /// Everything that can be named, in no order.
  package var artifacts: some Collection<Artifact> { originals.values }

  /// The artifact of an id, whether it goes out or not.
  package func artifact(_ id: ArtifactID) -> Artifact? { originals[id] }

  private func search(_ artifact: Artifact) -> [(reference: Body.Reference, target: Target)] {
    artifact.body.references.compactMap { reference in target(of: reference.path, in: artifact).map { (reference: reference, target: $0) } }
  }

  private mutating func add(_ artifact: Artifact) {
    originals[artifact.id] = artifact
    files[artifact.path.text] = Target(artifact: artifact.id)
    // Bodies name the base file, whichever translation is chosen.
    files[artifact.baseFile.text] = Target(artifact: artifact.id)
    if let own = artifact.repositoryPath {
      repositoryFiles[own] = Target(artifact: artifact.id)
      for resource in artifact.resources {
        if let path = own.parent?.appending(resource.path) { repositoryFiles[path] = Target(artifact: artifact.id, resource: resource.path) }
      }
    }
    guard artifact.id.kind == .skill, let folder = artifact.path.parent else { return }
    files[folder.text] = Target(artifact: artifact.id)
    for resource in artifact.resources { files[resource.source.text] = Target(artifact: artifact.id, resource: resource.path) }
  }

  /// What a path in an artifact's body names: read from the artifact's folder, from the tree's root, from the repository's root, or as a platform's own path.
  package func target(of path: String, in artifact: Artifact) -> Target? {
    let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
    guard stems.contains(stem(of: trimmed)) else { return nil }
    let candidates = [artifact.path.parent, nil].compactMap { $0.following(trimmed) }
    for candidate in candidates { if let target = files[candidate.text] { return target } }
    guard let plain = candidates.last else { return nil }
    if let own = artifact.repositoryPath, own.bytes.count > artifact.path.bytes.count {
      let prefix = own.text.dropLast(artifact.path.text.count)
      if plain.text.hasPrefix(prefix), let target = files[String(plain.text.dropFirst(prefix.count))] { return target }
    }
    return targetAtPlace(plain)
  }

  private func targetAtPlace(_ path: TreePath) -> Target? {
    for place in places {
      for folder in place.format == .skill ? [path] + path.ancestors : [path] {
        guard let name = place.path.name(in: folder), let artifact = original(named: name, at: place) else { continue }
        guard let inside = path.relative(to: folder), inside.text != "SKILL.md" else { return Target(artifact: artifact.id) }
        if artifact.resources.contains(where: { $0.path == inside }) { return Target(artifact: artifact.id, resource: inside) }
      }
    }
    return nil
  }

  /// The artifact of that name that is most at home at a place: a skill before what only stands in for one.
  private func original(named name: String, at place: Place) -> Artifact? {
    let kinds = Set(place.forms.keys.map(\.kind))
    let order: [ArtifactKind] = [.skill, .rule, .behavior, .command, .agent]
    return order.filter(kinds.contains).lazy.compactMap { originals[ArtifactID(kind: $0, name: name)] }.first
  }
}

/// The last part of a path up to its first dot.
private func stem(of path: String) -> Substring {
  let bytes = path.utf8
  let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) } ?? bytes.startIndex
  return Substring(bytes[start...].prefix { $0 != UInt8(ascii: ".") })
}

extension Artifact {
  /// The canonical file that a translation is one of; else its own.
  package var baseFile: TreePath {
    guard language != nil, let base = TreePath(id.kind == .skill ? "SKILL.md" : id.name + ".md") else { return path }
    return path.parent?.appending(base) ?? base
  }
}
