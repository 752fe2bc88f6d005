import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import ProjectFile

/// What one person adds to a project in aiwg.local.yaml, of which nothing is committed.
struct Overlay {
  static let path = "aiwg.local.yaml"
  /// Where a person's own tree is kept, as a rule.
  static let tree = TreePath(known: ".aiwg/local")

  let configuration: Configuration
  let repository: Repository
  /// Of its own sources alone: what is taken into account, and what was found.
  let texts: ContextTree
  let settings: [Artifact]
  private(set) var diagnostics: [Diagnostic]
  /// Platforms, by id, that it adds and takes away.
  let added: Set<String>
  let removed: Set<String>

  /// Nil when there is no such file.
  /// - Throws: `CommandFailure` when something in it, or in its sources, is wrong.
  init?(in repository: Repository, onto base: Sources, locale: LanguageTag?) throws {
    guard let text = try repository.bytes(of: Self.path) else { return nil }
    var found: [Diagnostic] = []
    guard let file = ProjectFile(overlay: text, diagnostics: &found) else { throw CommandFailure(.invalid, diagnostics: found) }
    self.repository = repository
    configuration = Configuration(file, in: repository)
    (added, removed) = try Self.platforms(of: file, in: base.catalog)
    let own = try Sources(configuration, in: repository, locale: locale, skipsInvalid: false, below: base.catalog)
    let all = own.tree.artifacts + own.settings
    // Where a person's tree lies is that person's.
    found += own.diagnostics.filter { $0.id != "source/outside" } + Self.findingsAboutPlatforms(of: file, in: repository)
    found += all.compactMap { artifact in base.required[artifact.id].map { Self.finding(about: artifact, insteadOf: $0) } }
    guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
    let known = Dictionary((base.tree.artifacts + base.settings).map { ($0.id, $0) }) { first, _ in first }
    for artifact in all where artifact.id.kind != .permissions {
      guard let other = known[artifact.id] else { continue }
      found.append(
        Diagnostic(
          .warning, "overlay/replaced", "`\(artifact.id)` is left out: the project has one of that name, and its outputs are everybody's",
          at: artifact.text.whole, notes: ["the other one is \(other.text.path)"], help: "give yours another name"))
    }
    texts = ContextTree(joining: [own.tree.artifacts.filter { known[$0.id] == nil }], excluded: own.tree.excluded)
    settings = own.settings.compactMap { artifact in
      guard let other = known[artifact.id] else { return artifact }
      // What the project denies takes along what would be allowed of it, also where the platform cannot be told.
      return artifact.id.kind == .permissions ? ContextTree(joining: [[other], [artifact]]).artifacts.first : nil
    }
    diagnostics = found
  }

  private static func findingsAboutPlatforms(of file: ProjectFile, in repository: Repository) -> [Diagnostic] {
    file.project.sources.compactMap { source in
      guard case .path(let path) = source.origin else { return nil }
      let folder = normalized(repository.root + "/" + path)
      guard Machine.hasFile(folder + "/platforms.yaml") else { return nil }
      return Diagnostic(
        .warning, "overlay/platforms-file", "the `platforms.yaml` of a personal source is not used",
        at: SourcePlace(path: shown(folder) + "platforms.yaml"), help: "how platforms are, only trees in aiwg.yaml say")
    }
  }

  private static func finding(about artifact: Artifact, insteadOf required: Artifact) -> Diagnostic {
    Diagnostic(
      .error, "source/required", "`\(artifact.id)` would take the place of one that aiwg.yaml requires", at: artifact.text.whole,
      notes: ["the required one is \(required.text.path)"],
      help: "rename it, or take it out; `required: true` in aiwg.yaml says that nothing may replace the other")
  }

  private static func platforms(of file: ProjectFile, in catalog: PlatformCatalog) throws(CommandFailure) -> (
    added: Set<String>, removed: Set<String>
  ) {
    let ids = catalog.ids
    var (added, removed): (Set<String>, Set<String>) = ([], [])
    var problems: [Diagnostic] = []
    for word in file.project.platforms ?? [] {
      let name = String(word.dropFirst())
      guard let id = ids[name] else {
        let help = nearest(to: name, among: ids.keys.sorted()).map { "did you mean `\($0)`?" } ?? "`aiwg platforms` lists them"
        problems.append(
          Diagnostic(.error, "project/unknown-platform", "unknown platform `\(name)`", at: file.place(ofPlatform: word), help: help))
        continue
      }
      if word.hasPrefix("+") { added.insert(id) } else { removed.insert(id) }
    }
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
    return (added.subtracting(removed), removed)
  }
}
