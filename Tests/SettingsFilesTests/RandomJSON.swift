import ContextModel
import TestSupport

/// Writes JSON in many styles, by other means than the editor does.
struct RandomJSON {
  private var random: SeededGenerator
  private let hasComments: Bool
  private let newline: String
  private let unit: String
  private let isInOneLine: Bool
  private let isWild: Bool
  private let colon: String
  private let gap: String
  private let padding: String
  private let inlineLists: Bool
  /// Of four elements with a comma that may be left out, how many have it.
  private let trailing: Int
  private let density: Int
  private var out = ""

  private init(_ seed: UInt64, hasComments: Bool) {
    random = SeededGenerator(seed: seed)
    self.hasComments = hasComments
    newline = random.pick(["\n", "\n", "\r\n"])
    unit = random.pick(["  ", "  ", "    ", "\t", " "])
    isInOneLine = random.chance(6)
    isWild = random.chance(5)
    let isCompact = random.chance(4)
    colon = isCompact ? ":" : random.pick([": ", ": ", " : "])
    gap = isCompact ? "" : " "
    padding = isCompact ? "" : random.pick(["", " "])
    inlineLists = random.chance(2)
    trailing = hasComments ? random.pick([0, 0, 4, 2]) : 0
    density = hasComments ? random.pick([0, 1, 3]) : 0
  }

  /// A file that says a value.
  static func text(_ value: FieldValue, seed: UInt64, hasComments: Bool) -> String {
    var writer = RandomJSON(seed, hasComments: hasComments)
    if writer.random.chance(10) { writer.out += "\u{FEFF}" }
    if writer.hasComments, writer.random.chance(4) { writer.out += "// Settings, see https://example.com" + writer.newline }
    writer.blank()
    writer.write(value, margin: writer.isInOneLine ? nil : "")
    writer.blank()
    writer.out += writer.random.pick([writer.newline, writer.newline, "", writer.newline + writer.newline])
    return writer.out
  }

  private mutating func blank() {
    guard isWild else { return }
    out += random.pick(["", "", " ", newline + "\t", newline, newline + newline + "  ", "  "])
    if hasComments, random.chance(6) {
      out += random.pick(["// \"x\": 1,\(newline)", "/* , */", "/**/", "/* a\(newline) b */", "// }\(newline)// {\(newline)"])
    }
  }

  private mutating func lineComment() -> String {
    guard random.below(8) < density else { return "" }
    return random.pick([" // note", "  // \"x\": 1,", " /* block */", "\t// é", " /* two\(newline)lines */", " /* a */ // b", "// tight  "])
  }

  private mutating func ownLines(_ margin: String) -> String {
    guard random.below(8) < density else { return "" }
    return random.pick([
      newline + margin + "// about the next", newline + margin + "// one" + newline + margin + "// \"two\": 2,",
      newline + newline + margin + "/* block */",
      newline + "// at the margin", newline + margin + "/*" + newline + margin + " * star" + newline + margin + " */",
    ])
  }

  private mutating func write(_ value: FieldValue, margin: String?) {
    switch value {
    case .text(let text): out += Self.quoted(text)
    case .bool(let flag): out += flag ? "true" : "false"
    case .null: out += "null"
    case .number(let text): out += text
    case .list(let items):
      let isInline = inlineLists && items.allSatisfy { if case .map = $0 { false } else { true } }
      elements(items.map { (nil, $0) }, "[", "]", margin: isInline ? nil : margin, padding: "")
    case .map(let entries): elements(entries.map { ($0.key, $0.value) }, "{", "}", margin: margin, padding: padding)
    }
  }

  private mutating func elements(_ parts: [(key: String?, value: FieldValue)], _ open: String, _ close: String, margin: String?, padding: String) {
    out += open
    defer { out += close }
    guard !parts.isEmpty else {
      if isWild { blank() } else { out += random.pick(["", "", "", " ", newline + (margin ?? ""), hasComments ? " /* none */ " : ""]) }
      return
    }
    let inner = margin.map { $0 + unit }
    if !isWild, inner != nil { out += lineComment() }
    for (number, part) in parts.enumerated() {
      if isWild { blank() } else if let inner { out += ownLines(inner) + newline + inner } else { out += number == 0 ? padding : gap }
      if let key = part.key {
        out += Self.quoted(key)
        blank()
        out += colon
        blank()
      }
      write(part.value, margin: inner)
      blank()
      let isLast = number == parts.count - 1
      if isLast, !isWild, inner != nil, random.chance(12) { out += hasComments ? " /* before */" : " " }
      if !isLast || random.below(4) < trailing { out += "," }
      if !isWild, inner != nil { out += lineComment() }
    }
    if isWild {
      blank()
    } else if let margin {
      out += ownLines(margin + unit) + newline + margin
    } else {
      out += padding
    }
  }

  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" {
        out += "\\" + String(scalar)
      } else if scalar == "\n" {
        out += "\\n"
      } else if scalar.value < 0x20 {
        out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
