import Foundation
import TestSupport
import Testing

extension Torture {
  /// What reaches the disk when, read off the log of operations; and that what has nothing to write writes nothing.
  @Suite struct OrderTests {
    @Test(arguments: Situation.all.map(\.name)) func bytesThenJournalThenNames(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("order", name, unit: "operations")
      let operations = try arena.logged(scenario.command).operations.filter { $0.kind != "r" }
      figures.tried(operations.count)
      let changesLock = scenario.before.entries["aiwg.lock"] != scenario.after.entries["aiwg.lock"]
      for violation in WriteOrder(operations, needsLock: changesLock).violations() { figures.violation("\(name): \(violation)") }
      figures.report()
    }

    @Test func nothingToDoMeansNothingWritten() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("order", "commands with nothing to write", unit: "runs")
      let readers = [
        ["check"], ["check", "--format", "json"], ["diff"], ["status"], ["lint"], ["platforms"], ["deploy", "--dry-run"], ["sync", "--dry-run"],
        ["remove", "--dry-run"], ["deploy", "--platforms", "warp", "--dry-run"], ["restore"],
      ]
      let writers = [["deploy"], ["sync"], Situation.deploy, ["deploy", "--force"]]
      for (image, commands) in [(scenario.before, readers), (scenario.after, readers + writers)] {
        for command in commands {
          try arena.repository.reset(to: image)
          figures.tried()
          let (run, operations) = try arena.logged(command)
          let written = operations.filter { $0.counts(in: "wsc") }
          if !written.isEmpty { figures.violation("\(command) does \(written.prefix(4))") }
          if ![0, 1].contains(run.status) { figures.violation("\(command): \(run.excerpt)") }
        }
      }
      figures.report()
    }

    @Test(.enabled(if: access("/usr/bin/strace", X_OK) == 0, "no strace")) func theShimMissesNothing() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("order", "the shim against strace", unit: "operations")
      let seen = try arena.logged(scenario.command).operations.filter { $0.kind != "r" && $0.kind != "c" }
      try arena.repository.reset(to: scenario.before)
      let log = arena.aside + "/strace"
      let run = try arena.run(
        scenario.command, prefix: ["/usr/bin/strace", "-f", "-y", "-o", log, "-e", "trace=\(Self.calls.keys.joined(separator: ","))"])
      guard run.status == 0 else { return print("torture: strace does not run here: \(run.excerpt)") }
      var counts: [String: Int] = [:]
      for line in String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self).split(separator: "\n") {
        guard line.contains(arena.root), !line.contains("resumed>"), let word = line.split(separator: " ").dropFirst().first else { continue }
        guard let name = Self.calls[String(word.prefix { $0 != "(" })] else { continue }
        if name == "open", !["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].contains(where: line.contains) { continue }
        counts[line.contains("AT_REMOVEDIR") ? "rmdir" : line.contains("RENAME_EXCHANGE") ? "exchange" : name, default: 0] += 1
      }
      figures.tried(seen.count)
      for name in Set(counts.keys).union(seen.map(\.name)).sorted() where counts[name, default: 0] != seen.count(where: { $0.name == name }) {
        figures.violation("\(name): \(seen.count { $0.name == name }) by the shim, \(counts[name, default: 0]) by strace")
      }
      figures.report()
    }

    /// System calls, and what the shim calls them.
    private static let calls = [
      "openat": "open", "write": "write", "pwrite64": "write", "writev": "write", "copy_file_range": "write", "sendfile": "write", "fsync": "fsync",
      "fdatasync": "fsync", "syncfs": "syncfs", "ftruncate": "truncate", "fchmod": "chmod", "fchmodat": "chmod", "fchown": "chown", "flock": "flock",
      "renameat": "rename", "renameat2": "rename", "linkat": "link", "symlinkat": "symlink", "unlinkat": "unlink", "mkdirat": "mkdir",
    ]
  }
}
