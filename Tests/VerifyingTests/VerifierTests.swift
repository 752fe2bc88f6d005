import ContextModel
import Diagnostics
import FileTree
import TestSupport
import Testing
import Verifying

/// Which lines checks find, and which they let go.
struct VerifierTests {
  /// The findings in some files, as `path:line:column text`.
  private func found(_ keys: String, in files: [(String, String)]) throws -> (findings: [String], excepted: [String], files: Int) {
    let body = "```yaml check\nid: one\nmessage: Wrong.\nfiles: ['src/**']\npattern: 'open\\('\nbad: open(\ngood: close(\n\(keys)```\n"
    let tree = try artifacts("-- rules/own.md --\n---\nname: own\n---\n\(body)", catalog: shippedCatalog())
    var problems: [Diagnostic] = []
    let checks = checks(of: try #require(tree.artifacts.first), diagnostics: &problems)
    try #require(problems.isEmpty && checks.count == 1, "\(problems)")
    let paths = try files.map { try #require(TreePath($0.0)) }
    let repository = MemoryTree(Dictionary(uniqueKeysWithValues: zip(paths, files.map { MemoryTree.Node(bytes: Array($0.1.utf8)) })))
    let verification = Verifier(checks).verify(paths, of: repository, lanes: OneLane())
    #expect(verification.problems.isEmpty)
    let shown = { (finding: Finding) in "\(finding.path.text):\(finding.line):\(finding.column) \(finding.text)" }
    return (verification.findings.map(shown), verification.excepted.map { shown($0) + " " + ($0.exception ?? "") }, verification.files)
  }

  private func found(_ keys: String = "", in text: String) throws -> [String] { try found(keys, in: [("src/a.py", text)]).findings }

  @Test func everyLineOnce() throws {
    #expect(try found(in: "x\n  open(1); open(2)\n\nopen(3)") == ["src/a.py:2:3   open(1); open(2)", "src/a.py:4:1 open(3)"])
    #expect(try found(in: "") == [])
    #expect(try found(in: "\r\nopen(1)\r\n") == ["src/a.py:2:1 open(1)"])
  }

  @Test func onlyFilesThatItIsAbout() throws {
    let result = try found(
      "ignore: ['**/tests/**']\n", in: [("src/b.py", "open("), ("src/a.py", "open("), ("src/tests/a.py", "open("), ("lib/a.py", "open(")])
    #expect(result.findings == ["src/a.py:1:1 open(", "src/b.py:1:1 open("])
    #expect(result.files == 4)
  }

  @Test func linesAndFilesAreLetGo() throws {
    #expect(try found("unless: '/tmp|^ *#'\n", in: "open(a)\nopen('/tmp/a')\n# open(b)") == ["src/a.py:1:1 open(a)"])
    #expect(try found("unless-file: 'with_volume'\n", in: "open(a)\nwith_volume()") == [])
    #expect(try found("unless-file: 'with_volume'\n", in: "open(a)\nwith()") == ["src/a.py:1:1 open(a)"])
  }

  @Test func whatTheRepositoryDeclaresIsLetGo() throws {
    let keys = "unless-declared: {files: ['**/Dockerfile', '*.yaml'], pattern: 'VOLUME (/[a-z]+)'}\n"
    let files = [("src/a.py", "open('/data/x')\nopen('/other/x')\nopen('/logs/x')"), ("Dockerfile", "VOLUME /data"), ("notes.txt", "VOLUME /logs")]
    #expect(try found(keys, in: files).findings == ["src/a.py:2:1 open('/other/x')", "src/a.py:3:1 open('/logs/x')"])
  }

  @Test func declarationsCountWhereNobodyLooks() throws {
    let body =
      "```yaml check\nid: one\nmessage: m\nfiles: ['**']\npattern: 'run\\('\nbad: run(\ngood: go(\n"
      + "unless-declared: {files: [list], pattern: '([a-z]+)'}\n```\n"
    let tree = try artifacts("-- rules/own.md --\n\(body)", catalog: shippedCatalog())
    var problems: [Diagnostic] = []
    let verifier = Verifier(checks(of: try #require(tree.artifacts.first), diagnostics: &problems))
    let (code, list) = (try #require(TreePath("code")), try #require(TreePath("list")))
    let lines = "run(git)\nrun(pandoc)\nrun(other)"
    let repository = MemoryTree([code: .init(bytes: Array(lines.utf8)), list: .init(bytes: Array("get git pandoc".utf8))])
    let verification = verifier.verify([code], besides: [list], of: repository, lanes: OneLane())
    #expect(verification.findings.map(\.line) == [3])
    #expect(verification.files == 1)
    #expect(verifier.verify([code], of: repository, lanes: OneLane()).findings.map(\.line) == [1, 2, 3])
  }

  @Test func exceptionsNeedAReason() throws {
    let text = """
      open(1)  # aiwg-allow: own/one kept for the old client
      /* aiwg-allow: own a tool of ours */
      open(2)
      # aiwg-allow: own/one
      open(3)
      # aiwg-allow: other/one because
      open(4)
      <!-- aiwg-allow: own/one -->
      open(5)
      """
    let result = try found("", in: [("src/a.py", text)])
    #expect(result.findings == ["src/a.py:5:1 open(3)", "src/a.py:7:1 open(4)", "src/a.py:9:1 open(5)"])
    #expect(
      result.excepted == [
        "src/a.py:1:1 open(1)  # aiwg-allow: own/one kept for the old client kept for the old client", "src/a.py:3:1 open(2) a tool of ours",
      ])
  }

  @Test func whatIsNoTextIsNotLookedAt() throws {
    let long = String(repeating: "x", count: Verifier.mostLineBytes) + "open("
    let large = String(repeating: "open(\n", count: Verifier.mostFileBytes / 6 + 1)
    let result = try found("", in: [("src/a", "\0open("), ("src/b", large), ("src/c", long + "\nopen(c)")])
    #expect(result.findings == ["src/c:2:1 open(c)"])
    #expect(result.files == 1)
  }

  @Test func aPatternWithoutAnyCertainTextIsTriedOnEachLine() throws {
    let tree = try artifacts(
      "-- rules/own.md --\n---\nname: own\n---\n```yaml check\nid: one\nmessage: m\nfiles: ['**']\npattern: '^[0-9]+$'\nbad: '1'\ngood: a\n```\n",
      catalog: shippedCatalog())
    var problems: [Diagnostic] = []
    let verifier = Verifier(checks(of: try #require(tree.artifacts.first), diagnostics: &problems))
    let path = try #require(TreePath("a"))
    let lines = verifier.verify([path], of: MemoryTree([path: .init(bytes: Array("a\n12\n\n3".utf8))]), lanes: OneLane()).findings.map(\.line)
    #expect(lines == [2, 4])
  }
}
