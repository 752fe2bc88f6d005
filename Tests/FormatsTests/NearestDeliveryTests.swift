import ContextModel
import FileTree
import Layout
import Platforms
import TestSupport
import Testing

@testable import Formats

/// To which of several copies a reference leads.
@Suite struct NearestDeliveryTests {
  private let catalog: PlatformCatalog
  private let own: Artifact
  private let other: Artifact

  init() throws {
    catalog = try shippedCatalog()
    let tree = try artifacts("-- agents/one.md --\n---\ndescription: D.\n---\n-- agents/two.md --\n---\ndescription: D.\n---\n", catalog: catalog)
    (own, other) = (tree.artifacts[0], tree.artifacts[1])
  }

  private func destination(_ place: String, _ platforms: [String], isReview: Bool = false) throws -> Layout.Destination {
    let place = try #require(catalog.places[place])
    return Layout.Destination(place: place, form: try #require(place.forms[own.shape]), platforms: platforms, isReview: isReview)
  }

  private func delivery(_ artifact: Artifact, to destination: Layout.Destination) throws -> Layout.Delivery {
    let path = try #require(TreePath("\(destination.place.id)/\(destination.platforms.joined())/\(artifact.id.name)"))
    return Layout.Delivery(artifact, to: destination, name: artifact.id.name, path: path)
  }

  /// Which destination the reader is led to, asked with a delivery of the layout and with one that is in none.
  private func nearest(of destinations: [Layout.Destination], from reader: Layout.Destination) throws -> Layout.Destination? {
    let from = try delivery(own, to: reader)
    let layout = Layout(deliveries: [from] + (try destinations.map { try delivery(other, to: $0) }))
    let found = NearestDeliveries(of: layout).nearest(of: other.id, to: from)?.destination
    let tried = Layout.Delivery(
      artifact: own, place: reader.place, form: reader.form, name: "one", path: from.path, platforms: reader.platforms, isReview: reader.isReview)
    let foundByOther = NearestDeliveries(of: layout).nearest(of: other.id, to: tried)?.destination
    #expect(found === foundByOther)
    return found
  }

  @Test func theSamePlaceIsNearest() throws {
    let (same, wide) = (try destination("cursor-agents", ["cursor"]), try destination("claude-agents", ["a", "b", "c"]))
    #expect(try nearest(of: [wide, same], from: destination("cursor-agents", ["a", "b", "c"])) === same)
  }

  @Test func elseTheOneThatMostReadersHaveAndTheFirstOfTwo() throws {
    let places = ["claude-agents", "cursor-agents", "copilot-agents"]
    let all = try zip(places, [["a"], ["a", "b"], ["b", "c"]]).map { try destination($0, $1) }
    #expect(try nearest(of: all, from: destination("opencode-agents", ["a", "b", "c"])) === all[1])
    #expect(try nearest(of: all, from: destination("opencode-agents", ["c"])) === all[2])
    #expect(try nearest(of: all, from: destination("opencode-agents", ["d"])) == nil)
  }

  @Test func reviewersAreLedToChecksAndNobodyElseIs() throws {
    let (check, plain) = (try destination("claude-agents", ["a", "b"], isReview: true), try destination("cursor-agents", ["a"]))
    #expect(try nearest(of: [check, plain], from: destination("opencode-agents", ["a", "b"])) === plain)
    #expect(try nearest(of: [plain, check], from: destination("opencode-agents", ["a"], isReview: true)) === check)
    #expect(try nearest(of: [check], from: destination("opencode-agents", ["b"])) === check)
  }
}
