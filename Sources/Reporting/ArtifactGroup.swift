/// Artifacts of one kind that go the same way on every platform.
struct ArtifactGroup {
  let kind: String
  /// Indexes in the report's artifacts, in order.
  private(set) var members: [Int]
  /// With `{name}` where the name of a member stands.
  let routes: [Report.Route]

  /// What two members have in common.
  private struct Key: Hashable {
    var kind: String
    var routes: [Report.Route]
  }

  /// All of a report, by kind, the largest first.
  static func all(of report: Report) -> [ArtifactGroup] {
    var groups: [Key: ArtifactGroup] = [:]
    for (number, artifact) in report.artifacts.enumerated() {
      let routes = artifact.routes.map { route in
        var route = route
        route.path = pattern(route.path, naming: artifact.name)
        return route
      }
      let key = Key(kind: artifact.kind, routes: routes)
      groups[key, default: ArtifactGroup(kind: artifact.kind, members: [], routes: routes)].members.append(number)
    }
    return groups.values.sorted { ($0.kind, $1.members.count, $0.members[0]) < ($1.kind, $0.members.count, $1.members[0]) }
  }

  /// The path with `{name}` where the name stands as a whole part, or as one before a dot.
  private static func pattern(_ path: String, naming name: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part == name ? "{name}" : part.hasPrefix(name + ".") ? "{name}" + part.dropFirst(name.count) : String(part)
    }.joined(separator: "/")
  }

  /// By platform: the index of the best route.
  func best(of count: Int) -> [Int?] {
    var out = [Int?](repeating: nil, count: count)
    for (number, route) in routes.enumerated() { for platform in route.platforms where out[platform] == nil { out[platform] = number } }
    return out
  }
}
