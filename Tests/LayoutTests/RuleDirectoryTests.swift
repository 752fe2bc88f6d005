import ContextModel
import FileTree
import Layout
import TestSupport
import Testing

/// Which rules are for all of one directory and for nothing else.
@Suite struct RuleDirectoryTests {
  private func directory(_ fields: String) throws -> String? {
    let tree = try artifacts("Words.\n-- rules/x.md --\n---\n\(fields)---\nText.\n", catalog: try shippedCatalog())
    return try #require(tree.artifacts.first).directory?.text
  }

  @Test(arguments: [
    (["src/**"], "src"), (["src/api/**"], "src/api"), (["src/api/**/*"], "src/api"), (["./src/**"], "src"), (["src/**", "src/api/**"], "src"),
    (["src/api/*.ts", "src/**"], "src"), ([".github/**"], ".github"), (["größe/**"], "größe"),
  ])
  func isFor(_ globs: [String], _ expected: String) throws {
    #expect(try directory("globs: [" + globs.map { "\"\($0)\"" }.joined(separator: ", ") + "]\n") == expected)
    #expect(try directory("paths: \"" + globs.joined(separator: ", ") + "\"\n") == expected)
  }

  @Test(arguments: [
    "src/**/*.ts", "src/*", "src", "src/", "**", "**/*", "*/**", "/src/**", "src/{a,b}/**", "src/[id]/**", "!src/**", "src/../x/**", "src/a?/**",
    "../src/**", "app/(auth)/**", "src/***",
  ])
  func isForMoreOrLess(_ glob: String) throws {
    #expect(try directory("globs: [\"\(glob)\"]\n") == nil)
  }

  @Test(arguments: [
    "globs: [\"src/**\", \"docs/**\"]\n", "globs: [\"src/**\", \"!src/api/**\"]\n", "globs: [\"src/**\", \"*.md\"]\n",
    "globs: [\"src/**\", \"src/../docs/*\"]\n", "globs: [\"src/**\"]\nactivation: always\n", "globs: [\"src/**\"]\nactivation: model\n",
    "globs: [\"src/**\"]\ngoose: { globs: [\"docs/**\"] }\n", "globs: [\"src/**\"]\nreview: only\n", "description: x\n",
    "globs: [\"srcs/x/**\", \"src/**\"]\n",
  ])
  func saysSomethingElse(_ fields: String) throws {
    #expect(try directory(fields) == nil)
  }
}
