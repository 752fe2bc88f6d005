import Absorbing
import ContextModel
import Diagnostics
import Platforms
import Settings

/// What several platforms' settings files say under one name, as one canonical file that says just that in each of them.
struct SettingJoining {
  /// Nil when there is none.
  private(set) var artifact: Artifact?
  private(set) var problems: [Diagnostic] = []

  /// - Parameter preferred: platforms whose version counts where they differ; with none, a difference is a problem.
  init(_ variants: [ReadSetting], preferring preferred: [String], in catalog: PlatformCatalog) {
    // What says most comes first: the others are held against it.
    let ordered = variants.sorted { (-$0.changes.count, $0.found.path) < (-$1.changes.count, $1.found.path) }
    guard let first = ordered.first else { return }
    let platforms = Set(catalog.platforms.map(\.id))
    var changes = first.changes
    for variant in ordered.dropFirst() { changes += variant.changes.filter { change in !changes.contains { $0.path == change.path } } }
    guard let joined = try? Artifact(new: first.id, at: first.id.settingsFile, saying: changes, in: catalog) else { return }
    let others = ordered.filter { !$0.lens.replacing(joined).means($0.value) }
    guard !others.isEmpty else {
      artifact = joined
      return
    }
    let chosen = preferred.lazy.compactMap { id in ordered.first { $0.platforms.contains(id) } }.first
    if let chosen {
      // A platform's own fields are in nobody's way.
      let own = changes.filter { change in change.path.first.map { platforms.contains($0) && !chosen.platforms.contains($0) } ?? false }
      artifact = try? Artifact(new: chosen.id, at: chosen.id.settingsFile, saying: chosen.changes + own, in: catalog)
      return
    }
    problems = ordered.dropFirst().filter { Self.difference($0, first).isEmpty == false }.map { Self.conflict($0, first) }
    if problems.isEmpty { problems = ordered.dropFirst().map { Self.conflict($0, first) } }
  }

  /// Names of fields alone: a value may be nobody's business.
  private static func difference(_ one: ReadSetting, _ other: ReadSetting) -> [String] {
    let paths = (other.changes + one.changes).filter { change in
      one.changes.first { $0.path == change.path }?.value != other.changes.first { $0.path == change.path }?.value
    }
    var names: [String] = []
    for path in paths.map({ $0.path.joined(separator: ".") }) where !names.contains(path) { names.append(path) }
    return names
  }

  private static func conflict(_ variant: ReadSetting, _ first: ReadSetting) -> Diagnostic {
    let fields = difference(variant, first).map { "`\($0)`" }.joined(separator: ", ")
    let other = first.place.path + (first.place.line.map { ":\($0)" } ?? "")
    return Diagnostic(
      .error, "import/conflict", "`\(variant.id)` differs from `\(other)`" + (fields.isEmpty ? "" : " in \(fields)"), at: variant.place,
      help: "make them agree, rename one, or say whose version counts: `--prefer \(first.platforms.first ?? "")`")
  }
}
