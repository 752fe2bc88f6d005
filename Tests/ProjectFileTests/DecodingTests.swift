import Diagnostics
import ProjectFile
import Testing

@Suite struct DecodingTests {
  @Test func readsEverything() throws {
    let text = """
      requires: ">=0.3 <1"
      platforms: [claude, warp]
      sources:
        - path: .aiwg
        - library: [rules/a, agents/*]
          exclude: [agents/x]
      locale: pt-BR
      scope: project
      """
    let project = try projectFile(text).project
    #expect(project.requires == VersionRange(">=0.3 <1"))
    #expect(project.platforms == ["claude", "warp"])
    #expect(project.sources == [.init(.path(".aiwg")), .init(.library(["rules/a", "agents/*"]), exclude: ["agents/x"])])
    #expect(project.locale == "pt-BR")
  }

  @Test(arguments: [
    ("[rules/a]", ArtifactPicks(artifacts: ["rules/a"])), ("{artifacts: [rules/*]}", ArtifactPicks(artifacts: ["rules/*"])),
    ("{tags: [a, 1.10]}", ArtifactPicks(artifacts: [], tags: ["a", "1.10"])),
    ("\n      tags: [a]\n      artifacts:\n        - agents/*", ArtifactPicks(artifacts: ["agents/*"], tags: ["a"])),
  ])
  func readsWhatIsTakenOfTheLibrary(_ text: String, _ picks: ArtifactPicks) throws {
    #expect(try projectFile("sources:\n  - library: \(text)\n").project.sources == [.init(.library(picks))])
  }

  @Test func takesWhatFitsAPatternAndHasATag() {
    let taken = { (picks: ArtifactPicks) in
      [("rules/a", ["x"]), ("rules/b", []), ("agents/a", ["x", "y"]), ("agents/b", ["y"])].filter { picks.take($0.0, tags: $0.1) }.map(\.0)
    }
    #expect(taken(["rules/*"]) == ["rules/a", "rules/b"])
    #expect(taken(ArtifactPicks(artifacts: [], tags: ["x"])) == ["rules/a", "agents/a"])
    #expect(taken(ArtifactPicks(artifacts: ["agents/*", "rules/b"], tags: ["x", "y"])) == ["agents/a", "agents/b"])
    #expect(taken(ArtifactPicks(artifacts: ["rules/*"], tags: ["y"])) == [])
  }

  @Test func readsSourcesFromElsewhere() throws {
    let text = """
      sources:
        - git: https://example.com/Team-Rules.git
        - git: git@example.com:org/other
          rev: v1
          path: context/shared/
          name: shared
          artifacts: [rules/*]
          tags: [x]
          exclude: [rules/a]
          required: true
        - path: .aiwg
          artifacts: [rules/*]
      """
    let shared = GitSource(name: "shared", url: "git@example.com:org/other", rev: "v1", path: "context/shared")
    #expect(
      try projectFile(text).project.sources == [
        .init(.git(GitSource(name: "team-rules", url: "https://example.com/Team-Rules.git"))),
        .init(.git(shared), picks: ArtifactPicks(artifacts: ["rules/*"], tags: ["x"]), exclude: ["rules/a"], isRequired: true),
        .init(.path(".aiwg"), picks: ["rules/*"]),
      ])
  }

  @Test(arguments: [
    "https://example.com/a", "https://example.com:8443/a.git", "https://me@example.com/a", "ssh://git@example.com:22/~/a", "git@example.com:a/b.git",
    "file:///srv/a", "https://example.com/a%20b",
  ])
  func anAddressIsFetchedFrom(_ url: String) { #expect(GitSource.problem(withAddress: url) == nil) }

  @Test(arguments: [
    "", "-x", "--upload-pack=x", "ext::sh -c x", "ext::x", "git@ext::x", "a@b::c", "fd::1", "http://example.com/a", "git://example.com/a",
    "ftp://example.com/a", "https://", "https:///a", "https://example.com", "https://example.com/", "https://a:b@example.com/c", "https://-x/a",
    "ssh://-oProxyCommand=x/a", "ssh://git@-x/a", "ssh://-x@host/a", "git@-x:a", "git@host:-a", "../a", "/a", "a", "C:\\a", "file://host/a", "file:a",
    "https://example.com/a b", "https://example.com/a\u{7}", "https://example.com/\u{e4}", "https://a b@example.com/c", "https://example.com:x/a",
    "https://[::1]/a", "transport::https://example.com/a",
  ])
  func anAddressIsRefused(_ url: String) { #expect(GitSource.problem(withAddress: url) != nil) }

  @Test func revisionsAreThoseThatGitAllows() {
    for rev in ["main", "v1.2", "feature/x", "refs/tags/v1", "release-2", "\u{e4}", String(repeating: "a", count: 40)] {
      #expect(GitSource.isRevision(rev), "\(rev)")
    }
    for rev in [
      "", "-x", "--upload-pack=x", "a..b", "a b", "a:b", "a^", "a~1", "a@{1}", "/a", "a/", ".a", "a.lock", "a//b", "a\\b", "a\n", "*", "a/.b",
    ] {
      #expect(!GitSource.isRevision(rev), "\(rev)")
    }
  }

  @Test func placesAreThoseOfTheSource() throws {
    let file = try projectFile("sources:\n  - path: a\n  - library: {tags: [a, b]}\n  - library:\n      tags:\n        - b\n")
    let places = [file.place(ofTag: "b", inSource: 1), file.place(ofTag: "b", inSource: 2), file.place(ofTag: "z", inSource: 1)]
    #expect(places.map { [$0.line, $0.column] } == [[3, 25], [6, 11], [3, 14]])
    #expect(file.place(ofPicksInSource: 9).line == 2)
  }

  @Test(arguments: ["", "\n", "# only words\n", "---\n", "\u{FEFF}"])
  func anEmptyFileSaysNothing(_ text: String) throws {
    #expect(try projectFile(text).project == Project())
  }

  @Test func noListIsAnotherThingThanAnEmptyOne() throws {
    #expect(try projectFile("sources: []\n").project.platforms == nil)
    #expect(try projectFile("platforms: []\n").project.platforms == [])
    #expect(try projectFile("platforms:\n").project.platforms == [])
  }

  @Test(
    arguments: [
      ("platfroms: [a]\n", "project/unknown-key", 1, 1, "did you mean `platforms`?"),
      ("platforms: a\n", "project/wrong-type", 1, 12, nil),
      ("platforms: [[a]]\n", "project/wrong-type", 1, 13, nil),
      ("sources:\n  - path: /etc\n", "project/absolute-source", 2, 11, "write it like `.aiwg` or `../shared-rules`"),
      ("sources:\n  - path: ''\n", "project/absolute-source", 2, 11, "write it like `.aiwg` or `../shared-rules`"),
      ("sources:\n  - {}\n", "project/incomplete-source", 2, 5, nil),
      ("sources:\n  - path: a\n    library: [b]\n", "project/incomplete-source", 2, 5, nil),
      ("sources:\n  - path: a\n    excludes: [b]\n", "project/unknown-key", 3, 5, "did you mean `exclude`?"),
      ("sources:\n  - library: []\n", "project/empty-library", 2, 14, nil),
      ("sources:\n  - library:\n", "project/empty-library", 2, nil, nil),
      ("sources:\n  - library: {}\n", "project/empty-library", 2, 14, nil),
      ("sources:\n  - library: {tags: []}\n", "project/empty-library", 2, 21, nil),
      ("sources:\n  - library: {tags: a}\n", "project/wrong-type", 2, 21, "write `[a]`"),
      ("sources:\n  - library: {tag: [a]}\n", "project/unknown-key", 2, 15, "did you mean `tags`?"),
      ("requires: soon\n", "project/invalid-requires", 1, 11, "write it like `\">=0.3 <1\"`"),
      ("scope: galaxy\n", "project/unknown-scope", 1, 8, "`project` is for the repository, and `user` for the aiwg.yaml of `--scope user`"),
      ("- a\n", "project/wrong-type", 1, 1, nil),
      ("platforms: [a\n", "yaml/", 1, nil, nil),
    ] as [(String, String, Int, Int?, String?)])
  func saysWhatIsWrongAndWhere(_ text: String, _ id: String, _ line: Int, _ column: Int?, _ help: String?) {
    let found = findings(text)
    #expect(found.first?.id.hasPrefix(id) == true)
    if let column { #expect([found.first?.place?.line, found.first?.place?.column] == [line, column]) }
    if let help { #expect(found.first?.help == help) }
  }

  @Test(arguments: ["version: 1\n", "platforms: []\nversion: 1 # the first\n", "{version: 1}"])
  func theFirstVersionIsSaidOrLeftOut(_ text: String) throws {
    let project = try projectFile(text).project
    #expect(project.platforms == (text.contains("platforms") ? [] : nil))
  }

  /// What a newer form says elsewhere is not for this reader.
  @Test(arguments: ["2", "17", "99999999999999999999999"])
  func aNewerVersionIsOneError(_ version: String) {
    for text in ["version: \(version)\nplatfroms: 1\nsources: {a: []}\n", "targets: [a]\nversion: \(version)\n"] {
      let found = findings(text)
      #expect(found.map(\.id) == ["project/newer"])
      #expect(found.first?.message == "`aiwg.yaml` has version `\(version)`, and this aiwg reads version 1")
      #expect(found.first?.help == "update aiwg; `aiwg --version` says which one this is")
      #expect(found.first?.place?.line == (text.hasPrefix("version") ? 1 : 2) && found.first?.place?.column == 10)
    }
  }

  @Test(arguments: [
    ("0", "unknown-value"), ("-1", "unknown-value"), ("1.5", "unknown-value"), ("1.0", "unknown-value"), ("01", "unknown-value"),
    ("0x2", "unknown-value"), (".inf", "unknown-value"), ("one", "wrong-type"), ("'1'", "wrong-type"), ("\"2\"", "wrong-type"),
    ("true", "wrong-type"),
    ("[1]", "wrong-type"), ("{}", "wrong-type"), ("", "wrong-type"), ("~", "wrong-type"),
  ])
  func whatIsNoVersionIsSaidBesideAllElse(_ version: String, _ id: String) {
    let found = findings("version: \(version)\nplatfroms: []\n")
    #expect(found.map(\.id) == ["project/" + id, "project/unknown-key"])
    #expect(found.first?.help == "write `version: 1`, or leave it out, which is version 1")
  }

  @Test func aNewerFileOfOnePersonIsOneError() {
    for (text, ids) in [("version: 2\nx: y\n", ["overlay/newer"]), ("version: x\ny: z\n", ["overlay/wrong-type", "overlay/unknown-key"])] {
      var found: [Diagnostic] = []
      #expect(ProjectFile(overlay: SourceText(path: "aiwg.local.yaml", bytes: Array(text.utf8)), diagnostics: &found) == nil)
      #expect(found.map(\.id) == ids)
    }
    var none: [Diagnostic] = []
    #expect(
      ProjectFile(overlay: SourceText(path: "a", bytes: Array("version: 1\nplatforms: [+a]\n".utf8)), diagnostics: &none)?.project.platforms == ["+a"]
    )
  }

  @Test func reportsEverythingAtOnce() {
    #expect(findings("platfroms: []\nsources: 1\nscope: x\nrequires: y\n").count == 4)
  }

  @Test(arguments: [
    ("0.3", ">=0.3 <1", true), ("0.2.9", ">=0.3 <1", false), ("1", ">=0.3 <1", false), ("0.3.1", "0.3", false), ("0.3.0", "=0.3", true),
    ("2", ">1,<=2", true), ("2.0.1", "<=2", false),
  ])
  func versionRanges(_ version: String, _ range: String, _ fits: Bool) throws {
    #expect(try #require(VersionRange(range)).contains(try #require(Version(version))) == fits)
  }

  @Test(arguments: ["", " ", "1.2.3.4", "a", "1.", ".1", "-1", "+1", "1.-2", "=>1", "~1", "^1", ">= 1", "1.0-beta"])
  func noRange(_ text: String) {
    #expect(VersionRange(text) == nil)
  }

  @Test(arguments: [
    ("agents/x", "agents/x", true), ("agents/x", "agents/*", true), ("agents/x", "*", true), ("agents/x", "rules/*", false),
    ("agents/x", "*/x", true), ("agents/xy", "agents/x*x*y", false), ("agents/xxy", "agents/x*x*y", true), ("agents/x", "agents/x*x", false),
    ("agents/x", "", false), ("agents/abc", "*a*b*c*", true), ("agents/x", "agents/**", true), ("agents/x", "AGENTS/*", false),
  ])
  func patterns(_ name: String, _ pattern: String, _ expected: Bool) {
    #expect(matches(name, pattern: pattern) == expected)
  }
}
