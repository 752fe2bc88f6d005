package import Diagnostics
import Patterns

extension Check {
  /// Whether the check does on its own snippets what it is for: it fires on the bad one and is silent on the good one.
  ///
  /// What a repository declares plays no part.
  package var fixtureProblems: [Diagnostic] {
    var problems: [Diagnostic] = []
    if firstLine(in: fixtures.bad) == nil {
      problems.append(
        Diagnostic(.error, "check/silent", "`\(id)` is silent on its own `bad` snippet", at: place, help: "mend the pattern or the snippet"))
    }
    if let line = firstLine(in: fixtures.good) {
      let message = "`\(id)` fires on line \(line) of its own `good` snippet"
      problems.append(Diagnostic(.error, "check/noisy", message, at: place, help: "narrow the pattern, or let the line go with `unless`"))
    }
    return problems
  }

  /// The first line of a text that the check would find, from 1.
  private func firstLine(in text: String) -> Int? {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    if let unlessFile, lines.contains(where: { unlessFile.firstMatch(in: $0) != nil }) { return nil }
    return lines.firstIndex { pattern.firstMatch(in: $0) != nil && unless?.firstMatch(in: $0) == nil }.map { $0 + 1 }
  }
}
