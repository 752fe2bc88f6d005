import Foundation
import TestSupport
import Testing

extension Torture {
  /// Every operation fails once, or it and all later ones do; the run says so and undoes, or leaves what the next run undoes.
  @Suite struct FaultTests {
    private struct Fault: Sendable {
      var name: String
      var act: Trouble.Act
      var isSticky = false
      var classes = "wscl"
      /// Only every nth operation in the short form: there are many that differ little.
      var every = 1
    }

    private static let faults: [Fault] = [
      Fault(name: "ENOSPC", act: .fail(ENOSPC), classes: "w"), Fault(name: "ENOSPC, for good", act: .fail(ENOSPC), isSticky: true, classes: "w"),
      Fault(name: "EIO", act: .fail(EIO)), Fault(name: "EIO, for good", act: .fail(EIO), isSticky: true),
      Fault(name: "EACCES", act: .fail(EACCES), classes: "w", every: 2),
      Fault(name: "EACCES, for good", act: .fail(EACCES), isSticky: true, classes: "w", every: 2),
      Fault(name: "EROFS", act: .fail(EROFS), classes: "w", every: 3),
      Fault(name: "EROFS, for good", act: .fail(EROFS), isSticky: true, classes: "w", every: 3),
      Fault(name: "EMFILE on opening to read", act: .fail(EMFILE), classes: "r", every: 4),
      Fault(name: "ENOMEM on opening to read, for good", act: .fail(ENOMEM), isSticky: true, classes: "r", every: 4),
      Fault(name: "EINTR", act: .fail(EINTR), every: 2), Fault(name: "short writes", act: .short, classes: "w", every: 3),
      Fault(name: "short writes, for good", act: .short, isSticky: true, classes: "w", every: 3),
    ]

    @Test(arguments: Situation.all.map(\.name)) func everyOperation(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let operations = try arena.logged(scenario.command).operations
      let figures = Figures("fault", "\(name), \(Self.faults.count) kinds", unit: "faults")
      for (index, fault) in Self.faults.enumerated() {
        let counted = operations.filter { $0.counts(in: fault.classes) }
        let step = Torture.size(short: 61 * fault.every, full: 1)
        for point in stride(from: 1 + index % step, through: max(1, counted.count), by: step) {
          try arena.repository.reset(to: scenario.before)
          figures.tried()
          let run = try arena.run(scenario.command, Trouble(act: fault.act, at: point, isSticky: fault.isSticky, classes: fault.classes))
          let place = "\(name), \(fault.name), op \(point) (\(point <= counted.count ? "\(counted[point - 1])" : "-"))"
          try judge(run, scenario, place, arena, figures)
        }
      }
      figures.report()
    }

    @Test(arguments: Situation.all.map(\.name)) func duringRecovery(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("fault", "\(name), in the recovery of a killed run", unit: "faults")
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
      for point in stride(from: 3, through: last, by: max(1, last / Torture.size(short: 2, full: 12))) {
        guard try scenario.begin(in: arena, killedAt: point) else { continue }
        let recovery = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
        for second in stride(from: 1, through: recovery, by: max(1, recovery / Torture.size(short: 2, full: 16))) {
          for (number, isSticky) in [(EIO, false), (ENOSPC, true)] {
            figures.tried()
            guard try scenario.begin(in: arena, killedAt: point) else { continue }
            let run = try arena.run(scenario.command, Trouble(act: .fail(number), at: second, isSticky: isSticky))
            try judge(run, scenario, "\(name), op \(point), then errno \(number) at op \(second) of the recovery", arena, figures)
          }
        }
      }
      figures.report()
    }

    /// What only reads says what it cannot read, and writes nothing.
    @Test(arguments: ["check", "diff", "status", "lint"]) func reading(_ command: String) throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("fault", "\(command), nothing can be opened", unit: "faults")
      let (fine, operations) = try arena.logged([command])
      for (number, isSticky) in [(EIO, false), (EACCES, false), (EMFILE, true)] {
        for point in stride(from: 1, through: operations.count { $0.counts(in: "rl") }, by: Torture.size(short: 17, full: 1)) {
          figures.tried()
          let run = try arena.run([command], Trouble(act: .fail(number), at: point, isSticky: isSticky, classes: "rl"))
          let place = "\(command), errno \(number) at op \(point)"
          if ![4, fine.status].contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
          if run.status == 4, !run.errors.contains("error: ") { figures.violation("\(place): no message: \(run.excerpt)") }
          figures.note("exit \(run.status)")
        }
      }
      if !scenario.before.differences(to: try arena.repository.image()).isEmpty { figures.violation("\(command) wrote") }
      figures.report()
    }

    /// Done, or undone, or to be undone by the next run; and 4 with a path unless it was done.
    private func judge(_ run: Run, _ scenario: Scenario, _ place: String, _ arena: Arena, _ figures: Figures) throws {
      let image = try arena.repository.image()
      for loss in scenario.lost(in: image) { figures.violation("\(place): \(loss)") }
      guard [0, scenario.status, 4].contains(run.status) else { return figures.violation("\(place): \(run.excerpt)") }
      if run.status == 4 {
        if !named(in: run.errors, scenario) { figures.violation("\(place): names no path: \(run.excerpt)") }
        figures.note("refused")
      } else {
        figures.note("absorbed")
      }
      let (old, new) = (scenario.before.differences(to: image), scenario.after.differences(to: image))
      if run.status == 4, old.isEmpty { return }
      if run.status != 4, new.isEmpty { return }
      // Only what the next run is told of may be left.
      let state = image.entries.keys.filter { $0.hasPrefix(".aiwg/state/journal") }
      let isState = { (line: String) in line.hasPrefix("+ .aiwg/state") || line.hasPrefix("+ .aiwg.new") || line == "+ .aiwg" }
      let outside = (run.status == 4 ? old : new).filter { !isState($0) }
      // All was written, and clearing away failed: it says so.
      let saysSo = ["[run/uncleared]", "[lint/repaired]", "what it did stands"].contains { run.errors.contains($0) }
      let isDone = run.status == 4 && new.allSatisfy(isState) && saysSo
      if state.isEmpty, !outside.isEmpty, !isDone {
        figures.violation("\(place): \(run.ending), no journal, and \(outside.prefix(6)); \(run.excerpt)")
      }
      figures.note("left to the next run")
      let next = try arena.run(scenario.command)
      if ![0, scenario.status].contains(next.status) { figures.violation("\(place): the next run: \(next.excerpt)") }
      let after = try arena.repository.image()
      for loss in scenario.lost(in: after) { figures.violation("\(place): after the next run, \(loss)") }
      let differences = scenario.after.differences(to: after)
      if !differences.isEmpty { figures.violation("\(place): after the next run not the new tree: \(differences.prefix(6))") }
    }

    /// A place begins the line of an error.
    private func named(in errors: String, _ scenario: Scenario) -> Bool {
      errors.split(separator: "\n").contains {
        $0.range(of: ": error: ").map { $0.lowerBound > errors.startIndex } ?? false && !$0.hasPrefix("error: ")
      }
    }
  }
}
