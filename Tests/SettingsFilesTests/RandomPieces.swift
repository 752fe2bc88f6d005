import ContextModel
import FileTree
import SettingsFiles
import TestSupport

extension SeededGenerator {
  /// Pieces as somebody wants to put them into a file that says this.
  mutating func pieces(for value: FieldValue, _ syntax: SettingsSyntax) -> [SettingsPiece] {
    (0...below(3)).map { _ in piece(for: value, syntax) }
  }

  private mutating func piece(for value: FieldValue, _ syntax: SettingsSyntax) -> SettingsPiece {
    let server = FieldValue.map([
      .init("command", .text("npx")), .init("args", .list([.text("-y"), .text("@scope/server"), .text("--flag=a b")])),
      .init("env", .map([.init("API_KEY", .text("${KEY}")), .init("EMPTY", .text(""))])),
    ])
    let name = pick(["aiwg", "a-b", "x y", "é", "ctx7", "a.b", "1"])
    switch below(8) {
    case 0: return .member([pick(["mcpServers", "mcp_servers", "servers", "extensions", "mcp"]), name], server)
    case 1: return .element(of: ["permissions", pick(["allow", "deny", "ask"])], .text(pick(["Bash(git log:*)", "Read(./.env)", "mcp__aiwg"])))
    case 2: return .element(of: pick([["instructions"], ["rules"], ["read"], ["notify"], ["e"], ["f"], ["toolsets"]]), .text("AGENTS.md"))
    case 3: return .member([name], randomValue(depth: 2, syntax))
    case 4: return .member([pick(["new", "env", "d", "g", "tui"]), pick(["A", "b c", "deep"]), name], randomValue(depth: 1, syntax))
    default:
      let maps = value.paths { if case .map = $0 { true } else { false } }
      let lists = value.paths { if case .list = $0 { true } else { false } }
      if chance(3), !lists.isEmpty { return .element(of: pick(lists), randomValue(depth: 1, syntax)) }
      return .member((maps.isEmpty ? [] : pick(maps)) + [name], randomValue(depth: 2, syntax))
    }
  }

  mutating func randomValue(depth: Int, _ syntax: SettingsSyntax) -> FieldValue {
    switch below(depth > 0 ? 8 : 5) {
    case 0: return .bool(chance(2))
    case 1: return .number(pick(["0", "42", "-1.50", "1e3", "9007199254740993"]))
    case 2: return syntax == .toml ? .text("null") : .null
    case 3, 4: return .text(randomText())
    case 5: return .list((0..<below(4)).map { _ in randomValue(depth: depth - 1, syntax) })
    default:
      var keys = ["k", "key-2", "a b", "é", "#", "a.b", "true", "", "\"q\""]
      keys.shuffle(using: &self)
      return .map(keys.prefix(below(4)).map { .init($0, randomValue(depth: depth - 1, syntax)) })
    }
  }

  mutating func randomText() -> String {
    pick([
      "", "x", "true", "null", "12", "1.10", "yes", "a b", " lead", "trail ", "a: b", "a #c", "#c", "- x", "[a]", "{a}", "*x", "&x", "!x", "|", ">",
      "%x", "@x",
      "`x`", "'q'", "\"q\"", "back\\slash", "two\nlines\n", "tab\t", "é😀", "\u{1}", "\u{7F}", "e\u{301}", "https://x.y/z?a=b#c", "${VAR}", "~", "-",
      "?", ":",
      "a,b", "2026-01-31", "0x1F", "1_000", "\u{2028}", "=", "---", "...", "key: |", "\\u0041", "'''", "\"\"\"", "a\r\nb", "\u{FEFF}x", "<<", ".5",
      "+1", "// c",
      "C:\\dir", "*/", "\u{85}", "~/x",
    ])
  }
}

extension FieldValue {
  /// The paths of all values that are meant, through maps alone.
  func paths(_ isMeant: (FieldValue) -> Bool) -> [[String]] {
    var out: [[String]] = isMeant(self) ? [[]] : []
    guard case .map(let entries) = self else { return out }
    for entry in entries { out += entry.value.paths(isMeant).map { [entry.key] + $0 } }
    return out
  }

  /// The value at a path, by other means than the editor looks for it.
  func at(_ path: [String]) -> FieldValue? {
    var value = self
    for key in path {
      guard case .map(let entries) = value, let entry = entries.first(where: { Array($0.key.utf8) == Array(key.utf8) }) else { return nil }
      value = entry.value
    }
    return value
  }

  /// With a piece at the end of its container, made where there is none; nil where something else stands in the way.
  func with(_ piece: SettingsPiece, nothingIsEmpty: Bool) -> FieldValue? {
    func put(_ value: FieldValue?, _ path: ArraySlice<String>) -> FieldValue? {
      let old = value == .null && nothingIsEmpty ? nil : value
      guard let key = path.first else {
        guard piece.kind == .element else { return value == nil ? piece.value : value.map { $0.says(piece.value) ? $0 : nil } ?? nil }
        guard let old else { return .list([piece.value]) }
        guard case .list(let items) = old else { return nil }
        return items.contains { $0.says(piece.value) } ? old : .list(items + [piece.value])
      }
      var entries: [Entry] = []
      if let old {
        guard case .map(let own) = old else { return nil }
        entries = own
      }
      let index = entries.firstIndex { Array($0.key.utf8) == Array(key.utf8) }
      guard let new = put(index.map { entries[$0].value }, path.dropFirst()) else { return nil }
      if let index { entries[index].value = new } else { entries.append(Entry(key, new)) }
      return .map(entries)
    }
    return put(self, piece.path[...])
  }

  /// Without a member.
  func without(_ path: [String]) -> FieldValue {
    guard case .map(var entries) = self, let key = path.first else { return self }
    guard let index = entries.firstIndex(where: { Array($0.key.utf8) == Array(key.utf8) }) else { return self }
    if path.count == 1 { entries.remove(at: index) } else { entries[index].value = entries[index].value.without(Array(path.dropFirst())) }
    return .map(entries)
  }

  /// Without maps that have nothing in them.
  var pruned: FieldValue {
    guard case .map(let entries) = self else { return self }
    return .map(entries.map { Entry($0.key, $0.value.pruned) }.filter { $0.value != .map([]) })
  }

  /// Whether both have the same texts to the byte, the same keys in any order, and numbers that are equal.
  func says(_ other: FieldValue) -> Bool { sorted == other.sorted }

  /// One spelling for all that says the same.
  private var sorted: String {
    switch self {
    case .text(let text): "t" + Array(text.utf8).description
    case .number(let text): "n" + text
    case .bool(let flag): "\(flag)"
    case .null: "null"
    case .list(let items): "[" + items.map(\.sorted).joined(separator: ",") + "]"
    case .map(let entries): "{" + entries.map { Array($0.key.utf8).description + ":" + $0.value.sorted }.sorted().joined(separator: ",") + "}"
    }
  }
}
