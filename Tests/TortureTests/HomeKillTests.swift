import Foundation
import TestSupport
import Testing

extension Torture {
  /// SIGKILL before every operation on a home directory, with one folder behind a link and one elsewhere.
  @Suite struct HomeKillTests {
    @Test(arguments: ["first deploy", "sync", "remove"]) func atEveryOperation(_ name: String) throws {
      let arena = try Arena()
      let scenario = try scenario(name, in: arena)
      let figures = Figures("kill", "\(name), in a home directory", unit: "points")
      try arena.repository.reset(to: scenario.before)
      let last = try arena.logged(scenario.command).operations.count { $0.counts(in: "wscl") }
      for point in stride(from: 1, through: last, by: Torture.size(short: max(1, last / 24), full: 1)) {
        for next in [scenario.command, ["restore", "nothing-of-this-name"]] {
          guard try scenario.begin(in: arena, killedAt: point) else { continue }
          figures.tried()
          // Whoever comes next has another idea of where the folder is.
          let usual = arena.surroundings
          if point % 2 == 0, next[0] == "restore" { arena.surroundings["CODEX_HOME"] = nil }
          let place = "\(name), op \(point), then \(next[0])"
          for loss in scenario.lost(in: try arena.repository.image()) { figures.violation("\(place): after the kill, \(loss)") }
          let run = try arena.run(next)
          arena.surroundings = usual
          let image = try arena.repository.image()
          for loss in scenario.lost(in: image) { figures.violation("\(place): \(loss)") }
          let (old, new) = (scenario.before.differences(to: image), scenario.after.differences(to: image))
          if next == scenario.command {
            if run.status != 0 || !new.isEmpty { figures.violation("\(place): \(run.excerpt) \(new.prefix(6))") }
          } else if run.status != 2 || !old.isEmpty && !new.isEmpty {
            figures.violation("\(place): \(run.excerpt) neither \(old.prefix(6)) nor \(new.prefix(6))")
          }
        }
      }
      figures.report()
    }

    private func scenario(_ name: String, in arena: Arena) throws -> Scenario {
      arena.scope = ["--scope", "user"]
      arena.surroundings = ["HOME": arena.root, "CODEX_HOME": arena.root + "/elsewhere/codex"]
      var users = Users(text: [Array("My own rule.".utf8), Array("My own words.".utf8)], files: ["dotfiles/claude/rules/mine.md"])
      try arena.write("My own rule.", to: "dotfiles/claude/rules/mine.md")
      try arena.write("My own words.\n", to: "elsewhere/codex/AGENTS.md")
      guard symlink("dotfiles/claude", arena.root + "/.claude") == 0 else { throw SetupError("cannot link") }
      users.files += [".claude", "dotfiles", "elsewhere/codex"]
      try writeTree("The first text.", in: arena)
      let deploy = ["deploy", "--platforms", "claude-code,codex"]
      if name == "first deploy" { return try Scenario(name, deploy, in: arena, users: users, allowing: [0]) }
      try arena.prepare(deploy)
      if name == "sync" {
        try writeTree("The second text.", in: arena)
        try arena.remove(".config/aiwg/skills/old")
        try arena.write("---\ndescription: Fresh.\n---\nFresh.\n", to: ".config/aiwg/skills/fresh/SKILL.md")
      }
      return try Scenario(name, [name], in: arena, users: users)
    }

    private func writeTree(_ text: String, in arena: Arena) throws {
      try arena.write("---\ndescription: A rule.\n---\n# Rule\n\n\(text)\n", to: ".config/aiwg/rules/one.md")
      try arena.write("---\ndescription: Guide.\ntools: [Read]\n---\n\(text)\n", to: ".config/aiwg/agents/guide.md")
      try arena.write("---\ndescription: Old.\n---\nOld.\n", to: ".config/aiwg/skills/old/SKILL.md")
    }
  }
}
