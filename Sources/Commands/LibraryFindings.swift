import ContextModel
import Diagnostics
import ProjectFile

/// Errors about what is taken of a source: tags that nothing has, and picks that come to nothing.
func findings(about picks: ArtifactPicks, of artifacts: [Artifact], in source: Project.Source, _ index: Int, _ configuration: Configuration)
  -> [Diagnostic]
{
  let isLibrary = if case .library = source.origin { true } else { false }

  let known = Set(artifacts.flatMap(\.tags)).sorted()
  let unknown = picks.tags.filter { !known.contains($0) }
  guard unknown.isEmpty else {
    return unknown.map { tag in
      let place = configuration.place(ofTag: tag, inSource: index)
      if isLibrary { return unknownTag(tag, among: known, at: place) }
      let some = known.prefix(6).joined(separator: ", ") + (known.count > 6 ? " …" : "")
      let help = nearest(to: tag, among: known).map { "did you mean `\($0)`?" } ?? (known.isEmpty ? "nothing in it has tags" : "it has: \(some)")
      return Diagnostic(.error, "source/unknown-tag", "nothing in the source has the tag `\(tag)`", at: place, help: help)
    }
  }
  guard !artifacts.contains(where: { picks.take($0.id.description, tags: $0.tags) }) else { return [] }
  let names = artifacts.map(\.id.description)
  let near = picks.tags.isEmpty ? picks.artifacts.lazy.compactMap { nearest(to: $0, among: names) }.first : nil
  return [
    Diagnostic(
      .error, "source/nothing-picked", "nothing of the \(isLibrary ? "library" : "source") fits this",
      at: configuration.place(ofPicksInSource: index),
      help: near.map { "did you mean `\($0)`?" } ?? (isLibrary ? "`aiwg library` lists what there is" : "patterns are kind/name, such as `rules/x`"))
  ]
}

/// The error about a tag that no artifact of the library has.
func unknownTag(_ tag: String, among known: [String], at place: SourcePlace? = nil) -> Diagnostic {
  let help = nearest(to: tag, among: known).map { "did you mean `\($0)`?" } ?? "`aiwg library` lists the artifacts with their tags"
  return Diagnostic(.error, "library/unknown-tag", "nothing in the library has the tag `\(tag)`", at: place, help: help)
}
