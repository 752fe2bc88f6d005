package import FileTree

/// Looks at a tree with every check.
///
/// - Returns: in reading order; those that a file allows itself have their exception.
package func lint(_ input: LintInput, lanes: any Lanes) -> [LintFinding] {
  let checks: [@Sendable (LintInput) -> [LintFinding]] = [
    globFindings, danglingReferences, missingHeadings, unknownTools, idleOverrides, oddValues, descriptionFindings, tooLong,
    rewritingFormatters, duplicateFindings, contradictionFindings,
  ]
  return lanes.map(below: checks.count) { checks[$0](input) }.flatMap(\.self)
}
