import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Platforms

extension FuzzTarget {
  /// A platforms.yaml of a user's over the shipped one.
  static let platforms = FuzzTarget(
    name: "platforms",
    seeds: {
      [
        "platforms:\n  mine:\n    name: Mine\n    rules: [mine-rules]\n    reads:\n      - { path: \".mine/*.md\", when: always }\nplaces:\n"
          + "  mine-rules: { path: \".mine/{name}.md\", format: markdown, rules: { fields: { a: description } } }\n",
        "places:\n  agents-skills:\n    sidecars:\n      - { path: a/b.yaml, only: user-only, text: x }\n",
        "places:\n  agents-md: { path: OTHER.md }\n", "version: 1\nvocabularies:\n  v: { Bash: execute }\n",
        "platforms:\n  cursor: { aliases: [c, d] }\n",
      ].map { Array($0.utf8) } + slices(of: ShippedFiles.ending(in: "platforms.yaml").first ?? [])
    },
    words: [
      "version: 1", "places:", "platforms:", "vocabularies:", "path: ", "format: ", "markdown", "skill", "toml", "block", "import", "fields:",
      "{name}", "{directory}/",
      "reads:", "when: ", "always", "limits:", "aliases:", "detect:", "once: ", "unless: ", "from: ", "join: ", "map: ", "const: ", "drops: ",
    ]
  ) { bytes in
    let source = SourceText(path: "platforms.yaml", bytes: bytes)
    var findings: [Diagnostic] = []
    let catalog = decodePlatforms(source, onto: ShippedFiles.catalog, diagnostics: &findings)
    try checkFindings(findings, about: source)
    guard let catalog else { return try law(findings.hasErrors, "platforms.yaml is refused without a reason") }
    for place in catalog.places.values {
      guard let file = place.mainFile(name: "x") else { throw BrokenLaw(description: "`\(place.id)` has no path") }
      try checkInside(file.bytes)
      try checkUnreserved(file)
    }
    // What the file says for itself, or else about places that many share.
    let named = catalog.platforms.filter { ShippedFiles.catalog.platform($0.id) == nil }.map(\.id)
    try checkRendering(tree, catalog: catalog, for: named + ["cursor", "codex"])
  }

  /// Pieces of a long file that stand for themselves: the fuzzer does better with short ones.
  private static func slices(of bytes: [UInt8]) -> [[UInt8]] {
    guard let found = String(decoding: bytes, as: UTF8.self).firstRange(of: "\nplatforms:\n") else { return [] }
    let text = String(decoding: bytes, as: UTF8.self)
    let entries = text[found.upperBound...].split(separator: "\n\n").prefix(6)
    return entries.map { Array("platforms:\n\($0)\n".utf8) }
  }

  /// One artifact of each kind.
  private static let tree: ContextTree = {
    let texts = [
      "rules/r.md": "---\nseverity: HIGH\nglobs: [\"*.md\"]\n---\nr\n", "agents/a.md": "---\ntools: Read\nmodel: m\n---\na\n",
      "skills/s/SKILL.md": "---\ndescription: d\n---\ns\n", "commands/c.md": "---\ndescription: d\n---\nc $ARGUMENTS\n",
    ]
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for (path, text) in texts { nodes[TreePath(path) ?? TreePath(known: "x")] = MemoryTree.Node(bytes: Array(text.utf8)) }
    var ignored: [Diagnostic] = []
    let loader = ContextLoader(tree: MemoryTree(nodes), shownAs: "", platformIDs: ShippedFiles.catalog.ids)
    guard let loaded = try? loader.load(diagnostics: &ignored) else { fatalError("the tree of the fuzzer is wrong") }
    return ContextTree(joining: [loaded.artifacts])
  }()
}
