package import Diagnostics

/// Reads one TOML 1.0 document.
///
/// A byte order mark at the start is skipped, and line breaks inside of strings stay as they are written.
/// - Returns: nil when something is wrong: then at least one error was appended. An empty document is an empty table.
package func parseTOML(_ source: SourceText, limits: TOMLLimits = .standard, diagnostics: inout [Diagnostic]) -> TOMLTable? {
  let bytes = source.bytes
  func refuse(_ id: String, _ message: String, at offset: Int, help: String) -> TOMLTable? {
    diagnostics.append(Diagnostic(.error, id, message, at: source.place(at: offset), help: help))
    return nil
  }
  guard bytes.count <= limits.bytes else {
    let message = "\(bytes.count) bytes of TOML are more than the limit of \(limits.bytes)"
    return refuse("toml/too-large", message, at: 0, help: "take out what does not belong there")
  }
  guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
    return refuse("toml/not-utf8", "not valid UTF-8", at: firstByteThatIsNoText(bytes), help: "save the file as UTF-8")
  }
  var parser = Parser(source, limits: limits)
  let table = parser.document()
  diagnostics += parser.findings
  return table
}

/// Where the first character begins that is none.
private func firstByteThatIsNoText(_ bytes: [UInt8]) -> Int {
  var decoder = UTF8()
  var rest = bytes.makeIterator()
  var offset = 0
  while case .scalarValue(let scalar) = decoder.decode(&rest) { offset += UTF8.width(scalar) }
  return offset
}
