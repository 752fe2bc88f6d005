import Linting
import TestSupport
import Testing

/// Sentences that cannot both be followed, and those that only look like it.
struct ContradictionTests {
  private func found(_ txtar: String) throws -> [String] { try textFindings("contradiction/modal", in: txtar).map(line) }

  private func found(_ pair: (String, String)) throws -> [String] { try found(ruleText("a", pair.0) + ruleText("b", pair.1)) }

  private func found(_ first: String, _ second: String, head: String = "", _ other: String = "") throws -> Bool {
    try !found(ruleText("a", first, head: head) + ruleText("b", second, head: other)).isEmpty
  }

  @Test func precisionAndRecall() throws {
    var (missed, wrong): ([String], [String]) = ([], [])
    for pair in ContradictionPairs.contradicting where try found(pair).isEmpty { missed.append("missed: \(pair.0) / \(pair.1)") }
    for pair in ContradictionPairs.alike where try !found(pair).isEmpty { wrong.append("wrong: \(pair.0) / \(pair.1)") }
    let hits = ContradictionPairs.contradicting.count - missed.count
    let recall = Double(hits) / Double(ContradictionPairs.contradicting.count)
    let precision = Double(hits) / Double(max(1, hits + wrong.count))
    let told = "precision \(precision), recall \(recall)\n" + (missed + wrong).joined(separator: "\n")
    #expect(ContradictionPairs.contradicting.count >= 30 && ContradictionPairs.alike.count >= 40)
    #expect(recall >= 0.9, "\(told)")
    #expect(wrong.isEmpty, "\(told)")
  }

  @Test func atTheLaterPlace() throws {
    let tree =
      ruleText("b", "# Style\n\n- Never use tabs\n  for indentation.") + ruleText("a", "# Layout\n\nAlways use tabs for indentation. Save often.")
    #expect(
      try found(tree)
        == ["rules/b.md:6 this and rules/a.md:6 cannot both be followed | rules/a.md:6: Always use tabs for indentation"].map {
          ".aiwg/" + $0.replacing("rules/a", with: ".aiwg/rules/a")
        })
  }

  @Test func withinOneArtifact() throws {
    let text = "## Log\n\n- Always log request bodies.\n\n## Privacy\n\n- Never log request bodies."
    #expect(try found(ruleText("a", text)).count == 1)
    #expect(try found("-- agents/a.md --\n---\nname: a\ndescription: A.\n---\n\(text)\n").count == 1)
    #expect(try found(ruleText("a", "## Go\n\n- Indent with tabs.\n\n## Python\n\n- Indent with spaces.")).isEmpty)
  }

  @Test func agentsDoNotContradictEachOther() throws {
    let head = "---\nname: x\ndescription: X.\n---\n"
    let tree = "-- agents/x.md --\n\(head)- Always write tests.\n-- commands/x.md --\n\(head)- Never write tests.\n"
    #expect(try found(tree).isEmpty)
  }

  @Test func onlyWhereBothAreInForce() throws {
    let (yes, no) = ("- Always use global state.", "- Never use global state.")
    #expect(try found(yes, no))
    #expect(try found(yes, no, head: "globs: ['src/**']\n"))
    #expect(try found(yes, no, head: "globs: ['src/**']\n", "globs: ['src/api/**', 'docs/**']\n"))
    #expect(try found(yes, no, head: "globs: ['**/*.ts']\n", "globs: ['src/**']\n"))
    #expect(try !found(yes, no, head: "globs: ['src/**']\n", "globs: ['docs/**']\n"))
    #expect(try !found(yes, no, head: "globs: ['**/*.{ts,tsx}']\n", "globs: ['src/*.py']\n"))
    #expect(try !found(yes, no, head: "activation: manual\n"))
    #expect(try !found(yes, no, head: "platforms: [codex]\n", "platforms: [claude-code]\n"))
    #expect(try found(yes, no, head: "platforms: [codex]\n"))
  }

  @Test func namesSayWhatARuleIsFor() throws {
    let tree = ruleText("go-style", "- Indent with tabs.") + ruleText("python-style", "- Indent with spaces.")
    #expect(try found(tree).isEmpty)
    #expect(try found("# Handlers of the API\n\n- Never use caches.", "# Pages\n\n- Always use caches.") == false)
  }

  @Test func oneFindingForOneThing() throws {
    let rules = (1...200).map { ruleText("r\($0)", $0.isMultiple(of: 2) ? "- Always pin versions." : "- Never pin versions.") }
    #expect(try found(rules.joined()).count == 1)
  }

  @Test func takesTimeInProportion() throws {
    func tree(_ count: Int) -> String {
      let verbs = ["log", "cache", "store", "mock", "retry"]
      let rules = (0..<count).map { number in
        let lines = (0..<40).map {
          "- Always \(verbs[$0 % 5]) thing \(number % 300) number \($0) before part \($0).\n- Never call helper \($0) from part \(number)."
        }
        return ruleText("r\(number)", lines.joined(separator: "\n"))
      }
      return rules.joined()
    }
    let times = try slowdown("contradiction/modal", from: tree(100), to: tree(800), below: 12)
    #expect(times < 12)
  }
}
