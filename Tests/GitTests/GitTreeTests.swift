import Disk
import FileTree
import Foundation
import Git
import TestSupport
import Testing

/// A tree of what git has is the tree that a checkout of it would be.
@Suite struct GitTreeTests {
  private static let setup = """
    set -e
    mkdir -p rules skills/s docs/deep
    printf 'a\\nb\\n' > rules/one.md
    printf 'a\\r\\nb\\n' > rules/mixed.md
    printf 'Id: $Id$\\n' > rules/two.txt
    printf 'w\\000i\\000\\n\\000' > docs/wide.utf
    : > docs/empty.md
    printf 'run\\n' > skills/s/run.sh; chmod +x skills/s/run.sh
    printf 'x' > "$(printf 'skills/s/bad\\377.txt')"
    mkdir "$(printf 'skills/tab\\there')"; printf 'x' > "$(printf 'skills/tab\\there/file.md')"
    printf 'x' > 'docs/a name with  blanks.md'
    ln -s ../rules docs/link; ln -s /etc/hosts docs/out; ln -s gone docs/dangling
    printf '*.md text eol=crlf\\n*.txt ident\\n' > .gitattributes
    printf '*.utf text working-tree-encoding=UTF-16LE\\n*.md -text\\n' > docs/.gitattributes
    git add -A
    """

  @Test func itIsWhatACheckoutIs() throws {
    let repository = try Repository()
    try repository.begin(with: Self.setup)
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(String(repeating: "1", count: 40)),docs/sub")
    try repository.git("commit", "-q", "-m", "x")
    let checkout = repository.beside("checkout")
    try repository.git("worktree", "add", "-q", "--detach", checkout.path)
    // Attributes and files of the folder do not count.
    try repository.write("* -text\n", to: ".gitattributes")
    try repository.write("other\n", to: "rules/one.md")
    for version in [GitFiles.Version.commit("main"), .staged] {
      let tree = try repository.files(version).tree
      let disk = try DiskTree(root: checkout.path)
      let (seen, real) = (try tree.entries(under: nil), try disk.entries(under: nil).filter { $0.path.text != ".git" })
      #expect(seen.map(\.path) == real.map(\.path))
      #expect(seen.map(\.kind) == real.map(\.kind))
      #expect(seen.map(\.isExecutable) == real.map(\.isExecutable))
      #expect(seen.contains { $0.kind == .other } && seen.contains { $0.kind == .symlink } && seen.contains { $0.isExecutable })
      for entry in real where entry.kind != .other {
        #expect(try tree.observe(entry.path) == disk.observe(entry.path), "\(entry.path)")
        #expect(
          try tree.entries(under: entry.path.parent).map(\.path) == disk.entries(under: entry.path.parent).map(\.path).filter { $0.text != ".git" })
        if entry.kind == .file { #expect(try tree.read(entry.path) == disk.read(entry.path), "\(entry.path)") }
      }
      for name in ["absent", "rules/one.md/below", "docs/link/one.md", "absent/below"] {
        let path = try #require(TreePath(name))
        #expect(try tree.observe(path) == disk.observe(path))
        #expect(throws: TreeError.self) { try tree.read(path) }
      }
      #expect(try tree.names(in: TreePath("docs")).sorted() == disk.names(in: TreePath("docs")).sorted())
    }
  }

  @Test func linksAreFollowedInsideTheTree() throws {
    let repository = try Repository()
    try repository.begin(with: Self.setup)
    let tree = try repository.files(.staged).tree
    #expect(try tree.following(TreePath("docs/link/one.md")) == .inside(TreePath("rules/one.md")))
    #expect(try tree.following(TreePath("docs/out")) == .outside("/etc/hosts"))
    #expect(try tree.following(nil) == .inside(nil))
  }

  @Test func caseCountsWhereItCountsInACheckout() throws {
    let repository = try Repository()
    try repository.commit("x", as: "Rules/One.md")
    let path = try #require(TreePath("rules/one.md"))
    #expect(try repository.files(.staged).tree.observe(path) == .absent)
    try repository.git("config", "core.ignorecase", "true")
    let tree = try repository.files(.staged).tree
    #expect(try tree.read(path) == Array("x".utf8))
    #expect(try tree.identity(of: path) == tree.identity(of: TreePath("Rules/One.md")))
    #expect(try tree.entries(under: TreePath("rules")).map(\.path.text) == ["Rules/One.md"])
  }

  @Test func whatGitWouldNotCheckOutIsRefused() throws {
    let repository = try Repository()
    try repository.commit("x", as: "a")
    let blob = try repository.git("rev-parse", ":a").trimmingCharacters(in: .whitespacesAndNewlines)
    let evil = "printf '100644 blob \(blob)\\tconfig\\n' | git mktree | { read id; printf \"040000 tree $id\\t.GIT\\n\" | git mktree; }"
    let tree = try repository.program("sh", "-c", evil).trimmingCharacters(in: .whitespacesAndNewlines)
    let commit = try repository.git("commit-tree", "-m", "x", tree).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(throws: GitFailure.unsafePath(".GIT/config")) { try repository.files(.commit(commit)) }
  }

  /// Names that a commit can have when somebody writes its bytes by hand.
  @Test(arguments: ["..", ".", "a//b", "a/../../b", "a/./b", ".Git/hooks/x"])
  func namesThatLeadElsewhereAreRefused(_ name: String) throws {
    let repository = try Repository()
    try repository.commit("x", as: "a")
    let blob = try repository.git("rev-parse", ":a").trimmingCharacters(in: .whitespacesAndNewlines)
    let octal = stride(from: 0, to: blob.count, by: 2).map { start in
      let byte = UInt8(blob.dropFirst(start).prefix(2), radix: 16) ?? 0
      return "\\" + String(repeating: "0", count: 3 - String(byte, radix: 8).count) + String(byte, radix: 8)
    }
    let script = "printf '100644 \(name)\\000\(octal.joined())' | git hash-object -t tree --literally -w --stdin"
    let tree = try repository.program("sh", "-c", script).trimmingCharacters(in: .whitespacesAndNewlines)
    let commit = try repository.git("commit-tree", "-m", "x", tree).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(throws: GitFailure.unsafePath(name)) { try repository.files(.commit(commit)) }
  }

  @Test func attributesAreThoseOfTheVersionAndNoSymlinks() throws {
    let repository = try Repository()
    try repository.write("*.md eol=crlf\n", to: "elsewhere")
    try FileManager.default.createDirectory(at: repository.url.appendingPathComponent("linked"), withIntermediateDirectories: true)
    // The text of a link may look like attributes; git reads none of it.
    let target = "*.md eol=crlf"
    try FileManager.default.createSymbolicLink(
      atPath: repository.url.appendingPathComponent("linked/.gitattributes").path, withDestinationPath: target)
    try repository.write("a\n", to: "linked/one.md")
    try repository.write("a\n", to: "later/one.md")
    try repository.git("add", "-A")
    try repository.git("commit", "-q", "-m", "x")
    // What is staged since does not count for the commit.
    try repository.write("*.md eol=crlf\n", to: "later/.gitattributes")
    try repository.git("add", "-A")
    let (linked, later) = (try #require(TreePath("linked/one.md")), try #require(TreePath("later/one.md")))
    let committed = try repository.files(.commit("main")).tree
    #expect(try committed.read(linked) == Array("a\n".utf8))
    #expect(try committed.read(later) == Array("a\n".utf8))
    let staged = try repository.files(.staged).tree
    #expect(try staged.read(linked) == Array("a\n".utf8))
    #expect(try staged.read(later) == Array("a\r\n".utf8))
  }

  @Test func aNameOfSeveralThingsIsNoneOfThem() throws {
    let repository = try Repository()
    try repository.commit("x", as: "a")
    try repository.git("branch", "both")
    try repository.git("tag", "both")
    #expect(throws: GitFailure.ambiguousRevision) { try repository.files(.commit("both")) }
    // Both of these begin alike, as their bytes are always the same.
    let (who, empty) = ("T <t@example.com> 1767225600 +0000", "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    for message in ["82", "331"] {
      let text = "tree \(empty)\nauthor \(who)\ncommitter \(who)\n\n\(message)\n"
      _ = try repository.program("sh", "-c", "git mktree < /dev/null; printf '\(text)' | git hash-object -t commit -w --stdin")
    }
    #expect(throws: GitFailure.ambiguousRevision) { try repository.files(.commit("b9a2")) }
    #expect(try repository.files(.commit("b9a2c")).commit?.hasPrefix("b9a2c") == true)
    // One whose name is the word, and that leads nowhere, is none.
    try repository.write("broken\n", to: ".git/refs/heads/ambiguous")
    #expect(throws: GitFailure.unknownRevision) { try repository.files(.commit("ambiguous")) }
  }

  @Test func anEnvironmentOfAnotherRepositoryIsNotThisOnes() throws {
    let (first, second) = (try Repository(), try Repository())
    try first.commit("first", as: "a")
    try second.commit("second", as: "a")
    let told = ["GIT_DIR": first.url.path + "/.git", "GIT_INDEX_FILE": ".git/index"]
    let variables = first.variables.merging(told) { _, own in own }
    let path = try #require(TreePath("a"))
    // Told of the first, one that looks at the second sees the second; one that stands in the first sees the first.
    let other = try GitFiles(.staged, around: second.url.path, working: first.url.path, variables: { variables[$0] })
    #expect(try other.tree.read(path) == Array("second".utf8))
    let own = try GitFiles(.staged, around: first.url.path, working: first.url.path, variables: { variables[$0] })
    #expect(try own.tree.read(path) == Array("first".utf8))
  }
}

extension Repository {
  fileprivate func begin(with script: String) throws {
    let result = try Program.run(URL(fileURLWithPath: "/bin/sh"), ["-c", script], in: url, environment: variables)
    guard result.status == 0 else { throw SetupError(result.errors) }
  }

  fileprivate func files(_ version: GitFiles.Version) throws -> GitFiles {
    let variables = self.variables
    return try GitFiles(version, around: url.path, working: url.path, variables: { variables[$0] })
  }
}
