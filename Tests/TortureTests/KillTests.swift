import Foundation
import TestSupport
import Testing

extension Torture {
  /// SIGKILL before every operation; then a check, then the command that comes next.
  @Suite struct KillTests {
    @Test(arguments: Situation.all.map(\.name)) func atEveryOperation(_ name: String) throws {
      for onDisk in Torture.size(short: [false], full: [false, true]) {
        let arena = try Arena(onDisk: onDisk)
        let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
        let figures = Figures("kill", "\(name)\(onDisk ? ", on disk" : "")", unit: "points")
        let last = try operations(of: scenario, in: arena)
        for point in stride(from: 1, through: last, by: Torture.size(short: max(1, last / 14), full: 1)) {
          for next in nexts(scenario, point) { try kill(at: point, then: next, scenario, arena, figures) }
        }
        figures.report()
      }
    }

    /// Where a rename knows no flags, and where there are no links either.
    @Test(arguments: ["sync", "deploy --force"], ["f", "fl"]) func onOtherFileSystems(_ name: String, _ lacks: String) throws {
      let arena = try Arena()
      arena.lacks = lacks
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("kill", "\(name), without \(lacks == "f" ? "flags of renames" : "flags of renames and links")", unit: "points")
      let last = try operations(of: scenario, in: arena)
      for point in stride(from: 1, through: last, by: Torture.size(short: max(1, last / 7), full: 1)) {
        for next in nexts(scenario, point) { try kill(at: point, then: next, scenario, arena, figures) }
      }
      figures.report()
    }

    /// Where a folder of the repository is on another device, to which nothing can be moved.
    @Test(
      .enabled(if: geteuid() == 0, "only root can mount"), arguments: ["sync", "deploy --force"],
      [".aiwg", ".aiwg/state", ".claude", ".claude/rules"])
    func acrossDevices(_ name: String, _ folder: String) throws {
      let arena = try Arena()
      let mount = arena.root + "/" + folder
      try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
      guard try Torture.shell("mount -t tmpfs none '\(mount)'") else { return print("torture: cannot mount a tmpfs") }
      defer { _ = try? Torture.shell("umount '\(mount)'") }
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("kill", "\(name), with \(folder) on another device", unit: "points")
      let last = try operations(of: scenario, in: arena)
      for point in stride(from: 1, through: last, by: Torture.size(short: max(1, last / 5), full: 1)) {
        for next in nexts(scenario, point) { try kill(at: point, then: next, scenario, arena, figures) }
      }
      figures.report()
    }

    @Test(arguments: Situation.all.map(\.name)) func duringRecovery(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("kill", "\(name), recovery killed too", unit: "pairs")
      let last = try operations(of: scenario, in: arena)
      for point in stride(from: 2, through: last, by: max(1, last / Torture.size(short: 2, full: 14))) {
        guard try scenario.begin(in: arena, killedAt: point) else { continue }
        let recovery = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
        for second in stride(from: 1, through: recovery, by: max(1, recovery / Torture.size(short: 3, full: 24))) {
          figures.tried()
          guard try scenario.begin(in: arena, killedAt: point) else { continue }
          try arena.run(scenario.command, Trouble(act: .kill, at: second))
          try finish(scenario, scenario.command, "op \(point), then op \(second) of the recovery", arena, figures)
        }
      }
      figures.report()
    }

    @Test(.enabled(if: sharedDirectory("corpus/aiwg") != nil, "the real tree is not beside the checkout"), .enabled(if: Torture.isFull, "full form"))
    func realTreeOnAllPlatforms() throws {
      let arena = try Arena()
      for (scenario, points) in try Situation.corpus(in: arena) {
        try arena.repository.reset(to: scenario.before)
        let last = try operations(of: scenario, in: arena)
        let figures = Figures("kill", "\(scenario.name), every \(max(1, last / points))th of \(last)", unit: "points")
        for point in stride(from: 1, through: last, by: max(1, last / points)) {
          try kill(at: point, then: scenario.command, scenario, arena, figures)
        }
        figures.report()
      }
    }

    private func operations(of scenario: Scenario, in arena: Arena) throws -> Int {
      try arena.repository.reset(to: scenario.before)
      return try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
    }

    /// A command that writes, and has nothing to do of its own: it recovers, and says that there is no such name.
    private var recovering: [String] { ["restore", "nothing-of-this-name"] }

    /// The commands that may come next: one that completes, and one that only recovers.
    private func nexts(_ scenario: Scenario, _ point: Int) -> [[String]] {
      Torture.size(short: [point % 2 == 0 ? scenario.command : recovering], full: [scenario.command, recovering])
    }

    private func kill(at point: Int, then next: [String], _ scenario: Scenario, _ arena: Arena, _ figures: Figures) throws {
      try arena.repository.reset(to: scenario.before)
      figures.tried()
      let run = try arena.run(scenario.command, Trouble(act: .kill, at: point))
      guard run.ending == .signal(SIGKILL) else { return figures.note("ended before") }
      let place = "\(scenario.name), op \(point), then \(next[0])"
      let half = try arena.repository.image()
      for loss in scenario.lost(in: half) { figures.violation("\(place): after the kill, \(loss)") }
      let check = try arena.run(["check"])
      if !scenario.checks.contains(check.status) { figures.violation("\(place): check: \(check.excerpt)") }
      let written = half.differences(to: try arena.repository.image())
      if !written.isEmpty { figures.violation("\(place): check wrote \(written.prefix(3))") }
      try finish(scenario, next, place, arena, figures)
    }

    /// The next command leads to the old tree or the new one.
    private func finish(_ scenario: Scenario, _ next: [String], _ place: String, _ arena: Arena, _ figures: Figures) throws {
      let run = try arena.run(next)
      let image = try arena.repository.image()
      for loss in scenario.lost(in: image) { figures.violation("\(place): \(loss)") }
      if next == scenario.command {
        if run.status != 0, run.status != scenario.status { figures.violation("\(place): \(run.excerpt)") }
        let differences = scenario.after.differences(to: image)
        if !differences.isEmpty { figures.violation("\(place): not the new tree: \(differences.prefix(6))") }
      } else {
        if run.status != 2 { figures.violation("\(place): \(run.excerpt)") }
        let (old, new) = (scenario.before.differences(to: image), scenario.after.differences(to: image))
        if old.isEmpty {
          figures.note("undone")
        } else if new.isEmpty {
          figures.note("finished")
        } else {
          figures.violation("\(place): neither the old tree \(old.prefix(6)) nor the new one \(new.prefix(6))")
        }
      }
    }
  }
}
