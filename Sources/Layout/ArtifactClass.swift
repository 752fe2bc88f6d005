import ContextModel
import Platforms

/// Artifacts that can only go to the same places.
struct ArtifactClass {
  let shape: Shape
  /// The selected platforms that are to get them.
  let wanted: [String]
  /// Places, by id, that cannot hold them.
  let closed: Set<String>
  let artifacts: [Artifact]
  /// Where each artifact stands in the tree.
  let ranks: [Int]
  let startLoad: StartLoad

  private struct Key: Hashable, Comparable {
    var shape: Shape
    var wanted: [String]
    var closed: [String]

    static func < (left: Self, right: Self) -> Bool {
      if left.shape != right.shape { return left.shape < right.shape }
      if left.wanted != right.wanted { return left.wanted.lexicographicallyPrecedes(right.wanted) }
      return left.closed.lexicographicallyPrecedes(right.closed)
    }
  }

  static func all(of tree: ContextTree, for platforms: [String], closed: ClosedPlaces) -> [ArtifactClass] {
    let groups = Dictionary(grouping: tree.artifacts.indices) { index in
      let artifact = tree.artifacts[index]
      let closed = closed[artifact.id]?.keys.sorted() ?? []
      return Key(shape: artifact.shape, wanted: platforms.filter { artifact.audience.includes($0) }, closed: closed)
    }
    return groups.sorted { $0.key < $1.key }.map { key, ranks in
      let artifacts = ranks.map { tree.artifacts[$0] }
      return ArtifactClass(
        shape: key.shape, wanted: key.wanted, closed: Set(key.closed), artifacts: artifacts, ranks: ranks, startLoad: StartLoad(of: artifacts))
    }
  }

  /// The places that a platform could take them in, best first.
  ///
  /// A rule that has to leave a place for want of room may also go where the platform chooses rules by their description.
  func taken(by platform: Platform) -> [String] {
    let own = platform.takes[shape] ?? []
    guard !closed.isEmpty else { return own }
    let further = onDemand.flatMap { platform.takes[$0] } ?? []
    return (own + further.filter { !own.contains($0) }).filter { !closed.contains($0) }
  }

  /// The shape in which they would stand there.
  func shape(at place: Place) -> Shape { place.forms[shape] == nil ? onDemand ?? shape : shape }

  func form(at place: Place) -> Place.Form? { place.forms[shape(at: place)] }

  /// Whether they stand there in a form that is not the one they ask for, because no place that has it can hold them.
  func isDisplaced(at place: Place) -> Bool { !closed.isEmpty && (place.forms[shape].map(\.isStandIn) ?? true) }

  private var onDemand: Shape? { closed.isEmpty ? nil : Self.onDemand(shape) }

  /// What a rule that is to load by itself becomes when there is no room for it.
  private static func onDemand(_ shape: Shape) -> Shape? {
    guard shape.kind == .rule, shape.activation == .always || shape.activation == .globs else { return nil }
    return Shape(kind: .rule, activation: .model)
  }

  /// Every place, by id, that some of the platforms take a shape in, with those where it would load on demand.
  static func open(to shape: Shape, on platforms: [Platform]) -> Set<String> {
    Set(platforms.flatMap { platform in (platform.takes[shape] ?? []) + (onDemand(shape).flatMap { platform.takes[$0] } ?? []) })
  }
}
