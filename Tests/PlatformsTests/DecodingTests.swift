import ContextModel
import Diagnostics
import FileTree
import Platforms
import TestSupport
import Testing

@Suite struct DecodingTests {
  private func findings(_ text: String, onShipped: Bool = false) throws -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let base = onShipped ? try shippedCatalog() : PlatformCatalog()
    let catalog = decodePlatforms(SourceText(path: "platforms.yaml", bytes: Array(text.utf8)), onto: base, diagnostics: &diagnostics)
    #expect((catalog == nil) == diagnostics.hasErrors)
    return diagnostics
  }

  private static let head = "name: X\n    docs: https://x.example\n    verified: 2026-01-02\n"

  /// A platform with one more entry.
  private static func platform(_ entry: String, places: String = "") -> String {
    (places.isEmpty ? "" : "places:\n" + places) + "platforms:\n  x:\n    " + head + "    " + entry + "\n"
  }

  @Test(
    arguments: [
      ("platfroms: {}\n", "platforms/unknown-key", "did you mean `platforms`?"),
      ("version: 2\nx: y\n", "platforms/newer", "update aiwg; `aiwg --version` says which one this is"),
      ("version: 1.5\n", "platforms/unknown-value", "write `version: 1`, or leave it out, which is version 1"),
      ("platforms:\n  x: {}\n", "platforms/incomplete-platform", nil),
      ("platforms:\n  X: {}\n", "platforms/invalid-id", nil),
      ("platforms:\n  all: {}\n", "platforms/invalid-id", nil),
      ("platforms:\n  null: {}\n", "platforms/invalid-id", nil),
      ("platforms:\n  '': {}\n", "platforms/invalid-id", nil),
      (platform("detects: []"), "platforms/unknown-key", "did you mean `detect`?"),
      (platform("docs2: http://x"), "platforms/unknown-key", "did you mean `docs`?"),
      (platform("takes: { rule/always: [] }"), "platforms/unknown-key", "did you mean `rules/always`?"),
      (platform("takes: { agents: [nowhere] }"), "platforms/unknown-place", "declare it under `places:`"),
      (
        platform("takes: { agents: [spots] }", places: "  spot: { path: \"x/{name}\", format: skill }\n"), "platforms/unknown-place",
        "did you mean `spot`?"
      ),
      (platform("takes: { agents: [spot] }", places: "  spot: { path: \"x/{name}\", format: skill }\n"), "platforms/no-form", nil),
      (platform("reads: [{ when: always }]"), "platforms/incomplete-read", nil),
      (platform("reads: [{ path: a, when: often }]"), "platforms/unknown-value", "known here: always, listed, matched, demand, never"),
      (platform("reads: [{ path: a, on: [CLI] }]"), "platforms/unknown-surface", nil),
      (platform("reads: [{ path: a, unles: [b] }]"), "platforms/unknown-key", "did you mean `unless`?"),
      (platform("reads: [{ path: a, when: matched }]"), "platforms/incomplete-read", "name one that is under `heads:`"),
      (platform("reads: [{ path: a, head: path }]", places: "heads:\n  paths: [{ when: always }]\n"), "platforms/unknown-head", nil),
      (platform("reads: [{ path: a, imports: many }]"), "platforms/unknown-value", "`imports` is a number above 0"),
      (platform("reads: [{ path: a, seen: today }]"), "platforms/not-a-date", nil),
      ("heads:\n  a: [{ when: always, key: b }]\n", "platforms/incomplete-head", "end with `{ when: … }` alone"),
      ("heads:\n  a: [{ when: always, is: b }]\n", "platforms/incomplete-head", "name the key that has the value"),
      ("heads:\n  a: [{ when: matched }, { when: never }]\n", "platforms/incomplete-head", "name the key that has the patterns"),
      ("heads:\n  a: [{ key: b }]\n", "platforms/incomplete-head", nil),
      (platform("limits: [{ path: a, most: 0 }]"), "platforms/incomplete-limit", nil),
      (platform("limits: [{ path: a, most: 1, unit: words }]"), "platforms/unknown-value", "known here: bytes, characters"),
      (platform("ignores: { skill: [] }"), "platforms/unknown-key", "did you mean `skills`?"),
      (platform("surfaces: []"), "platforms/incomplete-platform", nil),
      ("platforms:\n  x: { name: X, docs: 'http://x', verified: 2026-01-02 }\n", "platforms/not-a-page", nil),
      ("platforms:\n  x: { name: X, docs: 'https://x', verified: 21.11.2026 }\n", "platforms/not-a-date", nil),
      (platform("experimental: ''"), "platforms/no-reason", "say why, in a sentence for those who use the platform"),
      (platform("retired: { since: 2026-01-02, successor: x }"), "platforms/incomplete-platform", nil),
      (platform("retired: { since: today, successor: x, why: y }"), "platforms/not-a-date", nil),
      (platform("retired: { since: 2026-01-02, successor: y, why: y }"), "platforms/unknown-successor", "did you mean `x`?"),
      (platform("retired: { since: 2026-01-02, successor: x, why: y }"), "platforms/unknown-successor", "name a platform that there still is"),
      (platform("retired: { since: 2026-01-02, successer: x, why: y }"), "platforms/unknown-key", "did you mean `successor`?"),
      (platform("default: perhaps"), "platforms/wrong-type", nil),
      ("places:\n  a: { path: \"x/{name}\", like: b }\n", "platforms/unknown-place", "name one with forms of its own"),
      (
        "places:\n  a: { path: \"x/{name}\", like: b }\n  b: { path: \"y/{name}\", like: c }\n  c: { path: \"z/{name}\", like: a }\n",
        "platforms/unknown-place", "name one with forms of its own"
      ),
      ("places:\n  a: { path: \"x/{name}.md\", format: block }\n  b: { path: B.md, like: a }\n", "platforms/invalid-path", nil),
      ("places:\n  b: { like: b }\n", "platforms/unknown-place", nil),
      ("places:\n  a: { path: \"x/{name}\" }\n", "platforms/incomplete-place", nil),
      ("places:\n  a: { path: \"x/{name}\", format: html }\n", "platforms/unknown-value", nil),
      ("places:\n  a: { path: A.md, format: import }\n", "platforms/incomplete-place", nil),
      ("places:\n  a: { path: A.md, format: block, imports: { place: a, line: x } }\n", "platforms/incomplete-place", nil),
      ("places:\n  a: { path: A.md, format: import, imports: { place: b, line: x } }\n", "platforms/unknown-place", nil),
      ("places:\n  a: { path: \"x/{name}\", format: skill, skill: {} }\n", "platforms/unknown-key", "did you mean `skills`?"),
      ("places:\n  a: { path: \"x/{name}\", format: skill, skills: { feilds: {} } }\n", "platforms/unknown-key", "did you mean `fields`?"),
      ("places:\n  a: { path: \"x/{name}\", format: skill, skills: { fields: { a: {} } } }\n", "platforms/incomplete-field", nil),
      (
        "places:\n  a: { path: \"x/{name}\", format: skill, skills: { fields: { a: { from: a, map: words } } } }\n", "platforms/unknown-vocabulary",
        nil
      ),
      ("places:\n  a: { path: \"x/{name}\", format: skill, skills: { fields: { a: { from: a, as: yaml } } } }\n", "platforms/unknown-value", nil),
      ("places:\n  a: { path: \"x/{name}\", format: skill, skills: { unlisted: perhaps } }\n", "platforms/unknown-value", nil),
      ("places:\n  a: { path: \"x/{name}\", format: skill, sidecars: [{ path: ../x, text: y }] }\n", "platforms/incomplete-place", nil),
      ("places:\n  a: { path: \"x/{name}\", format: skill, sidecars: [{ path: x, text: y, only: sometimes }] }\n", "platforms/unknown-value", nil),
      ("places:\n  a: { path: \"x/{name}\", format: skill, commands: { arguments: { all: x, first: one } } }\n", "platforms/unknown-value", nil),
      // Each artifact needs a file of its own, and a block is one file.
      ("places:\n  a: { path: rules.md, format: markdown }\n", "platforms/invalid-path", nil),
      ("places:\n  a: { path: \"x/{name}.md\", format: block }\n", "platforms/invalid-path", nil),
      (
        "places:\n  a: { path: \"x/{name}.md\", format: markdown }\n  b: { path: \"x/{name}.md\", format: markdown }\n", "platforms/duplicate-path",
        nil
      ),
    ] as [(String, String, String?)])
  func saysWhatIsWrong(_ text: String, _ id: String, _ help: String?) throws {
    let found = try findings(text)
    #expect(found.map(\.id).contains(id), "\(rendered(found))")
    if let help { #expect(found.contains { $0.id == id && $0.help == help }, "\(rendered(found))") }
    #expect(found.allSatisfy { $0.place?.line != nil })
  }

  @Test(arguments: [
    "/etc/{name}", "../{name}", "a/../../{name}", "{name}/..", "", "a//{name}", "./{name}", "a\\{name}", "{name}/{name}",
    // Where programs are started from, in every spelling that a file system may take for it.
    ".git/hooks/{name}", ".GIT/hooks/{name}", ".git/{name}", ".{name}/hooks/x", ".g{name}/config", "{name}/.git/config", "sub/.git/{name}",
    ".github/workflows/{name}.yml", ".GitHub/Workflows/{name}", ".github/{name}/x.yml", ".github/work{name}/x", ".{name}/workflows/x",
    ".\u{200C}git/{name}", ".g\u{131}t/{name}", "{nmae}/x/{name}", "a{b/{name}",
    // What aiwg keeps for itself.
    "{name}.yaml", "aiwg.{name}", ".aiwg/state/{name}", ".gitattributes/{name}",
    // A directory comes first, and what is in it is one file.
    "{directory}", "{directory}/", "a/{directory}/x", "{directory}/{directory}/x", "{directory}/../x", "{directory}/.git/x", "{directory}/aiwg.yaml",
    "{directory}/.gitignore", "{directory}/{name}.md",
  ])
  func refusesPaths(_ path: String) throws {
    let found = try findings("places:\n  a: { path: '\(path)', format: skill }\n")
    #expect(found.map(\.id) == ["platforms/invalid-path"], "\(path) \(rendered(found))")
  }

  @Test(arguments: [
    ".github/agents/{name}.agent.md", ".gitx/{name}.md", "x/{name}/y.md", ".github/{name}.md", "{name}.md", ".x-{name}/y.md",
    "github/workflows/{name}.md",
  ])
  func takesPaths(_ path: String) throws {
    #expect(try findings("places:\n  a: { path: '\(path)', format: markdown }\n").map(\.message) == [])
  }

  @Test func aFileForEachDirectory() throws {
    #expect(try findings("places:\n  a: { path: '{directory}/X.md', format: block, rules/globs: { unlisted: keep } }\n").map(\.message) == [])
    for other in ["format: block, rules/always: {}", "format: block, skills: {}", "format: markdown, rules/globs: {}", "format: skill"] {
      #expect(try findings("places:\n  a: { path: '{directory}/X.md', \(other) }\n").map(\.id).contains("platforms/invalid-path"), "\(other)")
    }
    let template = try #require(PathTemplate("{directory}/X.md"))
    let path = { (directory: String) in TreePath(directory).flatMap { template.filled(in: $0)?.filled(with: "")?.text } }
    #expect(path("src/api") == "src/api/X.md")
    for directory in [".git", "a/.git/b", "con", "gr\u{F6}\u{DF}e", "a:b", ".aiwg/state", "~", "~/a"] {
      #expect(path(directory) == nil, "\(directory)")
    }
  }

  @Test(arguments: ["AGENTS.md", "docs/AGENTS.md", ".x/y.md"])
  func takesPathsOfBlocks(_ path: String) throws {
    #expect(try findings("places:\n  a: { path: '\(path)', format: block }\n").map(\.message) == [])
  }

  @Test(arguments: [
    ("x/{name}.md", "x/a.md", "a"), ("x/{name}.md", "x/.md", nil), ("x/{name}.md", "x/a/b.md", nil), ("x/{name}", "x/a", "a"),
    ("aa{name}aa", "aaa", nil), ("aa{name}aa", "aabaa", "b"), ("x/{name}.md", "y/a.md", nil), ("x.md", "x.md", nil),
  ])
  func namesFromPaths(_ template: String, _ path: String, _ name: String?) throws {
    #expect(try #require(PathTemplate(template)).name(in: try #require(TreePath(path))) == name)
  }

  /// What lies deeper could be written, and the lock would not be believed.
  @Test func pathsAreNotWithoutAnEnd() {
    let folders = String(repeating: "d/", count: mostFolderDepth - 1)
    #expect(PathTemplate(folders + "{name}.md") != nil)
    #expect(PathTemplate("d/" + folders + "{name}.md") == nil)
  }

  @Test func surfacesMayComeAfterTheReadsThatNameThem() throws {
    #expect(try findings(Self.platform("reads: [{ path: a, on: [CLI] }]\n    surfaces: [CLI, IDE]")).isEmpty)
  }

  @Test func aSuccessorMayStandFurtherDown() throws {
    let other = "  y:\n    " + Self.head
    #expect(try findings(Self.platform("retired: { since: 2026-01-02, successor: y, why: z }") + other).map(\.message) == [])
  }

  @Test func whatStandsBesideLikeCounts() throws {
    let catalog = try shippedCatalog(
      overlay: """
        places:
          two: { path: "two/{name}", agents: { fields: { name: name } }, like: one }
          one: { path: "one/{name}", like: agents-skills, skills: { fields: { title: name } } }
          cursor-agents: { like: claude-rules, path: "three/{name}.md" }
        """)
    let (one, two) = (try #require(catalog.places["one"]), try #require(catalog.places["two"]))
    let model = try #require(catalog.places["agents-skills"])
    #expect(one.format == .skill && Set(one.forms.keys) == Set(model.forms.keys))
    #expect(one.forms[Shape(kind: .skill)]?.fields.map(\.key) == ["title"])
    #expect(one.forms[Shape(kind: .command)]?.fields.count == model.forms[Shape(kind: .command)]?.fields.count)
    #expect(two.forms[Shape(kind: .skill)]?.fields.map(\.key) == ["title"] && two.forms[Shape(kind: .agent)]?.fields.count == 1)
    // Files beside a skill are for those who read that one folder.
    #expect(!model.sidecars.isEmpty && one.sidecars.isEmpty)
    // A place that was there before has the forms of the other one in place of its own.
    #expect(try #require(catalog.places["cursor-agents"]).forms.keys.sorted().map(\.description) == ["rules/always", "rules/globs"])
  }

  @Test func reportsEverythingAtOnce() throws {
    #expect(try findings("platfroms: 1\nplaces:\n  a: {}\nplatforms:\n  X: {}\n  y: {}\n").count == 6)
  }
}
