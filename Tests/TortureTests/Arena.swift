import Foundation
import TestSupport

/// A repository, and all that happens to it.
final class Arena {
  let repository: Folder
  /// Outside of the repository: what processes print, the log of the shim, bait.
  let aside: String
  /// What the file system cannot do: f(lags of a rename), l(inks).
  var lacks = ""
  /// What the environment of a run has besides, and what follows its arguments.
  var surroundings: [String: String] = [:]
  var scope: [String] = []
  private let temporary: TemporaryFolder?
  private let memory: String?

  var root: String { repository.root }

  /// In memory where there is a folder for it, since thousands of runs wait for the disk otherwise.
  init(onDisk: Bool = false) throws {
    var base: String
    if !onDisk, access("/dev/shm", W_OK) == 0 {
      Self.clearAfterTheDead
      base = "/dev/shm/aiwg-torture-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
      (memory, temporary) = (base, nil)
    } else {
      let folder = try TemporaryFolder()
      base = folder.url.path
      (memory, temporary) = (nil, folder)
    }
    aside = base + "/aside"
    try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: true)
    repository = try Folder(base + "/repository")
  }

  /// Memory that a test run which was killed still takes up.
  private static let clearAfterTheDead: Void = {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/dev/shm")) ?? [] where name.hasPrefix("aiwg-torture-") {
      guard let id = name.split(separator: "-").dropFirst(2).first.flatMap({ pid_t($0) }), kill(id, 0) != 0, errno == ESRCH else { continue }
      try? FileManager.default.removeItem(atPath: "/dev/shm/" + name)
    }
  }()

  deinit {
    if let memory { try? FileManager.default.removeItem(atPath: memory) }
  }

  // Files

  /// Writes a file in place, its folders with it.
  func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    let full = root + "/" + path
    try FileManager.default.createDirectory(atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: full, contents: Data(text.utf8)), chmod(full, mode) == 0 else {
      throw SetupError("cannot write \(path)")
    }
  }

  func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: root + "/" + path) ?? Data(), as: UTF8.self)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: root + "/" + path) }

  // Runs

  /// Starts aiwg without waiting for it.
  func start(_ arguments: [String], _ trouble: Trouble? = nil, logs: Bool = false, name: String = "run", prefix: [String] = []) throws -> Child {
    guard let aiwg = Program.aiwg else { throw SetupError("no aiwg beside the tests: build all products, or set AIWG_BINARY") }
    var environment = ["PATH": "/usr/bin:/bin", "TORTURE_ROOT": root, "CI": "1"]
    environment.merge(surroundings) { $1 }
    if !lacks.isEmpty { environment["TORTURE_LACKS"] = lacks }
    if trouble != nil || logs || !lacks.isEmpty { environment["LD_PRELOAD"] = Shim.shared?.path ?? "" }
    if let trouble { environment.merge(trouble.environment) { $1 } }
    if logs { environment["TORTURE_LOG"] = aside + "/log" }
    return try Child(prefix + [aiwg.path] + arguments + scope, in: root, environment: environment, files: aside, name: name)
  }

  /// Runs aiwg to its end.
  @discardableResult
  func run(_ arguments: [String], _ trouble: Trouble? = nil, prefix: [String] = []) throws -> Run {
    try start(arguments, trouble, prefix: prefix).wait()
  }

  /// Runs aiwg and tells what it did to files.
  func logged(_ arguments: [String], _ trouble: Trouble? = nil) throws -> (run: Run, operations: [Operation]) {
    unlink(aside + "/log")
    let run = try start(arguments, trouble, logs: true).wait()
    let log = String(decoding: FileManager.default.contents(atPath: aside + "/log") ?? Data(), as: UTF8.self)
    return (run, log.split(separator: "\n").compactMap { Operation($0, root: root) })
  }

  /// Runs aiwg where nothing is wrong, as part of making a situation.
  func prepare(_ arguments: [String], allowing allowed: Set<Int32> = [0]) throws {
    let run = try run(arguments)
    guard allowed.contains(run.status) else { throw SetupError("aiwg \(arguments.joined(separator: " ")): \(run.excerpt)") }
  }
}
