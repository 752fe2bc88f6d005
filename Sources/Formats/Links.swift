import ContextLoading
import ContextModel
import FileTree
import Layout
import Platforms

/// Where what references name is in the outputs of a layout.
struct Links {
  private var anchors: [ArtifactID: String] = [:]
  private let deliveries: NearestDeliveries
  private let originals: [ArtifactID: Artifact]
  private let repositoryFiles: [TreePath: References.Target]

  init(layout: Layout, references: References) {
    originals = references.originals
    repositoryFiles = references.repositoryFiles
    deliveries = NearestDeliveries(of: layout)
    for delivery in layout.deliveries where delivery.place.format == .block {
      anchors[delivery.artifact.id] = anchorOfFirstHeading(in: delivery.artifact.body.bytes)
    }
  }

  /// Where a target is for the readers of a delivery: a path with its fragment, relative to the delivery's file; nil when they do not have it.
  func destination(of target: References.Target, fragment: String?, from delivery: Layout.Delivery) -> String? {
    guard let found = deliveries.nearest(of: target.artifact, to: delivery) else { return original(of: target, fragment: fragment, from: delivery) }
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

  /// What the readers of a delivery have at a path, or what the canonical file there is; nil when it is nothing of aiwg's.
  func target(at path: TreePath, for delivery: Layout.Delivery) -> References.Target? { output(at: path, for: delivery) ?? repositoryFiles[path] }

  /// The rule that begins with a heading in a block; of several, the first one that is linked to in that way.
  func section(at path: TreePath, _ anchor: String, for delivery: Layout.Delivery) -> References.Target? {
    let ids = anchors.filter { $0.value == anchor }.keys.sorted()
    let written = (path == delivery.path ? "" : relative(path, from: delivery.path)) + "#" + anchor
    return ids.lazy.map { References.Target(artifact: $0) }.first { destination(of: $0, fragment: nil, from: delivery) == written }
  }

  private func output(at path: TreePath, for delivery: Layout.Delivery) -> References.Target? {
    let readers = Set(delivery.platforms)
    for found in deliveries.all where !readers.isDisjoint(with: found.platforms) {
      if found.place.format == .block { continue }
      if found.path == path { return References.Target(artifact: found.artifact.id) }
      guard found.place.format == .skill, let folder = found.path.parent, let inside = path.relative(to: folder) else { continue }
      if found.artifact.resources.contains(where: { $0.path == inside }) { return References.Target(artifact: found.artifact.id, resource: inside) }
    }
    return nil
  }

  /// Where a target is in its canonical tree.
  func canonicalFile(of target: References.Target) -> TreePath? {
    guard let artifact = originals[target.artifact] else { return nil }
    if let resource = target.resource { return artifact.path.parent?.appending(resource) }
    return artifact.baseFile
  }

  /// Whether the readers of a delivery have the target as a part of a bigger file.
  func isSection(_ target: References.Target, from delivery: Layout.Delivery) -> Bool {
    deliveries.nearest(of: target.artifact, to: delivery)?.place.format == .block
  }

  /// The canonical file itself, when it lies in the repository; what is in the home directory is for those who may have no such file.
  private func original(of target: References.Target, fragment: String?, from delivery: Layout.Delivery) -> String? {
    guard var path = originals[target.artifact]?.repositoryPath, !delivery.path.isInHome else { return nil }
    if let resource = target.resource, let folder = path.parent { path = folder.appending(resource) }
    return relative(path, from: delivery.path) + (fragment.map { "#" + $0 } ?? "")
  }
}

/// The way from a file to another.
func relative(_ path: TreePath, from file: TreePath) -> String {
  let slash = UInt8(ascii: "/")
  let (from, to) = (file.bytes, path.bytes)
  // Behind the last slash that both have in common.
  var shared = 0
  var index = 0
  while index < from.count, index < to.count, from[index] == to[index] {
    index += 1
    if from[index - 1] == slash { shared = index }
  }
  var out: [UInt8] = []
  for byte in from[shared...] where byte == slash { out += "../".utf8 }
  out += to[shared...]
  return String(decoding: out, as: UTF8.self)
}

/// The anchor that Markdown viewers give the first heading, if the text begins with one.
private func anchorOfFirstHeading(in body: [UInt8]) -> String? {
  headingAnchor(of: body.drop(while: \.isLineEnd).prefix { !$0.isLineEnd })
}

/// The anchors of all lines that look like headings.
func headingAnchors(in body: [UInt8]) -> Set<String> {
  Set(body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.compactMap { headingAnchor(of: $0) })
}
