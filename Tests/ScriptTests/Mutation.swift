import TestSupport

/// Small damage to bytes, of the kinds that disks, merges and people do, and of some that attackers do.
struct Mutation {
  var random: SeededGenerator

  /// What tends to hurt where it is not expected.
  static let snippets =
    [
      "<<<<<<< HEAD\n", "=======\n", ">>>>>>> topic\n", "---\n", "...\n", "\u{0}", "\u{1B}[31m", "\u{FEFF}", "\u{202E}", "\r\n", "\r", "\t", "../",
      "/etc/passwd",
      ".git/hooks/post-commit", "{name}", "{name}{name}", "&a *a", "!!binary x", "<<: *x", "[[[[[[[[", "}}}}", "'", "\"", "| \n", "- - - -\n", "? \n",
      ": ",
      "# aiwg.lock 2\n", "# block ", "# created ", "# folder src\n", "<!-- aiwg:begin -->\n", "<!-- aiwg:end -->\n", "platforms: [all]\n",
      "sources: []\n",
      "  - path: ..\n", "  - path: /\n", "  - path: src\n", "path: \"src/main.c\"", "path: AGENTS.md", "path: \".cursor/rules/mine.mdc\"",
      "$ARGUMENTS", "@../../x",
      "[x](../../../y.md)", "~~~~~\n", "```\n", "0000000000000000000000000000000000000000000000000000000000000000  src/main.c\n",
      "0000000000000000000000000000000000000000000000000000000000000000  .cursor/rules/mine.mdc\n",
      "# block 0000000000000000000000000000000000000000000000000000000000000000 CLAUDE.md\n",
      "# created e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 AGENTS.md\n", "exclude: ['*']\n", "platforms: ['!cursor']\n",
      "activation: never\n",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]

  /// One to four changes; `other` is a file to splice from.
  mutating func mutated(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
    var out = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) { out = changed(out, other) }
    return out
  }

  private mutating func changed(_ bytes: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var out = bytes
    let (start, end) = range(in: bytes)
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where start < out.count: out[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: out.removeSubrange(start..<end)
    case 2: out.removeSubrange(start...)
    case 3: out.insert(contentsOf: out[start..<end], at: end)
    case 4:
      let (from, to) = range(in: other)
      out.replaceSubrange(start..<end, with: other[from..<to])
    case 5:
      var lines = out.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let (first, second) = (Int.random(in: 0..<lines.count, using: &random), Int.random(in: 0..<lines.count, using: &random))
      lines.swapAt(first, second)
      out = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    default:
      let lineStart = out[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let place = Bool.random(using: &random) ? start : lineStart
      out.insert(contentsOf: Self.snippets.randomElement(using: &random) ?? [], at: place)
    }
    return out
  }

  private mutating func range(in bytes: [UInt8]) -> (Int, Int) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    return (start, min(bytes.count, start + Int.random(in: 0...40, using: &random)))
  }
}
