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
  lint(textInput(artifacts, catalog), lanes: OneLane()).filter { $0.diagnostic.id == id }
}

/// A look at a tree for which there is no repository.
func textInput(_ artifacts: [Artifact], _ catalog: PlatformCatalog) -> LintInput {
  let platforms = ["claude-code", "codex"].compactMap(catalog.platform)
  let repository = LintedRepository(files: nil, outputs: [], tree: MemoryTree([:]), shownAs: "")
  let references = Renderer(of: ContextTree(joining: [artifacts]), in: catalog, lanes: OneLane()).references
  return LintInput(artifacts: artifacts, references: references, platforms: platforms, catalog: catalog, repository: repository)
}

/// What a finding says, with its place and its notes, in a line.
func line(_ finding: LintFinding) -> String {
  let place = finding.diagnostic.place.map { "\($0.path):\($0.line ?? 0) " } ?? ""
  return place + finding.diagnostic.message + finding.diagnostic.notes.map { " | " + $0 }.joined()
}

/// A rule as a file of an archive.
func ruleText(_ name: String, _ body: String, head: String = "") -> String { "-- rules/\(name).md --\n---\nname: \(name)\n\(head)---\n\(body)\n" }

/// How many times longer a look at the second tree takes than one at the first: the least of some attempts, since other tests run beside this one.
func slowdown(_ id: String, from small: String, to large: String, below limit: Double) throws -> Double {
  let catalog = try shippedCatalog()
  let trees = try [small, large].map { try artifacts($0, catalog: catalog).artifacts }
  let clock = ContinuousClock()
  var least = Double.infinity
  for _ in 0..<5 where least >= limit {
    let seconds = trees.map { tree in (0..<3).map { _ in clock.measure { _ = textFindings(id, of: tree, catalog) } / .seconds(1) }.min() ?? 0 }
    least = min(least, seconds[1] / max(seconds[0], 0.001))
  }
  return least
}
