import FileTree
import Foundation
import Git
import TestSupport
import Testing

/// Where git runs, and what must not reach it.
@Suite struct SurroundingsTests {
  private let repository: Repository

  init() throws { repository = try Repository() }

  @Test func whereThereIsNoHistory() throws {
    let other = repository.beside("plain")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    #expect(repository.history(in: other) == nil)
    #expect(repository.history(in: repository.beside("none")) == nil)
    #expect(repository.history(in: repository.url.appendingPathComponent(".git")) == nil)
    #expect(repository.history(with: ["PATH": "/none"]) == nil)
    #expect(repository.history() != nil)
    #expect(GitHistory(root: other.path + "/none") == nil)
  }

  @Test func whatIsIgnored() throws {
    try repository.commit("out/\n*.log\n:odd\n", as: ".gitignore")
    try repository.commit("1", as: "kept.md")
    let paths = ["out/a", "x.log", "kept.md", "*.md", ":odd", ":(top)x.log"].compactMap { TreePath($0) }
    let ignored = try #require(repository.history()?.ignored(among: paths))
    #expect(ignored.map(\.text).sorted() == [":(top)x.log", ":odd", "out/a", "x.log"])
  }

  @Test func aFolderThatIsIgnoredIsInTheWorkTree() throws {
    try repository.commit("out/\n", as: ".gitignore")
    try repository.commit("1", as: "out/a")
    #expect(try repository.versions(of: "a", in: repository.url.appendingPathComponent("out")) == ["1"])
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func aRepositoryOfSomebodyElse() throws {
    try repository.commit("1", as: "a")
    for folder in [repository.url, repository.url.appendingPathComponent(".git")] { #expect(chown(folder.path, 65534, 65534) == 0) }
    #expect(repository.history() == nil)
    let trusted = ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"]
    #expect(try repository.versions(of: "a", with: trusted) == ["1"])
  }

  @Test func whatAHookIsToldIsNotPassedOn() throws {
    try repository.commit("1", as: "a")
    let other = try Repository()
    try other.commit("theirs", as: "a")
    let git = other.url.appendingPathComponent(".git").path
    let hook = [
      "GIT_DIR": git, "GIT_WORK_TREE": other.url.path, "GIT_INDEX_FILE": git + "/index", "GIT_OBJECT_DIRECTORY": git + "/objects", "GIT_PREFIX": "x/",
      "GIT_LITERAL_PATHSPECS": "0", "GIT_TRACE": "1", "GIT_NAMESPACE": "x",
    ]
    #expect(try repository.versions(of: "a", with: hook) == ["1"])
  }

  @Test func settingsOfARepositoryRunNothing() throws {
    try repository.commit("1", "2", as: "a")
    let trace = repository.beside("trace")
    for setting in ["core.fsmonitor", "core.pager", "pager.rev-list", "gpg.program", "diff.external", "core.sshCommand", "core.askPass"] {
      try repository.git("config", setting, "touch \(trace.path); false")
    }
    try repository.git("config", "log.showSignature", "true")
    try repository.git("config", "color.ui", "always")
    try repository.git("config", "alias.rev-list", "!touch \(trace.path)")
    #expect(try repository.versions(of: "a") == ["2", "1"])
    #expect(!FileManager.default.fileExists(atPath: trace.path))
  }

  @Test func nothingIsWritten() throws {
    try repository.commit("1", "2", as: "a")
    try repository.git("pack-refs", "--all")
    // The index is out of date now, which git would like to repair.
    try repository.write("2", to: "a")
    func state() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: repository.url.path).sorted().map { path in
        let attributes = try FileManager.default.attributesOfItem(atPath: repository.url.path + "/" + path)
        return "\(path) \(attributes[.size] ?? "") \((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)"
      }
    }
    let before = try state()
    #expect(try repository.versions(of: "a") == ["2", "1"])
    #expect(try state() == before)
  }

  @Test func anotherWorkTree() throws {
    try repository.commit("1", "2", as: "a")
    let tree = repository.beside("tree")
    try repository.git("worktree", "add", "-q", tree.path, "HEAD~1")
    #expect(try repository.versions(of: "a", in: tree) == ["1"])
  }

  @Test func aShallowClone() throws {
    try repository.commit("1", "2", "3", as: "a")
    let clone = repository.beside("clone")
    try repository.git("clone", "-q", "--depth=2", repository.url.absoluteString, clone.path)
    #expect(try repository.versions(of: "a", in: clone) == ["3", "2"])
  }

  @Test(arguments: ["blob:none", "tree:0"])
  func aPartialCloneFetchesNothing(_ filter: String) throws {
    try repository.commit("1", "2", "3", "4", "5", as: "a")
    try repository.git("config", "uploadpack.allowFilter", "true")
    try repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let clone = repository.beside("clone")
    try repository.git("clone", "-q", "--filter=" + filter, repository.url.absoluteString, clone.path)
    // Fetches the content of one commit before.
    try repository.git("checkout", "-q", "HEAD~3", in: clone)
    try repository.git("checkout", "-q", "main", in: clone)
    let objects = try repository.git("count-objects", "-v", in: clone)
    let versions = try repository.versions(of: "a", in: clone)
    #expect(versions.first == "5")
    // Without the folders of the commits before, nobody can say what they had.
    if filter == "blob:none" { #expect(versions == ["5", "2"]) } else { #expect(Set(versions).isSubset(of: ["5", "2"])) }
    #expect(try repository.git("count-objects", "-v", in: clone) == objects)
  }

  @Test func aSlowGitIsNotWaitedFor() throws {
    try repository.commit("1", as: "a")
    let tools = repository.beside("tools")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    // By a shell of its own: a file that is open for writing here cannot be run.
    let script = "printf '#!/bin/sh\\ncase \"$*\" in *rev-parse*) echo true;; *) exec sleep 60;; esac\\n' > git && chmod 755 git"
    #expect(try Program.shell(script, in: tools).status == 0)
    let history = try #require(repository.history(with: ["PATH": tools.path + ":/usr/bin:/bin"], seconds: 3))
    let start = ContinuousClock.now
    #expect(history.version(of: TreePath(known: "a")) { _ in true } == nil)
    #expect(ContinuousClock.now - start < .seconds(15))
  }
}
