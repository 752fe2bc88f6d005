import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import Reading
import Reporting
import SharedFiles

/// What the selected platforms load once a plan is carried out.
struct ReportReadings {
  /// One product of a platform.
  struct Surface {
    var name: String
    var isReviewer: Bool
    var reading: Reading
    var duplicates: [Duplicate]
  }

  /// By platform.
  private let surfaces: [Result<[Surface], TreeError>]
  /// By path of an output that shares its file: the bytes of the file that are the user's.
  private var foreign: [TreePath: Int] = [:]
  private let outputs: Set<TreePath>
  /// By platform, for its products and for its reviewers: when it loads which file.
  private var triggers: [(own: [TreePath: Reading.Trigger], reviewers: [TreePath: Reading.Trigger])] = []

  init(of pipeline: Pipeline, _ platforms: [Platform]) {
    let outcome = OutcomeTree(pipeline.repository.tree, after: pipeline.plan)
    outputs = Set(pipeline.plan.changes.filter { $0.output != nil && $0.role != .edit && $0.conflict == nil }.map(\.path))
    let files: FileList
    do throws(TreeError) { files = try FileList(try entries(readBy: platforms, of: outcome), of: outcome) } catch {
      surfaces = platforms.map { _ in .failure(error) }
      return
    }
    surfaces = ThreadLanes(least: 2).map(below: platforms.count) { number -> Result<[Surface], TreeError> in
      Result { () throws(TreeError) in
        let platform = platforms[number]
        var out: [Surface] = []
        for name in platform.surfaces + platform.reviewers {
          let reading = try read(files, of: outcome, as: platform, on: name)
          let duplicates = try reading.duplicates(in: files, of: outcome)
          out.append(Surface(name: name, isReviewer: platform.reviewers.contains(name), reading: reading, duplicates: duplicates))
        }
        return out
      }
    }
    triggers = surfaces.map { found in
      let all = (try? found.get()) ?? []
      return (Self.triggers(all.filter { !$0.isReviewer }), Self.triggers(all.filter(\.isReviewer)))
    }
    for change in pipeline.plan.changes where change.role == .block && outputs.contains(change.path) {
      guard case .block(_, let syntax)? = change.output?.form, let bytes = try? outcome.read(change.path),
        case .found(let block) = findBlock(in: SourceText(path: change.path.text, bytes: bytes), syntax: syntax)
      else { continue }
      let rest = Array(bytes[..<block.range.lowerBound] + bytes[block.range.upperBound...])
      // The line breaks around the block came with it.
      let isBlank = rest.allSatisfy { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
      foreign[change.path] = isBlank ? 0 : rest.count
    }
  }

  /// Which of the platform's products loads most at start, and what; nil when a file cannot be read.
  func start(of platform: Int) -> Result<(surface: String, bytes: Int, parts: [Report.Part]), TreeError> {
    surfaces[platform].map { surfaces in
      let own = surfaces.filter { !$0.isReviewer }
      guard let most = own.max(by: { $0.reading.bytesAtStart < $1.reading.bytesAtStart }) else { return ("", 0, []) }
      let first = own.first { $0.reading.bytesAtStart == most.reading.bytesAtStart } ?? most
      return (own.count > 1 ? first.name : "", first.reading.bytesAtStart, parts(of: first.reading))
    }
  }

  private func parts(of reading: Reading) -> [Report.Part] {
    var found: [String: Report.Part] = [:]
    func add(_ path: String, _ bytes: Int, _ owner: Report.Part.Owner, isListing: Bool) {
      guard bytes > 0 else { return }
      let key = "\(owner.rawValue) \(isListing) \(path)"
      var part = found[key] ?? Report.Part(path: path, files: 0, bytes: 0, tokens: 0, owner: owner, isListing: isListing)
      (part.files, part.bytes) = (part.files + 1, part.bytes + bytes)
      found[key] = part
    }
    for load in reading.loads {
      let owner: Report.Part.Owner = outputs.contains(load.path) ? .aiwg : .user
      switch load.trigger {
      case .start:
        let own = owner == .aiwg ? min(foreign[load.path] ?? 0, load.bytes) : 0
        let path = foreign[load.path] == nil ? Self.group(load.path) : load.path.text
        add(path, load.bytes - own, owner, isListing: false)
        add(path, own, .user, isListing: false)
      case .listed: add(Self.group(load.path), load.listing.count, owner, isListing: true)
      case .matched, .touched, .startedIn, .demand: continue
      }
    }
    return found.values.map { part in
      var part = part
      part.tokens = estimatedTokens(ofBytes: part.bytes)
      return part
    }.sorted { ($1.bytes, $0.path, $0.owner.rawValue, $1.isListing ? 0 : 1) < ($0.bytes, $1.path, $1.owner.rawValue, $0.isListing ? 0 : 1) }
  }

  /// Files beside each other are one part: the folder of the skills, or that of the files; a file at the root is itself.
  private static func group(_ path: TreePath) -> String {
    let folder = path.name == "SKILL.md" || path.name == "AGENT.md" ? path.parent?.parent : path.parent
    return folder.map { $0.text + "/" } ?? path.text
  }

  /// When a platform loads a file, at the earliest; nil when nothing says that it does.
  func trigger(of path: TreePath, on platform: Int, byReviewers: Bool) -> Reading.Trigger? {
    guard triggers.indices.contains(platform) else { return nil }
    return byReviewers ? triggers[platform].reviewers[path] : triggers[platform].own[path]
  }

  /// Which file of the same name a platform takes instead of this one, and when; nil when there is none.
  func instead(of path: TreePath, on platform: Int) -> (path: TreePath, trigger: Reading.Trigger)? {
    for hidden in ((try? surfaces[platform].get()) ?? []).filter({ !$0.isReviewer }).flatMap(\.reading.hidden) where hidden.path == path {
      guard case .shadowed(let other) = hidden.reason, outputs.contains(other), let trigger = triggers[platform].own[other] else { continue }
      return (other, trigger)
    }
    return nil
  }

  private static func triggers(_ surfaces: [Surface]) -> [TreePath: Reading.Trigger] {
    var out: [TreePath: Reading.Trigger] = [:]
    for load in surfaces.flatMap(\.reading.loads) where out[load.path].map({ load.trigger.rank < $0.rank }) ?? true { out[load.path] = load.trigger }
    return out
  }

  /// Whether anything is known of what the platform loads.
  func isKnown(_ platform: Int) -> Bool { (try? surfaces[platform].get()) != nil }

  /// What is loaded twice at start, those that cost most first.
  func repeats() -> [Report.Repeat] {
    var found: [Report.Repeat: Set<Int>] = [:]
    for (platform, surfaces) in surfaces.enumerated() {
      for duplicate in ((try? surfaces.get()) ?? []).filter({ !$0.isReviewer }).flatMap(\.duplicates) {
        let spots = duplicate.spots.map { Report.Spot(path: $0.path.text, line: duplicate.isWhole ? 0 : $0.line) }
        let tokens = estimatedTokens(ofBytes: duplicate.bytes * (duplicate.spots.count - 1))
        let key = Report.Repeat(start: duplicate.start, tokens: tokens, spots: spots, platforms: [])
        found[key, default: []].insert(platform)
      }
    }
    return found.map { key, platforms in
      var out = key
      out.platforms = platforms.sorted()
      return out
    }.sorted { left, right in
      if left.tokens * left.platforms.count != right.tokens * right.platforms.count {
        return left.tokens * left.platforms.count > right.tokens * right.platforms.count
      }
      return left.spots == right.spots ? left.start < right.start : left.spots.lexicographicallyPrecedes(right.spots)
    }
  }

  /// Files of the user's that somebody reads, and those that outputs share.
  func own(in plan: Plan) -> [Report.OwnFile] {
    var readers: [TreePath: Set<Int>] = [:]
    var sizes: [TreePath: Int] = [:]
    for (platform, surfaces) in surfaces.enumerated() {
      for load in ((try? surfaces.get()) ?? []).flatMap(\.reading.loads) {
        readers[load.path, default: []].insert(platform)
        sizes[load.path] = load.size
      }
    }
    var out: [Report.OwnFile] = []
    for (path, platforms) in readers where !outputs.contains(path) {
      let tokens = estimatedTokens(ofBytes: sizes[path] ?? 0)
      out.append(.init(path: path.text, what: "all of it", tokens: tokens, platforms: platforms.sorted()))
    }
    for (path, bytes) in foreign where bytes > 0 {
      let platforms = readers[path].map { $0.sorted() } ?? []
      out.append(.init(path: path.text, what: "what stands around the block", tokens: estimatedTokens(ofBytes: bytes), platforms: platforms))
    }
    // A settings file that aiwg made has nothing of the user's in it yet.
    for change in plan.changes where change.role == .settings && change.output != nil && plan.recordFile.record.created[change.path] == nil {
      guard change.decision != .create else { continue }
      out.append(.init(path: change.path.text, what: "all members but those of aiwg", tokens: 0, platforms: []))
    }
    return out.sorted { $0.path < $1.path }
  }
}

extension Reading.Trigger {
  /// The earlier it loads, the less.
  fileprivate var rank: Int {
    switch self {
    case .start: 0
    case .listed: 1
    case .matched: 2
    case .touched: 3
    case .startedIn: 4
    case .demand: 5
    }
  }

  /// When that is, as an adverb.
  var told: String {
    switch self {
    case .start: return "at start"
    case .listed: return "listed at start, whole when it is used"
    case .matched(let patterns):
      return "for " + patterns.prefix(3).joined(separator: ", ") + (patterns.count > 3 ? " and \(patterns.count - 3) more" : "")
    case .touched(let folder): return "for files in \(folder.text)"
    case .startedIn(let folder): return "when started in \(folder.text)"
    case .demand: return "when somebody asks for it"
    }
  }
}
