import Foundation
import TestSupport
import Testing

/// The real binary, watching a real folder while somebody works in it.
@Suite(.serialized) struct WatchTests {
  /// A watch at work; it ends with this value.
  private final class Running {
    let folder: TemporaryFolder
    private let process = Process()
    private let output: URL
    /// Lines up to here were waited for.
    private var read = 0

    init(_ options: [String] = [], through shell: String? = nil) throws {
      folder = try TemporaryFolder()
      output = folder.url.appendingPathComponent("output")
      try Data().write(to: output)
      try write("repo/aiwg.yaml", "platforms: [claude-code, cursor]\nsources:\n  - path: .aiwg\n  - path: ../shared\n")
      try write("repo/.aiwg/rules/one.md", "---\ndescription: One.\n---\nText one.\n")
      try write("shared/rules/far.md", "---\ndescription: Far.\n---\nText far.\n")
      let aiwg = try #require(Program.aiwg)
      process.executableURL = shell == nil ? aiwg : URL(fileURLWithPath: "/bin/sh")
      process.arguments = shell.map { ["-c", "exec " + $0, aiwg.path] } ?? ["watch"] + options
      process.currentDirectoryURL = folder.url.appendingPathComponent("repo")
      process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.url.path, "CI": "1"]
      process.standardInput = FileHandle.nullDevice
      let handle = try FileHandle(forWritingTo: output)
      (process.standardOutput, process.standardError) = (handle, handle)
      var (none, before) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &before)
      defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
      try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    func write(_ path: String, _ text: String) throws {
      let file = folder.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      // In place, as some editors do; others save by a rename.
      try Data(text.utf8).write(to: file)
    }

    func rename(_ path: String, to other: String) throws {
      let files = folder.url
      guard Foundation.rename(files.appendingPathComponent(path).path, files.appendingPathComponent(other).path) == 0 else {
        throw SetupError("rename")
      }
    }

    var all: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// What was printed since the last time, once a text is in it.
    func wait(for text: String, line: Int = #line) throws -> String {
      let deadline = Date().addingTimeInterval(90)
      while Date() < deadline {
        let new = String(all.dropFirst(read))
        if let found = new.range(of: text), let end = new[found.upperBound...].firstIndex(of: "\n") {
          read += new.distance(from: new.startIndex, to: end) + 1
          return String(new[...end])
        }
        guard process.isRunning else { break }
        usleep(20_000)
      }
      throw SetupError("line \(line): `\(text)` never came; so far:\n\(all)")
    }

    func has(_ path: String, _ text: String) -> Bool {
      (try? String(contentsOf: folder.url.appendingPathComponent(path), encoding: .utf8))?.contains(text) ?? false
    }

    func end(by signal: Int32) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  @Test func everySaveIsARun() throws {
    let watch = try Running()
    _ = try watch.wait(for: "watching 3 folders; Ctrl-C ends")
    #expect(watch.has("repo/.cursor/rules/one.mdc", "Text one."))
    try watch.write("repo/.aiwg/rules/one.md", "---\ndescription: One.\n---\nText two.\n")
    let run = try watch.wait(for: "updated")
    #expect(run.contains(".aiwg/rules/one.md\n"))
    #expect(watch.has("repo/.cursor/rules/one.mdc", "Text two."))
    // By a rename, as most editors save.
    try watch.write("repo/.aiwg/rules/.one.swp", "---\ndescription: One.\n---\nText three.\n")
    try watch.rename("repo/.aiwg/rules/.one.swp", to: "repo/.aiwg/rules/one.md")
    _ = try watch.wait(for: "updated")
    #expect(watch.has("repo/.cursor/rules/one.mdc", "Text three."))
    // Elsewhere, and in folders that were not there before.
    try watch.write("shared/rules/far.md", "---\ndescription: Far.\n---\nText farther.\n")
    #expect(try watch.wait(for: "updated").contains("../shared/rules/far.md"))
    try watch.write("repo/.aiwg/skills/kit/SKILL.md", "---\ndescription: Kit.\n---\nUse it.\n")
    _ = try watch.wait(for: "created")
    try watch.write("repo/.aiwg/skills/kit/references/deep/a.md", "Deep.\n")
    _ = try watch.wait(for: "created")
    #expect(watch.has("repo/.claude/skills/kit/references/deep/a.md", "Deep."))
    // A configuration that selects another platform.
    try watch.write("repo/aiwg.yaml", "platforms: [cursor]\nsources:\n  - path: .aiwg\n  - path: ../shared\n")
    #expect(try watch.wait(for: "deleted").contains("aiwg.yaml\n"))
    // It did nothing on its own, and holds nothing.
    let runs = watch.all
    #expect(try Program.aiwg(["check", "--no-wait"], in: watch.folder.url.appendingPathComponent("repo")).status == 0)
    #expect(watch.end(by: SIGINT) == 130)
    #expect(watch.all == runs)
    #expect(try Program.aiwg(["check"], in: watch.folder.url.appendingPathComponent("repo")).status == 0)
  }

  @Test func aBurstIsFewRuns() throws {
    let watch = try Running()
    _ = try watch.wait(for: "Ctrl-C ends")
    for number in 0..<60 { try watch.write("repo/.aiwg/rules/r\(number).md", "---\ndescription: R.\n---\nText \(number).\n") }
    let deadline = Date().addingTimeInterval(90)
    while !watch.has("repo/.cursor/rules/r59.mdc", "Text 59.") || !watch.has("repo/aiwg.lock", "r59.mdc"), Date() < deadline { usleep(20_000) }
    try watch.write("repo/.aiwg/rules/last.md", "---\ndescription: L.\n---\nThe last.\n")
    _ = try watch.wait(for: ".aiwg/rules/last.md\n")
    let runs = watch.all.split(separator: "\n").count { $0.contains(" .aiwg/rules/") && $0.dropFirst(2).hasPrefix(":") }
    // One, and more where the machine was too slow to write all of them in a second.
    #expect(runs >= 2 && runs <= 8, "\(watch.all)")
    #expect(watch.end(by: SIGTERM) == 143)
  }

  @Test func errorsEndNothing() throws {
    let watch = try Running()
    _ = try watch.wait(for: "Ctrl-C ends")
    try watch.write("repo/.aiwg/rules/bad.md", "---\na: [\n---\nText.\n")
    _ = try watch.wait(for: "[yaml/syntax]")
    try watch.write("repo/.aiwg/rules/bad.md", "---\ndescription: Good.\n---\nText.\n")
    _ = try watch.wait(for: "created")
    try watch.write("repo/aiwg.yaml", "platforms: [\n")
    _ = try watch.wait(for: "error: ")
    // Meanwhile the sources count that it named before.
    try watch.write("repo/aiwg.yaml", "platforms: [claude-code, cursor]\nsources:\n  - path: .aiwg\n")
    _ = try watch.wait(for: "deleted")
    // The whole tree goes, and comes back.
    try watch.rename("repo/.aiwg/rules", to: "rules")
    try watch.rename("repo/.aiwg", to: "gone")
    _ = try watch.wait(for: "[source/missing]")
    try watch.rename("rules", to: "gone/rules")
    try watch.rename("gone", to: "repo/.aiwg")
    _ = try watch.wait(for: "unchanged")
    // An edit by hand is not lost, and not taken without being asked.
    try watch.write("repo/.cursor/rules/bad.mdc", "Mine.\n")
    try watch.write("repo/.aiwg/rules/bad.md", "---\ndescription: Good.\n---\nOther text.\n")
    _ = try watch.wait(for: "[plan/nothing-written]")
    #expect(watch.has("repo/.cursor/rules/bad.mdc", "Mine."))
    #expect(watch.end(by: SIGINT) == 130)
  }

  @Test func editsAreAbsorbedOnceAndNotAgain() throws {
    let watch = try Running(["--absorb"])
    _ = try watch.wait(for: "Ctrl-C ends")
    let output = watch.folder.url.appendingPathComponent("repo/.cursor/rules/one.mdc")
    let text = try String(contentsOf: output, encoding: .utf8)
    try Data(text.replacingOccurrences(of: "Text one.", with: "Text of mine.").utf8).write(to: output)
    try watch.write("repo/.aiwg/rules/two.md", "---\ndescription: Two.\n---\nText two.\n")
    _ = try watch.wait(for: "created")
    #expect(watch.has("repo/.aiwg/rules/one.md", "Text of mine."))
    try watch.write("repo/.aiwg/rules/two.md", "---\ndescription: Two.\n---\nText 2.\n")
    // What the run before wrote into the tree is no change.
    let next = try watch.wait(for: ".aiwg/rules/two.md\n")
    #expect(!next.contains("one.md"), "\(watch.all)")
    #expect(watch.end(by: SIGINT) == 130)
  }

  @Test func itLooksWhereNobodyTells() throws {
    let watch = try Running(["--poll", "0.2"])
    _ = try watch.wait(for: "looking every 0.2 seconds; Ctrl-C ends")
    try watch.write("repo/.aiwg/rules/one.md", "---\ndescription: One.\n---\nText two.\n")
    _ = try watch.wait(for: "updated")
    #expect(watch.end(by: SIGINT) == 130)
  }

  #if os(Linux)
    @Test func itLooksWhenTheSystemWatchesNoMore() throws {
      // A user of a name space of its own, who may watch one folder.
      let enter = "unshare -Ur sh -c 'echo 1 > /proc/sys/user/max_inotify_watches && "
      guard try Program.shell(enter + "true'", in: FileManager.default.temporaryDirectory).status == 0 else {
        print("skipped: no name spaces here")
        return
      }
      let watch = try Running(through: enter + "exec \"$0\" watch' \"$0\"")
      _ = try watch.wait(for: "the system watches no more folders for this user; looking every 2 seconds instead")
      _ = try watch.wait(for: "Ctrl-C ends")
      try watch.write("repo/.aiwg/rules/one.md", "---\ndescription: One.\n---\nText two.\n")
      _ = try watch.wait(for: "updated")
      #expect(watch.end(by: SIGTERM) == 143)
    }
  #endif
}
