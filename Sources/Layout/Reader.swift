import FileTree
import Globs
import Platforms

/// One surface of one selected platform, as a set of places that it would load; a class, because it is passed around for every place.
final class Reader {
  let platform: Platform
  let surface: String
  /// Whether it reads changes to comment on them, and so gets checks and nothing else.
  let isReviewer: Bool
  /// Files of the catalog's import lines in which it follows them.
  private let followed: Set<String>
  /// Files whose presence hides another one from it, in order.
  let hidingFiles: [String]
  /// Places with a file for each directory that its platform takes something in, by id.
  private let directoryPlaces: Set<String>
  /// By place id: those that hide its files.
  private let hidingByPlace: [String: Set<String>]
  /// By place id: the reads that match its files, in order.
  private let readsByPlace: [String: [(order: Int, read: Platform.Read)]]

  /// Every surface of the platforms, with the reads of the catalog's places looked up once.
  static func all(of platforms: [Platform], places: some Collection<Place>) -> [Reader] {
    let samples = Samples(of: places)
    return platforms.flatMap { platform in (platform.surfaces + platform.reviewers).map { Reader(platform, $0, samples) } }
  }

  private init(_ platform: Platform, _ surface: String, _ samples: Samples) {
    self.platform = platform
    self.surface = surface
    isReviewer = platform.reviewers.contains(surface)
    directoryPlaces = samples.directoryPlaces.intersection(platform.takes.values.joined())
    let reads = platform.reads.filter { platform.reads($0, on: surface) }
    var hiding = Set(reads.flatMap(\.unless))
    var followed: Set<String> = []
    var readsByPlace: [String: [(order: Int, read: Platform.Read)]] = [:]
    for (order, read) in reads.enumerated() {
      for sample in samples.matching(read.path) {
        readsByPlace[sample.place.id, default: []].append((order, read))
        if read.followsImports, sample.place.format == .import { followed.insert(sample.place.path.text) }
      }
      for place in samples.inDirectories where read.nested != nil {
        guard let directory = place.directory, let nested = read.nested(in: directory.path), nested.path == place.path.text else { continue }
        readsByPlace[place.id, default: []].append((order, nested))
        hiding.formUnion(nested.unless)
      }
    }
    hidingFiles = hiding.sorted()
    self.followed = followed
    self.readsByPlace = readsByPlace
    hidingByPlace = readsByPlace.mapValues { Set($0.flatMap(\.read.unless)) }.filter { !$0.value.isEmpty }
  }

  /// A file of each place, by the first part of its path, because most globs name that.
  private struct Samples {
    private let all: [(place: Place, file: String)]
    private let byFirstPart: [Substring: [(place: Place, file: String)]]
    /// Those that are the file of one directory.
    let inDirectories: [Place]
    /// The places that these are each one of, by id.
    let directoryPlaces: Set<String>

    init(of places: some Collection<Place>) {
      inDirectories = places.filter { $0.directory != nil }
      directoryPlaces = Set(inDirectories.compactMap(\.directory?.place))
      all = places.filter { !$0.path.isPerDirectory }.map { ($0, $0.mainFile(name: "x")?.text ?? "") }
      byFirstPart = Dictionary(grouping: all) { Self.firstPart(of: $0.file) }
    }

    private static func firstPart(of path: String) -> Substring { path.prefix { $0 != "/" } }

    func matching(_ pattern: String) -> [(place: Place, file: String)] {
      let glob = Glob(pattern)
      let first = Self.firstPart(of: pattern)
      let near = first.contains { "*?[{\\".contains($0) } ? all : byFirstPart[first] ?? []
      return near.filter { glob.matches($0.file) }
    }
  }

  /// The read that loads a place's files, given the files that exist; nil when none does, or none that can be relied on.
  func read(of place: Place, existing: Set<String>) -> Platform.Read? {
    guard let read = orderedRead(of: place, existing: existing)?.read else { return nil }
    // What it also finds in a directory is no service that it can be sure of, unless it takes rules there.
    guard let directory = place.directory else { return read }
    return read.nested == .touched && directoryPlaces.contains(directory.place) ? read : nil
  }

  /// The read that loads a place's files at whatever time, and where it stands in the platform's order.
  func orderedRead(of place: Place, existing: Set<String>) -> (order: Int, read: Platform.Read)? {
    readsByPlace[place.id]?.first { $0.read.unless.allSatisfy { !existing.contains($0) } }
  }

  /// Files whose presence hides one of the places from it; those are given by id.
  func hidingFiles(ofAny places: Set<String>) -> Set<String> {
    hidingByPlace.reduce(into: []) { if places.contains($1.key) { $0.formUnion($1.value) } }
  }

  /// Whether it follows import lines in that file.
  func followsImports(in file: String) -> Bool {
    followed.contains(file)
  }
}
