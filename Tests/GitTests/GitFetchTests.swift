import FileTree
import Foundation
import Git
import TestSupport
import Testing

/// The git of the machine, fetching from real repositories.
@Suite struct GitFetchTests {
  private let repository: Repository

  init() throws { repository = try Repository() }

  private var url: String { "file://" + repository.url.path }

  private func fetch(_ rev: String? = nil, in path: String? = nil, from url: String? = nil, with extra: [String: String] = [:], seconds: Double = 20)
    throws -> GitSnapshot
  {
    let variables = repository.variables.merging(extra) { _, own in own }
    let fetch = try GitFetch(variables: { variables[$0] }, seconds: seconds)
    return try fetch.snapshot(of: url ?? self.url, at: rev, in: path.flatMap { TreePath($0) })
  }

  private func failure(_ work: () throws -> GitSnapshot) -> GitFetch.Failure? {
    do {
      _ = try work()
      return nil
    } catch { return error as? GitFetch.Failure }
  }

  private func head() throws -> String { try repository.git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines) }

  private func paths(_ snapshot: GitSnapshot) -> [String] { snapshot.entries.map { String(decoding: $0.path, as: UTF8.self) } }

  @Test func takesBranchesTagsAndCommits() throws {
    try repository.commit("1", as: "a")
    let first = try head()
    try repository.git("tag", "-a", "-m", "x", "v1")
    try repository.commit("2", as: "b/c")
    try repository.git("branch", "other/main", first)
    #expect(try fetch().commit == head())
    #expect(try fetch("main").commit == head())
    #expect(try paths(fetch("main")) == ["a", "b/c"])
    #expect(try paths(fetch("main", in: "b")) == ["c"])
    for rev in ["v1", "refs/tags/v1", first, "other/main", "refs/heads/other/main"] { #expect(try fetch(rev).commit == first) }
    #expect(try paths(fetch("v1")) == ["a"])
  }

  @Test func saysWhatThereIsInstead() throws {
    try repository.commit("1", as: "a")
    try repository.git("tag", "v1")
    #expect(failure { try fetch("v2") } == .unknownRevision(branchesAndTags: ["main", "v1"]))
    #expect(failure { try fetch(String(repeating: "0", count: 40)) } == .unknownRevision(branchesAndTags: []))
    #expect(failure { try fetch("main", in: "none") } == .noFolder)
    try repository.git("tag", "main")
    #expect(failure { try fetch("main") } == .ambiguous)
    guard case .refused(let words)? = failure({ try fetch(from: url + "-none") }) else {
      Issue.record("it was not refused")
      return
    }
    #expect(words.contains("does not appear to be a git repository"))
    #expect(failure { try fetch(with: ["PATH": "/nowhere"]) } == .noGit)
  }

  @Test func contentsAreAsStored() throws {
    try repository.write("a\r\nb\r\n", to: "text")
    try repository.write("* text eol=crlf\n*.x filter=f ident\n", to: ".gitattributes")
    try repository.write("$Id$\n", to: "n.x")
    try repository.git("-c", "core.autocrlf=false", "add", "-A")
    try repository.git("commit", "-q", "-m", "x")
    let variables = repository.variables
    let fetch = try GitFetch(variables: { variables[$0] }, seconds: 20)
    let snapshot = try fetch.snapshot(of: url, at: nil, in: nil)
    let texts = try fetch.contents(of: snapshot.entries).map { String(decoding: $0, as: UTF8.self) }
    #expect(texts == ["* text eol=crlf\n*.x filter=f ident\n", "$Id$\n", "a\nb\n"])
    #expect(try fetch.contents(of: []).isEmpty)
  }

  @Test func tellsKindsApart() throws {
    try repository.write("x", to: "run")
    try repository.write("x", to: "plain")
    try FileManager.default.createSymbolicLink(atPath: repository.url.path + "/link", withDestinationPath: "plain")
    try repository.git("add", "-A")
    try repository.git("update-index", "--chmod=+x", "run")
    try repository.git("commit", "-q", "-m", "x")
    try repository.git("update-index", "--add", "--cacheinfo", "160000,\(try head()),module")
    try repository.git("commit", "-q", "-m", "y")
    let kinds = Dictionary(uniqueKeysWithValues: zip(paths(try fetch()), try fetch().entries.map(\.kind)))
    #expect(kinds == ["run": .file(isExecutable: true), "plain": .file(isExecutable: false), "link": .symlink, "module": .submodule])
  }

  @Test func readsRepositoriesWithLongIDs() throws {
    let folder = repository.beside("long")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try repository.git("init", "-q", "-b", "main", "--object-format=sha256", in: folder)
    try Data("x".utf8).write(to: folder.appendingPathComponent("a"))
    try repository.git("add", "-A", in: folder)
    try repository.git("commit", "-q", "-m", "x", in: folder)
    let snapshot = try fetch("main", from: "file://" + folder.path)
    #expect(snapshot.commit.utf8.count == 64)
    #expect(try fetch(snapshot.commit, from: "file://" + folder.path) == snapshot)
  }

  /// Each of these would run a program if it were left to git.
  @Test(arguments: ["ext::sh -c 'touch RAN'", "ext::touch% RAN", "fd::0", "http://127.0.0.1:1/x", "git://127.0.0.1:1/x"])
  func otherTransportsAreNotUsed(_ url: String) throws {
    let ran = repository.beside("ran")
    guard case .refused(let words)? = failure({ try fetch(from: url.replacingOccurrences(of: "RAN", with: ran.path)) }) else {
      Issue.record("it was not refused")
      return
    }
    #expect(words.contains("not allowed"))
    #expect(!FileManager.default.fileExists(atPath: ran.path))
  }

  @Test func theUsersSettingsRunNothingHere() throws {
    try repository.commit("1", as: "a")
    let ran = repository.beside("ran")
    let template = repository.beside("template")
    try FileManager.default.createDirectory(at: template.appendingPathComponent("hooks"), withIntermediateDirectories: true)
    for name in ["reference-transaction", "post-checkout", "post-merge"] {
      for folder in [template.appendingPathComponent("hooks"), repository.url.appendingPathComponent(".git/hooks")] {
        let hook = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("#!/bin/sh\ntouch \(ran.path)\n".utf8).write(to: hook)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook.path)
      }
    }
    let settings = """
      [init]\n templateDir = \(template.path)
      [core]\n hooksPath = \(template.path)/hooks\n fsmonitor = touch \(ran.path)\n askPass = touch \(ran.path)
      [url "ext::touch% \(ran.path)% "]\n insteadOf = https://example.com/
      """
    try Data((settings + "\n").utf8).write(to: repository.beside(".gitconfig"))
    #expect(try paths(fetch()) == ["a"])
    #expect(failure { try fetch(from: "https://example.com/x") } != nil)
    #expect(!FileManager.default.fileExists(atPath: ran.path))
  }

  @Test func hasAnEndAndLeavesNothing() throws {
    let scratch = repository.beside("scratch")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    let ssh = repository.beside("ssh")
    // Started by git, and ended together with it.
    try Data("#!/bin/sh\necho $$ > \(scratch.path).pid\nexec sleep 60\n".utf8).write(to: ssh)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: ssh.path)
    let start = Date()
    #expect(
      failure { try fetch(from: "ssh://example.com/x", with: ["GIT_SSH": ssh.path, "TMPDIR": scratch.path], seconds: 2) } == .outOfTime(seconds: 2))
    #expect(Date().timeIntervalSince(start) < 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
    // One that has ended may be waited for by nobody.
    let process = try String(contentsOf: repository.beside("scratch.pid"), encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    let state = try repository.program("ps", "-o", "stat=", "-p", process)
    #expect(state.isEmpty || state.hasPrefix("Z"), "\(state)")
  }
}
