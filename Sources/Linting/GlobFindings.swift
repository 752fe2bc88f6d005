import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Globs
import YAML

/// Patterns of rules that cannot be meant: they cover nothing, or everything, or are there twice.
@Sendable func globFindings(_ input: LintInput) -> [LintFinding] {
  let scoped = input.artifacts.filter { $0.id.kind == .rule && !$0.globs.isEmpty }
  guard !scoped.isEmpty else { return [] }
  // Rules may be about the tree itself, and about what is made from it.
  let others = input.repository.outputs + input.artifacts.compactMap(\.repositoryPath)
  var idle = IdlePatterns(input.repository.files.map { $0 + others })
  return scoped.flatMap { rule in
    var seen = Set<String>()
    var found: [LintFinding] = []
    for pattern in rule.globs {
      if !seen.insert(pattern).inserted { found.append(repeated(pattern, in: rule)) }
    }
    if rule.activation == .globs, rule.globs.contains(where: coversEverything) {
      let help = "take the patterns out, and the rule is in force always; or name the files that it is for"
      let message = "these patterns cover every file, so that the rule is no other than one without"
      found.append(LintFinding(Diagnostic(.warning, "globs/everything", message, at: place(ofPatternIn: rule, coversEverything), help: help)))
    } else {
      for pattern in rule.globs where idle.isIdle(pattern) {
        let help = "correct it, or take it out; `aiwg verify` and platforms look at the same files"
        let message = "`\(pattern)` covers no file of this repository"
        found.append(LintFinding(Diagnostic(.warning, "globs/nothing", message, at: place(ofPatternIn: rule) { $0 == pattern }, help: help)))
      }
    }
    return found
  }
}

private func repeated(_ pattern: String, in rule: Artifact) -> LintFinding {
  let pair = rule.headPairs.first { ["globs", "paths"].contains($0.keyText) }
  let items = pair?.value.list ?? []
  let second = items.indices.filter { items[$0].text == pattern }.dropFirst().first
  let place = second.map { rule.text.place(items[$0].range) } ?? rule.place(ofKey: "globs", "paths")
  return LintFinding(
    Diagnostic(.warning, "globs/repeated", "`\(pattern)` is there twice", at: place, help: "remove one"),
    fix: pair.flatMap { withoutRepetitions($0, in: rule) } ?? [])
}

/// All that is there twice taken out at once: fixes that touch would wait for each other.
private func withoutRepetitions(_ pair: YAMLPair, in rule: Artifact) -> [ByteEdit]? {
  var seen = Set<String>()
  guard let list = pair.value.list else { return nil }
  let kept = list.compactMap(\.text).filter { seen.insert($0).inserted }
  return headEdits(of: rule.text, making: [HeadChange(path: [pair.keyText], value: .list(kept.map(FieldValue.text)))])
}

/// Where a pattern stands; where the patterns stand when they are one text.
private func place(ofPatternIn rule: Artifact, _ isMeant: (String) -> Bool) -> SourcePlace {
  guard let pair = rule.headPairs.first(where: { ["globs", "paths"].contains($0.keyText) }) else { return rule.text.whole }
  let item = pair.value.list?.first { $0.text.map(isMeant) ?? false }
  return rule.text.place((item ?? pair.value).range)
}

/// Whether a pattern leaves no file out.
private func coversEverything(_ pattern: String) -> Bool {
  ["*", "**", "**/*", "**/**", "./**", "./**/*", "**/*.*", "*.*"].contains(pattern)
}

/// Which patterns cover no file of a repository, each found out once.
private struct IdlePatterns {
  private let files: [String]?
  private var known: [String: Bool] = [:]

  init(_ files: [TreePath]?) { self.files = files?.map(\.text) }

  mutating func isIdle(_ pattern: String) -> Bool {
    guard let files, !files.isEmpty else { return false }
    if let answer = known[pattern] { return answer }
    var trimmed = Substring(pattern)
    // What is taken out of the others covers nothing by itself.
    let isNegated = trimmed.hasPrefix("!")
    while let prefix = ["./", "/"].first(where: trimmed.hasPrefix) { trimmed = trimmed.dropFirst(prefix.count) }
    if trimmed.hasSuffix("/") { trimmed += "**" }
    // Platforms differ in whether a name without a folder is looked for everywhere.
    let glob = Glob(trimmed.contains("/") ? String(trimmed) : "**/" + trimmed)
    let folder = Glob(String(trimmed) + "/**")
    let answer = !isNegated && !files.contains { glob.matches($0) || folder.matches($0) }
    known[pattern] = answer
    return answer
  }
}
