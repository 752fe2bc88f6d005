import Diagnostics
import TOML

extension FuzzTarget {
  /// Any text as TOML.
  static let toml = FuzzTarget(
    name: "toml",
    seeds: {
      [
        "a = \"x\\u00e9\\n\" # c\r\nb.'c d' = [1, 0x1F,\n 1_0.5e-3, {d = true}]\n",
        "[a.b]\nc = '''\nx'''\n[[d]]\n[d.e]\n[[d]]\nf = \"\"\"\ng\\\n  h\"\"\"\n",
        "\u{FEFF}a = 1979-05-27 07:32:00.5+01:00\nb = 07:32:00\nc = -inf\n", "a.b.c = 1\na.b.d = {}\n[a.e]\nf = []\n",
      ].map { Array($0.utf8) }
    },
    words: [
      "=", ".", "[", "]", "[[", "]]", "{", "}", ",", "\"\"\"", "'''", "\\u", "\\U0000", "#", "\r\n", "0x", "_", "e+", "1979-05-27", "07:32:00",
      "[a]\n", "a.b = 1\n",
    ]
  ) { bytes in
    let source = SourceText(path: "x.toml", bytes: bytes)
    var findings: [Diagnostic] = []
    let root = parseTOML(source, diagnostics: &findings)
    try checkFindings(findings, about: source)
    try law((root == nil) == findings.hasErrors, "a document was read in spite of findings, or refused without one")
    guard let root else { return }
    try checkRanges(of: root, inside: 0..<bytes.count, in: bytes)
  }

  private static func checkRanges(of table: TOMLTable, inside whole: Range<Int>, in bytes: [UInt8]) throws {
    var keys = Set<[UInt8]>()
    for pair in table.pairs {
      let key = pair.key
      try law(keys.insert(Array(key.text.utf8)).inserted, "a key is there twice: \(key.text)")
      try law((0..<bytes.count).contains(key.path), "a key is nowhere: \(key.path)")
      try law(key.path.contains(key.range) && key.path.upperBound == key.range.upperBound, "the way to a key does not end with it: \(key.path)")
      try checkRanges(of: pair.value, inside: whole, in: bytes)
    }
  }

  private static func checkRanges(of node: TOMLNode, inside whole: Range<Int>, in bytes: [UInt8]) throws {
    try law(whole.contains(node.range), "a value sticks out of what holds it: \(node.range)")
    switch node.content {
    case .text(let text):
      try law(node.range.contains(text.inner), "the text of a string is outside of it: \(text.inner)")
      let isVerbatim = Array(text.text.utf8) == Array(bytes[text.inner])
      try law(!text.isVerbatim || isVerbatim, "the bytes of a string are said to be its text: \(text.text)")
      try law(text.isVerbatim || !text.isLiteral, "something is escaped between literal quotes: \(text.text)")
    case .array(let items): for item in items { try checkRanges(of: item, inside: node.range, in: bytes) }
    case .table(let table): try checkRanges(of: table, inside: node.range, in: bytes)
    case .integer(let text, _), .float(let text), .datetime(let text):
      try law(Array(text.utf8) == Array(bytes[node.range]), "a word is not what is written: \(text)")
    case .bool(let flag): try law(Array("\(flag)".utf8) == Array(bytes[node.range]), "a word is not what is written: \(flag)")
    }
  }
}
