internal import ContextModel
internal import Diagnostics
internal import JSON
internal import YAML

/// A file of JSON, with comments or without.
struct JSONDocument: SettingsDocument {
  private let source: SourceText
  private let root: JSONNode?
  private let comments: Bracketed.Comments
  private let style: JSONStyle
  let value: FieldValue?
  let takesNothingAsEmpty = false
  let losesEmptyContainers = false

  /// Nil when the file cannot be read; why is among the diagnostics then.
  init?(_ source: SourceText, hasComments: Bool, diagnostics: inout [Diagnostic]) {
    self.source = source
    comments = hasComments ? .slashes : .none
    if source.bytes.isBlankFile {
      root = nil
    } else {
      guard let node = parseJSON(source, dialect: hasComments ? .withComments : .strict, diagnostics: &diagnostics) else { return nil }
      root = node
    }
    value = root?.value
    style = JSONStyle(of: root, in: source)
  }

  func range(at path: [String]) -> Range<Int>? { node(at: path)?.range }

  func isSpread(_ path: [String]) -> Bool { false }

  func inserting(_ part: NewPart, at path: [String]) throws(Unsafe) -> Insertion {
    let node = try existing(path)
    let bracket = style.bracket(isList: node.list != nil, part.value)
    return try bracketed(node).insertion(bracket) { spot throws(Unsafe) in
      let value = try style.text(part.value, margin: spot.isOnLine ? spot.margin : nil)
      return part.key.map { inDoubleQuotes($0) + style.colon + value } ?? value
    }
  }

  func writing(_ value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    let end = source.bytes.count
    return [ByteEdit(end..<end, (try style.text(value, margin: "") + style.newline).utf8)]
  }

  func removing(_ part: PartName, at path: [String], before: String?) throws(Unsafe) -> [ByteEdit] {
    let node = try existing(path)
    let bracketed = bracketed(node)
    switch part {
    case .index(let index): return bracketed.removal(of: index, before: before)
    case .key(let key):
      guard let index = node.members?.firstIndex(where: { $0.key?.text.isSame(as: key) ?? false }) else { return [] }
      return bracketed.removal(of: index, before: before)
    }
  }

  func removingRoot() throws(Unsafe) -> [ByteEdit] {
    guard let root else { return [] }
    return [ByteEdit(root.range.lowerBound..<source.line(of: root.range.upperBound - 1).upperBound, [])]
  }

  func replacing(_ path: [String], with value: FieldValue) throws(Unsafe) -> [ByteEdit] {
    let node = try existing(path)
    let member = self.node(at: path.dropLast())?.members?.first { path.last?.isSame(as: $0.key?.text ?? "") ?? false }
    let start = (member?.range ?? node.range).lowerBound
    let line = source.lineStart(of: start)
    // What begins its line may have lines of its own.
    let isAlone = source.bytes[line..<start].allSatisfy(\.isBlank) && !style.isInOneLine
    return [ByteEdit(node.range, try style.text(value, margin: isAlone ? source.bytes.margin(ofLineAt: line) : nil).utf8)]
  }

  private func bracketed(_ node: JSONNode) -> Bracketed {
    Bracketed(source.bytes, node.range, (node.list ?? node.members ?? []).map(\.range), comments: comments)
  }

  private func node(at path: some Sequence<String>) -> JSONNode? { path.reduce(root) { $0?[$1] } }

  private func existing(_ path: [String]) throws(Unsafe) -> JSONNode {
    guard let node = node(at: path) else { throw Unsafe(reason: .absent, message: "there is no \(path.shown)", help: "add it") }
    return node
  }
}

extension JSONNode {
  fileprivate var value: FieldValue {
    switch content {
    case .text(let text): .text(text)
    case .number(let text): .number(text)
    case .bool(let flag): .bool(flag)
    case .null: .null
    case .array(let items): .list(items.map(\.value.value))
    case .object(let members): .map(members.map { FieldValue.Entry($0.key?.text ?? "", $0.value.value) })
    }
  }
}

extension [UInt8] {
  /// Whether there is nothing but blanks, line breaks and a byte order mark.
  var isBlankFile: Bool {
    let text = starts(with: [0xEF, 0xBB, 0xBF]) ? self[3...] : self[...]
    return text.allSatisfy { $0.isBlank || $0.isLineBreak }
  }
}
