internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadDraft {
  /// Makes a value another one, and says whether that went well.
  mutating func set(_ place: [Int], to wanted: FieldValue) -> Bool {
    guard let old = value.at(place), let node = node(at: place) else { return false }
    if old.isSame(as: wanted) { return true }
    if editElements(of: node, at: place, from: old, to: wanted) { return true }
    let all = value.changing(at: place[...]) { _ in wanted }
    return rewritings(of: node, at: place, to: wanted).contains { make($0, for: all) }
  }

  /// Goes from child to child, as long as the value stays a list or a map that has any.
  private mutating func editElements(of node: YAMLNode, at place: [Int], from old: FieldValue, to wanted: FieldValue) -> Bool {
    switch (node.content, old, wanted) {
    case (.sequence, .list(let old), .list(let new)) where !old.isEmpty && !new.isEmpty: break
    case (.mapping, .map(let old), .map(let new)) where !old.isEmpty && !new.isEmpty: break
    default: return false
    }
    guard let steps = elementSteps(from: old, to: wanted) else { return false }
    let before = self
    for step in steps {
      let isDone =
        switch step {
        case .change(let index, let value): set(place + [index], to: value)
        case .insert(let index, let new): insert(new, at: index, in: place)
        case .remove(let index): removeElement(index, of: place)
        }
      guard isDone else {
        self = before
        return false
      }
    }
    return true
  }

  /// The ways to write a value in place of another, the one that changes least first.
  private func rewritings(of node: YAMLNode, at place: [Int], to wanted: FieldValue) -> [[ByteEdit]] {
    guard let index = place.last, let parent = self.node(at: place.dropLast()) else { return [] }
    let element = text.elements(of: parent)[index]
    let isFlow = isInFlow(place)
    var ways: [[ByteEdit]] = []
    if case .text(let wanted) = wanted { ways += middleEdits(of: node, to: wanted, isFlow: isFlow) + rawEdits(of: node, to: wanted) }
    let speller = speller(like: element, isFlow: isFlow)
    let isInline = !node.range.isEmpty && (node.scalar == nil ? text.isFlow(node) : speller.style?.isBlock == false)
    for spelling in speller.spellings(of: wanted, column: text.column(of: element.start), isItem: parent.list != nil) {
      if isInline, spelling.lines.isEmpty { ways.append([ByteEdit(node.range, spelling.inline.utf8)]) }
      ways.append(replacing(element, with: spelling, isFlow: isFlow))
    }
    return ways
  }

  /// Quotes, lines and indentation as the old value has them.
  private func speller(like element: HeadElement, isFlow: Bool) -> ValueSpeller {
    let node = element.node
    var speller = ValueSpeller(newline: newline, isFlow: isFlow)
    var column = text.column(of: node.range.lowerBound)
    if let scalar = node.scalar {
      let style = ScalarStyle(scalar, at: node.range, in: text)
      speller.style = style
      guard style.isBlock else { return speller }
      column = blockMargin(of: node).utf8.count
    } else {
      speller.hasListLines = !text.isFlow(node) && node.list != nil
      guard speller.hasListLines else { return speller }
    }
    let step = column - text.column(of: element.start)
    if (speller.hasListLines ? 0...9 : 1...9).contains(step) { speller.step = step }
    return speller
  }

  /// Brackets that are read as the text that they are.
  private func rawEdits(of node: YAMLNode, to wanted: String) -> [[ByteEdit]] {
    let isBracketed = wanted.utf8.first.map { "[{".utf8.contains($0) } ?? false
    guard isBracketed, text.isFlow(node) else { return [] }
    return [[ByteEdit(node.range, wanted.utf8)]]
  }

  private func replacing(_ element: HeadElement, with spelling: ValueSpelling, isFlow: Bool) -> [ByteEdit] {
    let start = element.indicatorEnd
    let old = text.parts(of: element)
    if isFlow {
      guard element.node.range.isEmpty else { return [ByteEdit(element.node.range, spelling.inline.utf8)] }
      return [ByteEdit(start..<start, (" " + spelling.inline).utf8)]
    }
    var edits: [ByteEdit] = []
    if let inline = old.inline {
      edits.append(spelling.inline.isEmpty ? ByteEdit(start..<inline.upperBound, []) : ByteEdit(inline, spelling.inline.utf8))
    } else if !spelling.inline.isEmpty {
      edits.append(ByteEdit(start..<start, (" " + spelling.inline).utf8))
    }
    let below = text.line(of: old.inline?.upperBound ?? start).upperBound
    if old.lines != nil || !spelling.lines.isEmpty { edits.append(ByteEdit(old.lines ?? below..<below, spelling.lines.utf8)) }
    return edits
  }
}
