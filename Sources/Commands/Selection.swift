import Diagnostics
import Platforms

/// Which platforms a run is for.
struct Selection {
  /// Ids, in order.
  var platforms: [String]
  /// How aiwg.yaml is to record them: ids, or `all`.
  var recorded: [String]
  /// What was left out of `all`.
  var notes: [Diagnostic] = []

  /// Words such as `claude,codex`, `all`, or `+cursor` and `-warp` that change what is recorded.
  ///
  /// - Parameters:
  ///   - asked: from the command line; nil when nothing was said.
  ///   - recorded: from aiwg.yaml; nil when it says nothing.
  ///   - detected: ids that the repository shows signs of.
  ///   - place: where aiwg.yaml names a platform.
  init(
    asked: String?, recorded: [String]?, detected: [String], catalog: PlatformCatalog, at place: (String) -> SourcePlace? = { _ in nil }
  ) throws(CommandFailure) {
    let words = try Self.words(asked)
    let changes = words.filter(\.isChange)
    let named = words.filter { !$0.isChange }
    let base = named.isEmpty ? recorded ?? (detected.isEmpty ? catalog.current.filter(\.isDefault).map(\.id) : detected) : named
    let names = base + changes.map { String($0.dropFirst()) }
    _ = try Self.ids(names, catalog, at: named.isEmpty ? { base.contains($0) ? place($0) : nil } : { _ in nil })
    let chosen = try Self.ids(base, catalog)
    let added = try Self.ids(changes.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }, catalog)
    let removed = try Self.ids(changes.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }, catalog)
    let missing = base.contains("all") ? catalog.platforms.filter { $0.retired == nil && !$0.isSelectable }.count : 0
    if missing > 0 {
      let message = "\(counted(missing, "platform")) in `all` \(missing == 1 ? "has" : "have") no user scope"
      notes = [Diagnostic(.note, "scope/left-out", message, help: "`aiwg platforms --scope user` lists those that have one")]
    }
    platforms = chosen.union(added).subtracting(removed).sorted()
    self.recorded = base == ["all"] && changes.isEmpty ? base : try Self.keeping(recorded ?? [], platforms, catalog)
  }

  /// The platforms as the user has them written already, in that order and under those names; new ones after them.
  private static func keeping(_ recorded: [String], _ platforms: [String], _ catalog: PlatformCatalog) throws(CommandFailure) -> [String] {
    let ids = catalog.ids
    guard !recorded.contains("all") else { return platforms }
    let kept = recorded.filter { ids[$0].map(platforms.contains) ?? false }
    return kept + platforms.filter { id in !kept.contains { ids[$0] == id } }
  }

  private static func words(_ asked: String?) throws(CommandFailure) -> [String] {
    guard let asked else { return [] }
    let words = asked.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    guard !words.isEmpty, !words.contains(where: { $0 == "+" || $0 == "-" }) else {
      throw CommandFailure(
        .usage, "`--platforms \(asked)` names no platform", id: "usage/no-platform", help: "write it like `cursor,codex`, `+cursor` or `-codex`")
    }
    return words
  }

  private static func ids(
    _ names: [String], _ catalog: PlatformCatalog, at place: (String) -> SourcePlace? = { _ in nil }
  ) throws(CommandFailure) -> Set<String> {
    let known = catalog.ids
    var out = Set<String>()
    var problems: [Diagnostic] = []
    for name in names {
      if name == "all" {
        out.formUnion(catalog.current.map(\.id))
      } else if let id = known[name] {
        if let platform = catalog.platform(id), !platform.isSelectable {
          problems += platform.hasNoUserScope(at: place(name)).diagnostics
        }
        out.insert(id)
      } else {
        let help =
          nearest(to: name, among: known.keys.sorted()).map { "did you mean `\($0)`?" }
          ?? "`aiwg platforms` lists them; a platform of your own goes into platforms.yaml"
        problems.append(Diagnostic(.error, "project/unknown-platform", "unknown platform `\(name)`", at: place(name), help: help))
      }
    }
    if !problems.isEmpty { throw CommandFailure(.invalid, diagnostics: problems) }
    return out
  }
}

extension Platform {
  /// That it has nothing in a home directory.
  func hasNoUserScope(at place: SourcePlace?) -> CommandFailure {
    CommandFailure(
      .invalid, "`\(id)` has no user scope: nothing is known that it reads in the home directory", id: "scope/not-of-platform", at: place,
      help: "`aiwg platforms --scope user` lists those that have one; `user:` in a platforms.yaml of yours adds it")
  }
}

extension String {
  /// Whether it changes a selection instead of naming one.
  fileprivate var isChange: Bool { hasPrefix("+") || hasPrefix("-") }
}
