/// All artifacts of a repository, from all of its sources.
package struct ContextTree: Sendable {
  /// In order of kind and name, each id once.
  package private(set) var artifacts: [Artifact]
  /// Artifacts that one of the same kind and name from a later source replaced.
  package private(set) var replaced: [Artifact]

  /// Joins sources; a later one wins over an earlier one, by kind and name.
  package init(joining sources: [[Artifact]]) {
    var winners: [ArtifactID: Artifact] = [:]
    var losers: [Artifact] = []
    for artifact in sources.joined() {
      if let loser = winners.updateValue(artifact, forKey: artifact.id) { losers.append(loser) }
    }
    artifacts = winners.values.sorted { $0.id < $1.id }
    replaced = losers
  }
}
