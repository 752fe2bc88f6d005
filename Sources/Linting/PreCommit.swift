import Diagnostics
import FileTree
import Patterns
import YAML

/// The hooks of pre-commit that change files, https://pre-commit.com/#plugins, 2026-11-22.
func preCommitRewriters(_ repository: LintedRepository) -> [Rewriter] {
  let name = [".pre-commit-config.yaml", ".pre-commit-config.yml"].lazy.compactMap { TreePath($0) }.first { (try? repository.tree.read($0)) != nil }
  guard let path = name, let bytes = try? repository.tree.read(path) else { return [] }
  let text = SourceText(path: repository.shownAs + path.text, bytes: bytes)
  var ignored: [Diagnostic] = []
  guard let root = parseYAML(text, limits: .configuration, diagnostics: &ignored) else { return [] }
  let hooks = (root["repos"]?.list ?? []).flatMap { $0["hooks"]?.list ?? [] }
  let files = GitIgnoreLines.of(".prettierignore", in: repository)
  return hooks.compactMap { rewriter($0, in: text, below: root, prettierIgnores: files) }
}

private func rewriter(_ hook: YAMLNode, in text: SourceText, below root: YAMLNode, prettierIgnores: GitIgnoreLines) -> Rewriter? {
  guard let id = hook["id"]?.text, let change = change(of: hook, called: id), takesTexts(hook) else { return nil }
  // What cannot be read here may well leave the outputs out.
  guard let outer = PathFilter(root), let own = PathFilter(hook) else { return nil }
  let isPrettier = id.contains("prettier")
  return Rewriter(
    name: "the hook `\(id)`", place: text.place(hook["id"]?.range ?? hook.range), change: change,
    reaches: { outer.takes($0) && own.takes($0) && !(isPrettier && prettierIgnores.ignore($0)) },
    help: { lines in
      if isPrettier { return "add to .prettierignore: \(lines.map { "`/\($0)`" }.joined(separator: ", "))" }
      let pattern = "^(" + lines.map { escaped($0) + ($0.hasSuffix("/") ? "" : "$") }.joined(separator: "|") + ")"
      return hook["exclude"] == nil ? "add under this hook: `exclude: '\(pattern)'`" : "add to the `exclude` of this hook: `\(pattern)`"
    })
}

private func change(of hook: YAMLNode, called id: String) -> Rewriter.Change? {
  let arguments = (hook["args"]?.list ?? []).compactMap(\.text)
  switch id {
  case "end-of-file-fixer": return .endOfFile
  case "trailing-whitespace": return .trailingBlanks(keepsLineBreaks: arguments.contains { $0.hasPrefix("--markdown-linebreak-ext") })
  // It only looks with this one.
  case "mixed-line-ending": return arguments.contains { $0.hasSuffix("=no") } || arguments.contains("no") ? nil : .mixedLineEnds
  case "prettier", "mdformat", "markdownlint-fix", "dprint": return .markdown
  case "markdownlint", "markdownlint-cli2", "markdownlint-cli2-docker", "markdownlint-docker":
    return arguments.contains("--fix") || arguments.contains("-f") ? .markdown : nil
  default: return nil
  }
}

/// Whether a hook is for Markdown or for any text.
private func takesTexts(_ hook: YAMLNode) -> Bool {
  let words = ["types", "types_or"].compactMap { hook[$0] }.flatMap { $0.list?.compactMap(\.text) ?? [] }
  return words.isEmpty || words.contains { ["text", "file", "markdown", "non-executable"].contains($0) }
}

private func escaped(_ path: String) -> String {
  path.map { ".+*?()[]{}^$|\\".contains($0) ? "\\\($0)" : String($0) }.joined()
}

/// The `files` and `exclude` of a hook, or of all of them.
private struct PathFilter {
  private var files: LinePattern?
  private var exclude: LinePattern?

  /// Nil when a pattern is one of Python's that is unknown here.
  init?(_ node: YAMLNode) {
    for key in ["files", "exclude"] {
      guard let text = node[key]?.text, !text.isEmpty else { continue }
      guard let pattern = try? LinePattern(Self.plain(text)) else { return nil }
      if key == "files" { files = pattern } else { exclude = pattern }
    }
  }

  /// Without blanks and comments where `(?x)` says that they are none of it.
  private static func plain(_ text: String) -> String {
    var text = text
    if text.hasPrefix("(?x)") {
      let lines = text.dropFirst(4).split(separator: "\n").map { $0.prefix { $0 != "#" } }
      text = lines.joined().filter { !$0.isWhitespace }
    }
    return text.replacing("(?:", with: "(")
  }

  func takes(_ path: String) -> Bool {
    if let files, files.firstMatch(in: path.utf8) == nil { return false }
    return exclude.map { $0.firstMatch(in: path.utf8) == nil } ?? true
  }
}
