import Globs

/// A limit, and whose it is.
package struct PlatformLimit: Hashable, Sendable {
  package var platform: String
  package var limit: Platform.Limit
}

/// What some platforms can hold of files, with their patterns read once.
package struct PlatformLimits: Sendable {
  private let entries: [(glob: Glob, limit: PlatformLimit)]
  /// By platform: the numbers of its entries.
  private let own: [String: Range<Int>]
  /// By platform: the lowest limit that it has for a whole file.
  private let lowest: [String: Int]

  package init(_ platforms: some Collection<Platform>) {
    var entries: [(glob: Glob, limit: PlatformLimit)] = []
    var own: [String: Range<Int>] = [:]
    for platform in platforms {
      let start = entries.count
      entries += platform.limits.map { (Glob($0.path), PlatformLimit(platform: platform.id, limit: $0)) }
      own[platform.id] = start..<entries.count
    }
    (self.entries, self.own) = (entries, own)
    lowest = own.compactMapValues { entries[$0].lazy.filter { $0.limit.limit.field == nil }.map(\.limit.limit.most).min() }
  }

  /// What they can hold of a file, in their order.
  /// - Parameter isAsked: leaves out limits before their patterns are compared, which takes longer.
  package func on(_ file: String, where isAsked: (Platform.Limit) -> Bool = { _ in true }) -> [PlatformLimit] {
    entries.indices.filter { isAsked(entries[$0].limit.limit) && entries[$0].glob.matches(file) }.map { entries[$0].limit }
  }

  /// What some of them can hold of a file, in the order in which these are given.
  /// - Parameter isAsked: leaves out limits before their patterns are compared, which takes longer.
  package func on(_ file: String, of platforms: [String], where isAsked: (Platform.Limit) -> Bool) -> [PlatformLimit] {
    platforms.flatMap { platform in
      (own[platform] ?? 0..<0).filter { isAsked(entries[$0].limit.limit) && entries[$0].glob.matches(file) }.map { entries[$0].limit }
    }
  }

  /// Whether a file of that size may be too long for some of them: without a look at its path.
  package func mayBePassed(by size: Int, of platforms: [String]) -> Bool { platforms.contains { size > lowest[$0] ?? .max } }
}
