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
  if let refusal = source.refusal(as: "JSON", most: limits.bytes) {
    diagnostics.append(refusal)
    return nil
  }
  var parser = Parser(source, dialect: dialect, limits: limits)
  let root = parser.document()
  diagnostics += parser.findings
  return root
}
