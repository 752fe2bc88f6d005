import TestSupport

/// Writes a random document, by other means than documents are read by.
struct RandomWriter {
  private var random: SeededGenerator
  private(set) var text = ""

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The pairs of one table, those with headers last.
  mutating func write(_ pairs: [RandomPair], under header: [String] = []) {
    for pair in pairs {
      switch pair.value {
      case .section(let inner):
        let isNamedByOthers = inner.contains { $0.value.isSection } && !inner.contains { !$0.value.isSection }
        if !isNamedByOthers || random.chance(2) { line("[\(path(header + [pair.key]))]") }
        write(inner, under: header + [pair.key])
      case .sections(let tables):
        for inner in tables {
          line("[[\(path(header + [pair.key]))]]")
          write(inner, under: header + [pair.key])
        }
      default:
        for (keys, value) in leaves(of: pair) { line(path(keys) + ["=", " = "][random.below(2)] + inline(value)) }
      }
    }
  }

  private mutating func line(_ content: String) {
    text += ["", "", "  ", "\t"][random.below(4)] + content + ["", "", " # c \"", "\t"][random.below(4)]
    text += ["\n", "\r\n", "\n\n", "\n# c\n"][random.below(4)]
  }

  /// What dotted keys lead to.
  private func leaves(of pair: RandomPair) -> [([String], RandomValue)] {
    guard case .dotted(let pairs) = pair.value else { return [([pair.key], pair.value)] }
    return pairs.flatMap { leaves(of: $0).map { ([pair.key] + $0.0, $0.1) } }
  }

  private mutating func inline(_ value: RandomValue) -> String {
    switch value {
    case .word(let written, _): return written
    case .text(let text): return quoted(text)
    case .list(let items):
      let gap = ["", " ", "\n", " # c\n\t"][random.below(4)]
      let last = items.isEmpty || random.chance(2) ? "" : "," + gap
      return "[" + gap + items.map { inline($0) + gap }.joined(separator: "," + gap) + last + "]"
    case .inline(let pairs):
      return "{" + pairs.flatMap { leaves(of: $0) }.map { " \(path($0.0)) = \(inline($0.1)) " }.joined(separator: ",") + "}"
    case .dotted, .section, .sections: return "not inline"
    }
  }

  private mutating func path(_ keys: [String]) -> String {
    let dot = [".", " . "][random.below(2)]
    return keys.map { written(key: $0) }.joined(separator: dot)
  }

  private mutating func written(key: String) -> String {
    if quotedUnlessBare(key) == key, !random.chance(4) { return key }
    return canBeLiteral(key) && !key.utf8.contains(0x0A) && random.chance(2) ? "'\(key)'" : "\"\(escaped(key))\""
  }

  private mutating func quoted(_ text: String) -> String {
    switch random.below(4) {
    case 0 where canBeLiteral(text) && !text.utf8.contains(0x0A): "'\(text)'"
    case 1 where canBeLiteral(text): "'''\n\(text)'''"
    case 2: "\"\"\"\(["\n", "\\\n \n\t"][random.below(2)])\(escaped(text, isMultiline: true))\"\"\""
    default: "\"\(escaped(text))\""
    }
  }

  private func canBeLiteral(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 != "'" && ($0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0 != "\u{7F}") }
  }

  /// With what need not be escaped escaped now and then.
  private mutating func escaped(_ text: String, isMultiline: Bool = false) -> String {
    var out = ""
    for (number, scalar) in text.unicodeScalars.enumerated() {
      // A blank or a line break at the start could be taken for what is left out there.
      let isAtStart = isMultiline && number == 0 && scalar.properties.isWhitespace
      let isPlain = scalar.value >= 0x20 && !["\"", "\\", "\u{7F}"].contains(scalar) || scalar == "\t" || isMultiline && scalar == "\n"
      if isPlain, !isAtStart, !random.chance(8) {
        out.unicodeScalars.append(scalar)
      } else {
        out += escape(scalar)
      }
    }
    return out
  }

  private mutating func escape(_ scalar: Unicode.Scalar) -> String {
    let short: [Unicode.Scalar: String] = ["\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{C}": "\\f", "\r": "\\r", "\"": "\\\"", "\\": "\\\\"]
    if let short = short[scalar], !random.chance(4) { return short }
    let hex = String(scalar.value, radix: 16, uppercase: random.chance(2))
    let isLong = hex.utf8.count > 4 || random.chance(3)
    return (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - hex.utf8.count) + hex
  }
}

extension RandomValue {
  fileprivate var isSection: Bool {
    switch self {
    case .section, .sections: true
    default: false
    }
  }
}
