import Globs

/// A limit, and whose it is.
package struct PlatformLimit: Hashable, Sendable {
  package var platform: String
  package var limit: Platform.Limit
}

extension Collection<Platform> {
  /// What they can hold of a file, in their order.
  package func limits(on file: String) -> [PlatformLimit] {
    flatMap { platform in platform.limits.filter { Glob($0.path).matches(file) }.map { PlatformLimit(platform: platform.id, limit: $0) } }
  }
}
