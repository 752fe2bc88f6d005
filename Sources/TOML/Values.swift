internal import Diagnostics

extension Parser {
  /// The value that begins here.
  mutating func value(depth: Int) throws(Stop) -> TOMLNode {
    let start = position
    try count(at: start)
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return TOMLNode(.text(try string(isKey: false)), range: start..<position)
    case UInt8(ascii: "["): return TOMLNode(.array(try list(depth: depth + 1)), range: start..<position)
    case UInt8(ascii: "{"): return TOMLNode(.table(try inlineTable(depth: depth)), range: start..<position)
    default: return try word()
    }
  }

  private mutating func list(depth: Int) throws(Stop) -> [TOMLNode] {
    let open = position
    try checkDepth(depth, at: open)
    openings += 1
    position += 1
    var items: [TOMLNode] = []
    while true {
      try skipBlanksAndLines()
      if next == UInt8(ascii: "]") { break }
      guard position < bytes.count else { throw unclosed("list", "]", from: open) }
      items.append(try value(depth: depth))
      try skipBlanksAndLines()
      guard next == UInt8(ascii: ",") else { break }
      position += 1
    }
    try close("list", "]", from: open)
    return items
  }

  private mutating func inlineTable(depth: Int) throws(Stop) -> TOMLTable {
    let open = position
    let table = TableDraft(.dotted)
    openings += 1
    position += 1
    skipBlanks()
    if next != UInt8(ascii: "}") {
      while true {
        try pair(in: table, depth: depth)
        skipBlanks()
        guard next == UInt8(ascii: ",") else { break }
        position += 1
        skipBlanks()
        guard next != UInt8(ascii: "}") else { throw unexpected("another key after the comma", Help.trailingComma) }
        guard !isLineBreak else { break }
      }
    }
    try close("inline table", "}", from: open)
    return table.frozen
  }

  private mutating func close(_ kind: String, _ bracket: Character, from open: Int) throws(Stop) {
    guard let byte = next else { throw unclosed(kind, bracket, from: open) }
    guard byte == bracket.asciiValue else {
      let help = isLineBreak ? Help.inlineTable : "put a comma between two values, and `\(bracket)` after the last one"
      throw unexpected("`,` or `\(bracket)` in this \(kind)", help)
    }
    position += 1
    openings -= 1
  }

  /// A number, a date, `true` or `false`.
  private mutating func word() throws(Stop) -> TOMLNode {
    let start = position
    skipWord()
    let isDate = bytes[start..<position].count == 10 && DateTime.looksLikeOne(bytes[start..<position])
    // A date and its time may have a space between them.
    if isDate, next == 0x20, position + 1 < bytes.count, bytes[position + 1].isDigit {
      position += 1
      skipWord()
    }
    let word = bytes[start..<position]
    guard !word.isEmpty else { throw unexpected("a value", Help.value) }
    switch Word(word) {
    case .value(let content): return TOMLNode(content, range: start..<position)
    case .wrong(let fault): throw wrong(fault, start..<position)
    }
  }

  private mutating func skipWord() {
    while let byte = next, !byte.isBlank, !byte.isControl, !",]}#\"'=[{".utf8.contains(byte) { position += 1 }
  }
}
