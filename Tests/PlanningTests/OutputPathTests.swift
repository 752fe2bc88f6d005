import Diagnostics
import FileTree
import Planning
import Testing

/// Outputs that cannot lie side by side on every system.
struct OutputPathTests {
  @Test(
    arguments: [
      (["a/b.md", "a/c.md"], []), (["a/B.md", "a/b.md"], ["output/collision"]), (["a", "a/b"], ["output/collision"]),
      (["A/x", "a"], ["output/collision"]), (["\u{212A}eep", "keep"], ["output/collision"]), (["e\u{301}", "\u{E9}"], ["output/collision"]),
      ([".git/hooks/x"], ["output/unsafe-path"]), (["a/.GIT./x"], ["output/unsafe-path"]), (["a/con.md"], ["output/unsafe-path"]),
      (["a/LPT1"], ["output/unsafe-path"]), (["a/x."], ["output/unsafe-path"]), (["a/x:y"], ["output/unsafe-path"]),
      (["a/console.md", "a/git", "a/.github/x"], []),
    ] as [([String], [String])])
  func whatCannotLieSideBySideIsAFinding(paths: [String], expected: [String]) throws {
    let outputs = try paths.map { text in
      DesiredOutput(path: try #require(TreePath(text)), form: .file(.bytes([]), isExecutable: false), origins: [], platforms: [])
    }
    let findings = findingsAboutPaths(of: DesiredTree(outputs).outputs, shownAs: "")
    #expect(findings.map(\.id) == expected)
    #expect(findings.allSatisfy { $0.severity == .error && $0.help != nil })
  }
}
