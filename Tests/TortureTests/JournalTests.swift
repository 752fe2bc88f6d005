import Foundation
import Testing

extension Torture {
  /// What happens to a repository between a killed run and the next one.
  @Suite struct JournalTests {
    /// The user does not know that a run was killed, and goes on working.
    @Test(arguments: ["sync", "deploy --force", "remove"]) func editedInBetween(_ name: String) throws {
      let arena = try Arena()
      let scenario = try #require(Situation.all.first { $0.name == name }).make(arena)
      let figures = Figures("journal", "\(name), killed, then files edited", unit: "edits")
      let paths = Set(scenario.before.differences(to: scenario.after).map { String($0.dropFirst(2)) }).filter {
        scenario.before.entries[$0]?.isFolder != true && scenario.after.entries[$0]?.isFolder != true && !$0.hasPrefix(".aiwg/state")
          && $0 != "aiwg.lock"
      }.sorted()
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "ws") }
      for point in stride(from: 2, through: last, by: Torture.size(short: 19, full: 3)) {
        for path in Torture.size(short: [paths[point % paths.count]], full: paths) {
          guard try scenario.begin(in: arena, killedAt: point, classes: "ws") else { continue }
          figures.tried()
          let line = "\nA line in \(path) at \(point).\n"
          try arena.write(arena.text(path) + line, to: path)
          let place = "\(name), op \(point), then \(path) edited"
          let run = try arena.run(scenario.command)
          let image = try arena.repository.image()
          if ![0, 3].contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
          figures.note("exit \(run.status)")
          let kept = image.entries.contains { file, entry in
            (file == path || (file.hasPrefix(".aiwg/state/saved/") && isNamed(file, run))) && LibC.holds(entry.bytes, Array(line.utf8))
          }
          if !kept { figures.violation("\(place): lost: \(run.excerpt)") }
          for loss in scenario.lost(in: image) where loss != "touched \(path)" { figures.violation("\(place): \(loss)") }
          let left = image.entries.keys.filter { $0.hasPrefix(".aiwg/state/journal") || $0.hasPrefix(".aiwg/state/staged") }
          if !left.isEmpty { figures.violation("\(place): left \(left.sorted().prefix(4))") }
        }
      }
      figures.report()
    }

    private func isNamed(_ file: String, _ run: Run) -> Bool {
      (run.output + run.errors).contains(file.dropFirst(".aiwg/state/saved/".count).prefix(12))
    }

    /// A disk that lost power, or a stranger, left a journal that says something else.
    @Test func cutAndFlipped() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("journal", "cut short, or with a bit flipped", unit: "journals")
      let journal = ".aiwg/state/journal"
      let operations = try arena.logged(scenario.command).operations.filter { $0.counts(in: "ws") }
      // In the midst of the outputs that move.
      let begin = operations.firstIndex { $0.second == journal } ?? 0
      let point = (begin + operations.count) / 2
      guard try scenario.begin(in: arena, killedAt: point, classes: "ws"), !arena.text(journal).isEmpty else {
        figures.violation("no killed run leaves a journal")
        return figures.report()
      }
      let bytes = Array(arena.text(journal).utf8)
      for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / Torture.size(short: 6, full: 400))) {
        var flipped = bytes
        flipped[index] ^= 1 << UInt8.random(in: 0..<7)
        for damaged in [Array(bytes[..<index]), flipped] {
          guard try scenario.begin(in: arena, killedAt: point, classes: "ws") else { continue }
          figures.tried()
          guard FileManager.default.createFile(atPath: arena.root + "/" + journal, contents: Data(damaged)) else { continue }
          let place = "journal \(damaged.count < bytes.count ? "cut at" : "flipped at") \(index) of \(bytes.count)"
          let check = try arena.run(["check"])
          if ![1, 2, 3, 4].contains(check.status) { figures.violation("\(place): check: \(check.excerpt)") }
          let run = try arena.run(scenario.command)
          figures.note("exit \(run.status)")
          if ![0, 2, 3, 4].contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
          let image = try arena.repository.image()
          for loss in scenario.lost(in: image) { figures.violation("\(place): \(loss)") }
          if run.status == 0, !scenario.after.differences(to: image).isEmpty { figures.violation("\(place): exit 0, and not the new tree") }
          // What was refused can be put right by what its message says, and not by going on as if nothing were.
          if run.status != 0, !run.errors.contains("help: ") { figures.violation("\(place): no help: \(run.excerpt)") }
        }
      }
      figures.report()
    }
  }
}
