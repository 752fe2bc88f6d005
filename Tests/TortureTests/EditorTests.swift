import Foundation
import TestSupport
import Testing

extension Torture {
  /// The user edits files while aiwg writes them; every line of theirs is in its place, or saved where a run says so.
  @Suite struct EditorTests {
    static let ways = ["save", "append", "rewrite"]
    private static let files = ["AGENTS.md", "CLAUDE.md", ".claude/agents/guide.md", ".claude/rules/gone.md"]

    /// The text of the files that a line may be in: its own, and what runs said they saved.
    private func isKept(_ line: String, _ path: String, _ image: Image, said: String) -> Bool {
      let sought = Array(line.utf8)
      return image.entries.contains { place, entry in
        (place == path || isNamed(place, said)) && LibC.holds(entry.bytes, sought)
      }
    }

    /// Saved, and named by its path or by the digits that `restore` takes.
    private func isNamed(_ place: String, _ said: String) -> Bool {
      guard place.hasPrefix(".aiwg/state/saved/") else { return false }
      return said.contains(place) || said.contains(place.dropFirst(".aiwg/state/saved/".count).prefix(12))
    }

    @Test(arguments: ways) func atEveryOperation(_ way: String) throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("editor", "one edit, \(way)", unit: "edits")
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
      for path in Self.files {
        for point in stride(from: 1, through: last, by: Torture.size(short: 37, full: 1)) {
          try arena.repository.reset(to: scenario.before)
          figures.tried()
          let line = "\nA line of the user's.\n"
          let run = try arena.run(scenario.command, Trouble(act: .edit(way, path: arena.root + "/" + path, line: line), at: point))
          let place = "\(way) \(path), op \(point)"
          let image = try arena.repository.image()
          if ![0, 3].contains(run.status) { figures.violation("\(place): \(run.excerpt)") }
          figures.note("exit \(run.status)")
          if !isKept(line, path, image, said: run.output + run.errors) { figures.violation("\(place): the line is lost: \(run.excerpt)") }
          for loss in scenario.lost(in: image) where loss != "touched \(path)" { figures.violation("\(place): \(loss)") }
          let (old, new) = (scenario.before.differences(to: image), scenario.after.differences(to: image))
          let other = (run.status == 0 ? new : old).filter { !$0.hasSuffix(" " + path) && !$0.hasPrefix("+ .aiwg/state") }
          if !other.isEmpty { figures.violation("\(place): \(run.ending), and \(other.prefix(6)): \(run.excerpt)") }
          let next = try arena.run(scenario.command)
          if ![0, 3].contains(next.status) { figures.violation("\(place): the next run: \(next.excerpt)") }
          let said = run.output + run.errors + next.output + next.errors
          if !isKept(line, path, try arena.repository.image(), said: said) {
            figures.violation("\(place): the next run loses the line: \(next.excerpt)")
          }
        }
      }
      figures.report()
    }

    /// Adds numbered lines to one file, most of the time, and to another one, until it is stopped.
    private final class Editor: @unchecked Sendable {
      private let lock = NSLock()
      private let stopped = DispatchSemaphore(value: 0)
      private var isDone = false
      private(set) var lines: [(path: String, line: String)] = []

      init(_ root: String, ways: [String], files: [String]) {
        Thread.detachNewThread { [self] in
          var number = 0
          while !lock.withLock({ isDone }) {
            number += 1
            let path = (number % 10 == 0 ? files.last : files.first) ?? ""
            let line = "line \(number) of the user's\n"
            if edit(root + "/" + path, line, ways.randomElement() ?? "") { lines.append((path, line)) }
            usleep(UInt32.random(in: 0...20_000))
          }
          stopped.signal()
        }
      }

      /// False when nothing was added, since the file is not there.
      private func edit(_ path: String, _ line: String, _ way: String) -> Bool {
        guard let old = FileManager.default.contents(atPath: path) else { return false }
        let target = way == "save" ? path + "~" : path
        let file = open(target, O_WRONLY | O_CLOEXEC | (way == "append" ? O_APPEND : O_TRUNC) | (way == "save" ? O_CREAT : 0), 0o644)
        guard file >= 0 else { return false }
        defer { close(file) }
        let bytes = (way == "append" ? [] : [UInt8](old)) + Array(line.utf8)
        guard write(file, bytes, bytes.count) == bytes.count else { return false }
        return way != "save" || rename(target, path) == 0
      }

      func stop() {
        lock.withLock { isDone = true }
        stopped.wait()
      }
    }

    @Test(arguments: ways.map { [$0] } + [ways]) func duringManyDeploys(_ ways: [String]) throws {
      let arena = try Arena()
      _ = try Situation.sync(in: arena)
      let figures = Figures("editor", "\(ways.joined(separator: ", ")) all the time", unit: "deploys")
      let editor = Editor(arena.root, ways: ways, files: ["AGENTS.md", ".claude/agents/guide.md"])
      var said = ""
      for number in 1...Torture.size(short: 8, full: 2500) {
        try arena.write("---\ndescription: A rule.\n---\nText \(number).\n", to: ".aiwg/rules/one.md")
        try arena.write("---\ndescription: Guide.\ntools: [Read]\n---\nGuide \(number).\n", to: ".aiwg/agents/guide.md")
        for command in [["deploy"], ["deploy", "--force"]] {
          figures.tried()
          let run = try arena.run(command)
          said += run.output + run.errors
          figures.note("exit \(run.status)")
          if ![0, 3].contains(run.status) { figures.violation("\(command) \(number): \(run.excerpt)") }
          if run.status != 3 { break }
        }
      }
      editor.stop()
      let image = try arena.repository.image()
      figures.note("lines", editor.lines.count)
      // Thousands of lines, and thousands of files that were saved: each is looked through once.
      var kept: [String: Set<Substring>] = [:]
      for (place, entry) in image.entries where ["AGENTS.md", ".claude/agents/guide.md"].contains(place) || isNamed(place, said) {
        let lines = Set(String(decoding: entry.bytes, as: UTF8.self).split(separator: "\n"))
        for path in ["AGENTS.md", ".claude/agents/guide.md"] where path == place || !["AGENTS.md", ".claude/agents/guide.md"].contains(place) {
          kept[path, default: []].formUnion(lines)
        }
      }
      for (path, line) in editor.lines where kept[path]?.contains(line.dropLast()) != true {
        let elsewhere = image.entries.filter { LibC.holds($0.value.bytes, Array(line.utf8)) }.keys.sorted()
        figures.violation("\(path): lost `\(line.dropLast())`, \(elsewhere.isEmpty ? "gone" : "unnamed in \(elsewhere)")")
      }
      figures.report()
    }
  }
}
