/// All artifacts of a repository, from all of its sources.
package struct ContextTree: Sendable {
  /// In order of kind and name, each id once.
  package private(set) var artifacts: [Artifact]
  /// Artifacts that one of the same kind and name from a later source replaced.
  package private(set) var replaced: [Artifact]
  /// Artifacts that the sources hold and the project excludes: not deployed, but others may refer to them.
  package private(set) var excluded: [Artifact]

  /// Joins sources; a later one wins over an earlier one, by kind and name.
  ///
  /// Of permissions, what an earlier one denies stays denied; of lines to ignore, the later ones come behind the earlier ones.
  /// - Parameter excluded: counts only where no source has an artifact of the kind and name.
  package init(joining sources: [[Artifact]], excluded: [Artifact] = []) {
    var winners: [ArtifactID: Artifact] = [:]
    var losers: [Artifact] = []
    for artifact in sources.joined() {
      guard let loser = winners[artifact.id] else {
        winners[artifact.id] = artifact
        continue
      }
      winners[artifact.id] = artifact.keepingRestrictions(of: loser)
      losers.append(loser)
    }
    artifacts = winners.values.sorted { $0.id < $1.id }
    replaced = losers
    let ids = Set(winners.keys)
    self.excluded = excluded.filter { !ids.contains($0.id) }
  }

  /// The tree without what goes into settings, and that: servers, hooks, and the hooks of behaviors.
  package func parted() -> (texts: ContextTree, settings: [Artifact]) {
    var texts = self
    texts.artifacts.removeAll(where: \.id.kind.isSetting)
    texts.excluded.removeAll(where: \.id.kind.isSetting)
    return (texts, artifacts.filter(\.id.kind.isSetting) + artifacts.flatMap(\.hooks))
  }
}
