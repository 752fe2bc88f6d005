import ContextModel
import FileTree
import Layout
import Platforms
import TestSupport
import Testing

@Suite struct NamingTests {
  private func paths(_ txtar: String, _ selected: [String]) throws -> [String] {
    let catalog = try shippedCatalog()
    let layout = layOut(try artifacts(txtar, catalog: catalog), for: selected, in: catalog, surroundings: Surroundings())
    #expect(
      Set(layout.deliveries.filter { $0.place.path.isPerArtifact }.map(\.path)).count
        == layout.deliveries.filter { $0.place.path.isPerArtifact }.count)
    return layout.deliveries.map(\.path.text).sorted()
  }

  private func same(_ name: String) -> String {
    """
    -- agents/\(name).md --
    ---
    description: a
    ---
    -- commands/\(name).md --
    ---
    description: c
    ---
    -- skills/\(name)/SKILL.md --
    ---
    description: s
    ---
    -- rules/\(name).md --
    ---
    description: r
    activation: model
    ---

    """
  }

  @Test func kindsThatShareAFolderGetNamesApart() throws {
    #expect(
      try paths(same("x"), ["generic"]) == [
        ".agents/skills/x-agent/SKILL.md", ".agents/skills/x-command/SKILL.md", ".agents/skills/x-rule/SKILL.md", ".agents/skills/x/SKILL.md",
      ])
  }

  @Test func kindsThatDoNotKeepTheirNames() throws {
    #expect(
      try paths(same("x"), ["antigravity"]) == [
        ".agents/agents/x.md", ".agents/rules/x.md", ".agents/skills/x/SKILL.md", ".agents/workflows/x.md",
      ])
  }

  @Test func aClaudeCommandMakesRoomForASkillThatWouldHideIt() throws {
    #expect(
      try paths(same("x"), ["claude-code"]) == [
        ".claude/agents/x.md", ".claude/commands/x-command.md", ".claude/skills/x-rule/SKILL.md", ".claude/skills/x/SKILL.md",
      ])
  }

  @Test func aNameThatIsTakenAsWellGetsANumber() throws {
    let more = "-- skills/x-command/SKILL.md --\n---\ndescription: s\n---\n-- skills/x-command2/SKILL.md --\n---\ndescription: s\n---\n"
    #expect(try paths(same("x") + more, ["codex"]).contains(".agents/skills/x-command3/SKILL.md"))
  }

  @Test func longNamesStayWithinWhatANameMayBe() throws {
    let name = String(repeating: "a", count: 64)
    let folders = try paths(same(name), ["generic"]).map { $0.split(separator: "/")[2] }
    #expect(folders.allSatisfy { $0.count <= 64 } && Set(folders).count == 4)
    #expect(folders.contains { $0 == String(repeating: "a", count: 56) + "-command" })
  }

  @Test func noNameGetsTwoHyphensInARow() throws {
    let name = String(repeating: "a", count: 55) + "-" + String(repeating: "b", count: 8)
    #expect(try !paths(same(name), ["generic"]).contains { $0.contains("--") })
  }

  @Test(arguments: [["generic", "hermes"], ["claude-code", "copilot"], ["claude-code", "warp", "cursor"]])
  func oneArtifactHasOneNameWhereNamesAreSharedByReaders(_ selected: [String]) throws {
    let catalog = try shippedCatalog()
    let layout = layOut(try artifacts(same("x"), catalog: catalog), for: selected, in: catalog, surroundings: Surroundings())
    let skills = layout.deliveries.filter { $0.place.format == .skill }
    for (_, copies) in Dictionary(grouping: skills, by: \.artifact.id) { #expect(Set(copies.map(\.name)).count == 1) }
  }
}
