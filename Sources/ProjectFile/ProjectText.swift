extension Project {
  /// The text of a new aiwg.yaml.
  package var text: String {
    var lines = ["# What aiwg deploys into " + (scope == .user ? "your home directory, with `--scope user`." : "this repository.")]
    if scope == .user { lines.append("scope: user") }
    if let requires { lines.append("requires: \"\(requires.text)\"") }
    if let platforms { lines.append("platforms: " + flowList(platforms)) }
    lines.append("sources:")
    for source in sources {
      switch source.origin {
      case .path(let path): lines.append("  - path: \(spelled(path))")
      case .library(let picks): lines.append("  - library: " + picks.spelling)
      case .git(let git):
        lines.append("  - git: \(spelled(git.url))")
        if let rev = git.rev { lines.append("    rev: \(spelled(rev))") }
        if let path = git.path { lines.append("    path: \(spelled(path))") }
        if git.name != GitSource.name(of: git.url) { lines.append("    name: \(spelled(git.name))") }
      }
      if let picks = source.picks {
        if !picks.artifacts.isEmpty { lines.append("    artifacts: " + flowList(picks.artifacts)) }
        if !picks.tags.isEmpty { lines.append("    tags: " + flowList(picks.tags)) }
      }
      if source.isRequired { lines.append("    required: true") }
      if source.isTrusted { lines.append("    trusted: true") }
      if !source.exclude.isEmpty { lines += ["    exclude:"] + source.exclude.map { "      - \(spelled($0))" } }
    }
    if !show.isEmpty { lines.append("show: " + flowList(show)) }
    if !projects.isEmpty { lines.append("projects: " + flowList(projects)) }
    if !nested.isEmpty { lines.append("nested: " + (nested == ["**"] ? "true" : flowList(nested))) }
    if !commitsOutputs { lines.append("commit: false") }
    if let locale { lines.append("locale: \(spelled(locale))") }
    return lines.joined(separator: "\n") + "\n"
  }
}

func flowList(_ texts: [String]) -> String { "[\(texts.map(spelled).joined(separator: ", "))]" }

/// Text that stays the same text in YAML, in lists of either style.
func spelled(_ text: String) -> String {
  let isPlain = text.utf8.first.map { $0.isASCIILetter || $0 == UInt8(ascii: ".") } ?? false
  let isSafe = text.utf8.allSatisfy { $0.isASCIILetter || (0x30...0x39).contains($0) || "./_-".utf8.contains($0) }
  let isWord = ["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
  if isPlain, isSafe, !isWord, text != "." { return text }
  return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\\", "\"": return "\\" + String(scalar)
  case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
  default: return String(scalar)
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
