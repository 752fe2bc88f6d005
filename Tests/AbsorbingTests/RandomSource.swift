import ContextModel
import FileTree
import Formats
import Foundation
import Testing

/// The files of a small canonical tree with all that is hard to write and to read again.
struct RandomSource {
  private var random: Seeded
  /// What the bodies may name, as paths of the tree.
  private var files: [String] = []

  init(_ seed: UInt64) { random = Seeded(seed) }

  mutating func tree() throws -> MemoryTree {
    var kinds: [(path: String, kind: ArtifactKind)] = [
      ("rules/one.md", .rule), ("agents/two.md", .agent), ("commands/three.md", .command), ("skills/four/SKILL.md", .skill),
      ("rules/five.md", .rule), ("rules/six.md", .rule), ("behaviors/eight.md", .behavior), ("behaviors/one.md", .behavior),
    ]
    if chance(2) { kinds.append(("rules/group/seven.md", .rule)) }
    let list = "skills/four/references/list.md"
    files = kinds.map(\.path) + [list]
    var nodes: [TreePath: MemoryTree.Node] = [:]
    for (path, kind) in kinds { nodes[try #require(TreePath(path))] = MemoryTree.Node(bytes: file(of: kind, at: path)) }
    nodes[try #require(TreePath(list))] = MemoryTree.Node(bytes: Array("1. A list\n".utf8))
    return MemoryTree(nodes)
  }

  // MARK: Choices

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
  private mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }
  private mutating func some<Value>(_ values: [Value]) -> [Value] {
    let chosen = values.filter { _ in chance(2) }
    return chosen.isEmpty ? [pick(values)] : chosen
  }

  // MARK: Heads

  private mutating func file(of kind: ArtifactKind, at path: String) -> [UInt8] {
    var head = fields(of: kind).map { ($0.0, RenderedValue.value($0.1)) }
    if chance(4) { head.shuffle(using: &random) }
    let text = body(of: kind, at: path)
    // A body without a head must not look like one.
    let frame = head.isEmpty && text.hasPrefix("---") ? "---\n---\n" : ""
    return FrontmatterWriter.head(head) + Array((frame + text).utf8)
  }

  private mutating func fields(of kind: ArtifactKind) -> [(String, FieldValue)] {
    var out: [(String, FieldValue)] = []
    func add(_ key: String, _ value: FieldValue?) { if let value { out.append((key, value)) } }
    let isRule = kind == .rule || kind == .behavior
    if !isRule || !chance(4) { add("description", .text(description(isNeeded: !isRule))) }
    switch kind {
    case .server, .hook, .permissions, .ignore: break
    case .behavior: for (key, value) in behaviorFields() { add(key, value) }
    case .rule: for (key, value) in ruleFields() { add(key, value) }
    case .agent:
      if !chance(3) { add(pick(["tools", "tools", "allowed-tools"]), tools()) }
      if chance(2) { add("model", .text(pick(["sonnet", "opus", "inherit", "claude-x-1", "gpt", "flash"]))) }
      if chance(4) { add("readonly", .bool(!chance(3))) }
      if chance(4) { add("color", .text("blue")) }
    case .command:
      if chance(2) { add("argument-hint", .text(pick(["[path]", "<a> [b]", "name: text", "x"]))) }
      if chance(3) { add("allowed-tools", tools()) }
      if chance(3) { add("model", .text(pick(["sonnet", "inherit", "gpt"]))) }
      if chance(2) { add("disable-model-invocation", .bool(chance(2))) }
      if chance(6) { add("arguments", .list([.text("a")])) }
    case .skill:
      if chance(3) { add("license", .text("MIT")) }
      if chance(3) { add("metadata", .map([.init("version", pick([.text("1.10"), .number("1.10")])), .init("owner", value(depth: 1))])) }
      if chance(3) { add("allowed-tools", tools()) }
      if chance(3) { add("disable-model-invocation", .bool(chance(2))) }
    }
    if chance(3) { add("tags", pick([.list([.text("a"), .text("b: c")]), .text("a, b"), .list([])])) }
    if chance(3) { add("x-key", value(depth: 0)) }
    if chance(6) { add("name", .text("whatever")) }
    if chance(4) {
      for platform in some(["cursor", "claude", "codex", "copilot", "opencode", "windsurf"]) { add(platform, ownFields(of: kind)) }
    }
    return out
  }

  private mutating func ruleFields() -> [(String, FieldValue)] {
    var out: [(String, FieldValue)] = []
    if chance(2) { out.append(("severity", .text(pick(["CRITICAL", "HIGH", "MEDIUM", "LOW"])))) }
    if chance(3) { out.append(("category", pick([.text("architecture"), .text("a; b"), .text(text())]))) }
    if chance(4) { out.append(("factor", pick([.text("12-factor-VI"), .number("12"), .text("12")]))) }
    let hasGlobs = chance(2)
    if hasGlobs {
      let patterns = some(["**/*.ts", "src/{a,b}/*.{js,jsx}", "*.md", "docs/**", "[ab]*.c", "a b.txt", "{x,y}.go", "!no/**"])
      let isText = chance(2)
      out.append(
        (pick(["globs", "globs", "paths"]), isText ? .text(patterns.joined(separator: pick([", ", ","]))) : .list(patterns.map(FieldValue.text))))
    }
    if chance(2) { out.append(("activation", .text(pick(["always", "model", "manual"] + (hasGlobs ? ["globs"] : []))))) }
    if chance(3) { out.append(("review", pick([.bool(true), .text("only"), .bool(false)]))) }
    return out
  }

  private mutating func behaviorFields() -> [(String, FieldValue)] {
    let events = some(HookEvent.allCases).shuffled(using: &random)
    let words = events.map { FieldValue.text($0.rawValue) }
    var out: [(String, FieldValue)] = [("on", words.count == 1 && chance(2) ? words[0] : .list(words))]
    if events.contains(where: \.hasTool), !chance(3) {
      out.append(("tools", .list(some(["Read", "Bash", "Bash(git *)", "a or b", "mcp__x__y", "12"]).map(FieldValue.text))))
    }
    if chance(2) { out.append(("command", .text("./scripts/x.sh --all"))) }
    if out.last?.0 == "command", chance(2) { out.append(("timeout", .number("30"))) }
    if chance(3) { out.append(("severity", .text(pick(["CRITICAL", "LOW"])))) }
    return out
  }

  /// A map under a platform's own key.
  private mutating func ownFields(of kind: ArtifactKind) -> FieldValue {
    var entries: [FieldValue.Entry] = []
    if chance(3) { entries.append(.init("description", .text(text() + " for one"))) }
    if chance(3) { entries.append(.init("temperature", .number("0.2"))) }
    if chance(3) { entries.append(.init("x-own", value(depth: 1))) }
    if kind == .rule || kind == .behavior, chance(3) { entries.append(.init("alwaysApply", .bool(chance(2)))) }
    if kind == .agent, chance(3) { entries.append(.init("tools", tools())) }
    if kind != .rule, chance(3) { entries.append(.init("model", .text(pick(["own-model", "opus"])))) }
    return .map(entries.isEmpty ? [.init("x-own", .text("y"))] : entries)
  }

  private mutating func tools() -> FieldValue {
    let words = some([
      "Read", "Grep", "Glob", "Edit", "MultiEdit", "Write", "Bash", "Bash(git *)", "Bash(a, b)", "WebFetch", "WebSearch", "mcp__x__y", "Task", "LS",
    ])
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .list([])
    case 1: return .text("")
    case 2...5: return .text(words.joined(separator: pick([", ", ","])))
    default: return .list(words.map(FieldValue.text))
    }
  }

  private mutating func value(depth: Int) -> FieldValue {
    switch Int.random(in: 0..<(depth < 2 ? 10 : 7), using: &random) {
    case 0: return .bool(chance(2))
    case 1: return .number(pick(["0", "12", "1.10", "-1e3", "0x1F", ".inf"]))
    case 2: return .null
    case 7, 8: return .list((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) })
    case 9: return .map(some(["a", "b-c", "x y", "on", "é: ", "12"]).map { .init($0, value(depth: depth + 1)) })
    default: return .text(text())
    }
  }

  private mutating func description(isNeeded: Bool) -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0:
      // Too long for some heads, with ends of sentences or without.
      let words = (0..<Int.random(in: 150...400, using: &random)).map { _ in pick(["word", "longer", "ünïcödé", "a", "sentence."]) }
      return words.joined(separator: chance(4) ? "\n" : " ") + (chance(2) ? "\n" : "")
    case 1: return "Several\nlines: \"one\"\n\n  and two.\n"
    case 2 where !isNeeded: return ""
    case 3: return pick(["12", "true", "null", "~", "Ends with a colon:", "`code` first", "Rule `x`: y", "(severity: HIGH)", "- a", "**bold**"])
    default:
      let text = text()
      return isNeeded && !text.contains { !$0.isWhitespace } ? "Needed" : text
    }
  }

  private mutating func text() -> String {
    let words = [
      "one", "two", "it's", "\"so\"", "a: b", "#c", " #d", "- e", "é", "e\u{301}", "日本", "true", "no", "12", "~", "null", "[x]", "{y}", "*", "&z",
      "!t", "%", "@m", "`c`", "\\", "\\n", ":", "?", "|", ">", "---", "<x>", "**/*.ts", "https://a.b/c", ",", ";", "=", "(z)", "👩‍👩‍👧", "\u{301}x",
    ]
    let rare = ["\n", "\n\n", "  ", "\t", "\u{7}", "\u{85}", "\u{2028}", "\u{FEFF}", "\r\n", "\n  "]
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &random) { text += (text.isEmpty || chance(5) ? "" : " ") + (chance(12) ? pick(rare) : pick(words)) }
    return text
  }

  // MARK: Bodies

  private mutating func body(of kind: ArtifactKind, at path: String) -> String {
    guard !chance(15) else { return pick(["", "\n", "# Alone", "---\n"]) }
    var lines: [String] = []
    if chance(8) { lines.append("---") }
    lines += [String](repeating: "", count: pick([0, 0, 0, 1, 2]))
    if !chance(4) { lines.append("# " + pick(["Title", "The \(path)", "Ünï `code`", "Why"])) }
    for _ in 0..<Int.random(in: 1...7, using: &random) {
      if chance(2) { lines.append("") }
      lines += paragraph(of: kind, at: path)
    }
    if chance(8) { lines += ["", ""] }
    let text = lines.joined(separator: "\n") + (chance(4) ? "" : "\n")
    return chance(8) ? text.replacing("\n", with: "\r\n") : text
  }

  private mutating func paragraph(of kind: ArtifactKind, at path: String) -> [String] {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return ["## " + pick(["Why", "Part", "Related"]), ""]
    case 1: return ["```sh", pick(["echo $1 # @\(pick(files))", "cat `\(pick(files))`", "x = $ARGUMENTS"]), "```"]
    case 2...4: return ["See " + reference(from: path) + pick([".", ", then " + reference(from: path) + ".", "", " and " + reference(from: path)])]
    case 5:
      return [
        pick([
          "Rule `one`: not a lead", "(severity: HIGH)", "Rule `x`, for files that match `y`: z", "This applies when a session starts.", "> quoted",
          "| a | b |", "    code",
        ])
      ]
    case 6: return ["---"]
    case 7: return ["It costs $5.00, or $1,000, and `$HOME`." + (chance(3) ? " Not \\$1." : "")]
    case 8: return [pick(["Run $ARGUMENTS now.", "First $1, then $2.", "`$1` alone", "`$ARGUMENTS`", "All: `x $ARGUMENTS y` and $1"])]
    case 9:
      return [pick(["{{args}} and !{ls} and @{file}", "It's '''quoted''' \\ \"\"\"so\"\"\"", "<arguments> are words", "tab\there", "trailing  "])]
    default: return [text().replacing("\r\n", with: " ").replacing("\n", with: " ")]
    }
  }

  private mutating func reference(from path: String) -> String {
    let target = pick(files)
    let near = Self.relative(target, from: path)
    let way = pick([near, near, near, target, ".aiwg/" + target] + (target.hasSuffix("SKILL.md") ? [String(near.dropLast(9))] : []))
    switch Int.random(in: 0..<8, using: &random) {
    case 0...2: return "[the *label*](\(way))"
    case 3: return "[a part](\(way)#why)"
    case 4: return "@" + way
    case 5: return "`\(way)`"
    case 6: return "`\(way)#why`"
    default: return pick(["[web](https://a.b/rules/one.md)", "`rules/nothing.md`", "@nobody/x.md", "[here](#part)", "![image](x.png)"])
    }
  }

  private static func relative(_ path: String, from file: String) -> String {
    let (from, to) = (file.split(separator: "/").dropLast(), path.split(separator: "/"))
    let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(String.init)).joined(separator: "/")
  }
}
