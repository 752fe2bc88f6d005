import ContextModel
import Diagnostics
import FileTree
package import Platforms

/// Places that cannot hold an artifact, and why.
typealias ClosedPlaces = [ArtifactID: [String: Layout.Overflow]]

/// Finds what does not fit into its place.
///
/// A file of its own fits or it does not. A block is filled by weight, then by name; whatever does not fit any more stays out, and
/// something shorter behind it may still come in.
struct Packing {
  /// What cannot stay where it is, because it can go elsewhere.
  private(set) var closed: ClosedPlaces = [:]
  /// What stays and is cut off, because it can go nowhere else.
  private(set) var cut: ClosedPlaces = [:]
  private let layout: Layout
  private let platforms: [Platform]
  private let before: ClosedPlaces
  private let directoryPlaces: DirectoryPlaces
  private let surroundings: Surroundings
  /// By place: what files there may have.
  private let limits: [String: [PlatformLimit]]

  /// - Parameters:
  ///   - before: what was closed already.
  ///   - measure: how long some deliveries are in their outputs.
  init(
    of layout: Layout, for platforms: [Platform], _ before: ClosedPlaces, in directoryPlaces: DirectoryPlaces, surroundings: Surroundings,
    measuring measure: Layout.Measure
  ) {
    self.directoryPlaces = directoryPlaces
    self.layout = layout
    self.platforms = platforms
    self.before = before
    self.surroundings = surroundings
    let samples = Dictionary(layout.deliveries.map { ($0.place.id, $0.path.text) }) { first, _ in first }
    let known = PlatformLimits(platforms)
    limits = samples.mapValues { file in known.on(file, where: { $0.field == nil && $0.keeps != .all }) }
    pack(measure)
  }

  private mutating func pack(_ measure: Layout.Measure) {
    let (blocks, files) = limited()
    let measure = measure(layout)
    var mayJoinBlocks = false
    for (delivery, size) in zip(files, measure(files)) {
      let passed = limits(on: delivery).filter { size[$0.limit.unit] > $0.limit.most }
      guard !passed.isEmpty, close(delivery, .init(path: delivery.place.path.text, limits: passed)) else { continue }
      mayJoinBlocks = mayJoinBlocks || delivery.artifact.isRule
    }
    // They are packed when it is known who comes there.
    guard !mayJoinBlocks else { return }
    let sizes = measure(blocks)
    for (path, sections) in Dictionary(grouping: zip(blocks, sizes), by: { $0.0.path }) {
      pack(sections, into: surroundings.frames[path.text] ?? .init())
    }
  }

  /// Deliveries that may be too long for somebody: sections of blocks, and files of their own.
  private func limited() -> (blocks: [Layout.Delivery], files: [Layout.Delivery]) {
    let candidates = layout.deliveries.filter { !(limits[$0.place.id] ?? []).isEmpty }
    let blocks = Dictionary(grouping: candidates.filter { $0.place.format == .block }, by: \.path).filter { path, sections in
      let room = sections.flatMap { limits(on: $0) }.map(\.limit.most).min() ?? .max
      var most = surroundings.frames[path.text]?.size.bytes ?? 0
      for section in sections where most <= room {
        guard let bytes = section.artifact.mostBytes else { return true }
        most += 2 * (bytes + 2)
      }
      return most > room
    }
    return (
      candidates.filter { blocks[$0.path] != nil },
      candidates.filter { delivery in
        delivery.place.format != .block && limits(on: delivery).contains { $0.limit.most < delivery.artifact.mostBytes ?? .max }
      }
    )
  }

  private func limits(on delivery: Layout.Delivery) -> [PlatformLimit] {
    (limits[delivery.place.id] ?? []).filter { delivery.platforms.contains($0.platform) }
  }

  private mutating func pack(_ sections: [(Layout.Delivery, TextSize)], into frame: Surroundings.Frame) {
    // One reader is enough to bind the whole file.
    let binding = Set(sections.flatMap { limits(on: $0.0) }).sorted { ($0.platform, $0.limit.most) < ($1.platform, $1.limit.most) }
    var taken: TextSize?
    for (delivery, size) in sections.sorted(by: { Self.order(of: $0.0) < Self.order(of: $1.0) }) {
      // A blank line stands between two sections.
      let with = taken.map { $0 + TextSize(of: "\n") + size } ?? size
      let file = frame.size(holding: with)
      // What stands behind the block is cut off before it is.
      let passed = binding.filter { file[$0.limit.unit] - ($0.limit.keeps == .start ? frame.behind[$0.limit.unit] : 0) > $0.limit.most }
      if passed.isEmpty || !close(delivery, .init(path: delivery.place.path.text, limits: passed)) { taken = with }
    }
  }

  /// Whether it can go elsewhere.
  private mutating func close(_ delivery: Layout.Delivery, _ overflow: Layout.Overflow) -> Bool {
    let id = delivery.artifact.id
    let open = ArtifactClass.open(
      to: delivery.shape, on: platforms.filter { platform in overflow.limits.contains { $0.platform == platform.id } }, directoryPlaces,
      in: directoryPlaces.directory(of: id))
    if open.subtracting(before[id].map { Set($0.keys) } ?? []).subtracting([delivery.place.id]).isEmpty {
      cut[id, default: [:]][delivery.place.id] = overflow
      return false
    }
    closed[id, default: [:]][delivery.place.id] = overflow
    return true
  }

  private static func order(of delivery: Layout.Delivery) -> (Int, String) { (delivery.artifact.weightRank, delivery.name) }
}

extension ClosedPlaces {
  mutating func merge(_ other: ClosedPlaces) {
    for (id, places) in other { self[id, default: [:]].merge(places) { first, _ in first } }
  }
}

extension Layout {
  /// How long deliveries of a layout are in their outputs, in the same order.
  package typealias Measure = (_ layout: Layout) -> (_ deliveries: [Delivery]) -> [TextSize]

  /// A place that has no room for an artifact.
  package struct Overflow: Hashable, Sendable {
    /// As platforms.yaml has it, with `{name}` in it where each artifact has a file.
    package var path: String
    /// Those that the file would pass with the artifact in it, by platform.
    package var limits: [PlatformLimit]
  }
}

extension Artifact {
  /// More bytes than any output of it has, its resources left out: what is surely short need not be measured.
  ///
  /// Nil where braces of patterns may be expanded, to nobody knows how much.
  fileprivate var mostBytes: Int? {
    guard !globs.contains(where: { $0.contains("{") }) else { return nil }
    let head = max(0, text.count - body.bytes.count)
    // A path of ours takes the place of another one; arguments are explained in words.
    return body.bytes.count + 4 * head + 400 * (body.references.count + body.arguments.count) + 1_000
  }
}
