package import Diagnostics

/// What may stand in a document beside what RFC 8259 has.
package enum JSONDialect: Hashable, Sendable {
  /// Nothing.
  case strict
  /// Comments, and a comma after the last element.
  case withComments
}

/// Reads one JSON document.
///
/// A byte order mark at the start is skipped, as the RFC allows. A key that is given twice is an error, and so is half of a surrogate pair.
/// - Returns: nil when something is wrong: then at least one error was appended.
package func parseJSON(
  _ source: SourceText, dialect: JSONDialect = .strict, limits: JSONLimits = .standard, diagnostics: inout [Diagnostic]
) -> JSONNode? {
  let bytes = source.bytes
  func refuse(_ id: String, _ message: String, at offset: Int, help: String) -> JSONNode? {
    diagnostics.append(Diagnostic(.error, id, message, at: source.place(at: offset), help: help))
    return nil
  }
  guard bytes.count <= limits.bytes else {
    let message = "\(bytes.count) bytes of JSON are more than the limit of \(limits.bytes)"
    return refuse("json/too-large", message, at: 0, help: "take out what does not belong there")
  }
  guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
    return refuse("json/not-utf8", "not valid UTF-8", at: firstByteThatIsNoText(bytes), help: "save the file as UTF-8")
  }
  var parser = Parser(source, dialect: dialect, limits: limits)
  let root = parser.document()
  diagnostics += parser.findings
  return root
}

/// Where the first character begins that is none.
private func firstByteThatIsNoText(_ bytes: [UInt8]) -> Int {
  var decoder = UTF8()
  var rest = bytes.makeIterator()
  var offset = 0
  while case .scalarValue(let scalar) = decoder.decode(&rest) { offset += UTF8.width(scalar) }
  return offset
}
