import Globs

/// A limit, and whose it is.
package struct PlatformLimit: Hashable, Sendable {
  package var platform: String
  package var limit: Platform.Limit
}

/// What some platforms can hold of files, with their patterns read once.
package struct PlatformLimits: Sendable {
  private let entries: [(glob: Glob, limit: PlatformLimit)]

  package init(_ platforms: some Collection<Platform>) {
    entries = platforms.flatMap { platform in platform.limits.map { (Glob($0.path), PlatformLimit(platform: platform.id, limit: $0)) } }
  }

  /// What they can hold of a file, in their order.
  /// - Parameter isAsked: leaves out limits before their patterns are compared, which takes longer.
  package func on(_ file: String, where isAsked: (PlatformLimit) -> Bool = { _ in true }) -> [PlatformLimit] {
    entries.filter { isAsked($0.limit) && $0.glob.matches(file) }.map(\.limit)
  }
}
