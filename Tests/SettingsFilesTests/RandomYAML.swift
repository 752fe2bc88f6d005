import ContextModel
import TestSupport

/// Writes YAML in many styles, by other means than the editor does.
struct RandomYAML {
  private var random: SeededGenerator
  private let newline: String
  private let unit: String
  private let areDashesAtKey: Bool
  /// Of eight places for a comment, how many have one.
  private let density: Int
  /// Of eight collections, how many stand between brackets.
  private let flow: Int
  private var out = ""
  /// Whether the last line is one of a text, which would lose its end.
  private var endsInLiteral = false

  private init(_ seed: UInt64) {
    random = SeededGenerator(seed: seed)
    newline = random.pick(["\n", "\n", "\r\n"])
    unit = random.pick(["  ", "  ", "    "])
    areDashesAtKey = random.chance(2)
    density = random.pick([0, 1, 3])
    flow = random.pick([0, 1, 4, 4])
  }

  static func text(_ value: FieldValue, seed: UInt64) -> String {
    var writer = RandomYAML(seed)
    if writer.random.chance(10) { writer.out += "\u{FEFF}" }
    if writer.random.chance(3) { writer.out += "# Settings" + writer.newline + writer.random.pick(["", writer.newline]) }
    if writer.random.chance(6) { writer.out += "---" + writer.newline }
    if case .map(let entries) = value {
      if writer.random.chance(15) || entries.isEmpty && writer.random.chance(2) {
        writer.out += writer.inline(value, isFlow: true) + writer.newline
      } else {
        writer.write(entries, margin: "")
      }
    }
    while writer.out.hasSuffix("\n") || writer.out.hasSuffix("\r\n") { writer.out.removeLast() }
    if !writer.out.isEmpty, writer.out != "\u{FEFF}" {
      writer.out += writer.random.pick([
        writer.newline, writer.newline, writer.endsInLiteral ? writer.newline : "", writer.newline + writer.newline,
        writer.newline + "# end" + writer.newline,
      ])
    }
    return writer.out
  }

  private mutating func comment(_ margin: String) {
    if random.below(8) < density { out += margin + random.pick(["# about the next", "# x: 1", "# é", "#", "# - y"]) + newline }
  }

  private mutating func end() {
    if random.below(8) < density { out += random.pick([" # note", "  # x: 1", "  "]) }
    out += newline
    if random.chance(20) { out += newline }
  }

  private mutating func write(_ entries: [FieldValue.Entry], margin: String, first: String? = nil) {
    for (number, entry) in entries.enumerated() {
      if number > 0 || first == nil { comment(random.chance(6) ? "" : margin) }
      out += (number == 0 ? first ?? margin : margin) + key(entry.key) + ":"
      value(entry.value, margin: margin)
    }
  }

  private mutating func value(_ value: FieldValue, margin: String) {
    endsInLiteral = false
    switch value {
    case .map(let entries) where !entries.isEmpty && random.below(8) >= flow:
      end()
      write(entries, margin: margin + unit)
    case .list(let items) where !items.isEmpty && random.below(8) >= flow:
      end()
      let margin = areDashesAtKey ? margin : margin + unit
      for item in items {
        comment(margin)
        if case .map(let entries) = item, !entries.isEmpty, random.below(8) >= flow {
          write(entries, margin: margin + "  ", first: margin + "- ")
        } else {
          out += margin + "- " + inline(item)
          end()
        }
      }
    case .text(let text) where text.isLiteral && random.chance(2):
      out += " |" + newline
      endsInLiteral = true
      for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) { out += margin + unit + line + newline }
    case .null where random.chance(2): end()
    default:
      out += " " + inline(value)
      end()
    }
  }

  private mutating func inline(_ value: FieldValue, isFlow: Bool = false) -> String {
    switch value {
    case .text(let text): return quoted(text, isFlow: isFlow)
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let text): return text
    case .null: return random.pick(["null", "~"])
    case .list(let items):
      let padding = random.pick(["", "", " "])
      return "[" + padding + items.map { inline($0, isFlow: true) }.joined(separator: random.pick([", ", ","])) + padding + "]"
    case .map(let entries):
      let padding = random.pick(["", " "])
      return "{" + padding + entries.map { key($0.key) + ": " + inline($0.value, isFlow: true) }.joined(separator: ", ") + padding + "}"
    }
  }

  private mutating func key(_ key: String) -> String { quoted(key, isFlow: true) }

  private mutating func quoted(_ text: String, isFlow: Bool) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "~", "y", "n"]
    let isWord = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "_-/".unicodeScalars.contains($0) }
    if isWord, !words.contains(text.lowercased()), !text.hasPrefix("-"), !random.chance(4) { return text }
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x2028 && $0.value != 0xFEFF }
    if isPlain, random.chance(2) { return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'" }
    let body = String(RandomJSON.quoted(text).dropFirst().dropLast()).unicodeScalars.map { scalar in
      (0x7F...0x9F).contains(scalar.value)
        ? "\\x" + String(scalar.value, radix: 16) : scalar.value == 0x2028 ? "\\L" : scalar.value == 0xFEFF ? "\\uFEFF" : String(scalar)
    }
    return "\"" + body.joined() + "\""
  }
}

extension String {
  /// Whether it can stand in lines of its own as it is.
  fileprivate var isLiteral: Bool {
    hasSuffix("\n") && !hasSuffix("\n\n") && !hasPrefix("\n") && !hasPrefix(" ") && !hasPrefix("-")
      && unicodeScalars.allSatisfy { ($0.value >= 0x20 || $0 == "\n") && $0.value < 0x7F }
  }
}
