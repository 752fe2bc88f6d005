import FileTree
import Globs
import Platforms

/// One surface of one selected platform, as a set of places that it would load.
struct Reader {
  let platform: Platform
  let surface: String
  /// Files of the catalog's import lines in which it follows them.
  private let followed: Set<String>
  /// Files whose presence hides another one from it, in order.
  let hidingFiles: [String]
  /// By place id: the reads that match its files, in order.
  private let readsByPlace: [String: [(order: Int, read: Platform.Read)]]

  /// Every surface of the platforms, with the reads of the catalog's places looked up once.
  static func all(of platforms: [Platform], places: some Collection<Place>) -> [Reader] {
    platforms.flatMap { platform in platform.surfaces.map { Reader(platform, $0, places) } }
  }

  private init(_ platform: Platform, _ surface: String, _ places: some Collection<Place>) {
    self.platform = platform
    self.surface = surface
    let reads = platform.reads.filter { $0.on.isEmpty || $0.on.contains(surface) }.map { (read: $0, glob: Glob($0.path)) }
    hidingFiles = Set(reads.flatMap(\.read.unless)).sorted()
    followed = Set(
      places.filter { $0.format == .import }.map(\.path.text).filter { file in reads.contains { $0.read.followsImports && $0.glob.matches(file) } })
    readsByPlace = Dictionary(
      places.map { place in
        let file = place.mainFile(name: "x")?.text ?? ""
        return (place.id, reads.enumerated().filter { $0.element.glob.matches(file) }.map { ($0.offset, $0.element.read) })
      }
    ) { first, _ in first }
  }

  /// The read that loads a place's files, given the files that exist; nil when none does.
  func read(of place: Place, existing: Set<String>) -> Platform.Read? {
    orderedRead(of: place, existing: existing)?.read
  }

  /// The same read, and where it stands in the platform's order.
  func orderedRead(of place: Place, existing: Set<String>) -> (order: Int, read: Platform.Read)? {
    readsByPlace[place.id]?.first { $0.read.unless.allSatisfy { !existing.contains($0) } }
  }

  /// Whether it follows import lines in that file.
  func followsImports(in file: String) -> Bool {
    followed.contains(file)
  }
}
