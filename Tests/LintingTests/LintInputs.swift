import ContextModel
import Diagnostics
import FileTree
import Formats
import Linting
import Platforms
import TestSupport

/// The findings with an id in a tree of an archive, selected platforms being the first two of the catalog.
func textFindings(_ id: String, in txtar: String) throws -> [LintFinding] {
  let catalog = try shippedCatalog()
  return try textFindings(id, of: artifacts(txtar, catalog: catalog).artifacts, catalog)
}

func textFindings(_ id: String, of artifacts: [Artifact], _ catalog: PlatformCatalog) -> [LintFinding] {
  let platforms = ["claude-code", "codex"].compactMap(catalog.platform)
  let repository = LintedRepository(files: nil, outputs: [], tree: MemoryTree([:]), shownAs: "")
  let references = Renderer(of: ContextTree(joining: [artifacts]), in: catalog, lanes: OneLane()).references
  let input = LintInput(artifacts: artifacts, references: references, platforms: platforms, catalog: catalog, repository: repository)
  return lint(input, lanes: OneLane()).filter { $0.diagnostic.id == id }
}

/// What a finding says, with its place and its notes, in a line.
func line(_ finding: LintFinding) -> String {
  let place = finding.diagnostic.place.map { "\($0.path):\($0.line ?? 0) " } ?? ""
  return place + finding.diagnostic.message + finding.diagnostic.notes.map { " | " + $0 }.joined()
}

/// A rule as a file of an archive.
func ruleText(_ name: String, _ body: String, head: String = "") -> String { "-- rules/\(name).md --\n---\nname: \(name)\n\(head)---\n\(body)\n" }

/// The seconds of the fastest of three looks at the tree of an archive; reading it is not counted.
func fastest(_ id: String, in txtar: String) throws -> Double {
  let catalog = try shippedCatalog()
  let artifacts = try artifacts(txtar, catalog: catalog).artifacts
  let clock = ContinuousClock()
  return (0..<3).map { _ in clock.measure { _ = textFindings(id, of: artifacts, catalog) } / .seconds(1) }.min() ?? 0
}
