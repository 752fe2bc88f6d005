import ContextModel
import Diagnostics
import ProjectFile

/// Errors about what a source takes of the library: tags that nothing has, and picks that come to nothing.
func findings(about picks: LibraryPicks, of artifacts: [Artifact], inSource index: Int, _ configuration: Configuration) -> [Diagnostic] {
  let known = Set(artifacts.flatMap(\.tags)).sorted()
  let unknown = picks.tags.filter { !known.contains($0) }
  guard unknown.isEmpty else {
    return unknown.map { unknownTag($0, among: known, at: configuration.place(ofTag: $0, inSource: index)) }
  }
  guard !artifacts.contains(where: { picks.take($0.id.description, tags: $0.tags) }) else { return [] }
  let names = artifacts.map(\.id.description)
  let near = picks.tags.isEmpty ? picks.artifacts.lazy.compactMap { nearest(to: $0, among: names) }.first : nil
  return [
    Diagnostic(
      .error, "source/nothing-picked", "nothing of the library fits this", at: configuration.place(ofLibraryInSource: index),
      help: near.map { "did you mean `\($0)`?" } ?? "`aiwg library` lists what there is")
  ]
}

/// The error about a tag that no artifact of the library has.
func unknownTag(_ tag: String, among known: [String], at place: SourcePlace? = nil) -> Diagnostic {
  let help = nearest(to: tag, among: known).map { "did you mean `\($0)`?" } ?? "`aiwg library` lists the artifacts with their tags"
  return Diagnostic(.error, "library/unknown-tag", "nothing in the library has the tag `\(tag)`", at: place, help: help)
}
