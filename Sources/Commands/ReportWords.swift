import Diagnostics
import Platforms
import Reporting

extension Report {
  /// For people, in short; a page has all of it.
  var words: String {
    var out = "\(counted(artifacts.count, "artifact")) on \(counted(platforms.count, "platform"))\n"
    out += "check: \(drift.words)\n"
    if !platforms.isEmpty { out += "\n" + columns(platforms.indices.map(row)) + "\n" }
    out += lossWords
    let tokens = repeats.reduce(0) { $0 + $1.tokens * $1.platforms.count }
    if !repeats.isEmpty {
      out += "read twice: \(counted(repeats.count, "text")), about \(grouped(tokens)) tokens too many on all platforms together\n"
    }
    for note in exceptions { out += "\(note.words.escapedForDisplay)\n" }
    if !own.isEmpty { out += "yours: " + Self.some(own.map(\.path.escapedForDisplay), 4) + "\n" }
    for source in sources {
      let revision = source.revision.isEmpty ? "" : ", \(source.revision)"
      out += "source \(source.kind): \(source.name.escapedForDisplay), \(counted(source.artifacts, "artifact"))\(revision.escapedForDisplay)\n"
    }
    return out + "`aiwg report --html report.html` writes a page with all of it\n"
  }

  private func row(_ platform: Int) -> [String] {
    var counts: [Way: Int] = [:]
    for artifact in artifacts {
      let best = artifact.routes.filter { $0.platforms.contains(platform) }.map(\.way).min()
      if let best { counts[best, default: 0] += 1 }
    }
    let ways = counts.filter { $0.key != .excluded }.sorted { $0.key < $1.key }.map { "\(grouped($0.value)) \($0.key.adverb)" }
    let told = platforms[platform]
    let tokens = told.startTokens.map { "about \(grouped($0)) tokens at start" } ?? "nobody knows how many tokens at start"
    return [told.id, tokens, counted(told.losses, "loss"), ways.joined(separator: ", ")]
  }

  private var lossWords: String {
    guard !losses.isEmpty else { return "" }
    var fields: [String: Int] = [:]
    for loss in losses { fields[loss.field, default: 0] += loss.count }
    let order = fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "`\($0.key.escapedForDisplay)` \(grouped($0.value))" }
    return "losses by field: " + Self.some(order, 8) + "\n"
  }

  private static func some(_ names: [String], _ most: Int) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
