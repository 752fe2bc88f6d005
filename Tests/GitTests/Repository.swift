import FileTree
import Foundation
import Git
import TestSupport
import Testing

/// A repository of a test, and git with none of the machine's settings.
struct Repository {
  let url: URL
  /// Holds the folder.
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    url = temporary.url.appendingPathComponent("repository")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try git("init", "-q", "-b", "main")
  }

  /// A folder beside the repository.
  func beside(_ name: String) -> URL { temporary.url.appendingPathComponent(name) }

  /// What both git and the history get of the environment.
  var variables: [String: String] {
    ["HOME": temporary.url.path, "GIT_CONFIG_NOSYSTEM": "1", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
  }

  @discardableResult
  func git(_ arguments: String..., in folder: URL? = nil, failing: Bool = false) throws -> String {
    let settings = ["user.name=Test", "user.email=test@example.com", "protocol.file.allow=always", "commit.gpgSign=false"]
    let words = ["git"] + settings.flatMap { ["-c", $0] } + arguments
    let result = try Program.run(URL(fileURLWithPath: "/usr/bin/env"), words, in: folder ?? url, environment: variables)
    guard (result.status != 0) == failing else { throw SetupError("git \(arguments.joined(separator: " ")): \(result.errors)") }
    return result.output
  }

  /// What another program prints, whatever its exit code.
  func program(_ words: String...) throws -> String {
    try Program.run(URL(fileURLWithPath: "/usr/bin/env"), words, in: url, environment: variables).output
  }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Commits one version after the other.
  func commit(_ versions: String..., as path: String) throws {
    for text in versions {
      try write(text, to: path)
      try git("--literal-pathspecs", "add", "-f", "--", path)
      try git("commit", "-q", "--allow-empty", "-m", "x")
    }
  }

  func history(in folder: URL? = nil, with extra: [String: String] = [:], seconds: Double = 20) -> GitHistory? {
    let variables = self.variables.merging(extra) { _, own in own }
    return GitHistory(root: (folder ?? url).path, variables: { variables[$0] }, seconds: seconds)
  }

  /// All versions that are offered, in order.
  func versions(of path: String, in folder: URL? = nil, with extra: [String: String] = [:]) throws -> [String] {
    let history = try #require(self.history(in: folder, with: extra))
    var shown: [String] = []
    let path = try #require(TreePath(path))
    let found = history.version(of: path) {
      shown.append(String(decoding: $0, as: UTF8.self))
      return false
    }
    #expect(found == nil)
    return shown
  }
}
