import Diagnostics
import FileTree
import SharedFiles
import TestSupport
import Testing

struct ManagedBlockTests {
  private func search(_ text: String, _ syntax: BlockSyntax? = .markdown) -> BlockSearch {
    findBlock(in: SourceText(path: "AGENTS.md", bytes: Array(text.utf8)), syntax: syntax)
  }

  private func found(_ bytes: [UInt8], _ syntax: BlockSyntax? = .markdown) throws -> ManagedBlock {
    guard case .found(let block) = findBlock(in: SourceText(path: "AGENTS.md", bytes: bytes), syntax: syntax) else {
      Issue.record("no block in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      throw CancellationError()
    }
    return block
  }

  @Test(arguments: [
    ("", "<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n"),
    ("mine\n", "mine\n\n<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n"),
    ("mine", "mine\n<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n"),
    ("a\r\nb\r\n", "a\r\nb\r\n\r\n<!-- aiwg:begin -->\r\nrule\r\n<!-- aiwg:end -->\r\n"),
    ("\u{FEFF}", "\u{FEFF}<!-- aiwg:begin -->\nrule\n<!-- aiwg:end -->\n"),
  ])
  func aNewBlockGoesToTheEnd(file: String, expected: String) {
    let out = appendingBlock(Array("rule\n".utf8), syntax: .markdown, to: Array(file.utf8))
    #expect(String(decoding: out, as: UTF8.self).debugDescription == expected.debugDescription)
  }

  @Test func theBlockStaysWhereTheUserPutIt() throws {
    let file = Array("top\n<!-- aiwg:begin -->  \nold\n<!-- aiwg:end -->\nbelow, no end".utf8)
    let block = try found(file)
    #expect(block.content == Array("old\n".utf8))
    let new = block.replacing(with: Array("one\ntwo\n".utf8))
    #expect(String(decoding: new, as: UTF8.self) == "top\n<!-- aiwg:begin -->  \none\ntwo\n<!-- aiwg:end -->\nbelow, no end")
    #expect(try String(decoding: found(new).removed(), as: UTF8.self) == "top\nbelow, no end")
  }

  @Test func lineEndsDoNotChangeTheContent() throws {
    let unix = "<!-- aiwg:begin -->\na\n\nb\n<!-- aiwg:end -->\n"
    let windows = Array(unix.utf8).flatMap { $0 == 10 ? [13, 10] : [$0] }
    #expect(try found(windows).content == found(Array(unix.utf8)).content)
  }

  @Test func aBlockOfEitherSyntaxIsFoundWhenNoneIsGiven() throws {
    #expect(try found(Array("# aiwg:begin\nx\n# aiwg:end\n".utf8), nil).syntax == .hash)
    #expect(try found(Array("# aiwg:begin\n<!-- aiwg:begin -->\nx\n<!-- aiwg:end -->\n".utf8), nil).syntax == .markdown)
  }

  @Test(arguments: [
    ("<!-- aiwg:begin -->\n", ["block/no-end:1"]),
    ("x\n<!-- aiwg:end -->\n", ["block/no-begin:2"]),
    ("<!-- aiwg:begin -->\n<!-- aiwg:begin -->\n<!-- aiwg:end -->\n", ["block/two-begins:2"]),
    ("<!-- aiwg:end -->\n<!-- aiwg:begin -->\n", ["block/no-begin:1", "block/no-end:2"]),
    ("<!-- aiwg:begin -->\n<!-- aiwg:end -->\n<!-- aiwg:begin -->\n<!-- aiwg:end -->\n", ["block/two-blocks:3"]),
    ("a\u{0}b", ["block/not-text:0"]),
  ])
  func damageIsReportedWithItsLine(file: String, expected: [String]) {
    guard case .damaged(let problems) = search(file) else {
      Issue.record("not seen as damaged")
      return
    }
    #expect(problems.map { "\($0.id):\($0.place?.line ?? 0)" } == expected)
    #expect(problems.allSatisfy { $0.help != nil })
  }

  @Test func indentedOrQuotedMarkersAreText() {
    for text in ["  <!-- aiwg:begin -->\n", "> <!-- aiwg:end -->\n", "see <!-- aiwg:begin --> here\n"] {
      guard case .none = search(text) else {
        Issue.record("taken for a marker: \(text)")
        continue
      }
    }
  }

  @Test func bodiesWithMarkersAreSeen() {
    #expect(containsMarker(Array("a\n<!-- aiwg:end -->\n".utf8)))
    #expect(containsMarker(Array("# aiwg:begin".utf8)))
    #expect(!containsMarker(Array("use `<!-- aiwg:end -->` to end\n".utf8)))
  }

  /// What is hashed when a block is planned is what is hashed when it is read again.
  @Test(arguments: ["x\r", "x\r\r\n", "x\r\ry\r\r\r\n", "\r", "\r\r\n\r"])
  func strayCarriageReturnsMakeNoDrift(content: String) throws {
    let lines = normalizedLines(Array(content.utf8))
    #expect(normalizedLines(lines) == lines)
    for file in ["", "a\r\nb\r\n"] {
      #expect(try found(appendingBlock(Array(content.utf8), syntax: .hash, to: Array(file.utf8)), .hash).content == lines)
    }
  }

  @Test func carriageReturnsDoNotHideAMarker() {
    #expect(containsMarker(Array("<!-- aiwg:end -->\r\r\n".utf8)))
    #expect(containsMarker(Array("<!-- aiwg:end -->\r".utf8)))
  }

  /// Insert, update twice and remove, whatever is around the block.
  @Test(arguments: [UInt64](0..<3000))
  func everyByteOutsideStays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = ["a", "b c", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "é", "\t", "# x", "<!-- aiwg:begin --> not alone", " "]
    var text = Bool.random(using: &random) ? "" : "\u{FEFF}"
    for _ in 0..<Int.random(in: 0...8, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
    let bodies = ["", "one\n", "one\ntwo\n\n", "no end", "\n", "é\r\nwindows\r\n"].map { Array($0.utf8) }
    let original = Array(text.utf8)
    let syntax: BlockSyntax = Bool.random(using: &random) ? .markdown : .hash
    var file = appendingBlock(bodies.randomElement(using: &random) ?? [], syntax: syntax, to: original)
    for _ in 0..<2 {
      let body = bodies.randomElement(using: &random) ?? []
      file = try found(file, syntax).replacing(with: body)
      #expect(try found(file, syntax).content == normalizedLines(body))
    }
    #expect(file.starts(with: original))
    #expect(try found(file, syntax).removed() == original, "seed \(seed): \(text.debugDescription)")
  }
}
