import Diagnostics
import Platforms

extension PlatformCatalog {
  /// The shipped platforms, and the project's own when there is a project in a repository.
  static func known(in repository: Repository, _ options: CommonOptions) throws -> PlatformCatalog {
    guard try repository.bytes(of: Repository.configurationPath) != nil || options.source != nil else {
      return try Sources.shippedCatalog(for: repository)
    }
    let configuration = try Configuration(in: repository, options, mayBeMissing: false)
    return try Sources(configuration, in: repository, skipsInvalid: true).catalog
  }

  /// The platform of that id or alias.
  /// - Throws: `CommandFailure` when there is none.
  func named(_ name: String) throws -> Platform {
    if let platform = ids[name].flatMap(platform) { return platform }
    let help = nearest(to: name, among: ids.keys.sorted()).map { "did you mean `\($0)`?" } ?? "`aiwg platforms` lists them"
    throw CommandFailure(.invalid, "unknown platform `\(name)`", id: "project/unknown-platform", help: help)
  }
}
