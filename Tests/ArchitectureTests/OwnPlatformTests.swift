import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing

/// A platform that nobody has heard of needs an entry in a user's platforms.yaml, and no Swift.
@Suite struct OwnPlatformTests {
  private static let archive = """
    -- platforms.yaml --
    vocabularies:
      zebra-tools:
        words: { Read: look, Edit: [change, move], Bash: run }
        changing: [change, move, run]
    places:
      zebra-rules:
        path: ".zebra/rules/{name}.zmd"
        format: markdown
        rules/always: { fields: { when: { const: forever } }, unlisted: keep, expresses: [activation] }
        rules/globs: { fields: { when: { from: [globs, paths], as: space } }, unlisted: drop }
      zebra-minds:
        path: ".zebra/minds/{name}.toml"
        format: toml
        agents: { fields: { title: name, can: { from: tools, map: zebra-tools, as: list } }, body: thoughts, expresses: [description] }
      zebra-tricks:
        path: ".zebra/tricks/{name}"
        format: skill
        sidecars: [{ path: zebra.ini, only: user-only, text: "[ask]\\n" }]
        skills: { fields: { name: name, description: description }, unlisted: keep }
        commands: { fields: { name: name, description: description }, arguments: { all: "%*", position: "%{n}", first: 1, escape: "%" } }
    heads:
      zebra: [{ when: always, key: when, is: forever }, { when: matched, by: when }, { when: never }]
    platforms:
      zebra:
        name: Zebra
        docs: https://zebra.example/context
        verified: 2026-01-02
        detect: [.zebra/]
        takes:
          rules/always: [zebra-rules]
          rules/globs: [zebra-rules]
          agents: [zebra-minds]
          skills: [zebra-tricks]
          commands: [zebra-tricks]
        reads:
          - { path: ".zebra/rules/*.zmd", head: zebra }
          - { path: ".zebra/minds/*.toml", when: listed }
          - { path: ".zebra/tricks/*/SKILL.md", when: listed }
        limits:
          - { path: ".zebra/rules/*.zmd", most: 60, unit: bytes, beyond: yawns }
    -- rules/a.md --
    ---
    severity: LOW
    zebra: { stripes: 2 }
    ---
    See [b](b.md) and `agents/c.md`.
    -- rules/b.md --
    ---
    globs: ["*.x", "*.y"]
    severity: HIGH
    ---
    B
    -- agents/c.md --
    ---
    description: d
    tools: Read, Edit, Fly
    ---
    C
    -- commands/e.md --
    ---
    description: d
    ---
    Do $1 of $ARGUMENTS
    -- skills/f/SKILL.md --
    ---
    description: d
    ---
    F

    """

  private func deployed(
    _ selected: [String]
  ) throws -> (texts: [String: String], rendering: Rendering, layout: Layout, catalog: PlatformCatalog) {
    let archive = Txtar(Self.archive)
    let overlay = try #require(archive.entries.first { $0.path == "platforms.yaml" })
    let catalog = try shippedCatalog(overlay: String(decoding: overlay.bytes, as: UTF8.self))
    let tree = try artifacts(in: archive.tree, catalog: catalog)
    let layout = Renderer(of: tree, in: catalog).layout(for: selected, surroundings: Surroundings())
    let rendering = Renderer(of: tree, in: catalog).render(layout)
    let texts = try rendering.desired.outputs.map { ($0.path.text, String(decoding: try $0.bytes(), as: UTF8.self)) }
    return (Dictionary(texts) { first, _ in first }, rendering, layout, catalog)
  }

  @Test func alone() throws {
    let (texts, rendering, layout, catalog) = try deployed(["zebra"])
    #expect(
      texts == [
        ".zebra/rules/a.zmd": "---\nwhen: forever\nseverity: LOW\nstripes: 2\n---\nSee [b](b.zmd) and `../minds/c.toml`.\n",
        ".zebra/rules/b.zmd": "---\nwhen: \"*.x *.y\"\n---\nB\n",
        ".zebra/minds/c.toml": "title = \"c\"\ncan = [\"look\", \"change\", \"move\"]\nthoughts = '''\nC\n'''\n",
        ".zebra/tricks/e/SKILL.md": "---\nname: e\ndescription: d\n---\nDo %1 of %*\n",
        ".zebra/tricks/e/zebra.ini": "[ask]\n",
        ".zebra/tricks/f/SKILL.md": "---\nname: f\ndescription: d\n---\nF\n",
      ])
    #expect(rendering.losses.map { "\($0.artifact) \($0.field)" } == ["agents/c tools", "rules/b severity"])
    #expect(findingsOverLimits(rendering.desired, for: ["zebra"], in: catalog, surroundings: Surroundings()).map(\.id) == ["platform/over-limit"])
    #expect(layout.exceptions == [])
  }

  @Test func besideTheOthers() throws {
    let (texts, _, layout, _) = try deployed(["claude-code", "codex", "zebra"])
    #expect(texts.keys.filter { $0.hasPrefix(".zebra/") }.count == 6)
    #expect(layout.exceptions == [])
  }
}
