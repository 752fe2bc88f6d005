package import Foundation

/// The aiwg binary that was built beside the tests, and runs of it and of other programs.
package enum Program {
  /// What a run came to.
  package struct Result: Sendable {
    package var status: Int32
    package var output: String
    package var errors: String
  }

  /// The binary; nil when it is not where tests are built.
  ///
  /// `AIWG_BINARY` in the environment names another one.
  package static let aiwg: URL? = {
    if let path = ProcessInfo.processInfo.environment["AIWG_BINARY"] { return URL(fileURLWithPath: path) }
    // The test bundle is the first argument, or one after an option where a helper of the tool chain loads it.
    for argument in CommandLine.arguments where argument.contains("/") {
      var folder = URL(fileURLWithPath: argument).resolvingSymlinksInPath().deletingLastPathComponent()
      for _ in 0..<5 {
        let candidate = folder.appendingPathComponent("aiwg")
        if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath { return candidate }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }()

  /// Runs a program to its end.
  ///
  /// Its environment is the one given, `PATH` apart, so that no setting of the machine leaks in; with `CI`, so that it keeps nothing for later merges.
  package static func run(_ program: URL, _ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws -> Result {
    let files = try TemporaryFolder()
    let (output, errors) = (files.url.appendingPathComponent("output"), files.url.appendingPathComponent("errors"))
    // Files instead of pipes: nothing fills up, whatever is printed.
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment.merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "CI": "1"]) { own, _ in own }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try withSignalsUnblocked { try process.run() }
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Threads of a test run block signals, and a child inherits that: it could not be terminated.
  private static func withSignalsUnblocked(_ body: () throws -> Void) rethrows {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// Runs aiwg.
  package static func aiwg(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws -> Result {
    guard let aiwg else { throw SetupError("no aiwg beside the tests: build all products, or set AIWG_BINARY") }
    return try run(aiwg, arguments, in: folder, environment: environment)
  }

  /// Runs a line of shell, where `aiwg` is the binary.
  package static func shell(_ line: String, in folder: URL, environment: [String: String] = [:]) throws -> Result {
    var environment = environment
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = (aiwg.map { $0.deletingLastPathComponent().path + ":" } ?? "") + path
    return try run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], in: folder, environment: environment)
  }
}

/// A folder that goes when nothing holds it any more.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent("aiwg-test-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A folder that cannot be removed is no reason for a test to fail.
    try? FileManager.default.removeItem(at: url)
  }
}
