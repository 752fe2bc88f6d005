import Foundation
import TestSupport
import Testing

extension Torture {
  /// Eight runs at once: each must behave as if it had the repository for itself, before or after each of the others.
  @Suite struct ConcurrencyTests {
    struct Mix: Sendable, CustomTestStringConvertible {
      var name: String
      var situation: @Sendable (Arena) throws -> Scenario
      /// Whether it begins with what the situation's command makes.
      var beginsAfter = false
      var commands: [[String]]
      /// Exits that each command may have, by its first word.
      var exits: [String: Set<Int32>]

      var testDescription: String { name }
    }

    static let mixes = [
      Mix(
        name: "in line", situation: Situation.sync, beginsAfter: true,
        commands: [["deploy"], ["sync"], ["check"], ["check"], ["deploy", "--force"], ["status"], ["check"], ["sync"]],
        exits: ["deploy": [0], "sync": [0], "check": [0], "status": [0]]),
      Mix(
        name: "stale", situation: Situation.sync,
        commands: [["deploy"], ["check"], ["sync"], ["check"], ["sync"], ["status"], ["check"], ["diff"]],
        exits: ["deploy": [0], "sync": [0], "check": [0, 1], "status": [0], "diff": [0]]),
      Mix(
        name: "deploy and remove", situation: Situation.firstDeploy,
        commands: [Situation.deploy, ["remove"], ["check"], Situation.deploy, ["remove"], ["check"], Situation.deploy, ["check"]],
        // Without aiwg.yaml there is nothing to check.
        exits: ["deploy": [0], "remove": [0], "check": [0, 2]]),
      Mix(
        name: "forced", situation: Situation.force,
        commands: [forced, ["check"], ["sync"], ["restore"], ["init"], forced, ["check"], ["sync"]],
        exits: ["deploy": [0], "sync": [0, 3], "check": [0, 1, 3], "restore": [0], "init": [0, 2, 3]]),
      Mix(
        name: "restored", situation: Situation.force, beginsAfter: true,
        commands: [
          ["restore", ".claude/agents/guide.md"], ["check"], ["sync"], ["restore", ".claude/rules/new.md"], ["status"], ["check"], ["sync"],
          ["restore"],
        ],
        // Once restored, the user's own words stand where outputs go.
        exits: ["sync": [0, 3], "check": [0, 1, 3], "restore": [0], "status": [0]]),
    ]

    private static let forced = Situation.deploy + ["--force"]

    /// What a command may say and exit with.
    struct Outcome: Hashable {
      var ending: Ending
      var output: String
    }

    @Test(arguments: mixes) func asIfOneAfterTheOther(_ mix: Mix) throws {
      let arena = try Arena(onDisk: Torture.isFull)
      let scenario = try mix.situation(arena)
      let start = mix.beginsAfter ? scenario.after : scenario.before
      let figures = Figures("concurrency", "\(mix.name), 8 processes", unit: "rounds")
      let (states, outcomes) = try reachable(from: start, mix, arena, figures)
      figures.note("states", states.count)
      for round in 1...Torture.size(short: 5, full: 200) {
        try arena.repository.reset(to: start)
        figures.tried()
        var children: [(command: [String], child: Child)] = []
        for (index, command) in mix.commands.shuffled().enumerated() {
          children.append((command, try arena.start(command, name: "run\(index)")))
          usleep(UInt32.random(in: 0...3000))
        }
        for (command, child) in children {
          let run = child.wait()
          if outcomes[command]?.contains(Outcome(ending: run.ending, output: run.output)) != true {
            figures.violation("round \(round): \(command) saw half a state: \(run.excerpt)")
          }
        }
        let image = try arena.repository.image()
        if !states.contains(where: { $0.differences(to: image).isEmpty }) {
          let nearest = states.map { $0.differences(to: image) }.min { $0.count < $1.count } ?? []
          figures.violation("round \(round): the tree is none of \(states.count): \(nearest.prefix(6))")
        }
      }
      figures.report()
    }

    /// All trees that the commands lead to one after the other, and all that they then say.
    private func reachable(
      from start: Image, _ mix: Mix, _ arena: Arena, _ figures: Figures
    ) throws -> (states: [Image], outcomes: [[String]: Set<Outcome>]) {
      var states = [start]
      var outcomes: [[String]: Set<Outcome>] = [:]
      var next = 0
      while next < states.count, states.count < 24 {
        for command in Set(mix.commands) {
          try arena.repository.reset(to: states[next])
          let run = try arena.run(command)
          outcomes[command, default: []].insert(Outcome(ending: run.ending, output: run.output))
          if mix.exits[command[0]]?.contains(run.status) != true { figures.violation("\(command) alone: \(run.excerpt)") }
          let image = try arena.repository.image()
          if !states.contains(where: { $0.differences(to: image).isEmpty }) { states.append(image) }
        }
        next += 1
      }
      return (states, outcomes)
    }

    @Test func whoeverDoesNotWaitIsTold() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("concurrency", "--no-wait", unit: "runs")
      let writers = [["deploy"], ["sync"], ["remove"], ["deploy", "--force"]], readers = [["check"], ["diff"], ["status"]]
      for (lock, refused, admitted) in [(LOCK_EX, writers + readers, []), (LOCK_SH, writers, readers)] {
        let root = open(arena.root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(root) }
        guard flock(root, lock) == 0 else { throw SetupError("cannot lock the repository") }
        for command in refused + admitted {
          figures.tried()
          let run = try arena.run(command + ["--no-wait"])
          let isAdmitted = admitted.contains(command)
          if isAdmitted ? ![0, 1].contains(run.status) : run.status != 5 { figures.violation("\(command): \(run.excerpt)") }
          if !isAdmitted, !run.errors.contains(String(getpid())) { figures.violation("\(command) does not name the holder: \(run.excerpt)") }
        }
        if !scenario.before.differences(to: try arena.repository.image()).isEmpty { figures.violation("something was written") }
      }
      figures.report()
    }

    @Test func whoeverWaitsSaysForWhomAndADeadHolderHoldsNothing() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("concurrency", "a holder stopped, then killed or continued", unit: "holders")
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "ws") }
      for (index, point) in stride(from: 3, through: last, by: max(1, last / Torture.size(short: 5, full: 40))).enumerated() {
        try arena.repository.reset(to: scenario.before)
        figures.tried()
        let holder = try arena.start(scenario.command, Trouble(act: .stop, at: point, classes: "ws"), name: "holder")
        guard holder.waitUntilStopped() else {
          figures.violation("op \(point): the holder did not stop: \(holder.wait().excerpt)")
          continue
        }
        let waiter = try arena.start(scenario.command, name: "waiter")
        let reader = try arena.start(["check"], name: "reader")
        for _ in 0..<100 where !waiter.errorsSoFar.contains(String(holder.id)) || !reader.errorsSoFar.contains(String(holder.id)) { usleep(20_000) }
        for (name, child) in [("a writer", waiter), ("a reader", reader)] where !child.errorsSoFar.contains(String(holder.id)) {
          figures.violation("op \(point): \(name) does not name \(holder.id): \(child.errorsSoFar)")
        }
        if waiter.errorsSoFar.split(separator: "\n").count(where: { $0.contains(String(holder.id)) }) > 1 {
          figures.violation("op \(point): more than one line: \(waiter.errorsSoFar)")
        }
        holder.send(index % 2 == 0 ? SIGKILL : SIGCONT)
        let (held, waited, read) = (holder.wait(), waiter.wait(seconds: 30), reader.wait(seconds: 30))
        if index % 2 == 1, held.status != 0 { figures.violation("op \(point): the holder: \(held.excerpt)") }
        if waited.status != 0 { figures.violation("op \(point): the waiting run: \(waited.excerpt)") }
        if ![0, 1].contains(read.status) { figures.violation("op \(point): the reading run: \(read.excerpt)") }
        let differences = scenario.after.differences(to: try arena.repository.image())
        if !differences.isEmpty { figures.violation("op \(point): not the new tree: \(differences.prefix(6))") }
      }
      figures.report()
    }
  }
}
