import Foundation
import TestSupport
import Testing

/// What the README and the guides tell people to type, typed.
///
/// Blocks of `sh` and `console` run in the order of the page, in one fresh repository for each page. In a block of `console`, a line with `$ ` is typed
/// and the lines after it are what it prints; a line `...` stands for any lines. `RECORD=1` writes down what was printed, and fails. A block that
/// cannot run has a comment `<!-- not run: REASON -->` above it.
@Suite struct GuideTests {
  @Test(arguments: try pages())
  func everyBlockRuns(_ path: String) throws {
    let page = try MarkdownPage(path)
    let ground = try GuideGround()
    var lines = page.lines
    var count = 0
    for block in page.blocks.reversed() where block.reason != nil {
      #expect(["sh", "console", "bash"].contains(block.language), "\(path):\(block.start): nothing of that language is run anyway")
    }
    var moved = 0
    for block in page.blocks where ["sh", "console", "bash"].contains(block.language) && block.reason == nil {
      count += 1
      if block.language == "console" {
        let shown = try play(block, in: ground, at: path)
        lines.replaceSubrange(block.start + moved..<block.start + moved + block.lines.count, with: shown)
        moved += shown.count - block.lines.count
      } else {
        let result = try ground.type(block.lines.joined(separator: "\n"), stopsAtFailure: true)
        #expect(result.status == 0, "\(path):\(block.start): exit \(result.status)\n\(result.output)")
      }
    }
    #expect(count >= 2, "\(path) has \(count) blocks that run")
    if let difference = differenceFromGolden(lines.joined(separator: "\n"), at: path) { Issue.record(Comment(rawValue: difference)) }
  }

  @Test func whatDoesNotRunIsFew() throws {
    let blocks = try pages().flatMap { try MarkdownPage($0).blocks }
    let reasons = blocks.compactMap(\.reason)
    print("guides: \(blocks.count) blocks; not run: \(reasons.count) \(reasons)")
    #expect(reasons.count <= 3)
  }

  /// What the block has to be for what was printed: itself when it fits.
  private func play(_ block: MarkdownPage.Block, in ground: GuideGround, at path: String) throws -> [String] {
    var out: [String] = []
    let steps = steps(of: block)
    for (index, step) in steps.enumerated() {
      let result = try ground.type(step.typed, stopsAtFailure: false)
      var printed = result.output.components(separatedBy: "\n")
      if printed.last == "" { printed.removeLast() }
      #expect(result.status != 64, "\(path): `\(step.typed)` is wrong usage:\n\(result.output)")
      #expect(result.status == 0 || !printed.isEmpty, "\(path): `\(step.typed)` fails in silence")
      out += step.lines
      let isLast = index == steps.count - 1
      // An empty line before the next command is for the eye.
      let gap = !isLast && step.expected.last == "" ? [""] : []
      let expected = Array(step.expected.dropLast(gap.count))
      if expected.contains("...") {
        #expect(fits(printed[...], expected[...]), "\(path): `\(step.typed)` printed\n\(printed.joined(separator: "\n"))")
        out += expected
      } else {
        out += printed
      }
      out += gap
    }
    return out
  }

  private struct Step {
    var lines: [String]
    var expected: [String]
    var typed: String { ([lines[0].dropFirst(2)] + lines.dropFirst().map { $0.dropFirst(2) }).joined(separator: "\n") }
  }

  private func steps(of block: MarkdownPage.Block) -> [Step] {
    var out: [Step] = []
    for line in block.lines {
      if line.hasPrefix("$ ") {
        out.append(Step(lines: [line], expected: []))
      } else if line.hasPrefix("> "), let last = out.indices.last, out[last].expected.isEmpty {
        out[last].lines.append(line)
      } else if let last = out.indices.last {
        out[last].expected.append(line)
      } else {
        Issue.record("a block of console begins with a line that nobody typed: \(line)")
      }
    }
    return out
  }

  /// Whether lines are those that are expected, where `...` stands for any.
  private func fits(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "..." { return lines.indices.contains { fits(lines[$0...], expected.dropFirst()) } || fits([], expected.dropFirst()) }
    return lines.first == first && fits(lines.dropFirst(), expected.dropFirst())
  }
}

private func pages() throws -> [String] { ["README.md"] + (try MarkdownPage.all().filter { $0.hasPrefix("docs/guides/") }) }

/// A repository of somebody who follows a guide, with a home directory and room beside it.
private final class GuideGround {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    for name in ["repo", "home"] {
      try FileManager.default.createDirectory(at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    // What is said to be elsewhere lies beside the repository: nothing leaves the machine.
    let settings = """
      [user]
        name = Ada
        email = ada@example.com
      [init]
        defaultBranch = main
      [advice]
        defaultBranchName = false
      [url "file://\(folder.url.path)/"]
        insteadOf = https://git.example.com/

      """
    try Data(settings.utf8).write(to: folder.url.appendingPathComponent("home/.gitconfig"))
    environment = [
      "HOME": folder.url.path + "/home", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z",
      "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z",
    ]
    try Data((folder.url.path + "/repo\n").utf8).write(to: folder.url.appendingPathComponent("where"))
    _ = try Program.shell("git init -q repo", in: folder.url, environment: environment)
  }

  /// Runs lines of shell where the ones before left off; output and errors are together, as a terminal has them.
  func type(_ lines: String, stopsAtFailure: Bool) throws -> Program.Result {
    let place = "'" + folder.url.path + "/where'"
    let script = "exec 2>&1\ncd \"$(cat \(place))\"\n" + (stopsAtFailure ? "set -e\n" : "") + "trap 'pwd > \(place)' EXIT\n" + lines + "\n"
    var result = try Program.shell(script, in: folder.url, environment: environment)
    result.output = result.output.replacing(folder.url.path, with: "/work")
    return result
  }
}
