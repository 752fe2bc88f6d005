import Foundation
import TestSupport
import Testing

/// A catalog in which everybody reads nearly everything, and nobody wants the same.
@Suite struct UntriedTests {
  @Test func aSearchThatIsGivenUpIsSaid() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 1)
    var text = "version: 1\nplaces:\n"
    for place in 10..<60 {
      text += "  made-\(place):\n    path: \".made\(place)/{name}\"\n    format: skill\n    skills: { unlisted: keep }\n"
    }
    text += "platforms:\n"
    for platform in 10..<60 {
      let read = (10..<60).shuffled(using: &random).prefix(14)
      text += "  made-\(platform):\n    name: Made\n    docs: https://made.example\n    verified: 2026-01-01\n    takes:\n"
      text += "      skills: [\(read.prefix(6).map { "made-\($0)" }.joined(separator: ", "))]\n    reads:\n"
      for place in read { text += "      - { path: \".made\(place)/*/SKILL.md\", when: listed }\n" }
    }
    let files = [
      "tree/platforms.yaml": text, "tree/skills/one/SKILL.md": "---\nname: one\ndescription: One.\n---\nText.\n",
      "aiwg.yaml": "platforms: [\((10..<60).map { "made-\($0)" }.joined(separator: ", "))]\nsources:\n  - path: tree\n",
    ]
    for (path, text) in files {
      let file = folder.url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let result = try Program.aiwg(["deploy", "--dry-run", "-v"], in: folder.url)
    #expect(result.status == 0)
    let expected = """
      warning: there are more ways to place 1 artifact (`skills/one`) than can be tried; a better one may have been missed [layout/untried]
        help: select fewer platforms, or let fewer of them read each other's files in your platforms.yaml

      """
    #expect(result.errors.contains(expected), "\(result.errors.suffix(2_000))")
  }
}
