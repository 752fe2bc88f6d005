import FileTree
import Globs
import Platforms

/// One surface of one selected platform, as a set of places that it would load.
struct Reader {
  var platform: Platform
  var surface: String

  static func all(of platforms: [Platform]) -> [Reader] {
    platforms.flatMap { platform in platform.surfaces.map { Reader(platform: platform, surface: $0) } }
  }

  /// The read that loads a place's files, given the files that exist; nil when none does.
  func read(of place: Place, existing: Set<String>) -> Platform.Read? {
    guard let file = place.mainFile(name: "x")?.text else { return nil }
    return reads.first { Glob($0.path).matches(file) && $0.unless.allSatisfy { !existing.contains($0) } }
  }

  /// Whether it follows import lines in that file.
  func followsImports(in file: String) -> Bool {
    reads.contains { $0.followsImports && Glob($0.path).matches(file) }
  }

  private var reads: [Platform.Read] { platform.reads.filter { $0.on.isEmpty || $0.on.contains(surface) } }
}
