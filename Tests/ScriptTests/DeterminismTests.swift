import Foundation
import TestSupport
import Testing

/// Two machines make the same bytes.
@Suite struct DeterminismTests {
  private static let files: [(path: String, text: String)] =
    (1...12).map { (".aiwg/rules/rule-\($0).md", "---\ndescription: Rule \($0).\nseverity: HIGH\n---\n# Rule \($0)\n\nText \($0).\n") }
    + (1...5).map { (".aiwg/agents/agent-\($0).md", "---\ndescription: Agent \($0).\ntools: [Read, Bash]\n---\nAgent \($0).\n") }
    + (1...5).flatMap { number -> [(String, String)] in
      let folder = ".aiwg/skills/skill-\(number)/"
      return [
        (folder + "SKILL.md", "---\ndescription: Skill \(number).\n---\nSkill.\n"), (folder + "b.txt", "b"), (folder + "a/go.sh", "#!/bin/sh\n"),
      ]
    } + [(".aiwg/commands/ship.md", "---\ndescription: Ship.\n---\nShip $ARGUMENTS.\n"), ("AGENTS.md", "Own words.\n")]

  @Test func neitherTimeNorLanguageNorMaskNorOrderOfFilesMatters() throws {
    let settings: [(mask: String, environment: [String: String], files: [(path: String, text: String)])] = [
      ("022", ["TZ": "UTC", "LC_ALL": "C"], Self.files),
      ("077", ["TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent"], Self.files.reversed()),
      ("002", ["TZ": "America/St_Johns", "LANG": "C"], Self.files.sorted { $0.text < $1.text }),
    ]
    var first: FolderSnapshot?
    for (mask, environment, files) in settings {
      let checkout = try Checkout()
      for (path, text) in files { try checkout.write(text, to: path) }
      let run = try checkout.shell("umask \(mask) && aiwg deploy --platforms all -q", environment: environment)
      #expect(run.status == 0, "\(run.errors)")
      let snapshot = try checkout.snapshot()
      #expect(snapshot.entries.count > 100)
      if let first { #expect(first.differences(to: snapshot) == []) } else { first = snapshot }
    }
  }

  @Test func aCheckoutWithOtherLineEndsIsNoDrift() throws {
    let checkout = try Checkout()
    for (path, text) in Self.files { try checkout.write(text, to: path) }
    let git = "git -c user.name=a -c user.email=a@example.invalid -c init.defaultBranch=main"
    let deployed = try checkout.shell("aiwg deploy --platforms all -q && \(git) init -q && \(git) add -A && \(git) commit -qm x")
    #expect(deployed.status == 0, "\(deployed.errors)")
    let cloned = try checkout.shell("\(git) -c core.autocrlf=true clone -q . ../clone && grep -c \"$(printf '\\r')\" ../clone/AGENTS.md")
    #expect(cloned.status == 0, "no CRLF in the clone, so this shows nothing: \(cloned.errors)")
    let checked = try checkout.shell("cd ../clone && aiwg check && aiwg sync && \(git) status --porcelain")
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
    #expect(checked.output.contains("in line"))
    let removed = try checkout.shell("cd ../clone && aiwg remove -q >/dev/null && ls -A")
    #expect(removed.output.split(separator: "\n").sorted() == [".aiwg", ".git", "AGENTS.md"])
  }
}
