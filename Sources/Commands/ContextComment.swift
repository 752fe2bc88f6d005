import Diagnostics
import FileTree
import Platforms
import Reading

/// A difference in what platforms read, as Markdown for a comment on a pull request.
///
/// All names and paths stand in code, where nothing is markup, a link or a mention.
struct ContextComment {
  /// A comment on GitHub has at most 65,536 characters; room is left for what a bot adds.
  private static let mostBytes = 60_000
  private static let mostOfName = 200
  private static let mostPatterns = 5

  private let diff: ContextDiff

  init(_ diff: ContextDiff) { self.diff = diff }

  var text: String {
    // By it, a bot finds the comment that it wrote before.
    let mark = "<!-- aiwg diff --context -->\n"
    let changed = diff.surfaces.filter { !$0.changes.isEmpty }
    let base = Self.code(diff.base)
    guard !changed.isEmpty else {
      let count = Set(diff.surfaces.map(\.platform.id)).count
      let line =
        count == 0
        ? "No platform is chosen in `aiwg.yaml`, and there are no signs of one."
        : "Nothing changed: \(counted(count, "platform")) \(count == 1 ? "reads" : "read") what \(count == 1 ? "it" : "they") read at \(base)."
      return mark + line + "\n" + notes
    }
    var out = mark + "### What AI tools read, compared with \(base)\n\n"
    var rows = "| | tokens at start | tokens on demand |\n|---|--:|--:|\n"
    for surface in changed {
      rows += "| \(Self.name(surface)) | \(Self.figures(surface.before.start, surface.after.start)) "
      rows += "| \(Self.figures(surface.before.later, surface.after.later)) |\n"
    }
    out += rows
    let same = diff.surfaces.filter { $0.changes.isEmpty }
    if !same.isEmpty { out += "\nUnchanged: \(same.map(Self.name).joined(separator: ", ")).\n" }
    return cut(out, sections(changed)) + notes + "\nTokens are estimated: one for every 3.8 bytes.\n"
  }

  private var notes: String { diff.notes.map { "\n" + Self.code($0) + "\n" }.joined() }

  /// Platforms with the same changes share the lines about them.
  private func sections(_ surfaces: [ContextDiff.Surface]) -> [String] {
    var groups: [(surfaces: [ContextDiff.Surface], changes: [ContextDiff.Change])] = []
    for surface in surfaces {
      let changes = surface.changes
      if let index = groups.firstIndex(where: { $0.changes == changes }) {
        groups[index].surfaces.append(surface)
      } else {
        groups.append(([surface], changes))
      }
    }
    return groups.flatMap { group in
      ["\n**\(group.surfaces.map(Self.name).joined(separator: ", "))**\n\n"] + group.changes.sorted { Self.rank($0) < Self.rank($1) }.map(Self.line)
    }
  }

  private func cut(_ head: String, _ lines: [String]) -> String {
    var out = head
    for (index, line) in lines.enumerated() {
      guard out.utf8.count + line.utf8.count <= Self.mostBytes else {
        let command = "aiwg diff --context \(diff.base) --format json"
        return out + "\n\(counted(lines.count - index, "line")) more did not fit; \(Self.code(command)) has all.\n"
      }
      out += line
    }
    return out
  }

  // MARK: Lines

  private static func rank(_ change: ContextDiff.Change) -> Int { change.before == nil ? 0 : change.after == nil ? 1 : 2 }

  private static func line(_ change: ContextDiff.Change) -> String {
    switch (change.before, change.after) {
    case (nil, let after?): return "- more: \(subject(change.key, after)): \(cost(nil, after))\n"
    case (let before?, nil): return "- less: \(subject(change.key, before)): \(cost(nil, before))\n"
    case (let before?, let after?):
      let was = before.places == after.places ? "" : " (before: \(places(change.key, before)))"
      return "- differently: \(subject(change.key, after))\(was): \(cost(before, after))\n"
    case (nil, nil): return ""
    }
  }

  private static func subject(_ key: SurfaceContext.Key, _ item: SurfaceContext.Item) -> String {
    switch key {
    case .artifact(let name): "\(code(name)) in \(places(key, item))"
    case .file: places(key, item)
    }
  }

  private static func places(_ key: SurfaceContext.Key, _ item: SurfaceContext.Item) -> String {
    let shown = item.places.prefix(mostPatterns).map { place in
      let moment = words(for: place.when)
      return code(place.path.text) + (moment.isEmpty ? "" : ", " + moment)
    }
    return shown.joined(separator: " and ") + (item.places.count > mostPatterns ? " and \(item.places.count - mostPatterns) more" : "")
  }

  private static func words(for trigger: Reading.Trigger) -> String {
    switch trigger {
    case .start: ""
    case .listed: "by its description"
    case .matched(let patterns):
      "for " + patterns.prefix(mostPatterns).map(code).joined(separator: ", ") + (patterns.count > mostPatterns ? " …" : "")
    case .touched(let folder): "for files in \(code(folder.text))"
    case .startedIn(let folder): "when started in \(code(folder.text))"
    case .demand: "when somebody asks for it"
    }
  }

  private static func cost(_ before: SurfaceContext.Item?, _ after: SurfaceContext.Item) -> String {
    let figure = { (old: Int?, new: Int, when: String) -> String? in
      guard new > 0 || (old ?? 0) > 0 else { return nil }
      let (then, now) = (old.map { grouped(estimatedTokens(ofBytes: $0)) }, grouped(estimatedTokens(ofBytes: new)))
      return (then.map { $0 == now ? "" : $0 + " → " } ?? "") + "\(now) \(when)"
    }
    let parts = [figure(before?.start, after.start, "at start"), figure(before?.later, after.later, "on demand")].compactMap(\.self)
    return parts.isEmpty ? "nothing of it" : parts.joined(separator: ", ")
  }

  private static func figures(_ before: Int, _ after: Int) -> String {
    let (old, new) = (estimatedTokens(ofBytes: before), estimatedTokens(ofBytes: after))
    guard old != new else { return grouped(new) }
    return "\(grouped(old)) → \(grouped(new)) (\(new > old ? "+" : "−")\(grouped(abs(new - old))))"
  }

  private static func name(_ surface: ContextDiff.Surface) -> String {
    let name = surface.platform.name + (surface.name.isEmpty ? "" : " (\(surface.name))")
    return name.utf8.allSatisfy(\.isPlainInMarkdown) ? name : code(name).replacingPipes
  }

  /// A text in code, whatever is in it.
  static func code(_ text: String) -> String {
    var shown = text.escapedForDisplay
    if shown.count > mostOfName { shown = shown.prefix(mostOfName) + "…" }
    var (run, longest) = (0, 0)
    for byte in shown.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // Next to a fence a backtick would be a part of it, and blanks around everything are taken off.
    let isPadded = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.hasPrefix(" ") || shown.hasSuffix(" ")
    return fence + (isPadded ? " \(shown) " : shown) + fence
  }
}

extension String {
  /// A pipe ends a cell of a table even in code.
  fileprivate var replacingPipes: String { split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
}

extension UInt8 {
  /// Whether it is no markup anywhere in a line.
  fileprivate var isPlainInMarkdown: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: " .-/(),".utf8.contains(self)
    }
  }
}
