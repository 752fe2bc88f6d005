import Diagnostics
import ProjectFile

extension FuzzTarget {
  /// aiwg.yaml, and every edit of it.
  static let project = FuzzTarget(
    name: "project",
    seeds: {
      [
        "", "platforms: [a, b]\nsources:\n  - path: .aiwg\n",
        "# x\nplatforms:\n  - a  # why\n  - b\nsources:\n- library: [rules/*]\n  exclude:\n  - rules/x\n",
        "requires: \">=0.3 <1\"\r\nplatforms:\r\n- a\r\nsources:\r\n- {path: ., exclude: []}\r\nlocale: es\r\n",
        "{platforms: [a], sources: [{path: x}]}",
        "sources:\n  - path: a\n    exclude:\n  - library:\n    - agents/*\n    exclude: [x, y]  # no\nscope: project\n", "\u{FEFF}platforms:\n",
        "platforms: []",
        "sources: &s\n- path: x\nplatforms: &p [a]\n", "platforms: [\n  a, # x\n  b\n]\n",
      ].map { Array($0.utf8) }
    },
    words: [
      "platforms:", "sources:", "- path: ", "- library: ", "exclude:", "requires:", "locale:", "scope: project", "[", "]", "{", "}", ", ", "# ",
      "\r\n",
    ]
  ) { bytes in
    let source = SourceText(path: "aiwg.yaml", bytes: bytes)
    var findings: [Diagnostic] = []
    let file = ProjectFile(source, diagnostics: &findings)
    try checkFindings(findings, about: source)
    guard let file else { return try law(findings.hasErrors, "aiwg.yaml is refused without a reason") }
    let project = file.project
    try law(reading(Array(project.text.utf8)) == project, "a new aiwg.yaml says something else:\n\(project.text)")
    for platforms in selections(project.platforms ?? []) {
      var expected = project
      expected.platforms = platforms
      try check(file.settingPlatforms(platforms), of: source, says: expected)
    }
    for index in project.sources.indices {
      let added = [Exclusion(pattern: "rules/new", reason: "two\nlines: # [x]"), Exclusion(pattern: "agents/*", reason: "")]
      var expected = project
      expected.sources[index].exclude += added.map(\.pattern)
      try check(file.adding(added, toSource: index), of: source, says: expected)
    }
  }

  private static func selections(_ old: [String]) -> [[String]] {
    [[], ["new"], old + ["new"], Array(old.dropFirst()), Array(old.dropLast()), old.reversed() + ["new"]]
  }

  /// An edit says what was meant, or cannot be mistaken for it: then the user is told to write it by hand.
  ///
  /// Only unusual spellings are an excuse.
  private static func check(_ edited: [UInt8], of source: SourceText, says expected: Project) throws {
    guard reading(edited) != expected, !isUnusual(source.bytes) else { return }
    throw BrokenLaw(description: "an edit of aiwg.yaml does not say what was meant:\n\(String(decoding: edited, as: UTF8.self))")
  }

  /// Anchors, aliases, tags, explicit keys, document marks, quotes over several lines, and brackets over several lines.
  private static func isUnusual(_ bytes: [UInt8]) -> Bool {
    let marks = bytes.contains { "&*!?%|>\t\"'".utf8.contains($0) } || String(decoding: bytes, as: UTF8.self).contains("---")
    let isFlow = bytes.contains { "[]{}".utf8.contains($0) }
    let unicode = bytes.contains { $0 >= 0x80 }
    let isNothing = bytes.contains(UInt8(ascii: "~")) || String(decoding: bytes, as: UTF8.self).lowercased().contains("null")
    return isNothing || marks || unicode || bytes.contains(0x0D) || isFlow
  }

  private static func reading(_ bytes: [UInt8]) -> Project? {
    var ignored: [Diagnostic] = []
    return ProjectFile(SourceText(path: "aiwg.yaml", bytes: bytes), diagnostics: &ignored)?.project
  }
}
