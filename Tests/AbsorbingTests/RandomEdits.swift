import ContextModel
import Foundation

/// Numbers from a seed, the same ones again.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// One edit as a person makes it: a line that is inserted, deleted or replaced, a word in a line, a field of the head.
struct RandomEdit {
  var edited: [UInt8]
  /// Lines that the edit put in.
  var inserted: [String]
  var kind: String

  private static let texts = [
    "- A new point", "A sentence that nobody wrote before.", "## Another heading", "See [the docs](docs/x.md) for more.", "`code` and *stress*", "",
    "Run `make check` first.", "Ünïcödé — naïve", "1. First", "> quoted", "| a | b |", "    indented", "a: b", "\"quoted\" 'text' #1", "*", "$1,000",
  ]

  init(edited: [UInt8], inserted: [String], kind: String) {
    (self.edited, self.inserted, self.kind) = (edited, inserted, kind)
  }

  init(of bytes: [UInt8], using generator: inout Seeded) {
    var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    let text =
      (Self.texts.randomElement(using: &generator) ?? "") + (Bool.random(using: &generator) ? "" : " \(Int.random(in: 0..<1000, using: &generator))")
    let index = Int.random(in: 0..<max(1, lines.count), using: &generator)
    inserted = [text]
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1:
      kind = "insert"
      lines.insert(text, at: index)
    case 2:
      kind = "delete"
      lines.remove(at: index)
      inserted = []
    case 3:
      kind = "replace"
      lines[index] = text
    case 4:
      kind = "word"
      var words = lines[index].components(separatedBy: " ")
      words[Int.random(in: 0..<words.count, using: &generator)] = "changed"
      lines[index] = words.joined(separator: " ")
      inserted = [lines[index]]
    default:
      kind = "field"
      inserted = []
      Self.changeField(&lines, &generator)
    }
    edited = Array(lines.joined(separator: "\n").utf8)
  }

  /// Changes the value of a key in the head, where there is one; else the last line.
  private static func changeField(_ lines: inout [String], _ generator: inout Seeded) {
    let isTable = lines.first?.contains(" = ") ?? false
    let end = isTable ? lines.firstIndex { $0.hasSuffix("'''") || $0.hasSuffix("\"\"\"") } ?? 0 : lines.dropFirst().firstIndex(of: "---") ?? 0
    let sign = isTable ? " = " : ": "
    // A name is that of a file or a folder, and no field that could change alone.
    let candidates = lines.indices.filter { index in
      (isTable || index > 0) && index < end && lines[index].contains(sign) && !lines[index].hasPrefix(" ") && !lines[index].hasPrefix("name" + sign)
    }
    guard isTable || lines.first == "---", let index = candidates.randomElement(using: &generator), let colon = lines[index].range(of: sign) else {
      lines[lines.count / 2] += "x"
      return
    }
    let isSwitch = lines[index].hasSuffix(sign + "true") || lines[index].hasSuffix(sign + "false")
    // A text that looks like a number or a switch is no text without quotes.
    let value =
      isSwitch
      ? String(lines[index].hasSuffix("false"))
      : ["A new value", "another", "\"12\"", "\"true\"", "x, y", "\"in quotes\"", "'with #1: all'"].randomElement(using: &generator) ?? ""
    let old = lines[index][colon.upperBound...]
    let isQuoted = old.hasPrefix("\"") && !value.hasPrefix("\"") && !value.hasPrefix("'")
    lines[index] = lines[index][..<colon.upperBound] + (isQuoted ? "\"\(value) \(Int.random(in: 0..<9, using: &generator))\"" : value)
  }
}
