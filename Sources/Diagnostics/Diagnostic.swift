/// One finding about the user's input: what is wrong, where, and what to do.
package struct Diagnostic: Hashable, Sendable {
  /// How much a finding weighs: an error stops the run, a warning does not.
  package enum Severity: String, CaseIterable, Hashable, Sendable, Comparable {
    case error, warning, note

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
  }

  /// Stable, in the form `area/what`, such as `frontmatter/invalid-yaml`.
  package var id: String
  package var severity: Severity
  /// One terse sentence in lower case without a full stop, names in backticks.
  package var message: String
  package var place: SourcePlace?
  /// Further places or facts, one a line.
  package var notes: [String]
  /// What to do about it.
  package var help: String?

  package init(_ severity: Severity, _ id: String, _ message: String, at place: SourcePlace? = nil, notes: [String] = [], help: String? = nil) {
    self.id = id
    self.severity = severity
    self.message = message
    self.place = place
    self.notes = notes
    self.help = help
  }
}

extension [Diagnostic] {
  /// Whether any finding is an error.
  package var hasErrors: Bool { contains { $0.severity == .error } }

  /// By path, line and column, findings without a place first, identical ones once.
  package func inReadingOrder() -> [Diagnostic] {
    var seen = Set<Diagnostic>()
    let ordered = enumerated().sorted { left, right in
      let (a, b) = (left.element.place, right.element.place)
      let (leftKey, rightKey) = ((a?.path ?? "", a?.line ?? 0, a?.column ?? 0), (b?.path ?? "", b?.line ?? 0, b?.column ?? 0))
      return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
    }
    return ordered.map(\.element).filter { seen.insert($0).inserted }
  }
}
