package import ContextModel
package import Diagnostics
package import YAML

/// How a scalar is written.
enum ScalarStyle {
  case plain, single, double, literal, folded

  init(_ scalar: YAMLScalar, at range: Range<Int>, in text: SourceText) {
    guard !scalar.isPlain, range.lowerBound < text.bytes.count else {
      self = .plain
      return
    }
    switch text.bytes[range.lowerBound] {
    case UInt8(ascii: "'"): self = .single
    case UInt8(ascii: "|"): self = .literal
    case UInt8(ascii: ">"): self = .folded
    default: self = .double
    }
  }

  /// Whether it stands in lines of its own below a sign.
  var isBlock: Bool { self == .literal || self == .folded }
}

extension SourceText {
  /// The quotes around a node's text, where it stands on one line.
  package func quotes(of node: YAMLNode) -> Quotes? {
    guard let scalar = node.scalar, !scalar.isPlain, !bytes[node.range].contains(UInt8(ascii: "\n")) else { return nil }
    switch ScalarStyle(scalar, at: node.range, in: self) {
    case .single: return .single
    case .double: return .double
    case .plain, .literal, .folded: return nil
    }
  }
}

extension ScalarStyle {
  init?(_ quotes: Quotes?) {
    switch quotes {
    case nil: return nil
    case .single: self = .single
    case .double: self = .double
    }
  }
}

/// Some bytes of a scalar and the text that they stand for.
struct ScalarUnit {
  var source: Range<Int>
  var decoded: [UInt8]

  var isBreak: Bool { decoded.first == UInt8(ascii: "\n") }
}

extension SourceText {
  /// A scalar piece by piece; nil when the pieces do not make its text.
  func units(of node: YAMLNode, _ style: ScalarStyle) -> [ScalarUnit]? {
    guard let scalar = node.scalar, !node.range.isEmpty else { return nil }
    let text = Array(scalar.text.utf8)
    let units: [ScalarUnit]?
    switch style {
    case .plain: units = flowUnits(in: node.range, style)
    case .single, .double: units = node.range.count < 2 ? nil : flowUnits(in: node.range.lowerBound + 1..<node.range.upperBound - 1, style)
    case .literal, .folded: units = blockUnits(in: lineEnd(of: node.range.lowerBound)..<node.range.upperBound, text)
    }
    guard let units, units.lazy.map(\.decoded).joined().elementsEqual(text) else { return nil }
    return units
  }

  private func flowUnits(in range: Range<Int>, _ style: ScalarStyle) -> [ScalarUnit]? {
    var units: [ScalarUnit] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let unit: ScalarUnit?
      let run = blanks(from: index, in: range)
      let breaks = bytes[run].count { $0 == UInt8(ascii: "\n") }
      if breaks > 0 {
        unit = ScalarUnit(source: run, decoded: breaks == 1 ? [0x20] : [UInt8](repeating: UInt8(ascii: "\n"), count: breaks - 1))
      } else if style == .double, bytes[index] == UInt8(ascii: "\\") {
        unit = escape(at: index, in: range)
      } else if style == .single, bytes[index] == UInt8(ascii: "'") {
        unit = ScalarUnit(source: index..<min(index + 2, range.upperBound), decoded: [bytes[index]])
      } else {
        unit = character(at: index, in: range)
      }
      guard let unit else { return nil }
      units.append(unit)
      index = unit.source.upperBound
    }
    return units
  }

  /// Blanks and line breaks that follow each other; a sole blank is a character like others.
  private func blanks(from index: Int, in range: Range<Int>) -> Range<Int> {
    let end = bytes[index..<range.upperBound].firstIndex { !$0.isBlank && $0 != UInt8(ascii: "\n") } ?? range.upperBound
    return index..<end
  }

  private func character(at index: Int, in range: Range<Int>) -> ScalarUnit {
    var end = index + 1
    while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return ScalarUnit(source: index..<end, decoded: Array(bytes[index..<end]))
  }

  private func escape(at index: Int, in range: Range<Int>) -> ScalarUnit? {
    guard index + 1 < range.upperBound else { return nil }
    let run = blanks(from: index + 1, in: range)
    // A backslash at the end of a line joins it with the next.
    if [0x0A, 0x0D].contains(bytes[index + 1]) {
      let breaks = bytes[run].count { $0 == UInt8(ascii: "\n") }
      return ScalarUnit(source: index..<run.upperBound, decoded: [UInt8](repeating: UInt8(ascii: "\n"), count: max(0, breaks - 1)))
    }
    let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][bytes[index + 1]] ?? 0
    let end = index + 2 + digits
    guard end <= range.upperBound, let scalar = escaped(bytes[index + 1], bytes[index + 2..<end]) else { return nil }
    return ScalarUnit(source: index..<end, decoded: Array(String(Character(scalar)).utf8))
  }

  private func escaped(_ letter: UInt8, _ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    if !digits.isEmpty { return UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init) }
    let known: [Character: Unicode.Scalar] = [
      "0": "\0", "a": "\u{07}", "b": "\u{08}", "t": "\t", "\t": "\t", "n": "\n", "v": "\u{0B}", "f": "\u{0C}", "r": "\r", "e": "\u{1B}", " ": " ",
      "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
    ]
    return known[Character(Unicode.Scalar(letter))]
  }

  /// Between words a block has blanks and breaks where its text has others; what else there is stands for itself.
  private func blockUnits(in range: Range<Int>, _ text: [UInt8]) -> [ScalarUnit]? {
    var units: [ScalarUnit] = []
    var (index, position) = (range.lowerBound, 0)
    while index < range.upperBound {
      let run = blanks(from: index, in: range)
      let decoded = text[position...].prefix { $0.isBlank || $0 == UInt8(ascii: "\n") }
      if bytes[run].elementsEqual(decoded) {
        units += run.map { ScalarUnit(source: $0..<$0 + 1, decoded: [bytes[$0]]) }
      } else {
        units.append(ScalarUnit(source: run, decoded: Array(decoded)))
      }
      (index, position) = (run.upperBound, decoded.endIndex)
      guard index < range.upperBound else { break }
      units.append(character(at: index, in: range))
      position += units[units.count - 1].decoded.count
      guard position <= text.count else { return nil }
      index = units[units.count - 1].source.upperBound
    }
    return units
  }
}
