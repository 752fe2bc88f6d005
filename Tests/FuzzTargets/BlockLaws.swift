import Diagnostics
import FileTree
import SharedFiles

extension FuzzTarget {
  /// A managed block in a file: one byte of choices, the content, a byte 0xFF, the file.
  static let block = FuzzTarget(
    name: "block",
    seeds: {
      let (begin, end) = ("<!-- aiwg:begin -->", "<!-- aiwg:end -->")
      let texts = [
        "", "# Ours\n", "no end", "a\r\nb\r\n", "\(begin)\nold\n\(end)\n", "top\n\n\(begin)\nold\n\(end)\nbottom", "\(begin)\r\nold\r\n\(end)\r\nx",
        "# aiwg:begin\n*.md x\n# aiwg:end\n", "\(end)\n\(begin)\n", "\u{FEFF}\(begin)\n\(end)",
      ]
      let heads: [[UInt8]] = [[0] + Array("new\n".utf8) + [0xFF], [1] + Array("x\r\n\r\ny".utf8) + [0xFF]]
      return texts.flatMap { text in heads.map { $0 + Array(text.utf8) } }
    },
    words: ["<!-- aiwg:begin -->", "<!-- aiwg:end -->", "# aiwg:begin", "# aiwg:end", "\r\n", "\u{FEFF}", " ", "\t"]
  ) { input in
    guard let choice = input.first else { return }
    let parts = input.dropFirst().split(separator: 0xFF, maxSplits: 1, omittingEmptySubsequences: false)
    let (content, file) = (Array(parts[0]), parts.count > 1 ? Array(parts[1]) : [])
    let syntax: BlockSyntax = choice & 1 == 0 ? .markdown : .hash
    let source = SourceText(path: "x.md", bytes: file)
    switch findBlock(in: source, syntax: choice & 2 == 0 ? syntax : nil) {
    case .damaged(let findings):
      try law(!findings.isEmpty, "damaged without a reason")
      try checkFindings(findings, about: source)
    case .none where choice & 2 == 0: try checkAppending(content, syntax, to: file)
    case .none: break
    case .found(let block): try checkFound(block, content, in: file)
    }
  }

  private static func checkAppending(_ content: [UInt8], _ syntax: BlockSyntax, to file: [UInt8]) throws {
    guard !containsMarker(content), !content.contains(0) else { return }
    let added = appendingBlock(content, syntax: syntax, to: file)
    try law(added.starts(with: file), "text of the user's changed when a block was added")
    guard case .found(let block) = findBlock(in: SourceText(path: "x.md", bytes: added), syntax: syntax) else {
      throw BrokenLaw(description: "a block that was added is not found")
    }
    try law(block.removed() == file, "a file is not what it was after its block came and went")
    try law(block.content == normalizedLines(content), "a block does not hold what was put into it")
  }

  private static func checkFound(_ block: ManagedBlock, _ content: [UInt8], in file: [UInt8]) throws {
    try law(block.replacing(with: block.content) == file || hasMixedLineEnds(file[block.range]), "a block changes when it is replaced by itself")
    let rest = block.removed()
    let (before, after) = (file[..<block.range.lowerBound], file[block.range.upperBound...])
    try law(before.count + after.count - rest.count <= 4, "more than two line breaks go with a block")
    try law(withoutLineEnds(rest) == withoutLineEnds(before + after), "text of the user's goes with a block")
    guard !containsMarker(content), !content.contains(0) else { return }
    let replaced = block.replacing(with: content)
    try law(replaced.starts(with: before) && replaced.suffix(after.count).elementsEqual(after), "text around a block changes with it")
    guard case .found(let again) = findBlock(in: SourceText(path: "x.md", bytes: replaced), syntax: block.syntax) else {
      throw BrokenLaw(description: "a block that was replaced is not found")
    }
    try law(again.content == normalizedLines(content), "a block does not hold what it was replaced with")
    try law(again.removed() == rest, "what is left without a block depends on what was in it")
  }

  private static func withoutLineEnds(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.filter { $0 != 0x0A && $0 != 0x0D } }

  private static func hasMixedLineEnds(_ bytes: ArraySlice<UInt8>) -> Bool {
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 > bytes.startIndex && bytes[$0 - 1] == 0x0D }
    let hasStray = zip(bytes, zip(bytes.dropFirst(), bytes.dropFirst(2))).contains { $0 == 0x0D && $1.0 == 0x0D && $1.1 == 0x0A }
    return hasStray || Set(ends).count > 1
  }
}
