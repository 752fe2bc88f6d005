internal import Diagnostics

/// This statement cannot be read on; the finding is there.
struct Stop: Error {}

/// Goes through a document line by line, and puts what it reads into tables.
struct Parser {
  /// A document of garbage is not worth a finding for each of its lines.
  private static let mostFindings = 50
  private static let smaller = "nothing that is read here needs so much: take out what does not belong there"

  let source: SourceText
  let bytes: [UInt8]
  let limits: TOMLLimits
  var position = 0
  var findings: [Diagnostic] = []
  /// Lists, inline tables and strings of several lines that are open here.
  var openings = 0
  private var values = 0
  private let root = TableDraft(.headed)
  /// The table that the header above asked for, and how deep it lies.
  private var section: TableDraft
  private var sectionDepth = 0

  init(_ source: SourceText, limits: TOMLLimits) {
    self.source = source
    self.limits = limits
    bytes = source.bytes
    section = root
  }

  /// The root; nil when something is wrong.
  mutating func document() -> TOMLTable? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < bytes.count, findings.count < Self.mostFindings {
      do throws(Stop) {
        try statement()
        try endOfLine()
      } catch {
        // Inside of something that is open, what the next line means is a guess.
        position = openings > 0 ? bytes.count : bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
      }
    }
    return findings.isEmpty ? root.frozen : nil
  }

  private mutating func statement() throws(Stop) {
    skipBlanks()
    guard let byte = next, byte != UInt8(ascii: "#"), !isLineBreak else { return }
    if byte == UInt8(ascii: "[") { try header() } else { try pair(in: section, depth: sectionDepth) }
  }

  private mutating func header() throws(Stop) {
    let start = position
    // What follows a header that is refused goes nowhere, or it would be taken for keys of the table before.
    (section, sectionDepth) = (TableDraft(.headed), 0)
    let brackets = bytes[position...].starts(with: "[[".utf8) ? 2 : 1
    position += brackets
    skipBlanks()
    let path = try key()
    let isClosed = bytes[position...].starts(with: repeatElement(UInt8(ascii: "]"), count: brackets))
    guard isClosed else { throw unexpected("`\(String(repeating: "]", count: brackets))` after the name of the table", Help.header) }
    position += brackets
    try count(path.count, at: start)
    if let table = open(path, isList: brackets == 2, at: start..<position) { section = table }
    sectionDepth = path.count
  }

  private mutating func open(_ path: [TOMLKey], isList: Bool, at range: Range<Int>) -> TableDraft? {
    guard let last = path.last else { return nil }
    var table = root
    do throws(Refusal) {
      for key in path.dropLast() { table = try table.entered(key) }
      return try isList ? table.appended(last, at: range) : table.headed(last, at: range)
    } catch {
      findings.append(error.diagnostic(in: source))
      return nil
    }
  }

  /// A key and its value, in a table or between the braces of one.
  mutating func pair(in table: TableDraft, depth: Int) throws(Stop) {
    let path = try key()
    guard next == UInt8(ascii: "=") else { throw unexpected("`=` after the key", Help.pair) }
    position += 1
    skipBlanks()
    try checkDepth(depth + path.count, at: path.first?.range.lowerBound ?? position)
    try count(path.count - 1, at: position)
    let value = try value(depth: depth + path.count)
    guard let last = path.last else { return }
    do throws(Refusal) {
      var table = table
      for key in path.dropLast() { table = try table.dotted(key) }
      try table.add(last, value)
    } catch {
      findings.append(error.diagnostic(in: source))
    }
  }

  private mutating func endOfLine() throws(Stop) {
    skipBlanks()
    try skipComment()
    guard position < bytes.count else { return }
    guard skipLineBreak() else { throw unexpected("the end of the line", Help.oneLine) }
  }

  /// Counts what is made, so that a small file cannot become a large tree.
  mutating func count(_ more: Int = 1, at offset: Int) throws(Stop) {
    values += more
    guard values > limits.values else { return }
    throw end("toml/too-many-values", "more than \(limits.values) values in one document", at: offset, help: Self.smaller)
  }

  /// Refuses what lies too deep.
  mutating func checkDepth(_ depth: Int, at offset: Int) throws(Stop) {
    guard depth > limits.depth else { return }
    throw end("toml/too-deep", "nested more than \(limits.depth) levels deep", at: offset, help: Self.smaller)
  }

  private mutating func end(_ id: String, _ message: String, at offset: Int, help: String) -> Stop {
    position = bytes.count
    return stop(id, message, at: offset..<offset + 1, help: help)
  }
}
