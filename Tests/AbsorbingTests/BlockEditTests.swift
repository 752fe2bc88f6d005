import Absorbing
import ContextModel
import Diagnostics
import FileTree
import Layout
import Platforms
import TestSupport
import Testing

/// Edits between the markers of a block that holds several rules.
struct BlockEditTests {
  private static let tree = """
    -- rules/first.md --
    ---
    description: What comes first
    severity: HIGH
    category: order
    ---
    # First

    One line.
    Its last line.
    -- rules/second.md --
    ---
    description: For scripts
    globs: ["**/*.ts"]
    severity: LOW
    ---
    # Second

    Another line.
    -- rules/third.md --
    # Third

    The end.
    """

  /// What becomes of an edit: the canonical files that change, or the line and the words of a refusal.
  private struct Outcome {
    var files: [String: String] = [:]
    var line: Int?
    var refusal: String?
    /// What the block is to be by then.
    var block: String?
  }

  private let deployed: Deployed
  private let path: TreePath
  private let block: String

  init() throws {
    let catalog = try shippedCatalog()
    deployed = Deployed(try artifacts(Self.tree, catalog: catalog), for: ["generic"], in: catalog)
    path = try #require(TreePath("AGENTS.md"))
    block = String(decoding: try deployed.bytes(try #require(deployed.lenses[path])), as: UTF8.self)
  }

  private func outcome(replacing edits: [(old: String, new: String)]) throws -> Outcome {
    var text = block
    for (old, new) in edits {
      try #require(text.ranges(of: old).count == 1, "`\(old)` is not there once")
      text = text.replacing(old, with: new)
    }
    var absorber = Absorber(deployed.lenses, in: deployed.catalog, preferring: nil)
    let (base, edited) = (Array(block.utf8), Array(text.utf8))
    absorber.take(EditedOutput(path: path, base: base, edited: edited, file: SourceText(path: "AGENTS.md", bytes: edited)))
    #expect(absorber.problems.isEmpty || absorber.files.isEmpty)
    var out = Outcome()
    for file in absorber.files { out.files[file.path.text] = String(decoding: file.new, as: UTF8.self) }
    out.refusal = absorber.problems.first?.message
    out.line = absorber.problems.first?.place?.line
    out.block = absorber.expected[path].map { String(decoding: $0, as: UTF8.self) }
    if out.refusal == nil { #expect(out.block == text) }
    return out
  }

  private func source(_ name: String) throws -> String {
    let artifact = try #require(deployed.tree.artifacts.first { $0.id.name == name })
    return String(decoding: artifact.text.bytes, as: UTF8.self)
  }

  @Test func theBlockIsAsTheExamplesTakeIt() {
    #expect(
      block == """
        Rule `first`: What comes first
        (severity: HIGH; category: order)

        # First

        One line.
        Its last line.

        Rule `second`, for files that match `**/*.ts`: For scripts
        (severity: LOW)

        # Second

        Another line.

        Rule `third`

        # Third

        The end.

        """)
  }

  @Test(arguments: [
    ("One line.", "One longer line.", "first"),
    ("One line.\n", "One line.\n\nA paragraph inside.\n\n", "first"),
    // Directly under the last line of a rule it belongs to that rule.
    ("Its last line.\n", "Its last line.\nOne more.\n", "first"),
    ("The end.\n", "The end.\nReally.\n", "third"),
    ("One line.\n", "", "first"),
  ])
  func textOfARule(_ old: String, _ new: String, _ name: String) throws {
    let outcome = try outcome(replacing: [(old, new)])
    #expect(outcome.refusal == nil)
    #expect(outcome.files == [".aiwg/rules/\(name).md": try source(name).replacing(old, with: new)])
  }

  @Test func twoRulesAtOnce() throws {
    let outcome = try outcome(replacing: [("One line.", "One edited line."), ("Another line.", "Another edited line.")])
    #expect(outcome.refusal == nil)
    #expect(
      outcome.files == [
        ".aiwg/rules/first.md": try source("first").replacing("One line.", with: "One edited line."),
        ".aiwg/rules/second.md": try source("second").replacing("Another line.", with: "Another edited line."),
      ])
  }

  @Test(arguments: [
    ("severity: HIGH; ", "severity: CRITICAL; ", "first", "severity: HIGH\n", "severity: CRITICAL\n"),
    (": What comes first", ": What is first", "first", "description: What comes first", "description: What is first"),
    ("`**/*.ts`:", "`**/*.ts`, `*.js`:", "second", "[\"**/*.ts\"]", "[\"**/*.ts\", \"*.js\"]"),
    ("category: order)", "category: order; tags: [a, b])", "first", "category: order\n", "category: order\ntags: [a, b]\n"),
    ("\n(severity: LOW)\n", "\n", "second", "severity: LOW\n", ""),
  ])
  func theLeadOfARule(_ old: String, _ new: String, _ name: String, _ oldSource: String, _ newSource: String) throws {
    let outcome = try outcome(replacing: [(old, new)])
    #expect(outcome.refusal == nil)
    #expect(outcome.files == [".aiwg/rules/\(name).md": try source(name).replacing(oldSource, with: newSource)])
  }

  @Test(arguments: [
    // A paragraph between two rules, and what stands behind the last one.
    ("Its last line.\n", "Its last line.\n\nWhose is this?\n", 9, "this stands between two rules of the block, and so belongs to neither"),
    ("The end.\n", "The end.\n\nAnd after it.\n", 22, "this stands behind the last rule of the block, and so belongs to none"),
    // A whole rule, and the line that parts it from the next one.
    ("Rule `third`\n\n# Third\n\nThe end.\n", "", 16, "this takes away a rule, or the line between two of them"),
    ("Another line.\n\nRule", "Another line.\nRule", 15, "this takes away a rule, or the line between two of them"),
    // Rules are named by their files.
    ("Rule `first`", "Rule `other`", 1, "`rules/first`: a rule has the name of its canonical file"),
    ("Rule `third`\n", "About the third\n", 16, "`rules/third`: this part of the block does not begin like a rule"),
  ])
  func whatIsRefused(_ old: String, _ new: String, _ line: Int, _ words: String) throws {
    let outcome = try outcome(replacing: [(old, new)])
    #expect(outcome.refusal == "this edit cannot go into the tree: " + words)
    #expect(outcome.line == line)
    #expect(outcome.files.isEmpty)
  }
}
