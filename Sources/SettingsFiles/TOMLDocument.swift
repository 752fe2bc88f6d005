internal import ContextModel
internal import Diagnostics
internal import TOML
internal import YAML

/// A file of TOML.
struct TOMLDocument: SettingsDocument {
  /// How a table came about, which says how it can get more keys.
  private enum Shape {
    /// Between braces.
    case inline(TOMLNode)
    /// With a header, or the root.
    case headed(TOMLLayout.Section)
    /// By dotted keys.
    case dotted(TOMLPair)
    /// Only by the headers of tables in it.
    case implied
  }

  let source: SourceText
  let root: TOMLTable
  let layout: TOMLLayout
  let spelling: TOMLSpelling
  let value: FieldValue?
  let takesNothingAsEmpty = false
  let losesEmptyContainers = true

  /// Nil when the file cannot be read; why is among the diagnostics then.
  init?(_ source: SourceText, diagnostics: inout [Diagnostic]) {
    guard let root = parseTOML(source, diagnostics: &diagnostics) else { return nil }
    self.source = source
    self.root = root
    layout = TOMLLayout(root, in: source)
    value = source.bytes.isBlankFile ? nil : .map(root.entries)
    var spelling = TOMLSpelling(newline: source.newline)
    if let first = layout.sections.lazy.flatMap(\.statements).first {
      let gap = source.bytes[first.key.range.upperBound..<first.value.range.lowerBound]
      // What stands in columns is no style of the next line.
      if gap.count <= 3 { spelling.equals = String(decoding: gap, as: UTF8.self) }
    }
    self.spelling = spelling
  }

  func range(at path: [String]) -> Range<Int>? { path.isEmpty ? 0..<source.bytes.count : pair(at: path)?.value.range }

  func isSpread(_ path: [String]) -> Bool {
    guard let node = pair(at: path)?.value else { return false }
    return node.isListOfHeaders || node.table != nil && !isInline(node)
  }

  func inserting(_ part: NewPart, at path: [String]) throws(Unsafe) -> Insertion {
    if let node = pair(at: path)?.value, node.list != nil {
      guard !node.isListOfHeaders else { throw unsafe("\(path.shown) is a list of tables with headers", "add `[[…]]` by hand", node.range) }
      return try bracketed(list: node).insertion(style(isOnLines: false)) { spot throws(Unsafe) in try spelling.text(part.value) }
    }
    let key = part.key ?? ""
    switch shape(of: path) {
    case .inline(let node):
      let text = try spelling.statement(key, part.value)
      return try bracketed(table: node).insertion(style(isOnLines: false)) { _ in text }
    case .dotted(let pair):
      let name = String(decoding: source.bytes[pair.key.path], as: UTF8.self)
      let text = name + "." + (try spelling.statement(key, part.value))
      return Insertion(edits: [insertion(of: text, behind: last(under: path))])
    case .headed(let section):
      if part.value.isFullMap, !hasInlineTables(path) { return Insertion(edits: try insertion(of: part, asTableIn: path)) }
      let text = try spelling.statement(key, part.value)
      return Insertion(edits: [insertion(of: text, under: section)])
    case .implied:
      guard part.value.isFullMap else {
        let header = "[" + path.map(spelling.quoted).joined(separator: ".") + "]"
        throw unsafe("\(path.shown) has no header of its own", "add a line `\(header)`", range(at: path))
      }
      return Insertion(edits: try insertion(of: part, asTableIn: path))
    }
  }

  func writing(_ value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    guard case .map(let entries) = value else {
      throw .inexpressible("\(value.kindInWords) as a whole file", in: "TOML", help: "name a key for it")
    }
    var parts: [String] = []
    let own = entries.filter { !$0.value.isFullMap }
    var lines: [String] = []
    for entry in own { lines.append(try spelling.statement(entry.key, entry.value)) }
    if !lines.isEmpty { parts.append(lines.joined(separator: spelling.newline)) }
    for entry in entries {
      guard case .map(let inner) = entry.value, !inner.isEmpty else { continue }
      parts += try spelling.sections([entry.key], inner, margins: ("", ""))
    }
    let end = source.bytes.count
    return [ByteEdit(end..<end, (parts.joined(separator: spelling.newline + spelling.newline) + spelling.newline).utf8)]
  }

  func removing(_ part: PartName, at path: [String], before: String?) throws(Unsafe) -> [ByteEdit] {
    switch part {
    case .index(let index):
      guard let node = pair(at: path)?.value, !node.isListOfHeaders else {
        throw unsafe("\(path.shown) is a list of tables with headers", "take the table out by hand", range(at: path))
      }
      return bracketed(list: node).removal(of: index, before: before)
    case .key(let key):
      guard case .inline(let node) = shape(of: path) else { return cuts(of: path + [key]) }
      guard let index = statements(in: node).firstIndex(where: { $0.path.isSame(as: [key]) }) else {
        throw unsafe("`\(key)` is written as a dotted key between braces", "take it out by hand", node.range)
      }
      return bracketed(table: node).removal(of: index, before: before)
    }
  }

  func removingRoot() throws(Unsafe) -> [ByteEdit] { [] }

  func replacing(_ path: [String], with value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    guard let node = pair(at: path)?.value, !isSpread(path) else {
      throw unsafe("\(path.shown) is written in several places", "take it out and add it again", range(at: path))
    }
    if case .list(let items) = value, !items.isEmpty, node.list != nil, source.bytes[node.range].contains(UInt8(ascii: "\n")) {
      return [ByteEdit(node.range, try spelling.lines(items, margin: source.bytes.margin(ofLineAt: node.range.lowerBound)).utf8)]
    }
    return [ByteEdit(node.range, try spelling.text(value).utf8)]
  }

  // MARK: - Where things are

  private func shape(of path: [String]) -> Shape {
    if path.isEmpty { return .headed(layout.sections[0]) }
    guard let pair = pair(at: path) else { return .implied }
    if isInline(pair.value) { return .inline(pair.value) }
    if let section = layout.sections.first(where: { $0.header != nil && !$0.isList && $0.path.isSame(as: path) }) { return .headed(section) }
    let isDotted = layout.sections.contains { section in
      section.path.count < path.count && section.statements.contains { $0.path.count > path.count && $0.path.begins(with: path) }
    }
    return isDotted ? .dotted(pair) : .implied
  }

  func pair(at path: [String]) -> TOMLPair? {
    guard let last = path.last else { return nil }
    var table: TOMLTable? = root
    for key in path.dropLast() { table = table?[key]?.table }
    return table?.pairs.first { $0.key.text.isSame(as: last) }
  }

  func isInline(_ node: TOMLNode) -> Bool { node.table != nil && source.bytes[node.range.lowerBound] == UInt8(ascii: "{") }

  private func hasInlineTables(_ path: [String]) -> Bool {
    let table = path.isEmpty ? root : pair(at: path)?.value.table
    let tables = (table?.pairs ?? []).map(\.value).filter { $0.table.map { !$0.pairs.isEmpty } ?? false }
    return !tables.isEmpty && tables.allSatisfy(isInline)
  }

  private func statements(in node: TOMLNode) -> [TOMLLayout.Statement] {
    TOMLLayout.statements(of: node.table ?? TOMLTable(), at: [], in: source.bytes).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func bracketed(list node: TOMLNode) -> Bracketed {
    Bracketed(source.bytes, node.range, (node.list ?? []).map(\.range), comments: .hash)
  }

  private func bracketed(table node: TOMLNode) -> Bracketed {
    Bracketed(source.bytes, node.range, statements(in: node).map(\.range), comments: .none)
  }

  private func style(isOnLines: Bool) -> BracketStyle {
    BracketStyle(newline: spelling.newline, unit: spelling.unit, isOnLines: isOnLines, separator: " ", padding: "")
  }

  func unsafe(_ message: String, _ help: String, _ range: Range<Int>?) -> Unsafe { Unsafe(message: message, help: help, range: range) }
}

extension TOMLTable {
  fileprivate var entries: [FieldValue.Entry] { pairs.map { FieldValue.Entry($0.key.text, $0.value.value) } }
}

extension TOMLNode {
  fileprivate var value: FieldValue {
    switch content {
    case .text(let text): .text(text.text)
    case .integer(let text, _), .float(let text), .datetime(let text): .number(text)
    case .bool(let flag): .bool(flag)
    case .array(let items): .list(items.map(\.value))
    case .table(let table): .map(table.entries)
    }
  }
}
