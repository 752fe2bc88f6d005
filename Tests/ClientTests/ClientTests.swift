import Foundation
import TestSupport
import Testing

/// What real clients send to their model, read off the first request that they make.
///
/// Needs clients that were fetched before; `AIWG_CLIENT_TESTS=0` in the environment leaves them out.
@Suite(
  .serialized, .timeLimit(.minutes(3)), .enabled(if: clientsAreThere, "the clients are not beside the checkout, or left out by AIWG_CLIENT_TESTS=0"))
struct ClientTests {
  private static let kinds = ["rule", "agent", "skill"]
  private static let words = kinds.flatMap { kind in (1...5).map { "zq\(kind)word\($0)qz" } }
  private let folder: TemporaryFolder
  private var repository: URL { folder.url.appendingPathComponent("repo") }

  init() throws {
    folder = try TemporaryFolder()
    for number in 1...5 {
      try write("---\ndescription: Rule \(number).\n---\nThink of zqruleword\(number)qz.\n", to: ".aiwg/rules/r\(number).md")
      try write("---\ndescription: Take it for zqagentword\(number)qz.\n---\nAgent.\n", to: ".aiwg/agents/a\(number).md")
      try write("---\ndescription: Take it for zqskillword\(number)qz.\n---\nSkill.\n", to: ".aiwg/skills/s\(number)/SKILL.md")
    }
    try write("---\ndescription: Ships zquseronlyqz.\n---\nShip.\n", to: ".aiwg/commands/ship.md")
    try write("---\ndescription: Checks zqmodelqz.\ndisable-model-invocation: false\n---\nCheck.\n", to: ".aiwg/commands/check.md")
  }

  @Test(arguments: ["claude", "codex"], [false, true])
  func everyWordArrivesOnce(client: String, besideOwnText: Bool) throws {
    if besideOwnText { try write("Own words: zqownqz.\n", to: "CLAUDE.md") }
    let deployed = try Program.aiwg(["deploy", "--platforms", "claude-code,codex"], in: repository)
    #expect(deployed.status == 0, "\(deployed.errors)")
    let request = try firstRequest(of: client)
    for word in Self.words + ["zqmodelqz"] {
      let count = request.components(separatedBy: word).count - 1
      #expect(count == 1, "\(client) gets \(word) \(count) times")
    }
    #expect(!request.contains("zquseronlyqz"), "\(client) offers a command that only the user may start")
    let command = client == "claude" ? ".claude/commands/ship.md" : ".agents/skills/ship/SKILL.md"
    #expect(try String(contentsOf: repository.appendingPathComponent(command), encoding: .utf8).contains("zquseronlyqz"))
    if besideOwnText, client == "claude" { #expect(request.components(separatedBy: "zqownqz").count == 2) }
  }

  /// One repository for all platforms, and files of the user's in folders further down.
  @Test(arguments: ["claude", "codex"])
  func everyWordArrivesOnceBesideAllPlatforms(client: String) throws {
    try write("---\nglobs: [\"src/**\"]\n---\nThink of zqscopedqz.\n", to: ".aiwg/rules/scoped.md")
    try write("Nested: zqnestedclaudeqz.\n", to: "src/CLAUDE.md")
    try write("Nested: zqnestedagentsqz.\n", to: "src/deep/AGENTS.md")
    try write("text\n", to: "src/deep/app.ts")
    let deployed = try Program.aiwg(["deploy", "--platforms", "all"], in: repository)
    #expect(deployed.status == 0, "\(deployed.errors)")
    let start = try requests(of: client)[0]
    for word in Self.words + ["zqmodelqz", "zqscopedqz"] { #expect(count(word, in: start) == 1, "\(client), \(word), at start") }
    for word in ["zquseronlyqz", "zqnestedclaudeqz", "zqnestedagentsqz"] { #expect(count(word, in: start) == 0, "\(client), \(word), at start") }
    guard client == "claude" else { return }
    let inPlay = try #require(try requests(of: client, reading: "src/deep/app.ts").last)
    for word in Self.words + ["zqmodelqz", "zqscopedqz", "zqnestedclaudeqz"] { #expect(count(word, in: inPlay) == 1, "\(word), with a file") }
    #expect(count("zqnestedagentsqz", in: inPlay) == 0)
    // What is said about it is what was seen.
    let explained = try Program.aiwg(["explain", "src/deep/app.ts", "--platform", "claude-code"], in: repository)
    #expect(explained.output.contains("src/CLAUDE.md") && explained.output.contains("src/deep/AGENTS.md  `.claude/CLAUDE.md` is there"))
  }

  /// A rule with globs is not there at start and is there once when such a file is read.
  @Test func scopedRulesArriveWithAFile() throws {
    try write("---\nglobs: [\"src/**\"]\n---\nThink of zqscopedqz.\n", to: ".aiwg/rules/scoped.md")
    try write("---\nglobs: [\"lib/**\"]\n---\nThink of zqelsewhereqz.\n", to: ".aiwg/rules/elsewhere.md")
    try write("text\n", to: "src/deep/app.ts")
    let deployed = try Program.aiwg(["deploy", "--platforms", "claude-code,codex"], in: repository)
    #expect(deployed.status == 0, "\(deployed.errors)")
    let found = try requests(of: "claude", reading: "src/deep/app.ts")
    #expect(count("zqscopedqz", in: found[0]) == 0)
    let inPlay = try #require(found.last)
    for word in Self.words + ["zqmodelqz", "zqscopedqz"] { #expect(count(word, in: inPlay) == 1, "\(word)") }
    #expect(count("zqelsewhereqz", in: inPlay) == 0)
  }

  private func count(_ word: String, in request: String) -> Int { request.components(separatedBy: word).count - 1 }

  /// The body of the first request to a model, as it was sent.
  private func firstRequest(of client: String) throws -> String { try requests(of: client)[0] }

  /// The bodies of all requests to a model that may use tools, in order.
  private func requests(of client: String, reading file: String? = nil) throws -> [String] {
    let tool = try #require(sharedDirectory("tools/clients/sees.sh"))
    let out = folder.url.appendingPathComponent("requests.jsonl")
    var environment = ["HOME": NSHomeDirectory()]
    environment["CLIENTS"] = ProcessInfo.processInfo.environment["CLIENTS"]
    let run = try Program.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["bash", tool, client, repository.path, out.path] + (file.map { [$0] } ?? []), in: repository,
      environment: environment)
    let lines = (try? String(contentsOf: out, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
    // A request for a title, or to count tokens, has no tools.
    let main = lines.filter { $0.contains("\"tools\": [{") }
    return try #require(main.isEmpty ? nil : main, "\(client) made no request with tools: \(run.errors)")
  }

  private func write(_ text: String, to path: String) throws {
    let file = repository.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

private let clientsAreThere: Bool = {
  let environment = ProcessInfo.processInfo.environment
  let cache = environment["CLIENTS"] ?? NSHomeDirectory() + "/.cache/ai-clients"
  let isThere = ["claude", "codex"].allSatisfy { FileManager.default.fileExists(atPath: cache + "/" + $0) }
  return isThere && environment["AIWG_CLIENT_TESTS"] != "0" && sharedDirectory("tools/clients/sees.sh") != nil
}()
