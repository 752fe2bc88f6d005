import ContextModel
import FileTree
import Globs
import Layout
import Platforms

/// An estimate of the tokens that each platform loads at start.
///
/// One token for every four bytes of UTF-8. English Markdown has 3.5 to 4.5 bytes a token in today's vocabularies, so the figure is
/// within a fifth of the truth for such text, and too high for scripts of several bytes a letter.
struct StartTokens {
  private let catalog: PlatformCatalog
  private var bytes: [String: Int] = [:]

  init(catalog: PlatformCatalog) {
    self.catalog = catalog
  }

  var byPlatform: [String: Int] { bytes.mapValues { ($0 + 3) / 4 } }

  mutating func add(bytes count: Int, to platforms: [String]) {
    for platform in platforms { bytes[platform, default: 0] += count }
  }

  /// Counts an output for the platforms that it is there for.
  mutating func count(_ delivery: Layout.Delivery, bytes count: Int) {
    let file = delivery.path.text
    for id in delivery.platforms {
      guard let platform = catalog.platform(id) else { continue }
      let moment = delivery.place.format == .block ? .always : platform.reads.first { Glob($0.path).matches(file) }?.when
      switch moment {
      case .always: add(bytes: count, to: [id])
      case .matched:
        let isAlways = delivery.artifact.activation == .always
        add(bytes: isAlways ? count : delivery.artifact.activation == .model ? listing(delivery) : 0, to: [id])
      case .listed:
        let isHidden =
          delivery.artifact.isUserOnly && !(platform.ignores[delivery.artifact.id.kind.folder] ?? []).contains("disable-model-invocation")
        if !isHidden { add(bytes: listing(delivery), to: [id]) }
      case .demand, nil: break
      }
    }
  }

  /// A name and a description with what stands around them in a list.
  private func listing(_ delivery: Layout.Delivery) -> Int {
    delivery.name.utf8.count + (delivery.artifact.description?.utf8.count ?? 0) + 6
  }
}
