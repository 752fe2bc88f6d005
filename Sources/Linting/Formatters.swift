import Diagnostics
import FileTree
import Globs
import JSON

/// Prettier, when the repository is set up for it; https://prettier.io/docs/ignore, 2026-11-22.
func prettierRewriter(_ repository: LintedRepository) -> Rewriter? {
  guard let place = prettierPlace(repository) else { return nil }
  let ignored = [GitIgnoreLines.of(".prettierignore", in: repository), GitIgnoreLines.of(".gitignore", in: repository)]
  return Rewriter(
    name: "prettier", place: place, change: .markdown, reaches: { path in !ignored.contains { $0.ignore(path) } },
    help: { lines in "add to .prettierignore: \(lines.map { "`/\($0)`" }.joined(separator: ", "))" })
}

/// What shows that somebody runs it.
private func prettierPlace(_ repository: LintedRepository) -> SourcePlace? {
  let suffixes = ["", ".json", ".json5", ".yaml", ".yml", ".toml", ".js", ".cjs", ".mjs", ".ts"]
  let names = suffixes.map { ".prettierrc" + $0 } + ["prettier.config.js", "prettier.config.cjs", "prettier.config.mjs", "prettier.config.ts"]
  let roots = Set((repository.files ?? []).filter { $0.depth == 1 }.map(\.text))
  if let found = names.first(where: roots.contains) { return SourcePlace(path: repository.shownAs + found) }
  for name in ["package.json", ".lintstagedrc", ".lintstagedrc.json"] where roots.contains(name) {
    guard let (text, root) = json(name, in: repository) else { continue }
    if name == "package.json", let key = root.member("prettier") { return text.place(key.range) }
    let staged = name == "package.json" ? root.member("lint-staged")?.value : root
    for entry in staged?.members ?? [] {
      guard let key = entry.key, Glob("**/" + key.text).matches("a/b.md") || Glob(key.text).matches("b.md") else { continue }
      let commands = [entry.value.text].compactMap(\.self) + (entry.value.list ?? []).compactMap(\.value.text)
      if commands.contains(where: { $0.contains("prettier") && !$0.contains("--check") }) { return text.place(entry.range) }
    }
  }
  return nil
}

/// dprint with its plugin for Markdown; https://dprint.dev/config/, 2026-11-22.
func dprintRewriter(_ repository: LintedRepository) -> Rewriter? {
  let roots = Set((repository.files ?? []).filter { $0.depth == 1 }.map(\.text))
  guard let name = ["dprint.json", "dprint.jsonc", ".dprint.json", ".dprint.jsonc"].first(where: roots.contains),
    let (text, root) = json(name, in: repository)
  else { return nil }
  let plugins = (root.member("plugins")?.value.list ?? []).compactMap(\.value.text)
  guard plugins.contains(where: { $0.contains("markdown") }) else { return nil }
  let texts = { (key: String) in (root.member(key)?.value.list ?? []).compactMap(\.value.text) }
  let excludes = GitIgnoreLines(texts("excludes"))
  let includes = GitIgnoreLines(texts("includes"))
  return Rewriter(
    name: "dprint", place: root.member("excludes").map { text.place($0.range) } ?? text.whole, change: .markdown,
    reaches: { !excludes.ignore($0) && (includes.isEmpty || includes.ignore($0)) },
    help: { lines in "add to `excludes` in \(name): \(lines.map { "\"/\($0)\"" }.joined(separator: ", "))" })
}

private func json(_ name: String, in repository: LintedRepository) -> (SourceText, JSONNode)? {
  guard let path = TreePath(name), let bytes = try? repository.tree.read(path) else { return nil }
  let text = SourceText(path: repository.shownAs + name, bytes: bytes)
  var ignored: [Diagnostic] = []
  return parseJSON(text, dialect: .withComments, diagnostics: &ignored).map { (text, $0) }
}

extension JSONNode {
  fileprivate func member(_ key: String) -> JSONElement? { members?.first { $0.key?.text == key } }
}

/// The lines of a file in the syntax of `.gitignore`, at the root.
struct GitIgnoreLines {
  private struct Line {
    var globs: [Glob]
    var isNegated: Bool
  }

  private let lines: [Line]

  var isEmpty: Bool { lines.isEmpty }

  /// Those of a file; none when it is not there.
  static func of(_ name: String, in repository: LintedRepository) -> GitIgnoreLines {
    guard let path = TreePath(name), let bytes = try? repository.tree.read(path) else { return GitIgnoreLines([]) }
    return GitIgnoreLines(String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
  }

  init(_ lines: [String]) {
    self.lines = lines.compactMap { line in
      var pattern = Substring(line)
      while pattern.last?.isWhitespace ?? false { pattern.removeLast() }
      guard !pattern.isEmpty, !pattern.hasPrefix("#") else { return nil }
      let isNegated = pattern.hasPrefix("!")
      if isNegated { pattern.removeFirst() }
      let isFolder = pattern.hasSuffix("/")
      if isFolder { pattern.removeLast() }
      let isAnchored = pattern.contains("/")
      while let start = ["./", "/"].first(where: pattern.hasPrefix) { pattern.removeFirst(start.count) }
      let base = isAnchored ? String(pattern) : "**/" + pattern
      return Line(globs: (isFolder ? [] : [Glob(base)]) + [Glob(base + "/**")], isNegated: isNegated)
    }
  }

  /// Whether a file is left out; the last line about it counts.
  func ignore(_ path: String) -> Bool {
    lines.last { line in line.globs.contains { $0.matches(path) } }.map { !$0.isNegated } ?? false
  }
}
