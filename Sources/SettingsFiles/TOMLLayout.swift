internal import Diagnostics
internal import TOML
internal import YAML

/// The statements of a document, each with the header that it stands under.
struct TOMLLayout {
  /// One key and its value.
  struct Statement {
    /// From the root on.
    var path: [String]
    /// From the first byte of the key to the last of the value.
    var range: Range<Int>
    var key: TOMLKey
    var value: TOMLNode
  }

  /// What stands under one header, or above the first.
  struct Section {
    var path: [String]
    /// Nil above the first header.
    var header: Range<Int>?
    var isList = false
    var statements: [Statement] = []

    /// Where its text ends.
    var end: Int? { statements.last?.range.upperBound ?? header?.upperBound }
  }

  private(set) var sections = [Section(path: [])]

  init(_ root: TOMLTable, in source: SourceText) {
    var statements: [Int: Statement] = [:]
    for statement in Self.statements(of: root, at: [], in: source.bytes) { statements[statement.range.lowerBound] = statement }
    var position = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while position < source.bytes.count {
      while position < source.bytes.count, source.bytes[position].isBlank { position += 1 }
      if let statement = statements[position] {
        sections[sections.count - 1].statements.append(statement)
        position = statement.range.upperBound
      } else if position < source.bytes.count, source.bytes[position] == UInt8(ascii: "[") {
        let header = Self.header(at: position, in: source)
        sections.append(header)
        position = header.header?.upperBound ?? position + 1
      }
      position = source.line(of: min(position, source.bytes.count)).upperBound
    }
  }

  /// All that has a line of its own in a table, also under the headers of lists.
  static func statements(of table: TOMLTable, at path: [String], in bytes: [UInt8]) -> [Statement] {
    table.pairs.flatMap { pair -> [Statement] in
      let path = path + [pair.key.text]
      if let table = pair.value.table, bytes[pair.value.range.lowerBound] != UInt8(ascii: "{") { return statements(of: table, at: path, in: bytes) }
      if pair.value.isListOfHeaders, let items = pair.value.list {
        return items.flatMap { statements(of: $0.table ?? TOMLTable(), at: path, in: bytes) }
      }
      return [Statement(path: path, range: pair.key.path.lowerBound..<pair.value.range.upperBound, key: pair.key, value: pair.value)]
    }
  }

  private static func header(at start: Int, in source: SourceText) -> Section {
    let line = source.bytes[start..<source.lineEnd(of: start)]
    let brackets = line.starts(with: "[[".utf8) ? 2 : 1
    var position = start + brackets
    var quote: UInt8?
    while position < line.endIndex, quote != nil || line[position] != UInt8(ascii: "]") {
      if let open = quote {
        if open == UInt8(ascii: "\""), line[position] == UInt8(ascii: "\\") { position += 1 } else if line[position] == open { quote = nil }
      } else if line[position] == UInt8(ascii: "\"") || line[position] == UInt8(ascii: "'") {
        quote = line[position]
      }
      position += 1
    }
    let name = line[(start + brackets)..<min(position, line.endIndex)]
    return Section(path: path(of: name), header: start..<min(position + brackets, line.endIndex), isList: brackets == 2)
  }

  /// The keys of a header.
  private static func path(of name: ArraySlice<UInt8>) -> [String] {
    var diagnostics: [Diagnostic] = []
    let bytes = Array("[".utf8) + name + Array("]".utf8)
    var table = parseTOML(SourceText(path: "", bytes: bytes), diagnostics: &diagnostics)
    var path: [String] = []
    while let pair = table?.pairs.first {
      path.append(pair.key.text)
      table = pair.value.table
    }
    return path
  }
}

extension TOMLNode {
  /// Whether each of its items has a header of its own.
  var isListOfHeaders: Bool { list?.first.map { $0.range.lowerBound == range.lowerBound } ?? false }
}

extension [String] {
  /// Whether these keys begin with others.
  func begins(with prefix: [String]) -> Bool { count >= prefix.count && zip(self, prefix).allSatisfy { $0.isSame(as: $1) } }
}
