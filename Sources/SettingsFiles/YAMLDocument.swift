internal import ContextModel
internal import Diagnostics
internal import YAML

/// A file of YAML with one document.
struct YAMLDocument: SettingsDocument {
  let source: SourceText
  private let root: YAMLNode?
  private let spelling: YAMLSpelling
  let value: FieldValue?
  let takesNothingAsEmpty = true
  let losesEmptyContainers = false

  /// Nil when the file cannot be read; why is among the diagnostics then.
  init?(_ source: SourceText, diagnostics: inout [Diagnostic]) {
    self.source = source
    root = parseYAML(source, limits: .configuration, diagnostics: &diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    value = root?.value
    spelling = YAMLSpelling(of: root, in: source)
  }

  func range(at path: [String]) -> Range<Int>? {
    guard let node = node(at: path) else { return nil }
    return node.range.isEmpty ? pair(at: path)?.key.range : node.range
  }

  func isSpread(_ path: [String]) -> Bool { false }

  func inserting(_ part: NewPart, at path: [String]) throws(Unsafe) -> Insertion {
    let node = try editable(path)
    let isFlow = isInFlow(path)
    if isEmptyBlock(node, at: path), let pair = pair(at: path) { return try insertion(of: part, intoNothingOf: pair) }
    guard !node.isNull else { throw Unsafe(message: "\(path.shown) is null between brackets", help: "write `{}` or `[]` in place of it") }
    guard !isFlow else {
      let style = BracketStyle(newline: spelling.newline, unit: spelling.unit, isOnLines: false, separator: " ", padding: "")
      let text = if let key = part.key { try spelling.member(key, part.value) } else { try spelling.inline(part.value, isFlow: true) }
      return try bracketed(node).insertion(style) { _ in text }
    }
    let start = (node.pairs?.first?.key ?? node.list?.first).map { source.lineStart(of: $0.range.lowerBound) } ?? 0
    let margin = source.bytes.margin(ofLineAt: start)
    let lines = try spelling.lines(part.key, part.value, margin: margin)
    let isAtKey = node.list != nil && pair(at: path).map { source.margin(of: $0.key.range.lowerBound) == margin } ?? false
    let end = try endOfLine(of: end(of: node))
    let at = source.endOfComments(
      below: end, isWithin: { $0.utf8.count >= margin.utf8.count }, isNextStatement: { isAtKey && !$0.allSatisfy(\.isLineBreak) })
    return Insertion(edits: [ByteEdit(at..<at, lines.map { spelling.newline + $0 }.joined().utf8)])
  }

  /// Below a key that has no value, or an empty one between brackets, which goes.
  private func insertion(of part: NewPart, intoNothingOf pair: YAMLPair) throws(Unsafe) -> Insertion {
    let colon = try colonEnd(of: pair)
    let written = colon..<max(colon, pair.value.range.isEmpty ? colon : pair.value.range.upperBound)
    let margin = source.bytes.margin(ofLineAt: pair.key.range.lowerBound)
    let isAtKey = part.key == nil && spelling.areDashesAtKey
    let lines = try spelling.lines(part.key, part.value, margin: isAtKey ? margin : margin + spelling.unit)
    let end = try endOfLine(of: written.upperBound)
    let at = source.endOfComments(below: end, isWithin: { $0.utf8.count > margin.utf8.count }, isNextStatement: { _ in false })
    return Insertion(
      edits: [ByteEdit(written, []), ByteEdit(at..<at, lines.map { spelling.newline + $0 }.joined().utf8)],
      before: String(decoding: source.bytes[written], as: UTF8.self))
  }

  func writing(_ value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    let text = value.isEmptyContainer ? [try spelling.inline(value)] : try spelling.block(value, margin: "")
    if let end = source.endOfText { return [ByteEdit(end..<end, text.map { spelling.newline + $0 }.joined().utf8)] }
    // Blanks at the end of nothing but blanks would become the first line's margin.
    let mark = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let end = max(mark, source.lineStart(of: source.bytes.count))
    return [ByteEdit(end..<end, text.map { $0 + spelling.newline }.joined().utf8)]
  }

  func removing(_ part: PartName, at path: [String], before: String?) throws(Unsafe) -> [ByteEdit] {
    let node = try editable(path)
    guard let index = index(of: part, in: node) else { return [] }
    if isInFlow(path) { return bracketed(node).removal(of: index, before: before) }
    let start: Int
    let end: Int
    if let pair = node.pairs?[index] {
      (start, end) = (pair.key.range.lowerBound, try self.end(of: pair))
    } else {
      guard let item = node.list?[index] else { return [] }
      (start, end) = (dash(before: item.range.lowerBound), self.end(of: item))
    }
    guard source.bytes[source.lineStart(of: start)..<start].allSatisfy(\.isBlank) else { throw unsafe(path) }
    let cuts = LineCuts(source).edits([LineCuts.Item(range: start..<max(start, end))])
    guard (node.pairs?.count ?? node.list?.count ?? 0) == 1, let pair = pair(at: path) else { return cuts }
    let colon = try colonEnd(of: pair)
    return [ByteEdit(colon..<colon, (before ?? (node.list == nil ? " {}" : " []")).utf8)] + cuts
  }

  func removingRoot() throws(Unsafe) -> [ByteEdit] {
    guard let root else { return [] }
    return LineCuts(source).edits([LineCuts.Item(range: root.range)])
  }

  func replacing(_ path: [String], with value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    let node = try editable(path)
    guard let pair = pair(at: path) else { throw unsafe(path) }
    let colon = try colonEnd(of: pair)
    if node.range.isEmpty { return [ByteEdit(colon..<colon, (" " + (try spelling.inline(value, isFlow: isInFlow(path)))).utf8)] }
    let range = node.range.lowerBound..<max(node.range.lowerBound, end(of: node))
    guard node.scalar == nil, !source.isFlow(node) else {
      return [ByteEdit(range, try spelling.inline(value, isFlow: isInFlow(path)).utf8)]
    }
    let start = range.lowerBound
    let margin = source.bytes.margin(ofLineAt: start)
    let isAtKey = source.bytes.margin(ofLineAt: pair.key.range.lowerBound) == margin
    if !value.isScalar, !value.isEmptyContainer, !isAtKey || node.list != nil && value.isList {
      let text = try spelling.block(value, margin: margin).joined(separator: spelling.newline)
      return [ByteEdit(start..<range.upperBound, text.utf8.dropFirst(margin.utf8.count))]
    }
    return [ByteEdit(colon..<colon, (" " + (try spelling.inline(value))).utf8)]
      + LineCuts(source).edits([LineCuts.Item(range: start..<range.upperBound)])
  }

  // MARK: - Where things are

  private func node(at path: some Sequence<String>) -> YAMLNode? {
    var node = root
    for key in path { node = node?.pairs?.first { $0.keyText.isSame(as: key) }?.value }
    return node
  }

  private func pair(at path: [String]) -> YAMLPair? {
    guard let key = path.last else { return nil }
    return node(at: path.dropLast())?.pairs?.first { $0.keyText.isSame(as: key) }
  }

  /// The value at a path, unless what changes in it would change elsewhere as well.
  private func editable(_ path: [String]) throws(Unsafe) -> YAMLNode {
    for count in 0...path.count {
      let part = Array(path.prefix(count))
      guard let node = node(at: part) else { throw Unsafe(reason: .absent, message: "there is no \(part.shown)", help: "add it") }
      guard let first = source.bytes[node.range].first, "&*".utf8.contains(first), node.scalar?.isPlain ?? true else { continue }
      let name = first == UInt8(ascii: "*") ? "an alias of another value" : "anchored, and may be repeated elsewhere"
      throw Unsafe(message: "\(part.shown) is \(name)", help: "write the value out where it is needed, without `&` and `*`", range: node.range)
    }
    return node(at: path) ?? YAMLNode(.mapping([]), range: 0..<0)
  }

  private func isInFlow(_ path: [String]) -> Bool {
    (0...path.count).contains { count in node(at: path.prefix(count)).map { source.isFlow($0) } ?? false }
  }

  /// Whether nothing is in it, and lines below its key can be.
  private func isEmptyBlock(_ node: YAMLNode, at path: [String]) -> Bool {
    guard !path.isEmpty, !isInFlow(path.dropLast()) else { return false }
    if node.isNull { return true }
    guard node.pairs?.isEmpty ?? node.list?.isEmpty ?? false, node.range.count == 2, let pair = pair(at: path) else { return false }
    return source.bytes[pair.key.range.upperBound..<node.range.lowerBound].allSatisfy { $0.isBlank || $0 == UInt8(ascii: ":") }
  }

  private func index(of part: PartName, in node: YAMLNode) -> Int? {
    switch part {
    case .index(let index): node.list.map { _ in index }
    case .key(let key): node.pairs?.firstIndex { $0.keyText.isSame(as: key) }
    }
  }

  private func bracketed(_ node: YAMLNode) -> Bracketed {
    let elements =
      node.list?.map(\.range)
      ?? (node.pairs ?? []).map { pair in
        guard pair.value.range.isEmpty else { return pair.range }
        let colon = source.bytes[pair.key.range.upperBound...].drop(while: \.isBlank)
        return pair.key.range.lowerBound..<(colon.first == UInt8(ascii: ":") ? colon.startIndex + 1 : pair.key.range.upperBound)
      }
    return Bracketed(source.bytes, node.range, elements, comments: .hash)
  }

  /// Behind the colon, which must stand in the line of the key.
  private func colonEnd(of pair: YAMLPair) throws(Unsafe) -> Int {
    let rest = source.bytes[pair.key.range.upperBound...].drop(while: \.isBlank)
    guard rest.first == UInt8(ascii: ":") else { throw unsafe([pair.keyText]) }
    return rest.startIndex + 1
  }

  private func dash(before offset: Int) -> Int { source.bytes[..<offset].lastIndex(of: UInt8(ascii: "-")) ?? offset }

  /// Where the text of a value ends, without the blank lines that libyaml counts among it.
  private func end(of node: YAMLNode) -> Int {
    if !source.isFlow(node) {
      if let last = node.pairs?.last, let end = try? end(of: last) { return end }
      if let last = node.list?.last { return end(of: last) }
    }
    var end = node.range.upperBound
    let sign = source.bytes[node.range].prefix { !$0.isLineBreak }
    if let first = sign.first, "|>".utf8.contains(first), sign.prefix(3).contains(UInt8(ascii: "+")), end > 0, source.bytes[end - 1] == 0x0A {
      // These blank lines are part of the text.
      return source.bytes[..<(end - 1)].last == 0x0D ? end - 2 : end - 1
    }
    while end > 0, source.bytes[end - 1].isBlank || source.bytes[end - 1].isLineBreak { end -= 1 }
    return end
  }

  private func end(of pair: YAMLPair) throws(Unsafe) -> Int { pair.value.range.isEmpty ? try colonEnd(of: pair) : end(of: pair.value) }

  private func endOfLine(of offset: Int) throws(Unsafe) -> Int {
    guard let end = Trivia(source.bytes, .hash).restOfLine(from: offset).lineEnd else { throw unsafe([]) }
    return end
  }

  private func unsafe(_ path: [String]) -> Unsafe {
    Unsafe(message: "\(path.shown) is written in a way that cannot be edited safely", help: "write it as `key: value`, a line for each")
  }
}

extension FieldValue {
  fileprivate var isList: Bool {
    if case .list = self { true } else { false }
  }
}

extension YAMLNode {
  fileprivate var value: FieldValue {
    switch content {
    case .sequence(let items): .list(items.map(\.value))
    case .mapping(let pairs): .map(pairs.map { FieldValue.Entry($0.keyText, $0.value.value) })
    case .scalar(let scalar):
      if scalar.isNull { .null } else if let flag = scalar.bool { .bool(flag) } else { scalar.isNumber ? .number(scalar.text) : .text(scalar.text) }
    }
  }

  fileprivate var nested: [YAMLPair] { (pairs ?? []).flatMap { [$0] + $0.value.nested } + (list ?? []).flatMap(\.nested) }
}

extension YAMLSpelling {
  /// As the values of a file are written.
  fileprivate init(of root: YAMLNode?, in source: SourceText) {
    self.init(newline: source.newline)
    let pairs = root?.nested.filter { $0.value.range.lowerBound >= $0.key.range.upperBound } ?? []
    func column(_ node: YAMLNode) -> Int { node.range.lowerBound - source.lineStart(of: node.range.lowerBound) }
    let blocks = pairs.filter { !source.isFlow($0.value) && $0.value.scalar == nil }
    if let map = blocks.first(where: { $0.value.pairs?.isEmpty == false && column($0.value) > column($0.key) }) {
      unit = String(repeating: " ", count: column(map.value) - column(map.key))
    }
    if let list = blocks.first(where: { $0.value.list != nil }) {
      areDashesAtKey = column(list.value) == column(list.key)
    } else {
      areListsInline = pairs.contains { $0.value.list?.isEmpty == false }
    }
  }
}
