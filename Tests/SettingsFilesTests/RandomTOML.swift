import ContextModel
import TestSupport

/// Writes TOML in many styles, by other means than the editor does.
struct RandomTOML {
  private var random: SeededGenerator
  private let newline: String
  private let equals: String
  private let gap: String
  private let margin: String
  /// Of eight places for a comment, how many have one.
  private let density: Int
  /// How often tables are written otherwise than under headers.
  private let oddity: Int
  private var out = ""

  private init(_ seed: UInt64) {
    random = SeededGenerator(seed: seed)
    newline = random.pick(["\n", "\n", "\r\n"])
    equals = random.pick([" = ", " = ", "=", "  =  "])
    gap = random.pick([newline, newline, "", newline + newline])
    margin = random.pick(["", "", "  ", "\t"])
    density = random.pick([0, 1, 3])
    oddity = random.pick([0, 0, 1, 4])
  }

  static func text(_ value: FieldValue, seed: UInt64) -> String {
    var writer = RandomTOML(seed)
    if writer.random.chance(10) { writer.out += "\u{FEFF}" }
    if writer.random.chance(3) { writer.out += "# Settings" + writer.newline + writer.random.pick(["", writer.newline]) }
    if writer.random.chance(10) { writer.out += writer.newline }
    if case .map(let entries) = value { writer.write(entries, at: []) }
    while writer.out.hasSuffix("\n") || writer.out.hasSuffix("\r\n") { writer.out.removeLast() }
    if !writer.out.isEmpty, writer.out != "\u{FEFF}" || writer.random.chance(2) {
      writer.out += writer.random.pick([writer.newline, writer.newline, "", writer.newline + writer.newline, writer.newline + "# end"])
    }
    return writer.out
  }

  private mutating func line(_ text: String) {
    if random.below(8) < density { out += random.pick(["# about the next", "# x = 1", "  # é", "#"]) + newline }
    out += text
    if random.below(8) < density { out += random.pick([" # note", "# tight", "\t# x = [1]", "  "]) }
    out += newline
    if random.chance(20) { out += newline }
  }

  /// Keys first, tables behind them.
  private mutating func write(_ entries: [FieldValue.Entry], at path: [String]) {
    var tables: [FieldValue.Entry] = []
    for entry in entries {
      guard case .map(let inner) = entry.value, !inner.isEmpty else {
        line((path.isEmpty ? "" : margin) + key(entry.key) + equals + inline(entry.value, isTop: true))
        continue
      }
      switch random.below(8) {
      case 0 where oddity > 0, 1 where oddity > 2: line((path.isEmpty ? "" : margin) + key(entry.key) + equals + inline(entry.value))
      case 2 where oddity > 0, 3 where oddity > 2: dotted(inner, [entry.key], isRoot: path.isEmpty)
      default: tables.append(entry)
      }
    }
    for table in tables {
      guard case .map(let inner) = table.value else { continue }
      let path = path + [table.key]
      let hasOwn = inner.contains { if case .map(let inner) = $0.value { inner.isEmpty } else { true } }
      // With dotted keys or inline tables in it, its header cannot be left out.
      if hasOwn || oddity > 0 || random.chance(3) {
        out += gap
        line("[" + random.pick(["", "", " "]) + path.map { key($0) }.joined(separator: ".") + "]")
      }
      write(inner, at: path)
    }
  }

  private mutating func dotted(_ entries: [FieldValue.Entry], _ path: [String], isRoot: Bool) {
    for entry in entries {
      if case .map(let inner) = entry.value, !inner.isEmpty, random.chance(2) {
        dotted(inner, path + [entry.key], isRoot: isRoot)
      } else {
        line(
          (isRoot ? "" : margin) + (path + [entry.key]).map { key($0) }.joined(separator: random.pick([".", ".", " . "])) + equals
            + inline(entry.value))
      }
    }
  }

  private mutating func inline(_ value: FieldValue, isTop: Bool = false) -> String {
    switch value {
    case .text(let text): return quoted(text)
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text): return text
    case .null: return "\"null\""
    case .list(let items):
      if isTop, random.chance(2) {
        let comment = density > 0 ? random.pick(["", " # why", newline + "  # \"out\","]) : ""
        let written = items.map { newline + margin + "  " + inline($0) }
        return "[" + written.joined(separator: "," + comment) + (items.isEmpty ? "" : random.pick(["", ",", "," + comment])) + newline + margin + "]"
      }
      let padding = random.pick(["", "", " "])
      return "[" + padding + items.map { inline($0) }.joined(separator: random.pick([", ", ","])) + padding + "]"
    case .map(let entries):
      let padding = random.pick(["", " "])
      return "{" + padding + entries.map { key($0.key) + equals + inline($0.value) }.joined(separator: ", ") + padding + "}"
    }
  }

  private mutating func key(_ key: String) -> String {
    let bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".unicodeScalars
    if !key.isEmpty, key.unicodeScalars.allSatisfy(bare.contains), !random.chance(10) { return key }
    return random.chance(3) && !key.unicodeScalars.contains { $0 == "'" || $0.value < 0x20 } ? "'\(key)'" : quoted(key, isKey: true)
  }

  private mutating func quoted(_ text: String, isKey: Bool = false) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" && $0 != "'" }
    if isPlain, !isKey, random.chance(4) { return "'\(text)'" }
    let body = String(RandomJSON.quoted(text).dropFirst().dropLast()).unicodeScalars.map { $0 == "\u{7F}" ? "\\u007F" : String($0) }.joined()
    return !isKey && random.chance(8) ? "\"\"\"\(newline)\(body)\"\"\"" : "\"\(body)\""
  }
}
