internal import ContextModel
internal import Diagnostics
internal import YAML

/// A key with its value, or an item of a list, where it stands.
struct HeadElement {
  /// Its key or dash; between brackets the item itself.
  var start: Int
  /// Behind the colon or the dash.
  var indicatorEnd: Int
  var node: YAMLNode
  /// Behind the last byte of the value, without line breaks.
  var end: Int
}

/// A key or an item that is to be.
struct NewElement {
  /// Nil for an item.
  var key: String?
  var value: FieldValue
  /// What a text of a key is to have around it; those of items are quoted as their neighbours are.
  var quotes: Quotes?
}

extension SourceText {
  /// The children of a list or map, in order.
  func elements(of node: YAMLNode) -> [HeadElement] {
    switch node.content {
    case .scalar: return []
    case .mapping(let pairs):
      return pairs.map { HeadElement(start: $0.key.range.lowerBound, indicatorEnd: valueStart(of: $0), node: $0.value, end: valueEnd(of: $0)) }
    case .sequence(let items) where isFlow(node):
      return items.map { HeadElement(start: $0.range.lowerBound, indicatorEnd: $0.range.lowerBound, node: $0, end: $0.range.upperBound) }
    case .sequence(let items):
      var position = node.range.lowerBound
      return items.map { item in
        let dash = nextText(from: position)
        position = item.range.isEmpty ? dash + 1 : end(of: item)
        return HeadElement(start: dash, indicatorEnd: dash + 1, node: item, end: position)
      }
    }
  }

  private func valueEnd(of pair: YAMLPair) -> Int { pair.value.range.isEmpty ? valueStart(of: pair) : end(of: pair.value) }

  /// Behind the last byte of a value; a text in a block of its own, or what ends with one, would reach to the next key.
  private func end(of node: YAMLNode) -> Int {
    switch node.content {
    case .scalar(let scalar): ScalarStyle(scalar, at: node.range, in: self).isBlock ? blockEnd(of: node) : node.range.upperBound
    case .sequence, .mapping: isFlow(node) ? node.range.upperBound : elements(of: node).last?.end ?? node.range.upperBound
    }
  }

  private func blockEnd(of node: YAMLNode) -> Int {
    let text = bytes[node.range].lastIndex { !$0.isBlank && $0 != UInt8(ascii: "\n") }
    return lineEnd(of: text ?? node.range.lowerBound)
  }

  /// The next byte that belongs to no blank and no comment.
  private func nextText(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "#") {
        index = lineEnd(of: index)
      } else if bytes[index].isBlank || bytes[index] == UInt8(ascii: "\n") {
        index += 1
      } else {
        return index
      }
    }
    return index
  }

  /// How many bytes stand before an offset in its line.
  func column(of offset: Int) -> Int { offset - lineStart(of: offset) }

  /// Whether nothing but blanks stands before an offset in its line.
  func beginsLine(_ offset: Int) -> Bool { bytes[lineStart(of: offset)..<offset].allSatisfy(\.isBlank) }

  /// The lines of an element up to its last one, and the comments that are indented below it.
  func lines(of element: HeadElement) -> Range<Int> {
    var end = line(of: element.end).upperBound
    while end < bytes.count {
      let text = bytes[end...].prefix { $0 == UInt8(ascii: " ") }.endIndex
      guard text - end > column(of: element.start), text < bytes.count, bytes[text] == UInt8(ascii: "#") else { break }
      end = line(of: end).upperBound
    }
    return lineStart(of: element.start)..<end
  }

  /// The parts of an element's value: what stands in the line of the dash or colon, and the lines below that are its own.
  func parts(of element: HeadElement) -> (inline: Range<Int>?, lines: Range<Int>?) {
    let range = element.node.range
    guard !range.isEmpty else { return (nil, nil) }
    guard line(of: element.indicatorEnd).contains(range.lowerBound) else {
      return (nil, lineStart(of: range.lowerBound)..<line(of: element.end).upperBound)
    }
    guard let scalar = element.node.scalar, ScalarStyle(scalar, at: range, in: self).isBlock else { return (range.lowerBound..<element.end, nil) }
    let sign = range.lowerBound..<(bytes[range].firstIndex { $0.isBlank || $0 == UInt8(ascii: "\n") } ?? range.upperBound)
    let below = line(of: range.lowerBound).upperBound..<line(of: element.end).upperBound
    return (sign, below.isEmpty ? nil : below)
  }
}
