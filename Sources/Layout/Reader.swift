import FileTree
import Globs
import Platforms

/// One surface of one selected platform, as a set of places that it would load.
struct Reader {
  let platform: Platform
  let surface: String
  private let reads: [(glob: Glob, read: Platform.Read)]

  init(platform: Platform, surface: String) {
    self.platform = platform
    self.surface = surface
    reads = platform.reads.filter { $0.on.isEmpty || $0.on.contains(surface) }.map { (Glob($0.path), $0) }
  }

  static func all(of platforms: [Platform]) -> [Reader] {
    platforms.flatMap { platform in platform.surfaces.map { Reader(platform: platform, surface: $0) } }
  }

  /// The read that loads a place's files, given the files that exist; nil when none does.
  func read(of place: Place, existing: Set<String>) -> Platform.Read? {
    guard let file = place.mainFile(name: "x")?.text else { return nil }
    return reads.first { $0.glob.matches(file) && $0.read.unless.allSatisfy { !existing.contains($0) } }?.read
  }

  /// Whether it follows import lines in that file.
  func followsImports(in file: String) -> Bool {
    reads.contains { $0.read.followsImports && $0.glob.matches(file) }
  }
}
