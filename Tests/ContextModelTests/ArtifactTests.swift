import ContextModel
import Diagnostics
import FileTree
import Testing

@Suite struct ArtifactTests {
  private func artifact(_ kind: ArtifactKind = .rule, _ fields: [Field] = [], overrides: [String: [Field]] = [:]) throws -> Artifact {
    let path = try #require(TreePath("\(kind.folder)/a.md"))
    return Artifact(
      id: ArtifactID(kind: kind, name: "a"), path: path, text: SourceText(path: path.text, bytes: []), fields: fields, overrides: overrides,
      body: Body(bytes: []), tree: MemoryTree())
  }

  @Test(arguments: [
    ("src/**", ["src/**"]), ("a, b ,c", ["a", "b", "c"]), ("src/{a,b}/*.ts, x", ["src/{a,b}/*.ts", "x"]), ("{a,{b,c}},d", ["{a,{b,c}}", "d"]),
    (" , ,", []), ("", []), ("a}, b", ["a}", "b"]), ("{a, b", ["{a, b"]), ("a,\n b", ["a", "b"]),
  ])
  func globsOfAText(_ text: String, _ expected: [String]) throws {
    #expect(try artifact(.rule, [Field("globs", .text(text))]).globs == expected)
  }

  @Test func globsOfAListArePatternsOneByOne() throws {
    #expect(try artifact(.rule, [Field("globs", .list([.text("a,b"), .text("c")]))]).globs == ["a,b", "c"])
    #expect(try artifact(.rule, [Field("paths", .list([.text("a")]))]).globs == ["a"])
    #expect(try artifact(.rule, [Field("globs", .null), Field("paths", .text("a"))]).globs == ["a"])
  }

  @Test(arguments: [
    ([], Activation.always), ([Field("globs", .text("a"))], .globs), ([Field("globs", .list([]))], .always),
    ([Field("globs", .text("a")), Field("activation", .text("always"))], .always), ([Field("activation", .text("manual"))], .manual),
    ([Field("activation", .text("model"))], .model), ([Field("activation", .text("sometimes"))], .always),
  ])
  func activation(_ fields: [Field], _ expected: Activation) throws {
    #expect(try artifact(.rule, fields).activation == expected)
  }

  @Test(arguments: [
    (Audience(), true), (Audience(only: ["cursor"]), true), (Audience(only: ["codex"]), false), (Audience(excluded: ["cursor"]), false),
    (Audience(only: ["cursor"], excluded: ["cursor"]), false), (Audience(only: []), false), (Audience(excluded: ["codex"]), true),
  ])
  func audience(_ audience: Audience, _ includesCursor: Bool) {
    #expect(audience.includes("cursor") == includesCursor)
  }

  @Test func onlyCommandsAreForTheUserUnlessTheySayOtherwise() throws {
    let disabled = { (flag: Bool) in [Field("disable-model-invocation", .bool(flag))] }
    #expect(try artifact(.command).isUserOnly)
    #expect(try !artifact(.command, disabled(false)).isUserOnly)
    #expect(try !artifact(.skill).isUserOnly)
    #expect(try artifact(.skill, disabled(true)).isUserOnly)
  }

  @Test func laterSourcesWinByKindAndName() throws {
    var other = try artifact(.rule, [Field("severity", .text("LOW"))])
    other.text = SourceText(path: "second", bytes: [])
    let tree = ContextTree(joining: [[try artifact(.rule), try artifact(.skill)], [other]])
    #expect(tree.artifacts.map(\.id.description) == ["rules/a", "skills/a"])
    #expect(tree.artifacts.first?.text.path == "second")
    #expect(tree.replaced.map(\.text.path) == ["rules/a.md"])
  }
}
