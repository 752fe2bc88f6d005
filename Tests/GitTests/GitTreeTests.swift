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
