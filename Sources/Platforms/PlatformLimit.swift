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

  package init(_ platforms: some Collection<Platform>) {
    var entries: [(glob: Glob, limit: PlatformLimit)] = []
    var own: [String: Range<Int>] = [:]
    for platform in platforms {
      let start = entries.count
      entries += platform.limits.map { (Glob($0.path), PlatformLimit(platform: platform.id, limit: $0)) }
      own[platform.id] = start..<entries.count
    }
    (self.entries, self.own) = (entries, own)
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

  /// Whether some of them may have such a limit on some file: without a look at its path.
  package func mayHave(_ platforms: [String], where isAsked: (Platform.Limit) -> Bool) -> Bool {
    platforms.contains { (own[$0] ?? 0..<0).contains { isAsked(entries[$0].limit.limit) } }
  }
}
