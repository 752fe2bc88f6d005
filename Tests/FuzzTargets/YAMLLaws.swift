import Diagnostics
import YAML

extension FuzzTarget {
  /// Any text as YAML, within either set of limits.
  static let yaml = FuzzTarget(
    name: "yaml",
    seeds: {
      ShippedFiles.ending(in: ".yaml")
        + [
          "a: &x [1, 2]\nb: *x\n", "? k\n: v\n", "a: |2-\n   x\n\n  y\n", "a: >+\n  x\n\n", "'it''s': \"\\u00e9\\\n  x\"\n", "{a: [b, {c: }], ? d}\n",
          "%YAML 1.1\n---\n- !!str x\n...\n", "\u{FEFF}- - - a\n", "a: b\r\nc:\r\n- d\r\n", "<<: {a: b}\n~: null\n",
        ].map { Array($0.utf8) }
    },
    words: [": ", "- ", "? ", "&a", "*a", "!!", "|", ">", "---", "...", "[", "]", "{", "}", "\"", "'", "\\u", "%TAG", "#"]
  ) { bytes in
    for limits in [YAMLLimits.frontmatter, .configuration] {
      let source = SourceText(path: "x.yaml", bytes: bytes)
      var findings: [Diagnostic] = []
      let root = parseYAML(source, limits: limits, diagnostics: &findings)
      try checkFindings(findings, about: source)
      guard let root else { continue }
      try law(findings.isEmpty, "a document was read in spite of findings")
      try checkRanges(root, inside: 0..<bytes.count, hasAliases: limits.aliases > 0)
    }
  }

  private static func checkRanges(_ node: YAMLNode, inside whole: Range<Int>, hasAliases: Bool) throws {
    try law(
      whole.lowerBound <= node.range.lowerBound && node.range.upperBound <= whole.upperBound, "a value sticks out of what holds it: \(node.range)")
    // What an alias repeats stands elsewhere.
    let inner = hasAliases ? 0..<Int.max : node.range
    for item in node.list ?? [] { try checkRanges(item, inside: inner, hasAliases: hasAliases) }
    var keys = Set<[UInt8]>()
    for pair in node.pairs ?? [] {
      try checkRanges(pair.key, inside: inner, hasAliases: hasAliases)
      try checkRanges(pair.value, inside: inner, hasAliases: hasAliases)
      try law(pair.key.scalar != nil, "a key is no scalar")
      try law(keys.insert(Array(pair.keyText.utf8)).inserted, "a key is there twice: \(pair.keyText)")
    }
  }
}
