internal import Diagnostics

/// The document cannot be read on; the finding is there.
struct Stop: Error {}

/// Goes through a document once, and builds its nodes.
struct Parser {
  /// A document of garbage is not worth a finding for each of its values.
  private static let mostFindings = 50
  private static let smaller = "nothing that is read here needs so much: take out what does not belong there"

  let source: SourceText
  let bytes: [UInt8]
  let dialect: JSONDialect
  let limits: JSONLimits
  var position = 0
  var findings: [Diagnostic] = []
  private var values = 0

  init(_ source: SourceText, dialect: JSONDialect, limits: JSONLimits) {
    self.source = source
    self.dialect = dialect
    self.limits = limits
    bytes = source.bytes
  }

  /// The one value; nil when something is wrong.
  mutating func document() -> JSONNode? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    do throws(Stop) {
      try skipBlanks()
      let root = try value(depth: 0)
      try skipBlanks()
      guard position == bytes.count else { throw unexpected("the end of the file after the value", Help.oneValue) }
      return findings.isEmpty ? root : nil
    } catch {
      return nil
    }
  }

  private mutating func value(depth: Int) throws(Stop) -> JSONNode {
    let start = position
    values += 1
    guard values <= limits.values else {
      throw stop("json/too-many-values", "more than \(limits.values) values in one document", at: start..<start + 1, help: Self.smaller)
    }
    switch next {
    case UInt8(ascii: "\""): return JSONNode(.text(try string()), range: start..<position)
    case UInt8(ascii: "["): return JSONNode(.array(try elements(of: .array, depth: depth + 1)), range: start..<position)
    case UInt8(ascii: "{"): return JSONNode(.object(try elements(of: .object, depth: depth + 1)), range: start..<position)
    default: return JSONNode(try word(), range: start..<position)
    }
  }

  private mutating func elements(of kind: Bracket, depth: Int) throws(Stop) -> [JSONElement] {
    let open = position
    guard depth <= limits.depth else {
      throw stop("json/too-deep", "nested more than \(limits.depth) levels deep", at: open..<open + 1, help: Self.smaller)
    }
    position += 1
    var elements: [JSONElement] = []
    var seen = SeenKeys()
    while true {
      try skipBlanks()
      guard let byte = next else { throw unclosed(kind, from: open) }
      if byte == kind.close { break }
      let key = kind == .object ? try key() : nil
      if let key { try check(key, seen.first(key)) }
      var element = JSONElement(key: key, value: try value(depth: depth))
      try skipBlanks()
      if next == UInt8(ascii: ",") {
        element.comma = position
        position += 1
      }
      elements.append(element)
      if element.comma == nil { break }
    }
    try close(kind, from: open, after: elements.last)
    return elements
  }

  private mutating func key() throws(Stop) -> JSONKey {
    let start = position
    guard next == UInt8(ascii: "\"") else { throw noKey() }
    let key = JSONKey(text: try string(), range: start..<position)
    try skipBlanks()
    guard next == UInt8(ascii: ":") else { throw unexpected("`:` after the key", Help.member) }
    position += 1
    try skipBlanks()
    return key
  }

  private mutating func close(_ kind: Bracket, from open: Int, after last: JSONElement?) throws(Stop) {
    guard let byte = next else { throw unclosed(kind, from: open) }
    guard byte == kind.close else { throw unexpected("`,` or `\(kind.closing)` in this \(kind.name)", kind.help) }
    if let comma = last?.comma, dialect == .strict {
      try report("json/trailing-comma", "a comma after the last \(kind.element)", at: comma..<comma + 1, help: "take it out")
    }
    position += 1
  }

  private mutating func check(_ key: JSONKey, _ first: JSONKey?) throws(Stop) {
    guard let first else { return }
    let note = "first given at line \(source.place(first.range).line ?? 1)"
    try report("json/duplicate-key", "key `\(key.text)` is given twice", at: key.range, notes: [note], help: "keep one of the two")
  }

  /// Adds a finding after which reading goes on.
  mutating func report(_ id: String, _ message: String, at range: Range<Int>, notes: [String] = [], help: String) throws(Stop) {
    findings.append(Diagnostic(.error, id, message, at: source.place(range), notes: notes, help: help))
    guard findings.count < Self.mostFindings else { throw Stop() }
  }
}

/// What stands around elements.
enum Bracket {
  case array, object

  var close: UInt8 { self == .array ? UInt8(ascii: "]") : UInt8(ascii: "}") }
  var closing: String { self == .array ? "]" : "}" }
  var name: String { self == .array ? "list" : "object" }
  var element: String { self == .array ? "item" : "member" }
  var help: String { "put a comma between two \(element)s, and `\(closing)` after the last one" }
}

/// The keys of one object, by their bytes, since Swift takes two spellings of a letter for one text.
private struct SeenKeys {
  private var keys: [[UInt8]: JSONKey] = [:]

  /// The same key before this one.
  mutating func first(_ key: JSONKey) -> JSONKey? {
    let bytes = Array(key.text.utf8)
    if let first = keys[bytes] { return first }
    keys[bytes] = key
    return nil
  }
}
