import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import TestSupport
import Testing
import YAML

@Suite struct CorpusTests {
  static let tree = sharedDirectory("corpus/aiwg").flatMap { memoryTree(of: $0) }

  @Test(.enabled(if: tree != nil, "the corpus is not there"))
  func everyProblemHasItsPlace() throws {
    let loading = Loading(try #require(Self.tree))
    let ids = Dictionary(grouping: loading.findings, by: \.id).mapValues(\.count)
    let kinds = Dictionary(grouping: loading.artifacts, by: \.id.kind.folder).mapValues(\.count)
    print("corpus: artifacts \(kinds.sorted { $0.key < $1.key }), rejected \(loading.rejected.count), findings \(ids.sorted { $0.key < $1.key })")
    let bodies = loading.artifacts.map(\.body)
    print("corpus: references \(bodies.map(\.references.count).reduce(0, +)), arguments \(bodies.map(\.arguments.count).reduce(0, +))")

    let invalid = loading.findings.filter { $0.id == "yaml/syntax" }
    #expect(invalid.count == 72)
    #expect(invalid.allSatisfy { $0.place?.path.hasPrefix("commands/") == true && $0.place?.column != nil && $0.help != nil })
    #expect(Set(invalid.compactMap { $0.place?.path }).count == 72)
    #expect(loading.findings.allSatisfy { $0.severity != .error || $0.help != nil })
    #expect(ids["frontmatter/argument-hint-not-text"] == 7)
    for artifact in loading.artifacts { Self.check(artifact) }
  }

  @Test(.enabled(if: tree != nil, "the corpus is not there"))
  func mostHeadsAreRepaired() throws {
    let tree = try #require(Self.tree)
    let before = Loading(tree)
    var repaired = tree
    var (changed, failed) = (0, [String]())
    for (path, node) in tree.nodes where path.text.hasSuffix(".md") {
      let source = SourceText(path: path.text, bytes: node.bytes)
      if let edits = repairedHead(of: source) {
        changed += 1
        repaired.nodes[path]?.bytes = edits.applied(to: node.bytes)
        #expect(repairedHead(of: SourceText(path: path.text, bytes: edits.applied(to: node.bytes))) == nil)
      } else if before.findings.contains(where: { $0.place?.path == path.text && $0.id == "yaml/syntax" }) {
        failed.append(path.text)
      }
    }
    let after = Loading(repaired)
    let left = after.findings.filter { $0.id == "yaml/syntax" }
    print("corpus: \(changed) heads repaired, \(left.count) invalid ones left: \(failed.sorted())")
    #expect(left.count == failed.count)
    #expect(!after.findings.contains { $0.id == "frontmatter/argument-hint-not-text" })
    for artifact in before.artifacts where artifact.id.kind != .command { #expect(after[artifact.id.description]?.fields == artifact.fields) }
  }

  /// What must hold for the spots of any body.
  static func check(_ artifact: Artifact) {
    let ranges = (artifact.body.references.map(\.range) + artifact.body.arguments.map(\.range)).sorted { $0.lowerBound < $1.lowerBound }
    for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.upperBound <= right.lowerBound) }
    for reference in artifact.body.references {
      let covered = String(decoding: artifact.body.bytes[reference.range], as: UTF8.self)
      #expect(covered == (reference.spelling == .mention ? "@" : "") + reference.path)
    }
  }
}

@Suite struct MutationTests {
  static let seeds = [
    "---\nname: a\ndescription: \"x \"y\" z\"\nargument-hint: [a] [b]\nplatforms: [alpha, '!beta']\nalpha: {k: [1, 2]}\n---\n# T\n`a/b` @c/d.md $1\n```\n$2\n```\n",
    "---\r\nseverity: HIGH\r\nglobs:\r\n  - '**/*.é'\r\ntext: |\r\n  lines\r\n  more\r\n---\r\n[x](a.md#f) $ARGUMENTS[1]\r\n",
  ]

  @Test(arguments: 0..<4)
  func noMutationBreaksTheReader(_ run: UInt64) {
    let seed = 20_261_121 + run
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("-:[]{}\"'`@$*&!%|>#\\\n\r\t ,?~<é9a".utf8) + [0, 0xFF, 0xC3, 0xEF, 0xBB, 0xBF]
    for _ in 0..<2_000 {
      var bytes = Array(Self.seeds[Int(run) % 2].utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: index)
        case 2: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...6, using: &random)))
        default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 12)], at: Int.random(in: 0...bytes.count, using: &random))
        }
        if bytes.isEmpty { bytes = [0x2D] }
      }
      let loading = Loading.bytes("commands/a.md", bytes)
      #expect(loading.artifacts.count + loading.rejected.count == 1, "seed \(seed): \(bytes)")
      for artifact in loading.artifacts { CorpusTests.check(artifact) }
      let source = SourceText(path: "x", bytes: bytes)
      if let edits = repairedHead(of: source) {
        #expect(repairedHead(of: SourceText(path: "x", bytes: edits.applied(to: bytes))) == nil, "seed \(seed): \(bytes)")
      }
      // Rendering must bear any place that was given.
      for finding in loading.findings { _ = TextRenderer(colored: false).render(finding) }
    }
  }
}
