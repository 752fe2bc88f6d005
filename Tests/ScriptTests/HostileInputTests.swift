import Foundation
import TestSupport
import Testing

/// Damaged trees, configurations and locks beside files of the user's: every run ends soon with an exit code of the table, and takes nothing from the user.
@Suite(.serialized) struct HostileInputTests {
  /// What belongs to the user, whole.
  private static let users = [
    "src/main.c": "int main(void) { return 0; }\n", ".cursor/rules/mine.mdc": "---\nalwaysApply: true\n---\nMine.\n", ".claude/settings.json": "{}\n",
    "README.md": "# Mine\r\n\r\nNo end", ".git/config": "[core]\n", ".git/hooks/post-commit": "#!/bin/sh\n",
  ]
  /// What stands above a block in files that are shared.
  private static let (above, below) = ("Mine above.\n", "\nMine below.\n")

  private let checkout: Checkout
  /// Every file of the repository after a first deploy.
  private let files: [String: [UInt8]]
  private let targets: [String]

  init() throws {
    checkout = try Checkout()
    for (path, text) in Self.users { try checkout.write(text, to: path) }
    for path in ["AGENTS.md", "GEMINI.md"] { try checkout.write(Self.above, to: path) }
    let archive = Txtar(try checkoutText("Tests/ScriptTests/hostile.txtar"))
    for entry in archive.entries { try checkout.write(String(decoding: entry.bytes, as: UTF8.self), to: entry.path) }
    let deployed = try checkout.run("sync")
    try #require(deployed.status == 0, "\(deployed.errors)")
    try checkout.append(Self.below, to: "AGENTS.md")
    try #require(try checkout.run("check").status == 0)
    files = try checkout.snapshot().entries.filter { !$0.value.isFolder }.mapValues { [UInt8]($0.bytes) }
    targets = archive.entries.map(\.path) + ["aiwg.lock"]
  }

  @Test func mutatedTreesTakeNothing() throws {
    let count = isTortureFull ? 10_000 : 300
    let seed = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) } ?? 20_261
    var (codes, slowest): ([Int32: Int], Double) = ([:], 0)
    for number in 0..<count {
      var mutation = Mutation(random: SeededGenerator(seed: seed &+ UInt64(number)))
      for _ in 0..<Int.random(in: 1...2, using: &mutation.random) {
        let target = targets.randomElement(using: &mutation.random) ?? "aiwg.lock"
        let other = targets.randomElement(using: &mutation.random) ?? "aiwg.yaml"
        try write(mutation.mutated(files[target] ?? [], with: files[other] ?? []), to: target)
      }
      let commands = [
        ["sync"], ["deploy"], ["deploy", "--skip-invalid"], ["deploy", "--platforms", defaultPlatforms], ["remove"], ["check"], ["lint", "--fix"],
      ]
      let run = try self.run(commands.randomElement(using: &mutation.random) ?? ["sync"], "seed \(seed &+ UInt64(number))")
      codes[run.status ?? -1, default: 0] += 1
      slowest = max(slowest, run.seconds)
      try reset(hasWritten: run.status != 2 && run.status != 3)
    }
    print("mutated trees: \(count), exit codes \(codes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }), slowest \(slowest) s")
  }

  @Test func everyTruncationOfTheLockTakesNothing() throws {
    let lock = try #require(files["aiwg.lock"])
    // Each cut near an end of a line, the others in steps.
    let cuts = lock.indices.filter { isTortureFull || $0 % 61 == 0 || lock[$0] == 0x0A || (0 < $0 && lock[$0 - 1] == 0x0A) }
    for cut in cuts { try damage(Array(lock[..<cut]), "cut at \(cut)") }
    print("cuts of a lock: \(cuts.count)")
  }

  @Test func bitFlipsOfTheLockTakeNothing() throws {
    let lock = try #require(files["aiwg.lock"])
    var random = SeededGenerator(seed: 7)
    let count = isTortureFull ? 10_000 : 60
    for number in 0..<count {
      var flipped = lock
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        flipped[Int.random(in: 0..<lock.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      try damage(flipped, "flip \(number)")
    }
    print("flips of a lock: \(count)")
  }

  @Test func aLargeResourceIsNeverHeld() throws {
    let size = isTortureFull ? 1 << 30 : 256 << 20
    let file = checkout.url.appendingPathComponent(".aiwg/skills/tool/large.bin")
    try Data().write(to: file)
    #expect(truncate(file.path, off_t(size)) == 0)
    let output = checkout.url.appendingPathComponent(".claude/skills/tool/large.bin")
    for (command, status) in [("check", 1), ("sync", 0), ("check", 0), ("status", 0)] as [(String, Int32)] {
      let run = try Spawned.aiwg([command], in: checkout.url)
      #expect(run.status == status, "\(command)")
      #if os(Linux)
        #expect(run.ownMemory < 60 << 10, "\(command) held \(run.ownMemory) KiB")
      #endif
    }
    #expect(try FileManager.default.attributesOfItem(atPath: output.path)[.size] as? Int == size)
  }

  @Test(arguments: [".aiwg/rules/large.md", ".aiwg/skills/tool/SKILL.es.md", ".aiwg/platforms.yaml", "aiwg.yaml", "aiwg.lock"])
  func whatIsTooLargeIsRefusedUnread(_ path: String) throws {
    let file = checkout.url.appendingPathComponent(path)
    try Data(files[path] ?? []).write(to: file)
    // Sparse: a gigabyte that takes no room.
    #expect(truncate(file.path, 1 << 30) == 0)
    for command in ["check", "sync"] {
      let errors = checkout.url.appendingPathComponent("errors")
      let run = try Spawned.aiwg([command], in: checkout.url, errorsTo: errors)
      #expect(run.status == 2)
      #expect(run.seconds < 1)
      #if os(Linux)
        #expect(run.ownMemory < 60 << 10, "\(command) held \(run.ownMemory) KiB")
      #endif
      let report = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      #expect(report.contains("too-large]") && report.contains("help:"), "\(report)")
    }
  }

  @Test func aFileThatIsTooLargeGetsNoBlock() throws {
    let size: off_t = 1 << 30
    #expect(truncate(checkout.url.appendingPathComponent("AGENTS.md").path, size) == 0)
    for command in ["check", "sync"] {
      let errors = checkout.url.appendingPathComponent("errors")
      let run = try Spawned.aiwg([command], in: checkout.url, errorsTo: errors)
      #expect(run.status == 3)
      #if os(Linux)
        #expect(run.ownMemory < 300 << 10, "\(command) held \(run.ownMemory) KiB")
      #endif
      let report = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      #expect(report.contains("block/too-large]") && report.contains("help:"), "\(report)")
    }
  }

  /// Checks and syncs with a damaged lock.
  private func damage(_ lock: [UInt8], _ name: String) throws {
    try write(lock, to: "aiwg.lock")
    _ = try run(["check"], name)
    let synced = try run(["sync"], name)
    try reset(hasWritten: synced.status == 0)
  }

  private func run(_ arguments: [String], _ name: String) throws -> Spawned {
    let run = try Spawned.aiwg(arguments, in: checkout.url)
    let allowed: Set<Int32> = [0, 1, 2, 3, 64]
    #expect(run.status.map(allowed.contains) == true, "\(name): \(arguments) ended with \(run.status.map(String.init) ?? "a signal")")
    #expect(run.seconds < 2, "\(name): \(arguments) took \(run.seconds) s")
    for (path, text) in Self.users { #expect(read(path).map { $0.elementsEqual(text.utf8) } == true, "\(name): \(arguments) changed \(path)") }
    let shared = String(decoding: read("AGENTS.md") ?? [], as: UTF8.self)
    #expect(shared.hasPrefix(Self.above) && shared.hasSuffix(Self.below.dropFirst()), "\(name): \(arguments) changed AGENTS.md")
    #expect(read("GEMINI.md")?.starts(with: Self.above.utf8) == true, "\(name): \(arguments) changed GEMINI.md")
    return run
  }

  private func read(_ path: String) -> [UInt8]? { (try? Data(contentsOf: checkout.url.appendingPathComponent(path))).map { [UInt8]($0) } }

  private func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: checkout.url.appendingPathComponent(path)) }

  /// Puts every file back, and takes away what was added.
  private func reset(hasWritten: Bool) throws {
    // A run that refused has left all but the damage as it was.
    guard hasWritten else {
      for path in targets { try write(files[path] ?? [], to: path) }
      return
    }
    let now = try checkout.snapshot().entries
    for (path, entry) in now where !entry.isFolder && files[path] == nil { try checkout.remove(path) }
    for (path, bytes) in files where now[path].map({ !$0.bytes.elementsEqual(bytes) }) ?? true {
      let file = checkout.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }
}
