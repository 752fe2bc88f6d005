import Foundation
import TestSupport
import Testing

extension Torture {
  /// Somebody swaps a folder with a symlink that leads out of the repository while aiwg works in it.
  @Suite struct SwapperTests {
    private static let folders = [
      ".claude/rules", ".claude", ".claude/skills", ".cursor/rules", ".agents/skills", ".aiwg", ".aiwg/state", ".aiwg/rules",
    ]

    /// A folder outside that looks as the one that is swapped, so that nothing about its files warns aiwg.
    private func layBait(_ folder: String, _ scenario: Scenario, _ arena: Arena) throws -> URL {
      let outside = arena.aside + "/outside"
      if FileManager.default.fileExists(atPath: outside) { try FileManager.default.removeItem(atPath: outside) }
      let bait = try Folder(outside)
      var image = Image()
      for (path, entry) in scenario.before.entries where path.hasPrefix(folder + "/") {
        image.entries[String(path.dropFirst(folder.count + 1))] = entry
      }
      try bait.reset(to: image)
      return URL(fileURLWithPath: outside)
    }

    private func isLink(_ path: String) -> Bool {
      var info = stat()
      return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
    }

    @Test(arguments: folders) func atEveryOperation(_ folder: String) throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("swapper", "\(folder) swapped once", unit: "swaps")
      let (swapped, parked) = (arena.root + "/" + folder, arena.root + "/parked")
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
      for point in stride(from: 1, through: last, by: Torture.size(short: 37, full: 1)) {
        try arena.repository.reset(to: scenario.before)
        let outside = try layBait(folder, scenario, arena)
        guard symlink(outside.path, parked) == 0 else { throw SetupError("cannot park a link") }
        let before = try FolderSnapshot(of: outside)
        figures.tried()
        let run = try arena.run(scenario.command, Trouble(act: .exchange(swapped, parked), at: point))
        let place = "\(folder), op \(point)"
        if try FolderSnapshot(of: outside).entries != before.entries { figures.violation("\(place): bytes outside: \(run.excerpt)") }
        // A link in place of a source is wrong input.
        let allowed: Set<Int32> = folder == ".aiwg/rules" ? [0, 2, 3, 4] : [0, 3, 4]
        if !allowed.contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
        figures.note("exit \(run.status)")
        if isLink(swapped), !LibC.exchange(swapped, parked) { figures.violation("\(place): cannot swap back") }
        // A folder of the user's that is put back is no reason to lose anything in it.
        let next = try arena.run(scenario.command)
        if ![0, 3].contains(next.status) { figures.violation("\(place): swapped back: \(next.excerpt)") }
        for loss in scenario.lost(in: try arena.repository.image()) where !loss.contains(folder) { figures.violation("\(place): \(loss)") }
      }
      figures.report()
    }

    /// A folder of the sources that is swapped while it is read is never taken for an empty one, whose outputs would go.
    @Test func whileTheSourcesAreRead() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("swapper", "sources swapped as they are opened", unit: "swaps")
      let opened = try arena.logged(scenario.command).operations.filter { $0.counts(in: "r") }
      for folder in [".aiwg/skills/kit", ".aiwg/rules"] {
        for point in opened.indices where opened[point].path == folder || opened[point].path.hasPrefix(folder + "/") {
          try arena.repository.reset(to: scenario.before)
          let place = "\(folder), opening \(opened[point].path)"
          let run = try swapOnce(folder, at: point + 1, scenario.command, arena, figures)
          let expected = run.status == 0 ? scenario.after : scenario.before
          let differences = expected.differences(to: try arena.repository.image())
          if !differences.isEmpty { figures.violation("\(place): \(run.excerpt), and \(differences.prefix(4))") }
          if ![0, 2, 3, 4].contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
        }
      }
      figures.report()
    }

    /// A folder that was just made gets its permissions; what was put in its place does not.
    @Test func asAFolderIsMade() throws {
      let arena = try Arena()
      let scenario = try Situation.firstDeploy(in: arena)
      let figures = Figures("swapper", "new folders swapped as they are opened", unit: "swaps")
      let opened = try arena.logged(scenario.command).operations.filter { $0.counts(in: "r") }
      for folder in [".claude/rules", ".codex", ".codex/agents", ".aiwg/state"] {
        for point in opened.indices where opened[point].path == folder {
          try arena.repository.reset(to: scenario.before)
          let run = try swapOnce(folder, at: point + 1, scenario.command, arena, figures)
          if ![0, 3, 4].contains(run.status) { figures.violation("\(folder): \(run.excerpt)") }
          let next = try arena.run(scenario.command)
          if next.status != 0 { figures.violation("\(folder), swapped back: \(next.excerpt)") }
        }
      }
      figures.report()
    }

    /// Swaps a folder with a link to a private and empty one outside, and back after the run; nothing may change there.
    private func swapOnce(_ folder: String, at point: Int, _ command: [String], _ arena: Arena, _ figures: Figures) throws -> Run {
      let (swapped, parked, outside) = (arena.root + "/" + folder, arena.aside + "/parked", arena.aside + "/private")
      try? FileManager.default.removeItem(atPath: outside)
      guard mkdir(outside, 0o700) == 0, unlink(parked) == 0 || errno == ENOENT, symlink(outside, parked) == 0 else {
        throw SetupError("cannot lay a bait")
      }
      figures.tried()
      let run = try arena.run(command, Trouble(act: .exchange(swapped, parked), at: point, classes: "r"))
      if isLink(swapped), !LibC.exchange(swapped, parked) { figures.violation("\(folder): cannot swap back") }
      var info = stat()
      let isSame = lstat(outside, &info) == 0 && info.st_mode & 0o777 == 0o700
      let names = try FileManager.default.contentsOfDirectory(atPath: outside)
      if !isSame || !names.isEmpty { figures.violation("\(folder), op \(point): changed outside: \(names) \(run.excerpt)") }
      return run
    }

    /// Swaps as fast as it can, with a rest now and then.
    private final class Swapper: @unchecked Sendable {
      private let lock = NSLock()
      private var isDone = false
      private var swaps = 0

      init(_ first: String, _ second: String) {
        Thread.detachNewThread { [self] in
          while !lock.withLock({ isDone }) {
            if LibC.exchange(first, second) { lock.withLock { swaps += 1 } }
            if Int.random(in: 0..<400) == 0 { usleep([50, 500, 3000].randomElement() ?? 50) }
          }
        }
      }

      var count: Int { lock.withLock { swaps } }

      func stop() { lock.withLock { isDone = true } }
    }

    @Test func duringManyDeploys() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let (swaps, deploys) = Torture.size(short: (5_000, 15), full: (100_000, 300))
      let figures = Figures("swapper", ".claude/rules swapped all the time during \(deploys) deploys", unit: "swaps")
      let outside = try layBait(".claude/rules", scenario, arena)
      let parked = arena.root + "/parked"
      guard symlink(outside.path, parked) == 0 else { throw SetupError("cannot park a link") }
      let before = try FolderSnapshot(of: outside)
      let swapper = Swapper(arena.root + "/.claude/rules", parked)
      var runs = 0
      while runs < deploys || swapper.count < swaps {
        try arena.write("---\ndescription: A rule.\n---\nText \(runs).\n", to: ".aiwg/rules/one.md")
        let run = try arena.run(["deploy"])
        runs += 1
        figures.note("exit \(run.status)")
        if ![0, 3, 4].contains(run.status) { figures.violation("deploy \(runs): \(run.excerpt)") }
      }
      swapper.stop()
      usleep(10_000)
      figures.tried(swapper.count)
      if try FolderSnapshot(of: outside).entries != before.entries { figures.violation("bytes outside") }
      figures.report()
    }
  }
}
