package import Diagnostics

/// A kind of finding that `aiwg lint` knows, under its stable id.
package struct LintRule: Hashable, Sendable {
  /// In the form `area/what`.
  package var id: String
  /// What it weighs when nobody says otherwise.
  package var severity: Diagnostic.Severity
  /// What is found, in a sentence.
  package var summary: String
  /// Why that is worth a look, and what to do, in a sentence or two.
  package var reason: String
  /// Whether `--fix` can put it right, at least sometimes.
  package var isFixable: Bool

  init(_ severity: Diagnostic.Severity, _ id: String, _ summary: String, _ reason: String, isFixable: Bool = false) {
    (self.id, self.severity, self.summary, self.reason, self.isFixable) = (id, severity, summary, reason, isFixable)
  }

  /// Whether a project may say what it weighs: what stops a deploy stays an error.
  package var isAdjustable: Bool { severity != .error }

  /// All of them, by id.
  package static let all: [LintRule] = (ofReading + ofLooking).sorted { $0.id < $1.id }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// The rule of an id; nil for an id that lint does not know.
  package static func named(_ id: String) -> LintRule? { byID[id] }
}
