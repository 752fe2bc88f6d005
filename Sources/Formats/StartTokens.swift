import ContextModel
import FileTree
import Globs
import Layout
import Platforms

/// An estimate of the tokens that each platform loads at start.
struct StartTokens {
  private let catalog: PlatformCatalog
  private var bytes: [String: Int] = [:]
  /// By platform and place: when the platform loads what is there.
  private var moments: [Key: Platform.Read.Moment?] = [:]

  private struct Key: Hashable {
    var platform: String
    var place: String
  }

  init(catalog: PlatformCatalog) {
    self.catalog = catalog
  }

  var byPlatform: [String: Int] { bytes.mapValues { estimatedTokens(ofBytes: $0) } }

  mutating func add(bytes count: Int, to platforms: [String]) {
    for platform in platforms { bytes[platform, default: 0] += count }
  }

  /// Counts an output for the platforms that it is there for.
  mutating func count(_ delivery: Layout.Delivery, bytes count: Int) {
    for id in delivery.platforms {
      guard let platform = catalog.platform(id) else { continue }
      switch moment(of: delivery, on: platform) {
      case .always: add(bytes: count, to: [id])
      case .matched:
        switch delivery.artifact.shape.activation {
        case .always: add(bytes: count, to: [id])
        case .globs, .manual: break
        case .model, nil: add(bytes: listing(delivery), to: [id])
        }
      case .listed:
        let isHidden =
          delivery.artifact.isUserOnly && !(platform.ignores[delivery.artifact.id.kind.folder] ?? []).contains("disable-model-invocation")
        if !isHidden { add(bytes: listing(delivery), to: [id]) }
      case .demand, .never, nil: break
      }
    }
  }

  private mutating func moment(of delivery: Layout.Delivery, on platform: Platform) -> Platform.Read.Moment? {
    if delivery.place.format == .block { return .always }
    let key = Key(platform: platform.id, place: delivery.place.id)
    if let known = moments[key] { return known }
    let file = delivery.path.text
    let found = platform.reads.first { Glob($0.path).matches(file) }?.when
    moments[key] = .some(found)
    return found
  }

  /// A name and a description with what stands around them in a list.
  private func listing(_ delivery: Layout.Delivery) -> Int {
    delivery.name.utf8.count + (delivery.artifact.description?.utf8.count ?? 0) + 6
  }
}
