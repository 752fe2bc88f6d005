import Diagnostics
import Platforms

/// Which platforms a run is for.
struct Selection {
  /// Ids, in order.
  var platforms: [String]
  /// How aiwg.yaml is to record them: ids, or `all`.
  var recorded: [String]

  /// Words such as `claude,codex`, `all`, or `+cursor` and `-warp` that change what is recorded.
  ///
  /// - Parameters:
  ///   - asked: from the command line; nil when nothing was said.
  ///   - recorded: from aiwg.yaml; nil when it says nothing.
  ///   - detected: ids that the repository shows signs of.
  init(asked: String?, recorded: [String]?, detected: [String], catalog: PlatformCatalog, at place: SourcePlace? = nil) throws(CommandFailure) {
    let all = catalog.platforms.map(\.id)
    let base = recorded ?? (detected.isEmpty ? all : detected)
    let words = asked?.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) ?? []
    let isChange = words.contains { $0.hasPrefix("+") || $0.hasPrefix("-") }
    var chosen = try Self.ids(words.isEmpty || isChange ? base : words.filter { !$0.hasPrefix("+") && !$0.hasPrefix("-") }, catalog, place)
    for word in words where isChange {
      let ids = try Self.ids([String(word.drop { $0 == "+" || $0 == "-" })], catalog, nil)
      if word.hasPrefix("-") { chosen.subtract(ids) } else { chosen.formUnion(ids) }
    }
    platforms = chosen.sorted()
    let saysAll = (words.isEmpty ? base : words) == ["all"]
    self.recorded = saysAll ? ["all"] : platforms
  }

  private static func ids(_ names: [String], _ catalog: PlatformCatalog, _ place: SourcePlace?) throws(CommandFailure) -> Set<String> {
    let known = catalog.ids
    var out = Set<String>()
    var problems: [Diagnostic] = []
    for name in names {
      if name == "all" {
        out.formUnion(catalog.platforms.map(\.id))
      } else if let id = known[name] {
        out.insert(id)
      } else {
        let help =
          nearest(to: name, among: known.keys.sorted()).map { "did you mean `\($0)`?" }
          ?? "`aiwg platforms` lists them; a platform of your own goes into platforms.yaml"
        problems.append(Diagnostic(.error, "project/unknown-platform", "unknown platform `\(name)`", at: place, help: help))
      }
    }
    if !problems.isEmpty { throw CommandFailure(.invalid, diagnostics: problems) }
    return out
  }
}
