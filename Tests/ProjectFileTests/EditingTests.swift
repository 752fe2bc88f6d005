import Diagnostics
import Foundation
import ProjectFile
import TestSupport
import Testing

@Suite struct EditingTests {
  // Old text, new list, new text.
  @Test(
    arguments: [
      ("", ["a"], "platforms: [a]\n"),
      ("# words", ["a"], "# words\nplatforms: [a]\n"),
      ("# words\n", ["a", "b"], "# words\nplatforms: [a, b]\n"),
      ("---\n", ["a"], "---\nplatforms: [a]\n"),
      ("platforms: [x]\n", ["a", "b"], "platforms: [a, b]\n"),
      ("platforms: [x]", ["a"], "platforms: [a]"),
      ("platforms: [ x, y ] # why\nlocale: es\n", ["a"], "platforms: [a] # why\nlocale: es\n"),
      ("platforms: []\r\nlocale: es\r\n", ["a"], "platforms: [a]\r\nlocale: es\r\n"),
      ("platforms:\nlocale: es\n", ["a"], "platforms: [a]\nlocale: es\n"),
      ("platforms:", ["a"], "platforms: [a]"),
      ("platforms: # none yet\nlocale: es\n", ["a"], "platforms: [a] # none yet\nlocale: es\n"),
      ("platforms: ~\n", ["a"], "platforms: [a]\n"),
      ("# top\nsources:\n  - path: .\n", ["a"], "# top\nplatforms: [a]\nsources:\n  - path: .\n"),
      ("# top\r\nsources:\r\n  - path: .\r\n", ["a"], "# top\r\nplatforms: [a]\r\nsources:\r\n  - path: .\r\n"),
      ("{sources: []}", ["a"], "{platforms: [a], sources: []}"),
      ("{ platforms: [x], locale: es }\n", ["a"], "{ platforms: [a], locale: es }\n"),
      ("{}\n", ["a"], "{platforms: [a]}\n"),
      ("platforms:\n  - x\n  - y\nlocale: es\n", ["a", "b"], "platforms:\n  - a\n  - b\nlocale: es\n"),
      ("platforms:\n- x\nlocale: es\n", ["a", "b"], "platforms:\n- a\n- b\nlocale: es\n"),
      ("platforms:\r\n  - x\r\nlocale: es\r\n", ["x", "b"], "platforms:\r\n  - x\r\n  - b\r\nlocale: es\r\n"),
      // What stays keeps its comment.
      (
        "platforms:\n  # ours\n  - x # main\n  - y   # old\n  - z\n# end\n", ["x", "z", "a"],
        "platforms:\n  # ours\n  - x # main\n  - z\n  - a\n# end\n"
      ),
      ("platforms:\n  - x # main", ["x", "a"], "platforms:\n  - x # main\n  - a"),
      ("platforms:\n  - x\n  - y\n", ["y", "x"], "platforms:\n  - y\n  - x\n"),
      ("platforms:\n  - x\n  - y\n", [], "platforms: []\n"),
      ("platforms:\n  - x\nlocale: es\n", [], "platforms: []\nlocale: es\n"),
      ("platforms:\n  - x # c\n  - y\n", ["y"], "platforms:\n  - y\n"),
      ("\u{FEFF}sources: []\n", ["a"], "\u{FEFF}platforms: [a]\nsources: []\n"),
      ("platforms: [x]\n", ["null", "true"], "platforms: [\"null\", \"true\"]\n"),
    ] as [(String, [String], String)])
  func platforms(_ old: String, _ platforms: [String], _ expected: String) throws {
    let file = try projectFile(old)
    let new = String(decoding: file.settingPlatforms(platforms), as: UTF8.self)
    #expect(new.utf8.elementsEqual(expected.utf8), "\(new.debugDescription)")
    var project = file.project
    project.platforms = platforms
    #expect(try projectFile(new).project == project)
  }

  private static let two = [
    Exclusion(pattern: "skills/x", reason: "no description at line 1"), Exclusion(pattern: "rules/My Rule: a #1", reason: "bad\nname"),
  ]
  private static let spelled = ["skills/x", "\"rules/My Rule: a #1\""]

  // Old text, index of the source, new text with `X` for the first added line's end and `Y` for the second's.
  @Test(arguments: [
    (
      "sources:\n  - path: .aiwg\n", 0,
      "sources:\n  - path: .aiwg\n    exclude:\n      - X\n      - Y\n"
    ),
    (
      "sources:\n  - path: .aiwg # ours", 0,
      "sources:\n  - path: .aiwg # ours\n    exclude:\n      - X\n      - Y"
    ),
    (
      "sources:\r\n- path: a\r\n- path: b\r\nlocale: es\r\n", 0,
      "sources:\r\n- path: a\r\n  exclude:\r\n    - X\r\n    - Y\r\n- path: b\r\nlocale: es\r\n"
    ),
    (
      "sources:\n  - path: a\n  - library:\n      - rules/*\n      - agents/*\nlocale: es\n", 1,
      "sources:\n  - path: a\n  - library:\n      - rules/*\n      - agents/*\n    exclude:\n      - X\n      - Y\nlocale: es\n"
    ),
    (
      "sources:\n  - library:\n      artifacts: [rules/*]\n      tags:\n        - a # why\n  - path: a\n", 0,
      "sources:\n  - library:\n      artifacts: [rules/*]\n      tags:\n        - a # why\n    exclude:\n      - X\n      - Y\n  - path: a\n"
    ),
    (
      "sources:\n  - library: {tags: [a]}\n", 0,
      "sources:\n  - library: {tags: [a]}\n    exclude:\n      - X\n      - Y\n"
    ),
    (
      "sources:\n  - path: a\n    exclude:\n      - rules/old  # why\n      # end\n", 0,
      "sources:\n  - path: a\n    exclude:\n      - rules/old  # why\n      - X\n      - Y\n      # end\n"
    ),
    (
      "sources:\n  - exclude:\n    - rules/old\n    path: a\n", 0,
      "sources:\n  - exclude:\n    - rules/old\n    - X\n    - Y\n    path: a\n"
    ),
    (
      "sources:\n  - path: a\n    exclude:", 0,
      "sources:\n  - path: a\n    exclude:\n      - X\n      - Y"
    ),
    (
      "sources:\n  - exclude: # none\n    path: a\n", 0,
      "sources:\n  - exclude: # none\n      - X\n      - Y\n    path: a\n"
    ),
    (
      "sources:\n  - exclude: ~\n    path: a\n", 0,
      "sources:\n  - exclude:\n      - X\n      - Y\n    path: a\n"
    ),
  ])
  func exclusionsInBlocks(_ old: String, _ index: Int, _ pattern: String) throws {
    let lines = zip(Self.spelled, ["no description at line 1", "bad name"]).map { "\($0)  # \($1)" }
    try check(old, index, pattern.replacing("X", with: lines[0]).replacing("Y", with: lines[1]))
  }

  // In braces and brackets a reason stands on a line of its own above.
  @Test(arguments: [
    ("sources:\n  - {path: a}\n", 0, "sources:\nC  - {path: a, exclude: [XY]}\n"),
    ("sources:\n  - {path: a, }\n", 0, "sources:\nC  - {path: a, exclude: [XY], }\n"),
    ("sources: [{path: a}, {path: b}]", 1, "Csources: [{path: a}, {path: b, exclude: [XY]}]"),
    ("sources:\r\n  - path: a\r\n    exclude: [rules/old] # c\r\n", 0, "sources:\r\n  - path: a\r\nC    exclude: [rules/old, XY] # c\r\n"),
    ("sources:\n  - path: a\n    exclude: []\n", 0, "sources:\n  - path: a\nC    exclude: [XY]\n"),
    ("sources:\n  - path: a\n    exclude: [ rules/old, ]\n", 0, "sources:\n  - path: a\nC    exclude: [ rules/old, XY, ]\n"),
    (
      "sources:\n  - path: a\n    exclude: [\n      rules/old # c\n    ]\n", 0,
      "sources:\n  - path: a\nC    exclude: [\n      rules/old, XY # c\n    ]\n"
    ),
    ("sources:\n  - {path: a, exclude: [rules/old]}\n", 0, "sources:\nC  - {path: a, exclude: [rules/old, XY]}\n"),
    ("sources:\n  - {path: a, exclude: }\n", 0, "sources:\nC  - {path: a, exclude: [XY] }\n"),
  ])
  func exclusionsInBrackets(_ old: String, _ index: Int, _ pattern: String) throws {
    let line = old.utf8.contains(0x0D) ? "\r\n" : "\n"
    // The comment is indented like the line that it stands above.
    let parts = pattern.components(separatedBy: "C")
    let margin = String(parts[1].prefix { $0 == " " })
    let reasons = ["skills/x: no description at line 1", "rules/My Rule: a #1: bad name"].map { margin + "# " + $0 + line }.joined()
    let expected = parts[0] + reasons + parts[1]
    try check(old, index, expected.replacing("XY", with: Self.spelled.joined(separator: ", ")))
  }

  private func check(_ old: String, _ index: Int, _ expected: String) throws {
    let file = try projectFile(old)
    let new = String(decoding: file.adding(Self.two, toSource: index), as: UTF8.self)
    #expect(new.utf8.elementsEqual(expected.utf8), "\(new.debugDescription)\n\(expected.debugDescription)")
    var project = file.project
    project.sources[index].exclude += Self.two.map(\.pattern)
    #expect(try projectFile(new).project == project)
  }

  @Test func nothingToAddChangesNothing() throws {
    let file = try projectFile("sources:\n  - path: a\n")
    #expect(file.adding([], toSource: 0) == file.source.bytes)
    #expect(file.adding(Self.two, toSource: 1) == file.source.bytes)
  }

  @Test(arguments: [
    Project(platforms: ["a", "b"], sources: [.init(.path(".aiwg"))]),
    Project(
      requires: VersionRange(">=0.3 <1"), platforms: [],
      sources: [.init(.path("."), exclude: ["rules/a: b", "agents/*"]), .init(.library(["agents/*", "rules/x"]))], locale: "pt-BR"),
    Project(sources: [
      .init(.path("../a b/\"c\"/#d")), .init(.path("null")), .init(.path("~/x")), .init(.path("é")), .init(.path("-")), .init(.path("a\nb")),
    ]),
    Project(sources: [.init(.library(ArtifactPicks(artifacts: [], tags: ["a", "b c"])), exclude: ["rules/x"])]),
    Project(sources: [.init(.library(ArtifactPicks(artifacts: ["rules/*"], tags: ["1.10"])))]),
    Project(sources: [
      .init(.git(GitSource(name: "t", url: "https://example.com/t.git"))),
      .init(
        .git(GitSource(name: "other", url: "git@example.com:u", rev: "1.0", path: "a b")), picks: ArtifactPicks(artifacts: ["rules/*"], tags: ["no"]),
        exclude: ["rules/x"], isRequired: true), .init(.path("."), picks: ["rules/a"], isRequired: true),
    ]),
    Project(sources: []),
  ])
  func aNewFileSaysTheSame(_ project: Project) throws {
    #expect(try projectFile(project.text).project == project)
  }

  @Test(arguments: [
    ("- git: https://e.com/t\n", "- git: https://e.com/t\n  rev: v2\n"),
    ("- git: https://e.com/t  # here\n  exclude: [a]\n", "- git: https://e.com/t  # here\n  rev: v2\n  exclude: [a]\n"),
    ("- path: a\n  rev: main # old\n  git: https://e.com/t\n", "- path: a\n  rev: v2 # old\n  git: https://e.com/t\n"),
    ("- {git: https://e.com/t, path: a}\n", "- {git: https://e.com/t, rev: v2, path: a}\n"),
    ("- {git: https://e.com/t, rev: 'x'}\n", "- {git: https://e.com/t, rev: v2}\n"),
    ("  - git: https://e.com/t\r\n", "  - git: https://e.com/t\r\n    rev: v2\r\n"),
  ])
  func aRevisionIsWrittenWhereItStands(_ text: String, _ expected: String) throws {
    let lead = text.contains("\r\n") ? "sources:\r\n" : "sources:\n"
    let file = try projectFile(lead + text)
    #expect(String(decoding: file.settingRevision("v2", ofSource: 0), as: UTF8.self) == lead + expected)
    #expect(file.settingRevision("v2", ofSource: 1) == file.source.bytes)
  }
}
