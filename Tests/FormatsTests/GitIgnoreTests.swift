import FileTree
import Formats
import Layout
import Testing

struct GitIgnoreTests {
  @Test(arguments: [
    ("AGENTS.md", "/AGENTS.md"), ("a/b c.md", "/a/b c.md"), ("#x", "/#x"), ("!x", "/!x"), ("a*b?[c]", "/a\\*b\\?\\[c]"), ("end ", "/end\\ "),
    ("end  ", "/end\\ \\ "), ("ü/é", "/ü/é"),
  ])
  func aPatternFitsOnePath(path: String, pattern: String) throws {
    #expect(ignorePattern(of: try #require(TreePath(path))) == pattern)
  }

  @Test func nothingToIgnoreIsNoBlock() {
    let isThere = gitIgnore([], in: Layout()) != nil
    #expect(!isThere)
  }

  @Test func eachOutputHasOneLineInOrder() throws {
    let paths = Set(["b", "a/x", "a/y"].compactMap { TreePath($0) })
    let output = try #require(gitIgnore(paths, in: Layout(), besides: ["/aiwg.local.yaml"]))
    guard case .block(let bytes, .hash) = output.form else {
      Issue.record("not a block")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "/a/x\n/a/y\n/aiwg.local.yaml\n/b\n")
  }
}
