import ContextModel
import Formats
import Layout
import Platforms
import Reading
import TestSupport
import Testing

/// What is in the context at start: a section in full, a line for what is listed, nothing for what waits to be asked.
@Suite struct StartTests {
  @Test(arguments: [
    ("codex", "-- rules/x.md --\nabcdefgh\n", "Rule `x`\n\nabcdefgh\n"), ("cursor", "-- rules/x.md --\n---\nglobs: [a]\n---\nabc\n", ""),
    ("codex", "-- skills/x/SKILL.md --\n---\ndescription: abc\n---\nlong text\n", "x: abc"),
    ("codex", "-- skills/x/SKILL.md --\n---\ndescription: abc\ndisable-model-invocation: true\n---\n", ""),
    ("claude-code", "-- skills/x/SKILL.md --\n---\ndescription: abc\ndisable-model-invocation: true\n---\n", ""),
    ("hermes", "-- skills/x/SKILL.md --\n---\ndescription: abc\ndisable-model-invocation: true\n---\n", "x: abc"),
    ("claude-code", "-- commands/x.md --\n---\ndescription: abc\n---\n", ""),
    ("claude-code", "-- commands/x.md --\n---\ndescription: abc\ndisable-model-invocation: false\n---\n", "x: abc"),
    ("claude-code", "-- rules/x.md --\n---\nseverity: LOW\n---\nabc\n", "abc\n"),
    ("gemini-cli", "-- commands/x.md --\n---\ndescription: abc\n---\n", ""),
  ])
  func bytesAtStart(_ id: String, _ text: String, _ expected: String) throws {
    let catalog = try shippedCatalog()
    let tree = try artifacts(text, catalog: catalog)
    let layout = Renderer(of: tree, in: catalog).layout(for: [id], surroundings: Surroundings())
    let deployed = try DeployedTree(Renderer(of: tree, in: catalog).render(layout).desired)
    let platform = try #require(catalog.platform(id))
    let reading = try read(deployed.files, of: deployed.tree, as: platform, on: platform.surfaces[0])
    #expect(reading.bytesAtStart == expected.utf8.count)
  }
}
