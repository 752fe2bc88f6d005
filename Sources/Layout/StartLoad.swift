import ContextModel
import Platforms

/// How much of a class of artifacts a reader loads at start.
struct StartLoad: Hashable {
  private let whole: Int
  private let listing: Int
  /// Of those that the model may use by itself.
  private let openListing: Int

  init(of artifacts: [Artifact]) {
    whole = artifacts.reduce(0) { $0 + $1.body.bytes.count }
    let lengths = artifacts.map { $0.id.name.utf8.count + ($0.description?.utf8.count ?? 0) }
    listing = lengths.reduce(0, +)
    openListing = zip(artifacts, lengths).reduce(0) { $0 + ($1.0.isUserOnly ? 0 : $1.1) }
  }

  /// In bytes.
  func bytes(at place: Place, _ shape: Shape, by platform: Platform, when moment: Platform.Read.Moment) -> Int {
    switch moment {
    case .always: return whole
    case .listed: return listed(shape, by: platform)
    case .matched:
      switch shape.activation {
      case .always: return whole
      case .globs, .manual: return 0
      case .model, nil: return listed(shape, by: platform)
      }
    case .demand, .never: return 0
    }
  }

  private func listed(_ shape: Shape, by platform: Platform) -> Int {
    let listsAll = (platform.ignores[shape.kind.folder] ?? []).contains("disable-model-invocation")
    return listsAll ? listing : shape.activation == .manual ? 0 : openListing
  }
}
