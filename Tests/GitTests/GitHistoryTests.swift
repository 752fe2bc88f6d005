import FileTree
import Foundation
import Git
import TestSupport
import Testing

/// The git of the machine on real repositories.
@Suite struct GitHistoryTests {
  private let repository: Repository

  init() throws { repository = try Repository() }

  @Test func newestFirstAndEachOnce() throws {
    try repository.commit("1", "2", "1", "3", as: "a")
    try repository.commit("other", as: "b")
    try repository.write("4", to: "a")
    try repository.git("add", "a")
    try repository.write("5", to: "a")
    #expect(try repository.versions(of: "a") == ["4", "3", "1", "2"])
    #expect(try repository.versions(of: "c") == [])
  }

  @Test func asksNoMoreOnceOneIsWanted() throws {
    try repository.commit("1", "2", "3", as: "a")
    let history = try #require(repository.history())
    var asked = 0
    let found = history.version(of: TreePath(known: "a")) {
      asked += 1
      return $0 == Array("2".utf8)
    }
    #expect(found == Array("2".utf8))
    #expect(asked == 2)
  }

  @Test func aRootBelowTheTopOfTheRepository() throws {
    try repository.commit("top", as: "a")
    try repository.commit("1", "2", as: "sub/é f/a")
    let root = repository.url.appendingPathComponent("sub/é f")
    #expect(try repository.versions(of: "a", in: root) == ["2", "1"])
    #expect(try repository.versions(of: "é f/a", in: root.deletingLastPathComponent()) == ["2", "1"])
    #expect(try repository.versions(of: "sub/é f/a") == ["2", "1"])
  }

  @Test(arguments: ["-x", "--all", "HEAD", ":(glob)**", ":!a", "*", "a b", "x blob 5", "é\u{301}", "\"q'", "$(x)", "^{tree}", "@{0}", ":0", "x:y"])
  func namesThatMeanSomethingElsewhere(_ name: String) throws {
    try repository.commit("a", as: "a")
    try repository.commit("1", "2", as: name)
    try repository.commit("1", "2", as: "f/" + name)
    #expect(try repository.versions(of: name) == ["2", "1"])
    #expect(try repository.versions(of: "f/" + name) == ["2", "1"])
  }

  @Test func theSidesOfAMerge() throws {
    try repository.commit("base", as: "a")
    try repository.git("checkout", "-q", "-b", "side")
    try repository.commit("side 1", "side 2", as: "a")
    try repository.git("checkout", "-q", "main")
    try repository.commit("main 1", as: "a")
    try repository.git("merge", "-q", "side", failing: true)
    #expect(try repository.versions(of: "a") == ["main 1", "side 2", "base", "side 1"])
    // A merge that took one side whole.
    try repository.git("checkout", "-q", "--ours", "a")
    try repository.git("add", "a")
    try repository.git("commit", "-q", "-m", "merge")
    #expect(try Set(repository.versions(of: "a")) == ["main 1", "side 2", "base", "side 1"])
  }

  @Test func theCommitThatIsBeingPicked() throws {
    try repository.commit("base", as: "a")
    try repository.git("checkout", "-q", "-b", "side")
    try repository.commit("side", as: "a")
    try repository.git("checkout", "-q", "main")
    try repository.commit("main", as: "a")
    try repository.git("cherry-pick", "side", failing: true)
    try repository.git("reset", "-q", "a")
    #expect(try repository.versions(of: "a") == ["main", "side", "base"])
  }

  @Test func beforeTheFirstCommit() throws {
    #expect(try repository.versions(of: "a") == [])
    try repository.write("1", to: "a")
    try repository.git("add", "a")
    #expect(try repository.versions(of: "a") == ["1"])
  }

  @Test func filesThatAreGoneOrWereSomethingElse() throws {
    try repository.commit("in a folder", as: "a/b")
    try repository.git("rm", "-q", "-r", "a")
    try repository.commit("1", as: "a")
    try repository.git("rm", "-q", "a")
    try repository.git("commit", "-q", "-m", "x")
    #expect(try repository.versions(of: "a") == ["1"])
    #expect(try repository.versions(of: "a/b") == ["in a folder"])
  }

  @Test func anyBytes() throws {
    try repository.commit("", "\n", "\n\n", "x\r\n\0y\u{1}\n", "1 blob 1\n", as: "a")
    #expect(try repository.versions(of: "a") == ["1 blob 1\n", "x\r\n\0y\u{1}\n", "\n\n", "\n", ""])
  }

  @Test func conversionsAreNotApplied() throws {
    try repository.git("config", "core.autocrlf", "true")
    try repository.commit("*.x filter=upper\n*.md eol=crlf\n", as: ".gitattributes")
    try repository.git("config", "filter.upper.smudge", "tr a-z A-Z")
    try repository.commit("a\r\nb\r\n", as: "a.md")
    try repository.commit("a\n", as: "a.x")
    #expect(try repository.versions(of: "a.md") == ["a\nb\n"])
    #expect(try repository.versions(of: "a.x") == ["a\n"])
  }

  @Test func hugeVersionsAreLeftOut() throws {
    let long = (0..<30).map { String(repeating: "\($0)", count: 1_000_000) }
    try repository.commit("1", String(repeating: "x", count: 5 << 20), as: "a")
    for text in long { try repository.commit(text, as: "a") }
    #expect(try repository.versions(of: "a") == long.reversed() + ["1"])
  }

  @Test func moreVersionsThanAnybodyWants() throws {
    let history = (1...230).map { number in
      let files = number < 3 ? ["a", "*"] : ["a"]
      let commit = "commit refs/heads/main\ncommitter T <t@example.com> \(1_000_000 + number) +0000\ndata 1\nx\n"
      return commit + files.map { "M 644 inline \($0)\ndata <<E\n\(number)\nE\n\n" }.joined()
    }
    try repository.write(history.joined(), to: "stream")
    let result = try Program.shell("git fast-import --quiet < stream && git reset -q --hard", in: repository.url, environment: repository.variables)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try repository.versions(of: "a") == (31...230).reversed().map { "\($0)\n" })
    // As a pattern it would stand for all of those.
    #expect(try repository.versions(of: "*") == ["2\n", "1\n"])
  }
}
