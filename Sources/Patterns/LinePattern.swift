/// A regular expression for single lines of bytes, as `LC_ALL=C grep -E` of GNU reads it.
///
/// No pattern takes longer than its length times that of the line, whoever wrote it.
package struct LinePattern: Sendable {
  /// As it was written.
  package let text: String
  /// Texts of which each line that matches has at least one; empty when nothing is certain.
  package let literals: [[UInt8]]
  private let program: Program

  /// Where a line matches.
  package struct Match: Hashable, Sendable {
    /// In bytes from the start of the line.
    package var range: Range<Int>
    /// Of the groups in parentheses with none inside, the last one that took part; nil without any.
    package var group: Range<Int>?
  }

  /// - Throws: `PatternProblem` when the text is no pattern.
  package init(_ text: String) throws(PatternProblem) {
    self.text = text
    let expression = try ExpressionParser.expression(of: text)
    program = try Program(expression)
    let required = Literals(of: expression).required ?? []
    literals = required.contains { $0.count < 2 } ? [] : Array(Set(required)).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// All matches in a line without its end, from left to right, none of them empty and none overlapping.
  package func matches(in line: UnsafeBufferPointer<UInt8>) -> [Match] {
    var matcher = Matcher(program)
    var found: [Match] = []
    var start = 0
    while start < line.count, let match = matcher.firstMatch(in: line, from: start) {
      if !match.range.isEmpty { found.append(match) }
      start = max(match.range.upperBound, start + 1)
    }
    return found
  }

  /// The leftmost match in a line without its end; nil when there is none.
  package func firstMatch(in line: some Collection<UInt8>) -> Match? {
    var matcher = Matcher(program)
    return line.withContiguousStorageIfAvailable { matcher.firstMatch(in: $0) }
      ?? Array(line).withUnsafeBufferPointer { matcher.firstMatch(in: $0) }
  }
}
