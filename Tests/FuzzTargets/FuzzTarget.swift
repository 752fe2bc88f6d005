import Diagnostics

/// Laws over one kind of input: they hold for any bytes at all.
package struct FuzzTarget: Sendable {
  package let name: String
  /// Good inputs to begin with.
  package let seeds: @Sendable () -> [[UInt8]]
  /// Words that mean something in the input.
  package let words: [String]
  /// Feeds the code with the bytes.
  /// - Throws: `BrokenLaw`.
  package let check: @Sendable ([UInt8]) throws -> Void

  /// All there are.
  package static let all: [FuzzTarget] = [.artifact, .repair, .platforms, .project, .record, .block, .path, .yaml, .toml, .glob, .settings]
}

/// Something that must always hold did not.
package struct BrokenLaw: Error, CustomStringConvertible {
  package let description: String
}

func law(_ holds: Bool, _ description: @autoclosure () -> String) throws {
  if !holds { throw BrokenLaw(description: description()) }
}

/// Findings can be shown, and their places lie in the text that they are about.
func checkFindings(_ findings: [Diagnostic], about text: SourceText? = nil) throws {
  let renderer = TextRenderer(colored: false)
  let lines = text.map { $0.bytes.count { $0 == UInt8(ascii: "\n") } + 1 }
  for finding in findings {
    let shown = renderer.render(finding)
    let isPrintable = shown.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control }
    try law(isPrintable, "a finding sends control characters to the terminal: \(finding.id)")
    try law(finding.id.contains("/") && !finding.message.isEmpty, "a finding says nothing")
    guard let lines, let place = finding.place, place.path == text?.path, let line = place.line else { continue }
    try law((1...lines).contains(line), "\(finding.id) is at line \(line) of \(lines)")
    try law((place.column ?? 1) >= 1 && place.width >= 0, "\(finding.id) is at column \(place.column ?? 0), \(place.width) wide")
  }
}
