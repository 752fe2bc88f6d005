import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import SharedFiles
import YAML

extension FuzzTarget {
  /// A Markdown file of a canonical tree: one byte of choices (kind, translation, platform), then its bytes.
  static let artifact = FuzzTarget(
    name: "artifact",
    seeds: {
      let heads = [
        "---\nname: x\nseverity: HIGH\ncategory: a\nfactor: b\n---\n# R\n", "---\nargument-hint: [a] [b]\n---\n$ARGUMENTS $1 !`ls` @x\n",
        "---\ndescription: \"a\"\ntools: Read, Write\nmodel: opus\n---\nSee [y](../rules/y.md).\n",
        "---\nglobs: [\"**/*.ts\"]\nactivation: globs\n---\nx",
        "no head\n", "---\nplatforms: [\"!cursor\", claude-code]\ncursor: {alwaysApply: true}\n---\n\r\n", "\u{FEFF}---\r\nname: x\r\n---\r\nb\r\n",
      ].map { Array($0.utf8) }
      return (ShippedFiles.ending(in: ".md") + heads).enumerated().map { [UInt8($0 * 37 & 0xFF)] + $1 }
    },
    words: [
      "---\n", "name: ", "description: ", "globs: ", "activation: ", "platforms: ", "tools: ", "allowed-tools: ", "argument-hint: ", "model: ",
      "disable-model-invocation: true", "always", "manual", "$ARGUMENTS", "$1", "${1}", "{{args}}", "!`", "@", "```\n", "~~~\n", "](x.md)", "<!--",
      "-->",
      "\"\"\"", "'''", "\r\n", "\u{FEFF}", "\u{2028}", "\\",
    ]
  ) { input in
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let (tree, path) = try canonicalTree(choice, bytes)
    var findings: [Diagnostic] = []
    let loader = ContextLoader(tree: tree, shownAs: "", platformIDs: ShippedFiles.catalog.ids, locale: choice & 4 == 0 ? nil : LanguageTag("es"))
    let loaded = try loader.load(diagnostics: &findings)
    try checkFindings(findings, about: SourceText(path: path.text, bytes: bytes))
    try law(loaded.artifacts.count + loaded.rejected.count >= 1, "a file is neither taken nor refused")
    for artifact in loaded.artifacts where artifact.path == path {
      try law(bytes.suffix(artifact.body.bytes.count).elementsEqual(artifact.body.bytes), "a body is not the end of its file")
      for field in artifact.fields { try law(field.range.upperBound <= bytes.count, "a field lies outside of its file") }
    }
    try checkRendering(ContextTree(joining: [loaded.artifacts]), catalog: ShippedFiles.catalog, for: selection(choice))
  }

  /// Mostly one platform, which is a hundred times as fast as all of them.
  private static func selection(_ choice: UInt8) -> [String] {
    let platforms = ShippedFiles.catalog.platforms
    if choice >= 0xFE { return choice == 0xFF ? platforms.filter(\.isDefault).map(\.id) : [] }
    return [platforms[Int(choice) % platforms.count].id]
  }

  /// The smallest edits of an invalid head.
  static let repair = FuzzTarget(
    name: "repair",
    seeds: {
      ["argument-hint: [a] [b]", "a: \"b\" c", "a: \"b \"c\" d\"", "a: b: c", "a: @b", "a: 'x' y\nb: [z", "argument-hint: [a]\nx: {y: z}"]
        .map { Array("---\n\($0)\n---\nbody\n".utf8) } + ShippedFiles.ending(in: ".md")
    }, words: ["---\n", "argument-hint: ", ": ", "[a] [b]", "\"", "'", "@", "`", "%", "#", "{", "}", "\\", "\r\n", "- "]
  ) { bytes in
    let source = SourceText(path: "x.md", bytes: bytes)
    guard let edits = repairedHead(of: source) else { return }
    var end = 0
    for edit in edits {
      try law(end <= edit.range.lowerBound && edit.range.upperBound <= bytes.count, "edits of a head overlap")
      end = edit.range.upperBound
    }
    let repaired = edits.applied(to: bytes)
    try law(repaired.suffix(bytes.count - end).elementsEqual(bytes[end...]), "a repair goes on behind its last edit")
    let again = repairedHead(of: SourceText(path: "x.md", bytes: repaired))
    try law(again == nil, "a head that was repaired is repaired again")
  }

  private static func canonicalTree(_ choice: UInt8, _ bytes: [UInt8]) throws -> (MemoryTree, TreePath) {
    let kind = ArtifactKind.texts.sorted()[Int(choice) % ArtifactKind.texts.count]
    let stem = kind == .skill ? "skills/x/SKILL" : kind.folder + "/x"
    let translated = choice & 4 != 0
    guard let path = TreePath(stem + (translated ? ".es.md" : ".md")), let base = TreePath(stem + ".md"), let other = TreePath("rules/y.md"),
      let resource = TreePath("skills/x/scripts/run.sh")
    else { throw BrokenLaw(description: "no path") }
    var nodes = [other: MemoryTree.Node(bytes: Array("---\nseverity: LOW\n---\ny\n".utf8))]
    if translated { nodes[base] = MemoryTree.Node(bytes: Array("---\ndescription: d\nglobs: [a]\n---\nbase\n".utf8)) }
    if kind == .skill { nodes[resource] = MemoryTree.Node(bytes: [0x0A], isExecutable: true) }
    nodes[path] = MemoryTree.Node(bytes: bytes)
    return (MemoryTree(nodes), path)
  }
}

/// Whatever is laid out and rendered is what platforms can read, where they look for it.
func checkRendering(_ tree: ContextTree, catalog: PlatformCatalog, for platforms: [String]) throws {
  let layout = Renderer(of: tree, in: catalog).layout(for: platforms, surroundings: Surroundings())
  let rendering = Renderer(of: tree, in: catalog).render(layout)
  try checkFindings(
    findingsOverLimits(rendering.desired, for: platforms, in: catalog, surroundings: Surroundings())
      + roomFindings(layout, of: tree, surroundings: Surroundings()))
  let heads = Set(layout.deliveries.filter { [.markdown, .skill].contains($0.place.format) && !$0.form.hasPlainText }.map(\.path))
  var seen = Set<TreePath>()
  for output in rendering.desired.outputs {
    try checkInside(output.path.bytes)
    try checkUnreserved(output.path)
    try law(seen.insert(output.path).inserted, "two outputs are at `\(output.path)`")
    switch output.form {
    case .block(let bytes, let syntax):
      try law(catalog.places(output.path, asBlock: true), "no platform places a block at `\(output.path)`")
      try checkBlock(bytes, syntax, at: output.path)
    case .settings: try law(false, "settings come from no text")
    case .file(let content, _):
      try law(catalog.places(output.path, asBlock: false), "no platform places a file at `\(output.path)`")
      if heads.contains(output.path) { try checkHead(try content.bytes(), of: output.path) }
    }
  }
}

private func checkBlock(_ bytes: [UInt8], _ syntax: BlockSyntax, at path: TreePath) throws {
  // A marker of the other syntax is refused when it is planned.
  guard !containsMarker(bytes), !bytes.contains(0) else { return }
  let file = appendingBlock(bytes, syntax: syntax, to: Array("mine\n".utf8))
  guard case .found(let block) = findBlock(in: SourceText(path: path.text, bytes: file), syntax: syntax) else {
    throw BrokenLaw(description: "the block for `\(path)` is not found again")
  }
  try law(block.content == normalizedLines(bytes), "the block for `\(path)` is another one when it is found again")
}

/// A head that aiwg wrote is valid YAML.
private func checkHead(_ bytes: [UInt8], of path: TreePath) throws {
  let fence = Array("---\n".utf8)
  guard bytes.starts(with: fence) else { return }
  let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  guard let last = lines.dropFirst().first(where: { $0.elementsEqual("---".utf8) }) else {
    throw BrokenLaw(description: "the head of `\(path)` is never closed")
  }
  let source = SourceText(path: path.text, bytes: bytes)
  var findings: [Diagnostic] = []
  let root = parseYAML(source, in: fence.count..<last.startIndex, limits: .configuration, diagnostics: &findings)
  let text = String(decoding: bytes[..<last.startIndex], as: UTF8.self)
  try law(findings.isEmpty, "the head of `\(path)` is not valid: \(findings.map(\.message))\n\(text)")
  try law(root == nil || root?.pairs != nil, "the head of `\(path)` has no keys\n\(text)")
}

extension Place.Form {
  /// Whether a field goes out unquoted for a platform whose parser knows no quotes: that head is no YAML.
  fileprivate var hasPlainText: Bool {
    fields.contains { rule in
      if case .field(_, _, .commaPlain) = rule.source { true } else { false }
    }
  }
}

extension Content {
  fileprivate func bytes() throws -> [UInt8] {
    var out: [UInt8] = []
    try stream { (piece) throws(TreeError) in out += Array(piece) }
    return out
  }
}
