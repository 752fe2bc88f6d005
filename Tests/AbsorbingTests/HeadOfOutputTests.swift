import Absorbing
import ContextModel
import Diagnostics
import FileTree
import Layout
import Platforms
import TestSupport
import Testing

/// Edits of what stands before the text of an output.
struct HeadOfOutputTests {
  private static let tree = """
    -- commands/release.md --
    ---
    description: Makes a release
    claude:
      color: red
    ---
    # Release

    Run it.
    -- agents/helper.md --
    ---
    description: Helps
    ---
    Help.
    -- rules/plain.md --
    ---
    category: style
    ---
    # Plain

    Short words.
    """

  /// The canonical files that change, or why the edit is refused and where.
  private func outcome(_ path: String, on platform: String, replacing old: String, with new: String) throws -> (
    files: [String], refusal: String?, line: Int?
  ) {
    let catalog = try shippedCatalog()
    let deployed = Deployed(try artifacts(Self.tree, catalog: catalog), for: [platform], in: catalog)
    let path = try #require(TreePath(path))
    let base = String(decoding: try deployed.bytes(try #require(deployed.lenses[path])), as: UTF8.self)
    try #require(base.ranges(of: old).count == 1, "`\(old)` is not there once: \(base)")
    var absorber = Absorber(deployed.lenses, in: catalog, preferring: nil)
    let edited = Array(base.replacing(old, with: new).utf8)
    absorber.take(EditedOutput(path: path, base: Array(base.utf8), edited: edited, file: SourceText(path: path.text, bytes: edited)))
    let problem = absorber.problems.first
    return (absorber.files.map { String(decoding: $0.new, as: UTF8.self) }, problem?.message, problem?.place?.line)
  }

  private func command(_ head: String) -> String { "---\ndescription: Makes a release\n\(head)---\n# Release\n\nRun it.\n" }

  @Test func aPlatformsFieldsStayUnderTheNameThatTheFileUses() throws {
    let outcome = try outcome(".claude/commands/release.md", on: "claude-code", replacing: "color: red\n", with: "color: blue\n")
    #expect(outcome.files == [command("claude:\n  color: blue\n")])
  }

  @Test func aCommandWithoutItsSwitchIsOneThatTheModelMayUse() throws {
    let outcome = try outcome(".claude/commands/release.md", on: "claude-code", replacing: "disable-model-invocation: true\n", with: "")
    #expect(outcome.files == [command("claude:\n  color: red\ndisable-model-invocation: false\n")])
  }

  @Test func aTableWithoutItsTextIsRefused() throws {
    let outcome = try outcome(".codex/agents/helper.toml", on: "codex", replacing: "developer_instructions =", with: "instructions =")
    #expect(outcome.files.isEmpty)
    #expect(outcome.refusal?.contains("the table has no text `developer_instructions`") == true, "\(outcome)")
  }

  @Test(arguments: [("---\ncategory", "A line above\n---\ncategory", 2), ("---\ncategory", "category", 1)])
  func aHeadThatIsNoLongerOneIsRefused(_ old: String, _ new: String, _ line: Int) throws {
    let outcome = try outcome(".claude/rules/plain.md", on: "claude-code", replacing: old, with: new)
    #expect(outcome.files.isEmpty)
    #expect(outcome.refusal == "this edit cannot go into the tree: `rules/plain`: the head is no longer one")
    #expect(outcome.line == line)
  }

  @Test(arguments: ["\"Makes it\"", "'Makes it'", "\"\\\"Makes\\\" it\"", "Makes it"])
  func quotesStayThoseOfTheOneWhoWroteThem(_ value: String) throws {
    let path = ".claude/commands/release.md"
    let outcome = try outcome(path, on: "claude-code", replacing: "description: Makes a release", with: "description: \(value)")
    #expect(outcome.files == ["---\ndescription: \(value)\nclaude:\n  color: red\n---\n# Release\n\nRun it.\n"], "\(outcome)")
  }

  @Test(arguments: [("12", "\"12\""), ("true", "\"true\""), ("Makes\n  a release", "Makes a release"), (">-\n  Makes it", "Makes it")])
  func aValueThatAiwgWritesInOtherLettersIsRefused(_ value: String, _ own: String) throws {
    let path = ".claude/commands/release.md"
    let outcome = try outcome(path, on: "claude-code", replacing: "description: Makes a release", with: "description: \(value)")
    #expect(outcome.files.isEmpty)
    let said = "this edit cannot go into the tree: `commands/release`: the head says in other letters what aiwg writes as `description: \(own)`"
    #expect(outcome.refusal == said)
    #expect(outcome.line == 2)
  }

  @Test func whatAFormMakesCanBeAnotherForThePlatformAlone() throws {
    let outcome = try outcome(".opencode/agents/helper.md", on: "opencode", replacing: "mode: subagent", with: "mode: primary")
    #expect(outcome.files == ["---\ndescription: Helps\nopencode:\n  mode: primary\n---\nHelp.\n"], "\(outcome)")
  }

  @Test func aSwitchThatIsOffIsThePlatformsOwn() throws {
    let outcome = try outcome(".claude/commands/release.md", on: "claude-code", replacing: "invocation: true", with: "invocation: false")
    #expect(outcome.files == [command("claude:\n  color: red\n  disable-model-invocation: false\n")], "\(outcome)")
  }

  @Test func aHeadMayBeTakenAway() throws {
    let outcome = try outcome(".claude/rules/plain.md", on: "claude-code", replacing: "---\ncategory: style\n---\n", with: "")
    #expect(outcome.files == ["---\n---\n# Plain\n\nShort words.\n"], "\(outcome)")
  }
}
