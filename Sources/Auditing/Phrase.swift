import Diagnostics
import Patterns

/// One thing that attackers write, as data: where to look, what it looks like, and what to say about it.
struct Phrase: Sendable {
  /// What may speak for the one who wrote it.
  enum Excuse: Sendable {
    /// Nothing does.
    case none
    /// The sentence forbids it, or it is shown as a bad example.
    case forbidding
    /// It is quoted as something that others say.
    case mentioning
  }

  /// How far it may reach.
  enum Reach: Sendable {
    /// Lines up to the next empty one; a blank in the pattern stands for any blanks, line ends and marks of emphasis.
    case paragraph
    /// A line, and the next one behind a backslash.
    case line
  }

  var kind: AuditKind
  var severity: Diagnostic.Severity
  var reach: Reach
  /// In lower case; without one of them nothing is looked for.
  var anchors: [String]
  /// Of what `LinePattern` reads, in lower case.
  var pattern: String
  /// One of these right behind what was found makes it harmless.
  var unlessBefore: [String] = []
  var excuse = Excuse.forbidding
  var message: String
  var help: String

  init(
    _ kind: AuditKind, _ severity: Diagnostic.Severity, _ reach: Reach, at anchors: [String], _ pattern: String, unlessBefore: [String] = [],
    excuse: Excuse = .forbidding, _ message: String, help: String
  ) {
    (self.kind, self.severity, self.reach, self.anchors) = (kind, severity, reach, anchors)
    self.pattern = reach == .paragraph ? pattern.replacing(" ", with: "[[:space:]*_]+") : pattern
    (self.unlessBefore, self.excuse, self.message, self.help) = (unlessBefore, excuse, message, help)
  }
}

/// A phrase whose pattern is ready.
struct ReadyPhrase: Sendable {
  var phrase: Phrase
  var pattern: LinePattern

  init(_ phrase: Phrase) throws(PatternProblem) {
    self.phrase = phrase
    pattern = try LinePattern(phrase.pattern)
  }
}
