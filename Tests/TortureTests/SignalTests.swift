import Foundation
import Testing

extension Torture {
  /// Ctrl-C and a polite kill while it writes: undone, and an exit code that says so.
  @Suite struct SignalTests {
    @Test(arguments: Situation.all.map(\.name)) func whileWriting(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let operations = try arena.logged(scenario.command).operations.filter { $0.counts(in: "wscl") }
      let firstWrite = operations.firstIndex { $0.kind == "w" } ?? 0
      let figures = Figures("signal", name, unit: "signals")
      for (signal, status) in [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)] {
        for point in stride(from: signal == SIGINT ? 1 : 3, through: operations.count, by: Torture.size(short: max(2, operations.count / 7), full: 1))
        {
          try arena.repository.reset(to: scenario.before)
          figures.tried()
          let run = try arena.run(scenario.command, Trouble(act: .raise(signal), at: point))
          let image = try arena.repository.image()
          let (old, new) = (scenario.before.differences(to: image), scenario.after.differences(to: image))
          switch run.ending {
          case .exit(status) where old.isEmpty: figures.note("undone")
          case .exit(status) where new.isEmpty: figures.note("done")
          case .exit(scenario.status) where new.isEmpty: figures.note("too late")
          // Before anything is written there is nothing to undo.
          case .signal(signal) where old.isEmpty && point <= firstWrite + 1: figures.note("before the first write")
          default:
            let differences = old.count <= new.count ? old : new
            figures.violation("\(name), signal \(signal) at op \(point) (\(operations[point - 1])): \(run.excerpt); \(differences.prefix(6))")
          }
        }
      }
      figures.report()
    }
  }
}
