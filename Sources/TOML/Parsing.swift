package import Diagnostics

/// Reads one TOML 1.0 document.
///
/// A byte order mark at the start is skipped, and line breaks inside of strings stay as they are written.
/// - Returns: nil when something is wrong: then at least one error was appended. An empty document is an empty table.
package func parseTOML(_ source: SourceText, limits: TOMLLimits = .standard, diagnostics: inout [Diagnostic]) -> TOMLTable? {
  if let refusal = source.refusal(as: "TOML", most: limits.bytes) {
    diagnostics.append(refusal)
    return nil
  }
  var parser = Parser(source, limits: limits)
  let table = parser.document()
  diagnostics += parser.findings
  return table
}
