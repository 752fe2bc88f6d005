import Diagnostics
import Foundation
import TestSupport
import Testing
import YAML

/// What comes of each case of yaml-test-suite: the same events, or a refusal that has a name.
@Suite struct SuiteTests {
  private static let list = "Tests/YAMLTests/suite.txt"

  @Test(.enabled(if: YAMLSuite.cases != nil, "yaml-test-suite is not there"))
  func everyCaseIsAsRecorded() throws {
    let outcomes = (YAMLSuite.cases ?? []).map { ($0.id, Self.outcome(of: $0)) }
    var counts: [String: Int] = [:]
    for (_, outcome) in outcomes { counts[outcome, default: 0] += 1 }
    let totals = counts.sorted { $0.key < $1.key }.map { "# \($0.value) \($0.key)\n" }.joined()
    let lines = outcomes.map { "\($0)  \($1)\n" }.joined()
    if let difference = differenceFromGolden(totals + "\n" + lines, at: Self.list) { Issue.record(Comment(rawValue: difference)) }
  }

  @Test(.enabled(if: YAMLSuite.cases != nil, "yaml-test-suite is not there"))
  func placesAreInsideOfTheFile() throws {
    for each in YAMLSuite.cases ?? [] {
      let reading = Reading(bytes: each.input, limits: .configuration)
      #expect(reading.root == nil || reading.findings.isEmpty, "\(each.id)")
      for finding in reading.findings { #expect(finding.place?.line != nil && finding.help != nil, "\(each.id): \(finding)") }
      if let root = reading.root { #expect(Self.nests(root), "\(each.id)") }
    }
  }

  /// The class of a case, in words.
  private static func outcome(of each: YAMLSuite.Case) -> String {
    let reading = Reading(bytes: each.input, limits: .configuration)
    if let finding = reading.findings.first { return (each.isError ? "an error, refused by " : "refused by ") + finding.id }
    if each.isError { return "an error, accepted" }
    let (ours, theirs) = (SuiteEvents(reading.root), SuiteEvents(each.events))
    return ours == theirs ? "equal" : "other events: " + ours.lines.joined(separator: " ").debugDescription
  }

  /// Whether each child lies within its parent.
  private static func nests(_ node: YAMLNode) -> Bool {
    let children = (node.list ?? []) + (node.pairs ?? []).flatMap { [$0.key, $0.value] }
    return children.allSatisfy { node.range.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= node.range.upperBound && nests($0) }
  }
}
