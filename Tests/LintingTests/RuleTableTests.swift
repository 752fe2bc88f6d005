import Diagnostics
import Foundation
import Linting
import TestSupport
import Testing

/// The ids that lint knows, against those that the rooms give and the page that lists them.
@Suite struct RuleTableTests {
  /// Rooms of which lint says what they find.
  private static let rooms = ["YAML", "ContextLoading", "Translating", "Verifying", "Linting"]

  /// What only the commands say that they stop with.
  private static let elsewhere: Set<String> = ["translation/head"]

  @Test func everyIdIsInTheTable() throws {
    var missing: [String] = []
    var found: Set<String> = []
    for room in Self.rooms {
      let folder = checkoutRoot().appendingPathComponent("Sources/" + room)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") && !name.hasSuffix("Rules.swift") {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        for match in text.matches(of: /(?:Diagnostic\(\s*\.(?:error|warning),|, id:)\s*"([a-z]+\/[a-z-]+)"/) {
          found.insert(String(match.1))
          if LintRule.named(String(match.1)) == nil, !Self.elsewhere.contains(String(match.1)) { missing.append("\(room)/\(name): \(match.1)") }
        }
      }
    }
    #expect(missing == [])
    // A search that finds nothing would be content with anything.
    #expect(found.count > 40, "\(found.count)")
  }

  @Test func idsHaveTheirForm() {
    for rule in LintRule.all {
      #expect(rule.id.wholeMatch(of: /[a-z]+\/[a-z0-9-]+/) != nil, "\(rule.id)")
      #expect(rule.summary.hasSuffix(".") && rule.reason.hasSuffix("."), "\(rule.id)")
    }
    #expect(Set(LintRule.all.map(\.id)).count == LintRule.all.count)
  }

  /// What stands above the tables is written by hand; `RECORD=1` writes the tables anew, and fails.
  @Test func thePageListsThem() throws {
    let page = try checkoutText("docs/lint.md")
    let heading = "## Findings\n"
    let start = try #require(page.range(of: heading), "docs/lint.md has no `## Findings`")
    if let problem = differenceFromGolden(page[..<start.upperBound] + Self.tables, at: "docs/lint.md") { Issue.record("\(problem)") }
  }

  private static var tables: String {
    let areas = Dictionary(grouping: LintRule.all) { $0.id.prefix { $0 != "/" } }
    return areas.sorted { $0.key < $1.key }.map { area, rules in
      "\n### \(area)\n\n| finding | weight | what, and why |\n|---|---|---|\n"
        + rules.map { rule in
          "| `\(rule.id)` | \(rule.severity.rawValue)\(rule.isFixable ? ", fixable" : "") | \(rule.summary) \(rule.reason) |\n"
        }.joined()
    }.joined()
  }
}
