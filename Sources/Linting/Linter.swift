import ContextModel
package import FileTree

/// Looks at a tree with every check.
///
/// - Returns: check by check, and for each in reading order; those that a file allows itself have their exception.
package func lint(_ input: LintInput, lanes: any Lanes) -> [LintFinding] {
  let checks: [ArtifactCheck] = [unknownTools(input), idleOverrides(input), oddValues, descriptionFindings(input), tooLong(input)]
  let ofArtifacts = lanes.map(below: input.artifacts.count) { number in
    let artifact = input.artifacts[number]
    return (findings: checks.map { $0(artifact) }, unresolved: unresolvedReferences(of: artifact, input))
  }
  let texts = ReadTexts(input, lanes: lanes)
  // Those that look at all artifacts at once; neighbours go to different lanes, and the last two have the most to do.
  let looks: [@Sendable () -> [LintFinding]] = [
    { globFindings(input) }, { danglingReferences(ofArtifacts.map(\.unresolved), input) }, { missingHeadings(input) }, { rewritingFormatters(input) },
    { duplicateFindings(texts, input) }, { contradictionFindings(texts, input) },
  ]
  let ofTrees = lanes.map(below: looks.count) { looks[$0]() }
  return ofTrees[..<3].joined() + checks.indices.flatMap { check in ofArtifacts.flatMap { $0.findings[check] } } + ofTrees[3...].joined()
}

/// Looks at one artifact by itself.
typealias ArtifactCheck = @Sendable (Artifact) -> [LintFinding]
