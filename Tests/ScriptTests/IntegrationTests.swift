import Foundation
import TestSupport
import Testing

/// What others run in their repositories: the action, the hooks and the template do what their files say, with the real binary in a real repository.
@Suite struct IntegrationTests {
  private let ground: TemporaryFolder
  private var repository: URL { ground.url.appendingPathComponent("repo") }

  /// A repository with a deployed rule, committed.
  init() throws {
    ground = try TemporaryFolder()
    let rules = repository.appendingPathComponent(".aiwg/rules")
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    try Data("# Small steps\n\nCommit often.\n".utf8).write(to: rules.appendingPathComponent("small-steps.md"))
    try run("git init -q . && aiwg deploy -q --platforms cursor,codex && git add -A && git commit -qm begin")
  }

  @discardableResult
  private func run(_ line: String, _ variables: [String: String] = [:], expecting status: Int32? = 0) throws -> Program.Result {
    var environment = [
      "HOME": ground.url.path, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
      "GIT_COMMITTER_EMAIL": "a@example.com",
    ]
    environment.merge(variables) { $1 }
    let result = try Program.shell(line, in: repository, environment: environment)
    if let status, result.status != status { throw SetupError("\(line): \(result.status)\n\(result.output)\(result.errors)") }
    return result
  }

  private func breakTheRule() throws {
    try run("printf '\\nNever push on a Friday.\\n' >> .aiwg/rules/small-steps.md")
  }

  // MARK: The action

  /// Runs the line that action.yml has, with the inputs as it hands them on.
  private func action(_ inputs: [String: String]) throws -> (result: Program.Result, summary: String, outputs: String) {
    let text = try checkoutText("action.yml")
    let line = try #require(text.components(separatedBy: "      run: ").last?.trimmingCharacters(in: .whitespacesAndNewlines))
    var environment = ["GITHUB_ACTION_PATH": checkoutRoot().path]
    for name in ["command", "arguments", "directory", "sarif"] {
      let variable = "AIWG_" + name.uppercased()
      #expect(text.contains("        \(variable): ${{ inputs.\(name) }}\n"))
      let preset = text.components(separatedBy: "  \(name):\n").last?.components(separatedBy: "default: ").dropFirst().first
      let value = try #require(preset?.split(separator: "\n", maxSplits: 1).first).trimmingCharacters(in: CharacterSet(charactersIn: "'"))
      environment[variable] = inputs[name] ?? value
    }
    let (summary, outputs) = (ground.url.appendingPathComponent("summary").path, ground.url.appendingPathComponent("outputs").path)
    (environment["GITHUB_STEP_SUMMARY"], environment["GITHUB_OUTPUT"]) = (summary, outputs)
    // YAML's quotes around the line.
    let result = try run(String(line.dropFirst().dropLast()), environment, expecting: nil)
    return (result, (try? String(contentsOfFile: summary, encoding: .utf8)) ?? "", (try? String(contentsOfFile: outputs, encoding: .utf8)) ?? "")
  }

  @Test func theActionIsSilentWhenAllIsInLine() throws {
    let run = try action([:])
    #expect(run.result.status == 0, "\(run.result.output)\(run.result.errors)")
    #expect(run.result.output == "")
    #expect(run.summary.contains("`aiwg check` ended with 0"))
    #expect(run.outputs == "exit=0\n")
  }

  @Test func theActionAnnotatesAndWritesSARIF() throws {
    try breakTheRule()
    let run = try action(["sarif": "found.sarif"])
    #expect(run.result.status == 1)
    #expect(run.result.output.contains("::error file=AGENTS.md,line=1,title=check/out-of-line::"))
    #expect(run.outputs == "exit=1\n")
    #expect(run.summary.contains("~ AGENTS.md"))
    let bytes = try Data(contentsOf: repository.appendingPathComponent("found.sarif"))
    let log = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let results = try #require((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
    #expect(results.contains { $0["ruleId"] as? String == "check/out-of-line" })
  }

  /// An input is a word, whatever is in it.
  @Test func anInputIsNoCommand() throws {
    let mark = ground.url.appendingPathComponent("mark").path
    let run = try action(["directory": "$(touch \(mark)); `touch \(mark)`"])
    #expect(run.result.status != 0)
    #expect(!FileManager.default.fileExists(atPath: mark))
    let other = try action(["command": "check; touch \(mark)"])
    #expect(other.result.status == 64)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test(arguments: ["lint", "verify", "audit"]) func theActionRunsEveryCommand(_ command: String) throws {
    let run = try action(["command": command, "sarif": "found.sarif"])
    #expect(run.result.status == 0, "\(run.result.output)\(run.result.errors)")
    #expect(run.outputs == "exit=0\n")
  }

  // MARK: Hooks of pre-commit

  @Test func theHooksHoldBackACommitThatIsOutOfLine() throws {
    let hooks = try checkoutText(".pre-commit-hooks.yaml")
    let entries = hooks.components(separatedBy: "  entry: ").dropFirst().compactMap { $0.split(separator: "\n").first.map(String.init) }
    #expect(entries.count == 6)
    for entry in Set(entries) { try run(entry) }
    try breakTheRule()
    // Not staged yet: the commit would have the old rule and its outputs.
    try run("aiwg check --staged")
    try run("git add .aiwg")
    try run("aiwg check --staged", expecting: 1)
    try run("aiwg sync -q && git add -A")
    try run("aiwg check --staged")
  }

  // MARK: GitLab

  /// Runs the lines that the template has, with the inputs put in.
  @Test(arguments: [false, true]) func theTemplateMakesATestReport(_ isBroken: Bool) throws {
    if isBroken { try breakTheRule() }
    let text = try checkoutText("templates/check.yml")
    let parts = text.components(separatedBy: "\n---\n")
    #expect(parts.count == 2)
    let script = try #require(parts[1].components(separatedBy: "  script:\n").last?.components(separatedBy: "  artifacts:\n").first)
    var lines = script.components(separatedBy: "\n").map { String($0.dropFirst(4)) }
    lines = lines.filter { $0 != "- |" }.map { $0.hasPrefix("- ") || $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
    let filled = lines.joined(separator: "\n").replacingOccurrences(of: "$[[ inputs.command ]]", with: "check")
    #expect(!filled.contains("$[["))
    let result = try run("set -e\n" + filled, ["AIWG_DIRECTORY": "."], expecting: nil)
    #expect(result.status == (isBroken ? 1 : 0), "\(result.output)\(result.errors)")
    let report = try String(contentsOf: repository.appendingPathComponent("aiwg.xml"), encoding: .utf8)
    #expect(report.contains("failures=\"\(isBroken ? "1" : "0")\""))
    try run("xmllint --noout aiwg.xml 2>/dev/null || python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"aiwg.xml\")'")
  }
}
