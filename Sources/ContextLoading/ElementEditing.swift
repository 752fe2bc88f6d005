internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadDraft {
  /// Adds a key or an item, and says whether that went well.
  mutating func insert(_ new: NewElement, at index: Int, in place: [Int]) -> Bool {
    let wanted = value.changing(at: place[...]) { $0.inserting(new, at: index) }
    return insertions(of: new, at: index, in: place).contains { make($0, for: wanted) }
  }

  /// Takes a key or an item away, and says whether that went well.
  mutating func removeElement(_ index: Int, of place: [Int]) -> Bool {
    let wanted = value.changing(at: place[...]) { $0.removing(at: index) }
    // Without any, lines are no list and no map.
    if !place.isEmpty, wanted.at(place)?.isEmptyCollection == true { return set(place, to: wanted.at(place) ?? .null) }
    guard let node = node(at: place) else { return false }
    let elements = text.elements(of: node)
    let ways = isInFlow(place + [0]) ? flowRemovals(index, of: elements) : blockRemovals(index, of: elements)
    return ways.contains { make($0, for: wanted) }
  }

  private func insertions(of new: NewElement, at index: Int, in place: [Int]) -> [[ByteEdit]] {
    guard let node = node(at: place) else { return place.isEmpty ? lines(of: new, at: headEnd, column: 0, like: ScalarStyle(new.quotes)) : [] }
    let elements = text.elements(of: node)
    // The items of a list are quoted alike.
    let neighbour = elements.isEmpty || new.key != nil ? nil : elements[max(0, index - 1)].node
    let style = neighbour.flatMap { node in node.scalar.map { ScalarStyle($0, at: node.range, in: text) } } ?? ScalarStyle(new.quotes)
    guard !text.isFlow(node) else { return flowInsertions(of: new, at: index, in: elements, of: node, like: style) }
    guard let first = elements.first else { return [] }
    let column = text.column(of: first.start)
    guard index > 0 else {
      guard text.beginsLine(first.start) else { return [] }
      return lines(of: new, at: text.lineStart(of: first.start), column: column, like: style)
    }
    let before = elements[index - 1]
    // A text that keeps its last line breaks ends with empty lines.
    let ends = [text.lines(of: before).upperBound, min(max(before.node.range.upperBound, text.lines(of: before).upperBound), headEnd)]
    return ends.flatMap { lines(of: new, at: $0, column: column, like: style) }
  }

  /// The ways to write an element as lines of its own.
  private func lines(of new: NewElement, at offset: Int, column: Int, like style: ScalarStyle? = nil) -> [[ByteEdit]] {
    let speller = ValueSpeller(newline: newline, isFlow: false, style: style)
    return speller.lines(of: new, column: column).map { [ByteEdit(offset..<offset, $0.utf8)] }
  }

  private func blockRemovals(_ index: Int, of elements: [HeadElement]) -> [[ByteEdit]] {
    let element = elements[index]
    guard text.beginsLine(element.start) else {
      // The first one, behind the dash of the list around it.
      return index + 1 < elements.count ? [[ByteEdit(element.start..<elements[index + 1].start, [])]] : []
    }
    let lines = text.lines(of: element)
    // Empty lines stay, unless the text above would take them for its own.
    let empty = text.bytes[lines.upperBound..<headEnd].firstIndex { !$0.isBlank && $0 != UInt8(ascii: "\n") }
    let all = lines.lowerBound..<(empty.map { text.lineStart(of: $0) } ?? headEnd)
    return [[ByteEdit(lines, [])], [ByteEdit(all, [])]]
  }

  private func flowRemovals(_ index: Int, of elements: [HeadElement]) -> [[ByteEdit]] {
    let element = elements[index]
    var ways: [[ByteEdit]] = []
    if isAloneInLine(element) { ways.append([ByteEdit(text.line(of: element.start), [])]) }
    if index + 1 < elements.count {
      ways.append([ByteEdit(element.start..<elements[index + 1].start, [])])
    } else if index > 0 {
      ways.append([ByteEdit(elements[index - 1].end..<element.end, [])])
    } else {
      ways.append([ByteEdit(element.start..<element.end, [])])
    }
    return ways
  }

  private func flowInsertions(
    of new: NewElement, at index: Int, in elements: [HeadElement], of node: YAMLNode, like style: ScalarStyle?
  ) -> [[ByteEdit]] {
    let speller = ValueSpeller(newline: newline, isFlow: true, style: style)
    return speller.inline(of: new).flatMap { spelled -> [[ByteEdit]] in
      guard let last = elements.last else {
        let open = node.range.lowerBound + 1
        return [[ByteEdit(open..<open, spelled.utf8)]]
      }
      if index < elements.count {
        let next = elements[index].start
        let beside = [ByteEdit(next..<next, (spelled + ", ").utf8)]
        guard isAloneInLine(elements[index]) else { return [beside] }
        let start = text.lineStart(of: next)
        return [[ByteEdit(start..<start, (text.margin(of: next) + spelled + "," + newline).utf8)], beside]
      }
      let beside = [ByteEdit(last.end..<last.end, (", " + spelled).utf8)]
      return isAloneInLine(last) ? [ownLine(spelled, behind: last), beside] : [beside]
    }
  }

  /// A line behind the last element, with a comma where that has one.
  private func ownLine(_ spelled: String, behind last: HeadElement) -> [ByteEdit] {
    let hasComma = comma(behind: last) != nil
    let end = text.line(of: last.end).upperBound
    let line = ByteEdit(end..<end, (text.margin(of: last.start) + spelled + (hasComma ? "," : "") + newline).utf8)
    return (hasComma ? [] : [ByteEdit(last.end..<last.end, ",".utf8)]) + [line]
  }

  private func comma(behind element: HeadElement) -> Int? {
    let rest = text.bytes[element.end..<text.lineEnd(of: element.end)]
    let next = rest.firstIndex { !$0.isBlank }
    return next.flatMap { rest[$0] == UInt8(ascii: ",") ? $0 : nil }
  }

  /// Whether a line between brackets has an element, a comma and a comment at the most.
  private func isAloneInLine(_ element: HeadElement) -> Bool {
    guard text.beginsLine(element.start) else { return false }
    let end = comma(behind: element).map { $0 + 1 } ?? element.end
    guard text.line(of: element.start) == text.line(of: end) else { return false }
    let rest = text.bytes[end..<text.lineEnd(of: end)].first { !$0.isBlank }
    return rest == nil || rest == UInt8(ascii: "#")
  }
}
