import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Platforms
import ProjectFile

/// What ships with aiwg, artifact by artifact.
struct Library {
  /// What goes before a path of the library, in findings and origins.
  static let prefix = "library:"

  /// In order of kind and name.
  let artifacts: [Artifact]
  /// The Markdown files, translations among them.
  private let files: [TreePath]

  /// - Throws: `CommandFailure` when what was compiled in is wrong.
  init(in catalog: PlatformCatalog, locale: LanguageTag?) throws(CommandFailure) {
    var found: [Diagnostic] = []
    let loader = ContextLoader(tree: ShippedTree(), shownAs: Self.prefix, platformIDs: catalog.ids, locale: locale, lanes: ThreadLanes())
    do throws(TreeError) {
      let loaded = try loader.load(diagnostics: &found)
      (artifacts, files) = (loaded.artifacts, loaded.files)
    } catch {
      throw CommandFailure(error, shownAs: Self.prefix)
    }
    guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found.filter { $0.severity == .error }) }
  }

  /// The languages that an artifact is translated into.
  func languages(of artifact: Artifact) -> [String] {
    let stem = (artifact.id.kind == .skill ? "SKILL" : artifact.id.name) + "."
    return files.filter { $0.parent == artifact.path.parent && $0.name.hasPrefix(stem) && $0.name.hasSuffix(".md") }
      .compactMap { LanguageTag(String($0.name.dropFirst(stem.count).dropLast(3)))?.text }.sorted()
  }

  /// The artifacts that fit one of the patterns and have one of the tags; all when there are neither.
  /// - Throws: `CommandFailure` when a name or a tag is unknown, and when nothing fits.
  func artifacts(fitting picks: ArtifactPicks) throws(CommandFailure) -> [Artifact] {
    let names = artifacts.map(\.id.description)
    let tags = Set(artifacts.flatMap(\.tags)).sorted()
    var problems = picks.artifacts.filter { pattern in !names.contains { matches($0, pattern: pattern) } }.map { unknownName($0, among: names) }
    problems += picks.tags.filter { !tags.contains($0) }.map { unknownTag($0, among: tags) }
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
    let fitting = artifacts.filter { picks.take($0.id.description, tags: $0.tags) }
    guard !fitting.isEmpty else {
      throw CommandFailure(
        .invalid, "nothing in the library fits", id: "library/nothing", help: "what is listed fits one of the patterns and has one of the tags")
    }
    return fitting
  }

  private func unknownName(_ pattern: String, among names: [String]) -> Diagnostic {
    let near = nearest(to: pattern, among: names) ?? names.first { $0.hasSuffix("/" + pattern) }
    let help = near.map { "did you mean `\($0)`?" } ?? "patterns are kind/name, such as `rules/x` or `agents/*`; `aiwg library` lists what there is"
    return Diagnostic(.error, "library/unknown", "the library has no `\(pattern)`", help: help)
  }
}
