import Diagnostics
import FileTree
import Linting
import TestSupport
import Testing

/// A large real tree, when it lies beside the checkout.
@Suite(.enabled(if: sharedDirectory("corpus/aiwg") != nil))
struct CorpusTests {
  @Test func fixesComeToRest() throws {
    var tree = try #require(sharedDirectory("corpus/aiwg").flatMap(memoryTree))
    let first = try LintedArchive(tree: tree)
    #expect(first.findings.count { !$0.fix.isEmpty } > 50)
    var rounds = 0
    while rounds < 10 {
      let changed = try LintedArchive(tree: tree).repaired
      guard !changed.isEmpty else { break }
      for (path, bytes) in changed {
        #expect(tree.nodes[path]?.bytes != bytes, "\(path)")
        tree.nodes[path]?.bytes = bytes
      }
      rounds += 1
    }
    #expect((1...3).contains(rounds), "\(rounds)")
    let last = try LintedArchive(tree: tree)
    #expect(last.findings.allSatisfy { $0.fix.isEmpty })
    // Nothing that was right is wrong now.
    let errors = { (linted: LintedArchive) in linted.findings.count { $0.diagnostic.severity == .error } }
    #expect(errors(last) <= errors(first))
  }
}
