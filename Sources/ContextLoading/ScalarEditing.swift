internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadDraft {
  /// The ways to make a text of another by its differing middle alone, in the style that it has.
  func middleEdits(of node: YAMLNode, to wanted: String, isFlow: Bool) -> [[ByteEdit]] {
    guard let scalar = node.scalar else { return [] }
    let style = ScalarStyle(scalar, at: node.range, in: text)
    // Breaks of a text are empty lines in a plain one, which mean nothing more.
    let line = String(String.UnicodeScalarView(wanted.unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    guard style != .plain || line.canBePlain(isFlow: isFlow), let units = text.units(of: node, style) else { return [] }
    let new = Array(wanted.utf8)
    let head = units.alike(new[...])
    let tail = units.reversed().alikeFromEnd(new[...])
    // Where words repeat, the head and the tail claim the same bytes: each has its turn.
    let shortTail = units.dropFirst(head.units).reversed().alikeFromEnd(new[head.bytes...])
    let shortHead = units.dropLast(tail.units).alike(new.dropLast(tail.bytes))
    return [(head, shortTail), (shortHead, tail)].compactMap { head, tail in
      edit(units, in: node, keeping: head, tail, new, style).map { [$0] }
    }
  }

  private func edit(
    _ units: [ScalarUnit], in node: YAMLNode, keeping head: (units: Int, bytes: Int), _ tail: (units: Int, bytes: Int), _ new: [UInt8],
    _ style: ScalarStyle
  ) -> ByteEdit? {
    let contentEnd = units.last?.source.upperBound ?? node.range.upperBound - (style == .plain ? 0 : 1)
    let rest = units[head.units..<units.count - tail.units]
    let next = units.count - tail.units < units.count ? units[units.count - tail.units] : nil
    let end = next?.source.lowerBound ?? contentEnd
    let middle = String(decoding: new[head.bytes..<new.count - tail.bytes], as: UTF8.self)
    let margin = style.isBlock ? blockMargin(of: node) : ""
    guard let written = encoded(middle, style, margin: margin, beforeBreak: next?.isBreak ?? true) else { return nil }
    return ByteEdit((rest.first?.source.lowerBound ?? end)..<end, written.utf8)
  }

  /// The indentation of a block's first line of text.
  func blockMargin(of node: YAMLNode) -> String {
    var start = text.line(of: node.range.lowerBound).upperBound
    while start < node.range.upperBound {
      let margin = text.bytes[start...].prefix { $0 == UInt8(ascii: " ") }
      if margin.endIndex < text.lineEnd(of: start) { return String(decoding: margin, as: UTF8.self) }
      start = text.line(of: start).upperBound
    }
    return ""
  }

  private func encoded(_ middle: String, _ style: ScalarStyle, margin: String, beforeBreak: Bool) -> String? {
    if style == .double { return middle.doubleEscaped }
    let lines = middle.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String(String.UnicodeScalarView($0)) }
    guard lines.allSatisfy({ $0.unicodeScalars.allSatisfy { !$0.needsEscape } }) else { return nil }
    guard style.isBlock else { return lines.count > 1 ? nil : style == .single ? middle.singleEscaped : middle }
    // Only an empty line between two lines stays a break where lines are folded.
    let lineBreak = style == .folded ? newline + newline : newline
    let written = lines.enumerated().map { index, line in
      index == 0 || (line.isEmpty && (index < lines.count - 1 || beforeBreak)) ? line : margin + line
    }
    return written.joined(separator: lineBreak)
  }
}

extension Sequence<ScalarUnit> {
  /// How many units begin a text as they are, and how many bytes of it that is.
  fileprivate func alike(_ text: ArraySlice<UInt8>) -> (units: Int, bytes: Int) {
    var (units, bytes) = (0, 0)
    for unit in self {
      guard text.dropFirst(bytes).starts(with: unit.decoded) else { break }
      (units, bytes) = (units + 1, bytes + unit.decoded.count)
    }
    return (units, bytes)
  }

  /// The same for the end of a text and units from the last one on.
  fileprivate func alikeFromEnd(_ text: ArraySlice<UInt8>) -> (units: Int, bytes: Int) {
    var (units, bytes) = (0, 0)
    for unit in self {
      guard text.dropLast(bytes).suffix(unit.decoded.count).elementsEqual(unit.decoded) else { break }
      (units, bytes) = (units + 1, bytes + unit.decoded.count)
    }
    return (units, bytes)
  }
}
