import Foundation
import TestSupport
import Testing

/// A real tree of hundreds of artifacts with everything that real trees have wrong.
@Suite(.enabled(if: sharedDirectory("corpus/aiwg") != nil, "the real tree is not beside the checkout"))
struct CorpusTests {
  private let checkout: Checkout
  private let word = "zyxquux"

  init() throws {
    checkout = try Checkout()
    let corpus = try #require(sharedDirectory("corpus/aiwg"))
    let copied = try checkout.shell(
      "mkdir .aiwg && cp -R '\(corpus)/rules' '\(corpus)/agents' '\(corpus)/skills' '\(corpus)/commands' .aiwg && chmod -R u+w .aiwg")
    #expect(copied.status == 0, "\(copied.errors)")
  }

  @Test func everyBrokenHeadIsNamedAndNothingIsWritten() throws {
    let before = try checkout.snapshot()
    let deployed = try checkout.run("deploy", "--platforms", defaultPlatforms)
    #expect(deployed.status == 2)
    #expect(try checkout.written(since: before).isEmpty)
    let findings = Self.findings(deployed.errors)
    #expect(findings.count > 100)
    for finding in findings {
      #expect(finding.contains("\n  help: "), "no help: \(finding)")
      #expect(finding.prefix { $0 != " " }.split(separator: ":").count == 3, "no line and column: \(finding)")
    }
    // What is left after repairs is told for each artifact, and repairing again does nothing.
    let repaired = try checkout.run("lint", "--fix")
    #expect(repaired.status == 1)
    let left = Set(Self.findings(repaired.errors).map(Self.file))
    #expect(left.isStrictSubset(of: Set(findings.map(Self.file))))
    let after = try checkout.snapshot()
    #expect(try checkout.run("lint", "--fix").status == 1)
    #expect(try checkout.written(since: after).isEmpty)
    #expect(Set(Self.findings(try checkout.run("deploy", "--platforms", defaultPlatforms).errors).map(Self.file)) == left)
    print("broken: \(Set(findings.map(Self.file)).count) files, after repairs \(left.count)")
  }

  @Test func everyEditTouchesExactlyItsOutputs() throws {
    let rule = try firstDeployed("rules")
    let agent = try firstDeployed("agents")
    for path in [rule, agent] { try checkout.append("\nThe word is \(word)\(path.hashValue).\n", to: path) }
    #expect(try checkout.run("deploy", "--platforms", defaultPlatforms, "--skip-invalid").status == 1)
    let yaml = String(decoding: try Data(contentsOf: checkout.url.appendingPathComponent("aiwg.yaml")), as: UTF8.self)
    #expect(yaml.components(separatedBy: "\n").count { $0.hasPrefix("      - ") && $0.contains("  # ") } > 100)

    let done = try checkout.snapshot()
    for command in ["deploy", "sync"] { #expect(try checkout.run(command).status == 0) }
    let checked = try checkout.run("check")
    #expect(checked.status == 0)
    #expect(checked.errors.contains("[source/excluded]"))
    #expect(try checkout.written(since: done).isEmpty)
    let sums = try checkout.hasFittingSums()
    #expect(sums.status == 0, "\(sums.output)\(sums.errors)")

    for source in [rule, agent] {
      let concerned = try outputs(with: "\(word)\(source.hashValue)")
      #expect(!concerned.isEmpty)
      try checkout.append("One more line.\n", to: source)
      try expectDrift(concerned)
    }
    let output = try #require(try outputs(with: "\(word)\(agent.hashValue)").sorted().first)
    try checkout.remove(output)
    try expectDrift([output])

    try checkout.append("by hand\n", to: output)
    let edited = try checkout.snapshot()
    let drift = try checkout.run("check")
    #expect(drift.status == 1)
    #expect(Self.changed(drift.output) == [output])
    #expect(try checkout.run("sync").status == 3)
    #expect(try checkout.written(since: edited).isEmpty)
    #expect(try checkout.run("sync", "--force").status == 0)

    // Where a file is full, a rule that goes makes room for another one.
    #expect(try checkout.run("deploy", "--platforms=-codex,-hermes,-openclaw", "-q").status == 0)
    for source in [agent, rule] {
      let concerned = try outputs(with: "\(word)\(source.hashValue)")
      try checkout.remove(source)
      // Files of their own have a line each in the attributes.
      try expectDrift(concerned == ["AGENTS.md"] ? concerned : concerned.union([".gitattributes"]))
    }
    #expect(try checkout.run("check").status == 0)
  }

  @Test func everyPlatformAloneAndBack() throws {
    #expect(try checkout.run("lint", "--fix").status == 1)
    let before = try checkout.snapshot()
    #expect(try checkout.run("deploy", "--platforms", "generic", "--skip-invalid").status == 1)
    let list = try checkout.run("platforms").output.split(separator: "\n").compactMap { $0.split(separator: ",").first?.split(separator: " ").first }
    #expect(list.count >= 13)
    for platform in list {
      let deployed = try checkout.run("deploy", "--platforms", String(platform))
      #expect(deployed.status == 0, "\(platform): \(deployed.errors.suffix(500))")
      #expect(try checkout.run("check", "-q").status == 0)
      let sums = try checkout.hasFittingSums()
      #expect(sums.status == 0, "\(platform): \(sums.output)\(sums.errors)")
    }
    #expect(try checkout.run("remove").status == 0)
    #expect(before.differences(to: try checkout.snapshot()) == [])
  }

  /// Check names exactly these, and sync writes exactly these and the lock.
  private func expectDrift(_ paths: Set<String>) throws {
    let drift = try checkout.run("check")
    #expect(drift.status == 1)
    #expect(Self.changed(drift.output) == paths)
    let before = try checkout.snapshot()
    #expect(try checkout.run("sync").status == 0)
    #expect(try checkout.written(since: before).subtracting(["aiwg.lock"]) == paths)
    #expect(try checkout.run("check").status == 0)
  }

  /// The first file of a kind without errors that no other file speaks of, since a reference is written anew when what it leads to goes.
  private func firstDeployed(_ kind: String) throws -> String {
    let broken = Set(Self.findings(try checkout.run("lint").errors).map(Self.file))
    let names = try FileManager.default.contentsOfDirectory(atPath: checkout.url.appendingPathComponent(".aiwg/" + kind).path).sorted()
    let entries = try checkout.snapshot().entries.filter { $0.key.hasSuffix(".md") }
    for name in names where name.hasSuffix(".md") && !broken.contains(".aiwg/\(kind)/\(name)") {
      let stem = Data(name.dropLast(3).utf8)
      let path = ".aiwg/\(kind)/\(name)"
      if !entries.contains(where: { $0.key != path && $0.value.bytes.range(of: stem) != nil }) { return path }
    }
    throw SetupError("every file of \(kind) is referred to")
  }

  /// Files outside the canonical tree that hold a word.
  private func outputs(with word: String) throws -> Set<String> {
    let entries = try checkout.snapshot().entries
    return Set(entries.filter { !$0.key.hasPrefix(".aiwg/") && $0.value.bytes.range(of: Data(word.utf8)) != nil }.keys)
  }

  /// The errors of a report, each with what belongs to it.
  private static func findings(_ report: String) -> [String] {
    var out: [String] = []
    for line in report.components(separatedBy: "\n") where !line.isEmpty {
      if line.hasPrefix("  ") { out[max(0, out.count - 1)] += "\n" + line } else { out.append(line) }
    }
    return out.filter { $0.contains(": error: ") }
  }

  private static func file(_ finding: String) -> String { String(finding.prefix { $0 != ":" }) }

  /// Paths that a check lists.
  private static func changed(_ output: String) -> Set<String> {
    Set(output.split(separator: "\n").map { String($0.dropFirst(2)).components(separatedBy: "  ←")[0] })
  }
}
