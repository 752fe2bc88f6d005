import Globs

extension FuzzTarget {
  /// A pattern, a line break, a path.
  static let glob = FuzzTarget(
    name: "glob",
    seeds: {
      [
        "**/*.md\na/b/c.md", "{a,b{c,d}}/[a-z]?*\nbc/xyz", "*a*b*c*d*e*f\naaaaaaaabbbbbbbbccccccc", "**/**/**/x\na/a/a/a/a/a/a", "[!a-\n[",
        "{a,{b\na",
        ".cursor/rules/**/*.mdc\n.cursor/rules/x.mdc",
      ].map { Array($0.utf8) }
    }, words: ["**/", "**", "*", "?", "[a-z]", "[!", "{a,b}", "{", "}", ",", "/"]
  ) { bytes in
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let glob = Glob(lines[0])
    _ = glob.matches(lines.count > 1 ? lines[1] : "")
    // Without special characters a pattern means itself.
    if !lines[0].unicodeScalars.contains(where: { "*?[]{}".unicodeScalars.contains($0) }) {
      try law(glob.matches(lines[0]), "`\(lines[0])` does not cover itself")
    }
    if let path = lines.last, lines.count > 1, !path.isEmpty { try law(Glob("**").matches(path), "`**` does not cover `\(path)`") }
  }
}
