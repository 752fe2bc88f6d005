/// What a project takes of a source: what fits one of the patterns and has one of the tags.
package struct ArtifactPicks: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Kind/name patterns; when there are none, every name fits.
  package var artifacts: [String]
  /// When there are none, no tag is asked for.
  package var tags: [String]

  package init(artifacts: [String], tags: [String] = []) {
    self.artifacts = artifacts
    self.tags = tags
  }

  package init(arrayLiteral patterns: String...) { self.init(artifacts: patterns) }

  /// Whether an artifact of that kind/name with those tags is taken.
  package func take(_ name: String, tags own: [String]) -> Bool {
    guard artifacts.isEmpty || artifacts.contains(where: { matches(name, pattern: $0) }) else { return false }
    return tags.isEmpty || tags.contains(where: own.contains)
  }

  /// As YAML: a list when the patterns are all there is.
  var spelling: String {
    guard !tags.isEmpty else { return flowList(artifacts) }
    return "{" + (artifacts.isEmpty ? "" : "artifacts: \(flowList(artifacts)), ") + "tags: \(flowList(tags))}"
  }
}
