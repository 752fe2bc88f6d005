import Foundation
import TestSupport

/// A repository in a temporary folder, for tests that go on by what they find.
struct Checkout {
  let url: URL
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    url = folder.url.appendingPathComponent("repo")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
    try Program.aiwg(arguments, in: url, environment: environment)
  }

  func shell(_ line: String, environment: [String: String] = [:]) throws -> Program.Result {
    try Program.shell(line, in: url, environment: environment)
  }

  func snapshot() throws -> FolderSnapshot { try FolderSnapshot(of: url) }

  /// Files that were created, removed or written since, be it with the same bytes.
  func written(since old: FolderSnapshot) throws -> Set<String> {
    let now = try snapshot()
    let paths = old.writes(to: now).map { String($0.dropFirst(2)) }
    return Set(paths.filter { (now.entries[$0] ?? old.entries[$0])?.isFolder != true })
  }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func append(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try (Data(contentsOf: file) + Data(text.utf8)).write(to: file)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: url.appendingPathComponent(path)) }

  /// Whether aiwg.lock fits the files, for a program that knows nothing of aiwg.
  func hasFittingSums() throws -> Program.Result {
    // With nothing but blocks there is no whole file to verify.
    let verify = "if command -v sha256sum >/dev/null; then sha256sum -c --quiet aiwg.lock; else shasum -a 256 -c aiwg.lock; fi"
    return try shell("grep -q '^[0-9a-f]' aiwg.lock || exit 0; " + verify)
  }
}
