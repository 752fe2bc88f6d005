internal import ContextModel
internal import Diagnostics
internal import JSON
internal import YAML

/// How a file of JSON is written, so that what is added looks like the rest.
struct JSONStyle {
  let newline: String
  /// Whether the whole root stands on one line.
  private(set) var isInOneLine = false
  /// What a level is indented by.
  private(set) var unit = "  "
  /// Between a key and its value.
  private(set) var colon = ": "
  /// Behind a comma in one line.
  private var separator = " "
  /// Beside the brackets of an object in one line.
  private var padding = ""
  /// Whether lists of scalars stand on one line.
  private var areListsInline = false

  init(of root: JSONNode?, in source: SourceText) {
    newline = source.newline
    guard let root else { return }
    let bytes = source.bytes
    isInOneLine = !root.elements.isEmpty && !bytes[root.range].contains(UInt8(ascii: "\n"))
    let containers = root.containers.filter { !$0.elements.isEmpty }
    if let margin = containers.lazy.compactMap({ Self.indentation(of: $0, in: bytes) }).first { unit = margin }
    if let member = containers.lazy.compactMap({ $0.members?.first }).first, let key = member.key {
      let gap = bytes[key.range.upperBound..<member.value.range.lowerBound]
      if gap.allSatisfy({ $0.isBlank || $0 == UInt8(ascii: ":") }) { colon = String(decoding: gap, as: UTF8.self) }
    }
    separator = colon.hasSuffix(":") ? "" : " "
    let inline = containers.filter { !bytes[$0.range].contains(UInt8(ascii: "\n")) }
    if let pair = inline.lazy.compactMap({ Self.firstComma(of: $0) }).first, bytes[pair].allSatisfy(\.isBlank) {
      separator = String(decoding: bytes[pair], as: UTF8.self)
    }
    if let object = inline.first(where: { $0.members != nil }), let first = object.elements.first {
      let gap = bytes[object.range.lowerBound + 1..<first.range.lowerBound]
      if gap.allSatisfy(\.isBlank) { padding = String(decoding: gap, as: UTF8.self) }
    }
    let list = containers.first { $0.list?.allSatisfy(\.value.elements.isEmpty) ?? false }
    areListsInline = list.map { !bytes[$0.range].contains(UInt8(ascii: "\n")) } ?? false
  }

  /// For a new element of a container; one in a list of scalars gets lines only where such lists have them.
  func bracket(isList: Bool, _ value: FieldValue) -> BracketStyle {
    let isOnLines = !isInOneLine && !(isList && areListsInline && value.isScalar)
    return BracketStyle(newline: newline, unit: unit, isOnLines: isOnLines, separator: separator, padding: isList ? "" : padding)
  }

  /// A value as it is written.
  /// - Parameter margin: of the line that it begins in; nil where all of it stays in one line.
  func text(_ value: FieldValue, margin: String?) throws(Unsafe) -> String {
    switch value {
    case .text(let text): return inDoubleQuotes(text)
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    case .number(let text):
      guard isJSONNumber(text) else { throw .inexpressible("number `\(text)`", in: "JSON", help: "write it in decimal digits, or as a text") }
      return text
    case .list(let items):
      let isInline = areListsInline && items.allSatisfy(\.isScalar)
      return try lines(items.map { (nil, $0) }, "[", "]", margin: isInline ? nil : margin, padding: "")
    case .map(let entries): return try lines(entries.map { ($0.key, $0.value) }, "{", "}", margin: margin, padding: padding)
    }
  }

  private func lines(
    _ parts: [(key: String?, value: FieldValue)], _ open: String, _ close: String, margin: String?, padding: String
  ) throws(Unsafe) -> String {
    guard !parts.isEmpty else { return open + close }
    let inner = margin.map { $0 + unit }
    var written: [String] = []
    for part in parts { written.append((part.key.map { inDoubleQuotes($0) + colon } ?? "") + (try text(part.value, margin: inner))) }
    guard let margin, let inner else { return open + padding + written.joined(separator: "," + separator) + padding + close }
    return open + newline + inner + written.joined(separator: "," + newline + inner) + newline + margin + close
  }

  /// By how much the first element is indented more than the line of its bracket.
  private static func indentation(of node: JSONNode, in bytes: [UInt8]) -> String? {
    guard let first = node.elements.first else { return nil }
    let (outer, inner) = (bytes.margin(ofLineAt: node.range.lowerBound), bytes.margin(ofLineAt: first.range.lowerBound))
    let isOnLine = bytes[node.range.lowerBound..<first.range.lowerBound].contains(UInt8(ascii: "\n"))
    guard isOnLine, inner.hasPrefix(outer), inner != outer else { return nil }
    return String(inner.dropFirst(outer.count))
  }

  /// What stands between the first comma and the element behind it.
  private static func firstComma(of node: JSONNode) -> Range<Int>? {
    guard node.elements.count > 1, let comma = node.elements[0].comma else { return nil }
    return comma + 1..<node.elements[1].range.lowerBound
  }
}

extension JSONNode {
  fileprivate var elements: [JSONElement] { list ?? members ?? [] }

  /// All lists and objects, each before those that are in it.
  fileprivate var containers: [JSONNode] {
    guard list != nil || members != nil else { return [] }
    return [self] + elements.flatMap(\.value.containers)
  }
}
