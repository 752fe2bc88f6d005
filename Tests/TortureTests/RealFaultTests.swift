import Foundation
import TestSupport
import Testing

extension Torture {
  /// Disks that are full or read-only and folders of others, made by the system and not by the shim.
  @Suite(.enabled(if: geteuid() == 0, "only root can mount and become another user"))
  struct RealFaultTests {
    @Test func aDiskThatIsFull() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("real fault", "a disk of few KB", unit: "sizes")
      // From a disk that holds just the old tree to one that holds the new one beside it.
      var enough = 0
      for size in stride(from: 100, through: 1000, by: Torture.size(short: 12, full: 4)) where enough < 3 {
        let mount = arena.aside + "/disk"
        guard try Torture.shell("mkdir -p '\(mount)' && mount -t tmpfs -o size=\(size)k none '\(mount)'") else {
          return print("torture: cannot mount a tmpfs")
        }
        defer { _ = try? Torture.shell("umount '\(mount)'") }
        let disk = try Folder(mount)
        do { try disk.reset(to: scenario.before) } catch { continue }
        figures.tried()
        let run = try Child([try aiwg(), "sync"], in: mount, environment: ["CI": "1"], files: arena.aside).wait()
        let image = try disk.image()
        for loss in scenario.lost(in: image) { figures.violation("\(size) KB: \(loss)") }
        let expected = run.status == 0 ? scenario.after : scenario.before
        let differences = expected.differences(to: image).filter { run.status == 0 || !$0.hasPrefix("+ .aiwg/state") }
        if ![0, 4].contains(run.status) || !differences.isEmpty { figures.violation("\(size) KB: \(run.excerpt); \(differences.prefix(6))") }
        if run.status == 0 { enough += 1 }
        figures.note(run.status == 0 ? "enough" : "refused")
      }
      figures.report()
    }

    @Test func aDiskToReadOnly() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("real fault", "a read-only mount", unit: "commands")
      guard try Torture.shell("mount --bind '\(arena.root)' '\(arena.root)' && mount -o remount,bind,ro '\(arena.root)'") else {
        return print("torture: cannot mount read-only")
      }
      defer { _ = try? Torture.shell("umount '\(arena.root)'") }
      for (command, status): ([String], Int32) in [
        (["sync"], 4), (["deploy"], 4), (["remove"], 4), (["check"], 1), (["diff"], 0), (["status"], 0), (["lint"], 0), (["deploy", "--dry-run"], 0),
      ] {
        figures.tried()
        let run = try arena.run(command)
        if run.status != status { figures.violation("\(command): \(run.excerpt)") }
        if status == 4, !scenario.paths.contains(where: { run.errors.contains($0) }), !run.errors.contains(".aiwg/") {
          figures.violation("\(command) names no path: \(run.excerpt)")
        }
        let differences = scenario.before.differences(to: try arena.repository.image())
        if !differences.isEmpty { figures.violation("\(command): \(differences.prefix(6))") }
      }
      figures.report()
    }

    @Test(.enabled(if: access("/usr/bin/setpriv", X_OK) == 0, "no setpriv")) func foldersOfAnother() throws {
      let arena = try Arena()
      let scenario = try Situation.sync(in: arena)
      let figures = Figures("real fault", "folders of another user", unit: "folders")
      let nobody = ["/usr/bin/setpriv", "--reuid", "65534", "--clear-groups"]
      let binary = arena.aside + "/aiwg"
      try FileManager.default.copyItem(atPath: try aiwg(), toPath: binary)
      // All is theirs but one folder, which may or may not be needed, or nothing is.
      for folder in ["", ".claude/rules", ".claude/skills", ".codex/agents", ".aiwg", "."] {
        try arena.repository.reset(to: scenario.before)
        figures.tried()
        guard try Torture.shell("cd '\(arena.root)' && chown -R 65534 . && chmod 755 .. && \(folder.isEmpty ? "true" : "chown -R 0 '\(folder)'")")
        else {
          continue
        }
        let run = try Child(nobody + [binary, "sync"], in: arena.root, environment: ["CI": "1"], files: arena.aside).wait()
        let image = try arena.repository.image()
        let expected = run.status == 0 ? scenario.after : scenario.before
        let differences = expected.differences(to: image)
        let allowed: [Int32] = folder.isEmpty ? [0] : folder == ".aiwg" ? [0, 4] : [4]
        if !allowed.contains(run.status) || !differences.isEmpty {
          figures.violation("\(folder) is another's: \(run.excerpt); \(differences.prefix(6))")
        }
        guard try Torture.shell("chown -R 0 '\(arena.root)'") else { continue }
      }
      figures.report()
    }

    private func aiwg() throws -> String {
      guard let aiwg = Program.aiwg else { throw SetupError("no aiwg beside the tests") }
      return aiwg.path
    }
  }
}
