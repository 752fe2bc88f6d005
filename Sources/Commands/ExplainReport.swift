import Diagnostics
import FileTree
import JSON
import Platforms
import Reading

/// What a platform loads, for people and for programs.
struct ExplainReport {
  private let platform: Platform
  private let inPlay: TreePath?
  private var surfaces: [Surface] = []
  private let unread: [Unread]

  private struct Surface {
    var name: String
    var reading: Reading
    var duplicates: [Duplicate]
  }

  /// - Throws: `TreeError` when a file cannot be read.
  init(_ platform: Platform, _ names: [String], _ files: FileList, _ tree: some ReadableTree, inPlay: TreePath?) throws(TreeError) {
    (self.platform, self.inPlay) = (platform, inPlay)
    var all: [Reading] = []
    for name in platform.surfaces + platform.reviewers {
      let reading = try read(files, of: tree, as: platform, on: name, inPlay: inPlay)
      all.append(reading)
      guard names.contains(name) else { continue }
      surfaces.append(Surface(name: name, reading: reading, duplicates: try reading.duplicates(in: files, of: tree)))
    }
    unread = unreadFiles(files, by: platform, all)
  }

  // MARK: For people

  func text(_ environment: Environment) -> String {
    var out = ""
    for (index, surface) in surfaces.enumerated() {
      let name = platform.name + (surface.name.isEmpty ? "" : " (\(surface.name))")
      if index > 0 { out += "\n" }
      out += environment.paint(name, "1") + ", compared \(platform.verified) with \(platform.docs)\n"
      out += sections(of: surface)
    }
    out += "\ntokens: one for every 3.8 bytes, which is within a fifth for nine of ten English files\n"
    guard !unread.isEmpty else { return out }
    out += "\nlooks meant for it, and is never read\n"
    let rows = unread.map { [$0.path.text.escapedForDisplay, $0.nearest.map { "it reads `\($0)`" } ?? "it reads nothing there"] }
    return out + columns(rows, margin: "  ")
  }

  private func sections(of surface: Surface) -> String {
    let loads = surface.reading.loads
    let start = loads.filter { $0.trigger == .start }
    var out = section("loads at start, \(tokens(start.reduce(0) { $0 + $1.bytes }))", start.map { row($0, "") })
    if let inPlay {
      let more = loads.filter { $0.isLoaded && $0.trigger != .start }
      let title = "loads with `\(inPlay.text.escapedForDisplay)`, \(tokens(more.reduce(0) { $0 + $1.bytes }))"
      out += section(title, more.map { row($0, words(for: $0.trigger)) })
    }
    let listed = loads.filter { $0.trigger == .listed }
    out += section("lists by name and description, \(tokens(listed.reduce(0) { $0 + $1.listing.count }))", listed.map { row($0, "") })
    let later = loads.filter { !$0.isLoaded && $0.trigger != .listed }
    out += section("loads later", later.map { row($0, words(for: $0.trigger)) })
    out += section("does not load", surface.reading.hidden.map { [$0.path.text.escapedForDisplay, words(for: $0.reason)] })
    out += section("loads only in part", loads.compactMap { load in load.cut.map { [load.path.text.escapedForDisplay, $0] } })
    out += section(
      "loads more than once",
      surface.duplicates.map { duplicate in
        let cost = tokens(duplicate.bytes * (duplicate.spots.count - 1)) + " too many"
        guard !duplicate.isWhole else { return [duplicate.spots[0].path.text.escapedForDisplay, "\(duplicate.spots.count) times, \(cost)"] }
        let spots = duplicate.spots.map { "\($0.path.text.escapedForDisplay):\($0.line)" }.joined(separator: " and ")
        return [spots, "\(cost): \(duplicate.start.prefix(50).description.escapedForDisplay)"]
      })
    return out
  }

  private func section(_ title: String, _ rows: [[String]]) -> String { rows.isEmpty ? "" : "\n\(title)\n" + columns(rows, margin: "  ") }

  private func row(_ load: Reading.Load, _ reason: String) -> [String] {
    let margin = String(repeating: "  ", count: load.through.count)
    let through = load.through.last.map { "imported by `\($0.text.escapedForDisplay)`" } ?? ""
    let bytes = load.trigger == .listed ? load.listing.count : load.bytes
    return [margin + load.path.text.escapedForDisplay, tokens(bytes), [reason, through].filter { !$0.isEmpty }.joined(separator: ", ")]
  }

  private func tokens(_ bytes: Int) -> String { "about \(estimatedTokens(ofBytes: bytes)) tokens" }

  private func words(for trigger: Reading.Trigger) -> String {
    switch trigger {
    case .start: "at start"
    case .listed: "by its description"
    case .matched(let patterns): "for " + patterns.map { "`\($0.escapedForDisplay)`" }.joined(separator: ", ")
    case .touched(let folder): "for files in `\(folder.text.escapedForDisplay)`"
    case .startedIn(let folder): "when started in `\(folder.text.escapedForDisplay)`"
    case .demand: "when somebody asks for it"
    }
  }

  private func words(for reason: Reading.Hidden.Reason) -> String {
    switch reason {
    case .hidden(let path): "`\(path.text.escapedForDisplay)` is there"
    case .shadowed(let path): "`\(path.text.escapedForDisplay)` has the name"
    case .never: "its head does not say when"
    case .tooLarge: "too large to look into"
    case .unreadable(let reason): "it cannot be read: \(reason)"
    }
  }

  // MARK: For programs

  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("explain")), ("exit", .number(0)), ("platform", .text(platform.id)),
      ("file", .optional(inPlay?.text)), ("bytesPerToken", .text("3.8")), ("surfaces", .list(surfaces.map(json))),
      ("unread", .list(unread.map { .object([("path", .text($0.path.text)), ("reads", .optional($0.nearest))]) })),
    ])
  }

  private func json(_ surface: Surface) -> JSONValue {
    .object([
      ("surface", .text(surface.name)), ("loads", .list(surface.reading.loads.map(json))),
      (
        "hidden",
        .list(surface.reading.hidden.map { .object([("path", .text($0.path.text)), ("reason", .text(words(for: $0.reason)))]) })
      ),
      (
        "duplicates",
        .list(
          surface.duplicates.map { duplicate in
            .object([
              ("bytes", .number(duplicate.bytes)), ("whole", .bool(duplicate.isWhole)),
              ("at", .list(duplicate.spots.map { .object([("path", .text($0.path.text)), ("line", .number($0.line))]) })),
            ])
          })
      ),
    ])
  }

  private func json(_ load: Reading.Load) -> JSONValue {
    .object([
      ("path", .text(load.path.text)), ("through", .texts(load.through.map(\.text))), ("when", .text(load.trigger.word)),
      ("patterns", .texts(load.trigger.patterns)), ("loaded", .bool(load.isLoaded)), ("size", .number(load.size)),
      ("bytes", .number(load.trigger == .listed ? load.listing.count : load.bytes)),
      ("tokens", .number(estimatedTokens(ofBytes: load.trigger == .listed ? load.listing.count : load.bytes))), ("cut", .optional(load.cut)),
    ])
  }
}

extension Reading.Trigger {
  var word: String {
    switch self {
    case .start: "start"
    case .listed: "listed"
    case .matched: "matched"
    case .touched: "touched"
    case .startedIn: "started"
    case .demand: "demand"
    }
  }

  /// The patterns or the folder that it goes by.
  var patterns: [String] {
    switch self {
    case .matched(let patterns): patterns
    case .touched(let folder), .startedIn(let folder): [folder.text + "/**"]
    case .start, .listed, .demand: []
    }
  }
}
