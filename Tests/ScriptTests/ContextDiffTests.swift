import Foundation
import TestSupport
import Testing

/// The figures of `diff --context` are those of `explain` at both commits.
@Suite struct ContextDiffTests {
  private static let platforms = ["claude-code", "codex", "cursor", "gemini-cli", "copilot"]

  @Test func sumsAreThoseOfExplain() throws {
    let checkout = try Checkout()
    try checkout.write("platforms: [\(Self.platforms.joined(separator: ", "))]\nsources:\n  - path: .aiwg\n", to: "aiwg.yaml")
    try checkout.write("---\ndescription: One.\n---\n# One\n\nText.\n", to: ".aiwg/rules/one.md")
    try checkout.write("---\nglobs: [src/**]\n---\n# Two\n\nText.\n", to: ".aiwg/rules/two.md")
    try checkout.write("---\nname: tool\ndescription: A tool.\n---\n# Tool\n\nText.\n", to: ".aiwg/skills/tool/SKILL.md")
    try checkout.write("Ours.\r\n\r\nWith other line ends.\r\n", to: "AGENTS.md")
    try checkout.write("See @docs/a.md.\n", to: "GEMINI.md")
    try checkout.write("Imported.\n", to: "docs/a.md")
    try checkout.write("Nested.\n", to: "src/AGENTS.md")
    try shell(checkout, "aiwg sync -q; git init -q -b main .; git add -A; git commit -q -m first; git worktree add -q --detach ../base")
    try checkout.write("---\ndescription: One, longer.\n---\n# One\n\nText, and more.\n", to: ".aiwg/rules/one.md")
    try checkout.write("# Three\n\n\(String(repeating: "A long line of text for Codex.\n", count: 1200))", to: ".aiwg/rules/three.md")
    try checkout.remove(".aiwg/skills/tool/SKILL.md")
    try checkout.remove(".aiwg/skills/tool")
    try checkout.write("Nested, changed.\n", to: "src/AGENTS.md")
    try shell(checkout, "aiwg sync -q || true")
    // Somebody's hand in a block is nobody's artifact, and counts all the same.
    try shell(checkout, "sed -i.bak 's/Text, and more/Text by hand/' AGENTS.md; rm AGENTS.md.bak")

    let report = try json(checkout.run("diff", "--context", "main", "--format", "json", environment: environment))
    let surfaces = try #require(report["surfaces"] as? [[String: Any]])
    #expect(surfaces.count >= Self.platforms.count)
    var changed = 0
    for platform in Self.platforms {
      let after = try sums(platform, in: checkout.url)
      let before = try sums(platform, in: checkout.url.appendingPathComponent("../base").standardizedFileURL)
      for surface in surfaces where surface["platform"] as? String == platform {
        let name = try #require(surface["surface"] as? String)
        let own = [try figures(surface, "before"), try figures(surface, "after")]
        #expect(own == [before[name], after[name]], "\(platform) \(name)")
        if own[0] != own[1] { changed += 1 }
        try expectPartsToAddUp(surface, own)
      }
    }
    #expect(changed >= Self.platforms.count)
  }

  /// What is new, gone and different makes up the whole difference.
  private func expectPartsToAddUp(_ surface: [String: Any], _ figures: [[Int]]) throws {
    for (index, key) in ["start", "onDemand"].enumerated() {
      let changes = ["more", "less", "different"].flatMap { surface[$0] as? [[String: Any]] ?? [] }
      let difference = changes.reduce(0) { sum, change in
        let bytes = { (side: String) in (change[side] as? [String: Any])?[key] as? Int ?? 0 }
        return sum + bytes("after") - bytes("before")
      }
      #expect(difference == figures[1][index] - figures[0][index])
    }
  }

  private func figures(_ surface: [String: Any], _ side: String) throws -> [Int] {
    try ["start", "onDemand"].map { key in
      let both = try #require(surface[key] as? [String: Any])
      return try #require((both[side] as? [String: Any])?["bytes"] as? Int)
    }
  }

  /// By surface: bytes at start, and bytes on demand.
  private func sums(_ platform: String, in folder: URL) throws -> [String: [Int]] {
    let report = try json(Program.aiwg(["explain", "--platform", platform, "--format", "json"], in: folder, environment: environment))
    var sums: [String: [Int]] = [:]
    for surface in try #require(report["surfaces"] as? [[String: Any]]) {
      var (start, later) = (0, 0)
      for load in try #require(surface["loads"] as? [[String: Any]]) {
        let bytes = try #require(load["bytes"] as? Int)
        switch load["when"] as? String {
        case "start": start += bytes
        case "listed":
          start += bytes
          // Its size is that of the whole file; none of these has a head that is taken off, or is cut.
          later += try #require(load["size"] as? Int)
        default: later += bytes
        }
      }
      sums[try #require(surface["surface"] as? String)] = [start, later]
    }
    return sums
  }

  private var environment: [String: String] {
    let who = ["GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.com"]
    return who.merging(["GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent"]) { one, _ in one }
  }

  private func json(_ result: Program.Result) throws -> [String: Any] {
    #expect(result.status == 0, "\(result)")
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  private func shell(_ checkout: Checkout, _ line: String) throws {
    let result = try checkout.shell(line, environment: environment)
    #expect(result.status == 0, "\(result)")
  }
}
