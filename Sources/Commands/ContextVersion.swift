import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Planning
import Platforms
import ProjectFile
import Reading
import SharedFiles
import TextDiff

/// What the platforms read of one version of a repository, parted by the artifacts that its outputs carry.
struct ContextVersion {
  /// The platforms that it is for, by id: those of aiwg.yaml, or those that it shows signs of.
  let selected: [String]
  /// Why its artifacts are not known by name, although there is an aiwg.yaml; nil when they are.
  let problem: String?
  private let catalog: PlatformCatalog
  private let tree: RepositoryTree
  private let files: FileList
  private let pipeline: Pipeline?
  private var parted: [TreePath: (bytes: [UInt8], parts: [Part])] = [:]

  /// A run of a file's bytes that is of one artifact, or of none.
  private struct Part {
    var range: Range<Int>
    var artifact: ArtifactID?
  }

  /// - Throws: `CommandFailure` when the files cannot be listed.
  init(of repository: Repository, _ options: CommonOptions, _ request: Pipeline.Request) throws {
    tree = repository.tree
    var (known, failure): (Pipeline?, CommandFailure?) = (nil, nil)
    if try repository.bytes(of: Repository.configurationPath) != nil {
      do { known = try Pipeline(in: repository, options, request) } catch let error as CommandFailure { failure = error }
    }
    pipeline = known
    problem = failure.map { $0.diagnostics.first { $0.severity == .error }?.message ?? "aiwg.yaml cannot be used" }
    catalog = try known?.sources.catalog ?? Sources.shippedCatalog(for: repository)
    selected = try known?.selection.platforms ?? catalog.detected { try repository.has($0) }
    do throws(TreeError) { files = try FileList(try tree.entries(under: nil), of: tree) } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  func platform(_ id: String) -> Platform? { catalog.platform(id) }

  /// What a surface of a platform reads.
  /// - Throws: `TreeError` when a file cannot be read.
  mutating func context(of platform: Platform, on surface: String) throws(TreeError) -> SurfaceContext {
    var context = SurfaceContext()
    for load in try read(files, of: tree, as: platform, on: surface).loads {
      let (bytes, parts) = try parts(of: load.path)
      for part in parts {
        let kept = load.kept.map { $0.clamped(to: part.range) }.filter { !$0.isEmpty }
        let isWhole = parts.count == 1
        // What a marker takes, or what is cut off, is nobody's.
        guard isWhole || !kept.isEmpty else { continue }
        let length = kept.reduce(0) { $0 + $1.count }
        let seen = Digest(of: kept.flatMap { bytes[$0.clamped(to: bytes.indices)] } + load.listing)
        let key = part.artifact.map { SurfaceContext.Key.artifact($0.description) } ?? .file(load.path.text)
        let isAtStart = load.trigger == .start
        let place = SurfaceContext.Place(path: load.path, when: load.trigger)
        context.add(
          key, place, seen, start: isAtStart ? length : load.trigger == .listed ? load.listing.count : 0, later: isAtStart ? 0 : length)
      }
    }
    return context
  }

  // MARK: Parts

  private mutating func parts(of path: TreePath) throws(TreeError) -> (bytes: [UInt8], parts: [Part]) {
    if let known = parted[path] { return known }
    let bytes = try tree.read(files.place(of: path))
    let found = (bytes, Self.parts(of: bytes, at: path, in: pipeline))
    parted[path] = found
    return found
  }

  private static func parts(of bytes: [UInt8], at path: TreePath, in pipeline: Pipeline?) -> [Part] {
    let whole = Part(range: 0..<bytes.count)
    guard let pipeline else { return [whole] }
    let here = pipeline.layout.deliveries.filter { $0.path == path }
    guard let first = here.first else { return [whole] }
    if first.place.path.isPerArtifact { return [Part(range: whole.range, artifact: first.artifact.id)] }
    guard case .found(let block) = findBlock(in: SourceText(path: path.text, bytes: bytes), syntax: .markdown) else { return [whole] }
    let pieces = outputPieces(
      at: path, in: pipeline.layout, of: pipeline.sources.tree, catalog: pipeline.sources.catalog, showing: pipeline.configuration.project.show)
    let owners = pieces.flatMap { piece -> [ArtifactID?] in
      let id: ArtifactID? = if case .artifact(let artifact) = piece.origin { artifact.id } else { nil }
      return linesWithEnds(of: piece.bytes).map { _ in id }
    }
    // Lines that somebody added by hand are nobody's.
    let origins = lineOrigins(of: block.content, in: Array(pieces.map(\.bytes).joined()))
    let lines = linesWithEnds(of: Array(bytes[block.range]))
    var parts = [Part(range: 0..<block.range.lowerBound)]
    var start = block.range.lowerBound
    for (number, line) in lines.enumerated() {
      // The markers stand around the content.
      let origin = origins.indices.contains(number - 1) ? origins[number - 1] : nil
      let owner = origin.flatMap { owners.indices.contains($0) ? owners[$0] : nil }
      if let last = parts.last, last.artifact == owner {
        parts[parts.count - 1].range = last.range.lowerBound..<start + line.count
      } else {
        parts.append(Part(range: start..<start + line.count, artifact: owner))
      }
      start += line.count
    }
    return parts + [Part(range: start..<bytes.count)]
  }
}

/// What one surface of a platform reads: of each artifact, and of each file beyond them.
struct SurfaceContext {
  enum Key: Hashable, Comparable {
    case artifact(String)
    case file(String)
  }

  /// Where something is read, and when.
  struct Place: Hashable {
    var path: TreePath
    var when: Reading.Trigger
  }

  struct Item: Hashable {
    var places: [Place] = []
    var seen: [Digest] = []
    /// Bytes that are in the context from the start, and bytes that come when they are needed.
    var (start, later) = (0, 0)
  }

  private(set) var items: [Key: Item] = [:]

  var start: Int { items.values.reduce(0) { $0 + $1.start } }
  var later: Int { items.values.reduce(0) { $0 + $1.later } }

  mutating func add(_ key: Key, _ place: Place, _ seen: Digest, start: Int, later: Int) {
    var item = items[key] ?? Item()
    if item.places.last != place { item.places.append(place) }
    item.seen.append(seen)
    item.start += start
    item.later += later
    items[key] = item
  }
}
