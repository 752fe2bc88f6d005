import Globs
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("src/*.ts", "src/a.ts", true), ("src/*.ts", "src/.ts", true), ("src/*.ts", "src/b/a.ts", false), ("*", "a/b", false),
    // Dotfiles are files.
    ("*", ".env", true), ("**", ".github/x", true), ("**/*.md", ".github/a/b.md", true),
    ("**/*.ts", "a.ts", true), ("**/*.ts", "a/b/c.ts", true), ("**/a.ts", "ba.ts", false), ("**/a.ts", "b/xa.ts", false),
    ("src/**", "src/a/b", true), ("src/**", "src", false), ("src/**", "srcs/a", false),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("a**/b", "ab", false), ("a**/b", "ax/y/b", true),
    ("**/**/x", "x", true), ("***/x", "a/x", true), ("**x", "a/bx", true),
    ("?.md", "a.md", true), ("?.md", "é.md", true), ("?.md", "/.md", false), ("a?b", "a/b", false), ("?", "", false),
    ("[abc].x", "b.x", true), ("[a-c]", "d", false), ("[!a-c]", "d", true), ("[^a]", "a", false), ("[]a]", "]", true), ("[!]]", "a", true),
    ("[é]", "é", true), ("[à-ü]", "é", true), ("[!a]", "/", false), ("[z-a]", "m", false), ("[a-]", "-", true),
    // What never closes stands for itself.
    ("[abc", "[abc", true), ("[", "[", true), ("[!", "[!", true), ("[]", "[]", true), ("a{b", "a{b", true),
    ("{a,b}/x.{c,d}", "b/x.c", true), ("{a,b}/x.{c,d}", "c/x.c", false), ("{src,lib}/**", "lib/a/b", true), ("x{,.bak}", "x", true),
    ("x{,.bak}", "x.bak", true), ("{a}", "a", false), ("{a}", "{a}", true),
    ("", "", true), ("", "a", false), ("a", "", false), ("*", "", true), ("A", "a", false),
  ])
  func matches(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(Glob(pattern).matches(path) == expected, "\(pattern) on \(path)")
  }

  @Test(arguments: [
    ("a", ["a"]), ("{a,b}", ["a", "b"]), ("x{a,b}y{c,d}", ["xayc", "xayd", "xbyc", "xbyd"]), ("{a,{b,c}d}", ["a", "bd", "cd"]),
    ("{,a}", ["", "a"]), ("{a,}", ["a", ""]), ("{}", ["{}"]), ("{a}", ["{a}"]), ("{a}{b,c}", ["{a}b", "{a}c"]), ("{a{b,c}}", ["{ab}", "{ac}"]),
    ("{{a,b}", ["{a", "{b"]), ("{a,b}}", ["a}", "b}"]), ("}{a,b}", ["}a", "}b"]), ("{a,b", ["{a,b"]), ("a,b", ["a,b"]), ("", [""]),
    ("{é,ü}.md", ["é.md", "ü.md"]),
  ])
  func expandsBraces(_ pattern: String, _ expected: [String]) {
    #expect(expandingBraces(pattern) == expected)
  }

  @Test(arguments: [
    String(repeating: "{a,b}", count: 12), String(repeating: "{a,b}", count: 31), String(repeating: "{a,b}", count: 20_000),
    String(repeating: "{", count: 60_000), String(repeating: "{a,", count: 20_000),
    String(repeating: "{a,", count: 20_000) + String(repeating: "}", count: 20_000),
    "{" + String(repeating: "a,", count: 2_000) + "}",
  ])
  func hostileBracesStayAsTheyAre(_ pattern: String) {
    #expect(expandingBraces(pattern) == [pattern])
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["*a", "**/", "a**", "?*", "*[ab]*"])
  func manyStarsCostNoTime(_ part: String) {
    let glob = Glob(String(repeating: part, count: 100) + "b")
    #expect(!glob.matches(String(repeating: "a", count: 400)))
    #expect(!glob.matches(String(repeating: "a/", count: 200)))
  }
}
