import ContextModel
import Layout
import Platforms

/// Which of an artifact's deliveries the readers of another one are to be led to.
struct NearestDeliveries {
  /// All deliveries of one artifact.
  private struct Group {
    var deliveries: [Layout.Delivery]
    /// The same for all artifacts that go to the same destinations.
    var route: Int
  }

  private var groups: [ArtifactID: Group] = [:]
  /// By destination of the one that names it, and by route: which delivery of the group it is.
  ///
  /// Bodies name each other by the thousand, and go to a few destinations.
  private var known: [ObjectIdentifier: [Int?]] = [:]

  /// With a file for each of a thousand directories, fewer are asked for than there are.
  private static let mostKnown = 10_000

  init(of layout: Layout) {
    var routes: [[ObjectIdentifier]: (number: Int, destinations: [Layout.Destination])] = [:]
    groups = Dictionary(grouping: layout.deliveries) { $0.artifact.id }.mapValues { deliveries in
      let destinations = deliveries.map(\.destination)
      let key = destinations.map { ObjectIdentifier($0) }
      let route = routes[key]?.number ?? routes.count
      routes[key] = (route, destinations)
      return Group(deliveries: deliveries, route: route)
    }
    let all = routes.values.sorted { $0.number < $1.number }.map(\.destinations)
    let destinations = Dictionary(all.joined().map { (ObjectIdentifier($0), $0) }) { first, _ in first }
    guard destinations.count * all.count <= Self.mostKnown else { return }
    known = destinations.mapValues { destination in all.map { Self.nearest(of: $0, to: destination) } }
  }

  /// In no order.
  var all: some Sequence<Layout.Delivery> { groups.values.lazy.flatMap(\.deliveries) }

  /// Nil when the readers have none.
  func nearest(of id: ArtifactID, to delivery: Layout.Delivery) -> Layout.Delivery? {
    guard let group = groups[id] else { return nil }
    let destination = delivery.destination
    // One that is only tried out is in no layout.
    let number =
      known[ObjectIdentifier(destination)].map { $0[group.route] } ?? Self.nearest(of: group.deliveries.map(\.destination), to: destination)
    return number.map { group.deliveries[$0] }
  }

  private static func nearest(of all: [Layout.Destination], to destination: Layout.Destination) -> Int? {
    // Reviewers have checks in files of their own, and everybody else does not look there.
    let isAny = !all.contains { $0.isReview == destination.isReview }
    let counts = { (other: Layout.Destination) in isAny || other.isReview == destination.isReview }
    if let same = all.firstIndex(where: { $0.place.id == destination.place.id && counts($0) }) { return same }
    var best: (number: Int, readers: Int)?
    for (number, other) in all.enumerated() where counts(other) {
      let readers = other.platforms.count(where: destination.platforms.contains)
      if readers > best?.readers ?? 0 { best = (number, readers) }
    }
    return best?.number
  }
}
