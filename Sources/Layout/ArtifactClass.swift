import ContextModel
import FileTree
import Platforms

/// Artifacts that can only go to the same places.
struct ArtifactClass {
  let shape: Shape
  /// The selected platforms that are to get them.
  let wanted: [String]
  /// Places, by id, that cannot hold them.
  let closed: Set<String>
  /// The directory whose files may carry them; nil when there is none.
  let directory: TreePath?
  private let directoryPlaces: DirectoryPlaces
  /// By platform: the places that it could take them in.
  private var known: [String: [String]] = [:]
  let artifacts: [Artifact]
  /// Where each artifact stands in the tree.
  let ranks: [Int]
  let startLoad: StartLoad
  /// Of checks of reviewers: how everybody else has the same artifacts; nil when nobody else does.
  let elsewhere: Elsewhere?

  /// A class of the same artifacts in another shape.
  struct Elsewhere: Hashable {
    var shape: Shape
    var wanted: [String]
    var directory: TreePath?
  }

  private struct Key: Hashable, Comparable {
    var shape: Shape
    var wanted: [String]
    var closed: [String]
    var directory: TreePath?
    var elsewhere: Elsewhere?

    static func < (left: Self, right: Self) -> Bool {
      if left.shape != right.shape { return left.shape < right.shape }
      if left.wanted != right.wanted { return left.wanted.lexicographicallyPrecedes(right.wanted) }
      if left.closed != right.closed { return left.closed.lexicographicallyPrecedes(right.closed) }
      if left.directory != right.directory { return (left.directory?.bytes ?? []).lexicographicallyPrecedes(right.directory?.bytes ?? []) }
      guard let one = left.elsewhere, let other = right.elsewhere else { return left.elsewhere == nil && right.elsewhere != nil }
      return one.shape == other.shape ? one.wanted.lexicographicallyPrecedes(other.wanted) : one.shape < other.shape
    }
  }

  static func all(of tree: ContextTree, for platforms: [Platform], closed: ClosedPlaces, in directoryPlaces: DirectoryPlaces) -> [ArtifactClass] {
    var groups: [Key: [Int]] = [:]
    var audiences = Audiences(platforms)
    for (rank, artifact) in tree.artifacts.enumerated() {
      let closed = closed[artifact.id]?.keys.sorted() ?? []
      let directory = directoryPlaces.directory(of: artifact.id).flatMap { directory in
        platforms.contains { artifact.audience.includes($0.id) && directoryPlaces.areMeant(by: $0.takes[artifact.shape] ?? []) } ? directory : nil
      }
      for shape in artifact.shapes {
        groups[key(of: artifact, as: shape, for: &audiences, closed: closed, directory), default: []].append(rank)
      }
    }
    return groups.sorted { $0.key < $1.key }.map { key, ranks in
      let artifacts = ranks.map { tree.artifacts[$0] }
      var group = ArtifactClass(
        shape: key.shape, wanted: key.wanted, closed: Set(key.closed), directory: key.directory, directoryPlaces: directoryPlaces,
        artifacts: artifacts, ranks: ranks, startLoad: StartLoad(of: artifacts), elsewhere: key.elsewhere)
      group.known = Dictionary(uniqueKeysWithValues: platforms.map { ($0.id, group.takenAnew(by: $0)) })
      return group
    }
  }

  private static func key(
    of artifact: Artifact, as shape: Shape, for audiences: inout Audiences, closed: [String], _ directory: TreePath?
  ) -> Key {
    let wanted = audiences.platforms(of: artifact.audience)
    guard shape.isReview else { return Key(shape: shape, wanted: wanted, closed: closed, directory: directory) }
    // Where nobody reviews, the rule is there all the same, unless it is for nobody else.
    let isOnly = artifact.review == .only
    let reviewing = wanted.filter { isOnly || audiences.reviewing.contains($0) }
    let elsewhere = isOnly ? nil : Elsewhere(shape: artifact.shape, wanted: wanted, directory: directory)
    return Key(shape: shape, wanted: reviewing, closed: closed, directory: directory, elsewhere: elsewhere)
  }

  /// Who of the platforms gets what, worked out once for many artifacts.
  private struct Audiences {
    private let platforms: [String]
    /// Those that take checks.
    let reviewing: Set<String>
    private var known: [Audience: [String]] = [:]

    init(_ platforms: [Platform]) {
      self.platforms = platforms.map(\.id)
      reviewing = Set(platforms.lazy.filter { $0.takes[.review]?.isEmpty == false }.map(\.id))
    }

    /// In their order.
    mutating func platforms(of audience: Audience) -> [String] {
      if let known = known[audience] { return known }
      let found = platforms.filter(audience.includes)
      known[audience] = found
      return found
    }
  }

  /// The places that a platform could take them in, best first.
  ///
  /// A rule that has to leave a place for want of room may also go where the platform chooses rules by their description.
  func taken(by platform: Platform) -> [String] { known[platform.id] ?? takenAnew(by: platform) }

  private func takenAnew(by platform: Platform) -> [String] {
    let own = listed(by: platform)
    guard !closed.isEmpty else { return own }
    let further = onDemand.flatMap { platform.takes[$0] } ?? []
    return (own + further.filter { !own.contains($0) }).filter { !closed.contains($0) }
  }

  /// The places that a platform lists for them, best first, whether there is room or not.
  func listed(by platform: Platform) -> [String] { directoryPlaces.places(platform.takes[shape] ?? [], in: directory) }

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
  static func open(to shape: Shape, on platforms: [Platform], _ directoryPlaces: DirectoryPlaces, in directory: TreePath?) -> Set<String> {
    let ids = platforms.flatMap { platform in (platform.takes[shape] ?? []) + (onDemand(shape).flatMap { platform.takes[$0] } ?? []) }
    return Set(directoryPlaces.places(ids, in: directory))
  }
}
