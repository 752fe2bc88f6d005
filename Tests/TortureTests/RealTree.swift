import Foundation
import TestSupport

extension Situation {
  /// A real tree of hundreds of artifacts on the default platforms, each situation with the number of points to try.
  static func corpus(in arena: Arena) throws -> [(Scenario, points: Int)] {
    guard let corpus = sharedDirectory("corpus/aiwg") else { return [] }
    let kinds = ["rules", "agents", "skills", "commands"].map { "'\(corpus)/\($0)'" }.joined(separator: " ")
    let copied = try Program.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "mkdir .aiwg && cp -R \(kinds) .aiwg && chmod -R u+w .aiwg"], in: URL(fileURLWithPath: arena.root))
    guard copied.status == 0 else { throw SetupError(copied.errors) }
    let users = try writeUsersFiles(in: arena)
    let command = ["deploy", "--platforms", defaultPlatforms, "--skip-invalid"]
    let first = try Scenario("real tree, first deploy", command, in: arena, users: users, allowing: [0, 1])
    try arena.prepare(command, allowing: [0, 1])
    try editEverySeventh(in: arena)
    let second = try Scenario("real tree, sync", ["sync"], in: arena, users: users)
    return [(second, 120), (first, 60)]
  }

  /// Longer, or gone, by turns.
  private static func editEverySeventh(in arena: Arena) throws {
    let image = try arena.repository.image()
    let files = image.entries.keys.filter { $0.hasSuffix(".md") && ($0.hasPrefix(".aiwg/rules/") || $0.hasPrefix(".aiwg/agents/")) }.sorted()
    for (index, path) in files.enumerated() where index % 7 == 0 {
      if index % 14 == 0 { try arena.write(arena.text(path) + "\nOne line more.\n", to: path) } else { try arena.remove(path) }
    }
  }
}
