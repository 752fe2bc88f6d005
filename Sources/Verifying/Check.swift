package import ContextModel
package import Diagnostics
import Globs
package import Patterns

/// An item of a rule that a machine can look for: lines that break the rule, or are worth a look.
package struct Check: Sendable {
  /// The rule that it is an item of.
  package var rule: ArtifactID
  /// Nil for a rule without one.
  package var severity: Severity?
  /// Unique in its rule.
  package var name: String
  /// What is wrong, and what to do instead.
  package var message: String
  /// What a line must match.
  package var pattern: LinePattern
  /// A line that it matches as well is let go.
  package var unless: LinePattern?
  /// A file in which any line matches it is let go.
  package var unlessFile: LinePattern?
  package var unlessDeclared: Declaration?
  /// Lines with the fault, and the same without it.
  package var fixtures: (bad: String, good: String)
  /// Where the check stands.
  package var place: SourcePlace

  let files: [Glob]
  let ignored: [Glob]

  /// Names that a repository declares somewhere, such as the folders that a volume is mounted at.
  package struct Declaration: Sendable {
    let files: [Glob]
    /// Its last group is the name.
    package var pattern: LinePattern
  }

  init(
    rule: ArtifactID, severity: Severity?, name: String, message: String, pattern: LinePattern, files: [Glob], ignored: [Glob],
    fixtures: (bad: String, good: String), place: SourcePlace
  ) {
    (self.rule, self.severity, self.name, self.message, self.pattern) = (rule, severity, name, message, pattern)
    (self.files, self.ignored, self.fixtures, self.place) = (files, ignored, fixtures, place)
  }

  /// The rule's name and the check's own, as findings and exceptions have them.
  package var id: String { "\(rule.name)/\(name)" }

  /// Whether it is about a file, by its path from the root of the repository.
  package func isAbout(_ path: String) -> Bool {
    files.contains { $0.matches(path) } && !ignored.contains { $0.matches(path) }
  }
}

extension Check.Declaration {
  func isAbout(_ path: String) -> Bool { files.contains { $0.matches(path) } }
}
