import ContextModel
import FileTree
import Layout
import Platforms

/// What references in bodies name, and where that is in the outputs.
struct Links {
  /// What a reference names: an artifact, or a file beside a skill.
  struct Target: Hashable {
    var artifact: ArtifactID
    var resource: TreePath?
  }

  private var files: [String: Target] = [:]
  /// How the last parts of all paths that name something begin, up to the first dot; most paths in a text fail here.
  private var stems: Set<Substring> = ["SKILL", "AGENT"]
  private var anchors: [ArtifactID: String] = [:]
  private var deliveries: [ArtifactID: [Layout.Delivery]] = [:]
  private var originals: [ArtifactID: Artifact] = [:]
  private let places: [Place]

  init(layout: Layout, artifacts: [Artifact], places: [Place]) {
    self.places = places.filter { $0.path.isPerArtifact }.sorted { $0.id < $1.id }
    for artifact in artifacts {
      originals[artifact.id] = artifact
      files[artifact.path.text] = Target(artifact: artifact.id)
      // Bodies name the base file, whichever translation is chosen.
      if artifact.language != nil, let base = TreePath(artifact.id.kind == .skill ? "SKILL.md" : artifact.id.name + ".md") {
        files[artifact.path.parent?.appending(base).text ?? base.text] = Target(artifact: artifact.id)
      }
      guard artifact.id.kind == .skill, let folder = artifact.path.parent else { continue }
      files[folder.text] = Target(artifact: artifact.id)
      for resource in artifact.resources { files[resource.source.text] = Target(artifact: artifact.id, resource: resource.path) }
    }
    deliveries = Dictionary(grouping: layout.deliveries) { $0.artifact.id }
    for delivery in layout.deliveries where delivery.place.format == .block {
      anchors[delivery.artifact.id] = anchorOfFirstHeading(in: delivery.artifact.body.bytes)
    }
    for path in files.keys { stems.insert(stem(of: path)) }
  }

  /// What a path in an artifact's body names: read from the artifact's folder, from the tree's root, from the repository's root, or as a platform's own path.
  func target(of path: String, in artifact: Artifact) -> Target? {
    let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
    guard stems.contains(stem(of: trimmed)) else { return nil }
    let candidates = [joined(artifact.path.parent, trimmed), joined(nil, trimmed)].compactMap { $0 }
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
    let order: [ArtifactKind] = [.skill, .rule, .command, .agent]
    return order.filter(kinds.contains).lazy.compactMap { originals[ArtifactID(kind: $0, name: name)] }.first
  }

  /// Where a target is for the readers of a delivery: a path with its fragment, relative to the delivery's file; nil when they do not have it.
  func destination(of target: Target, fragment: String?, from delivery: Layout.Delivery) -> String? {
    guard let found = best(for: target.artifact, from: delivery) else { return original(of: target, fragment: fragment, from: delivery) }
    var path = found.path
    if let resource = target.resource {
      guard found.place.format == .skill, let folder = found.path.parent else { return original(of: target, fragment: fragment, from: delivery) }
      path = folder.appending(resource)
    }
    let isSection = found.place.format == .block
    // Rules in a block share headings such as `Why`; the one that begins a rule is the nearest that is its own.
    let anchor = isSection ? anchors[found.artifact.id] : fragment
    if isSection, path == delivery.path, let anchor { return "#" + anchor }
    return relative(path, from: delivery.path) + (anchor.map { "#" + $0 } ?? "")
  }

  /// Whether the readers of a delivery have the target as a part of a bigger file.
  func isSection(_ target: Target, from delivery: Layout.Delivery) -> Bool {
    best(for: target.artifact, from: delivery)?.place.format == .block
  }

  private func best(for id: ArtifactID, from delivery: Layout.Delivery) -> Layout.Delivery? {
    let all = deliveries[id] ?? []
    if let same = all.first(where: { $0.place.id == delivery.place.id }) { return same }
    let readers = Set(delivery.platforms)
    let scored = all.map { ($0, readers.intersection($0.platforms).count) }.filter { $0.1 > 0 }
    return scored.reduce(nil as (Layout.Delivery, Int)?) { best, next in best.map { $0.1 >= next.1 ? $0 : next } ?? next }?.0
  }

  /// The canonical file itself, when it lies in the repository.
  private func original(of target: Target, fragment: String?, from delivery: Layout.Delivery) -> String? {
    guard var path = originals[target.artifact]?.repositoryPath else { return nil }
    if let resource = target.resource, let folder = path.parent { path = folder.appending(resource) }
    return relative(path, from: delivery.path) + (fragment.map { "#" + $0 } ?? "")
  }
}

/// A path as it is written, seen from a folder; nil when it leads outside or is none.
private func joined(_ folder: TreePath?, _ path: String) -> TreePath? {
  guard !path.hasPrefix("/"), !path.hasPrefix("~") else { return nil }
  var parts = (folder?.text ?? "").split(separator: "/").map(String.init)
  for part in path.split(separator: "/") {
    switch part {
    case ".": continue
    case "..":
      guard !parts.isEmpty else { return nil }
      parts.removeLast()
    default: parts.append(String(part))
    }
  }
  return TreePath(parts.joined(separator: "/"))
}

/// The last part of a path up to its first dot.
private func stem(of path: String) -> Substring {
  let bytes = path.utf8
  let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) } ?? bytes.startIndex
  return Substring(bytes[start...].prefix { $0 != UInt8(ascii: ".") })
}

/// The way from a file to another.
func relative(_ path: TreePath, from file: TreePath) -> String {
  let from = file.parts.dropLast()
  let to = path.parts
  let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
  let up = Array(repeating: "..", count: from.count - shared)
  return (up + to.dropFirst(shared).map { String(decoding: $0, as: UTF8.self) }).joined(separator: "/")
}

/// The anchor that Markdown viewers give the first heading, if the text begins with one.
private func anchorOfFirstHeading(in body: [UInt8]) -> String? {
  let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  let line = body.drop(while: isLineEnd).prefix { !isLineEnd($0) }
  guard line.first == UInt8(ascii: "#") else { return nil }
  let heading = String(decoding: line, as: UTF8.self).drop { $0 == "#" || $0 == " " }.lowercased()
  let slug = heading.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : nil }
  return slug.isEmpty ? nil : String(slug)
}
