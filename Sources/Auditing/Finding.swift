import Diagnostics

/// Something that was found in a file, before it has a line and a column.
struct Finding: Hashable, Sendable {
  var kind: AuditKind
  var severity: Diagnostic.Severity
  /// In bytes of the file.
  var range: Range<Int>
  var message: String
  var notes: [String] = []
  var help: String
  /// Bytes that must not be shown: a report is read by more people than the file.
  var masked: Range<Int>?
}

/// The findings of one file: all are counted, and only so many are kept.
struct FindingList {
  /// More than these are not kept, so that a hostile file fills no memory.
  private static let mostKept = 1_000

  private(set) var findings: [Finding] = []
  private(set) var count = 0
  /// Of the findings that are not kept, the weightiest.
  private(set) var worstLeftOut: Diagnostic.Severity?

  mutating func add(_ finding: Finding) {
    count += 1
    if findings.count < Self.mostKept { return findings.append(finding) }
    // An error is never crowded out by what weighs less.
    if finding.severity == .error, let lesser = findings.lastIndex(where: { $0.severity != .error }) {
      leaveOut(findings[lesser].severity)
      findings[lesser] = finding
    } else {
      leaveOut(finding.severity)
    }
  }

  private mutating func leaveOut(_ severity: Diagnostic.Severity) {
    worstLeftOut = min(worstLeftOut ?? severity, severity)
  }

  /// Takes out what lies in some ranges.
  mutating func remove(where isUnwanted: (Finding) -> Bool) {
    let before = findings.count
    findings.removeAll(where: isUnwanted)
    count -= before - findings.count
  }

  /// A word of mixed letters in a name or a host is told with the name or the host.
  mutating func dropWhatIsToldBetter() {
    let better = findings.filter { $0.kind == .lookAlikeURL || $0.kind == .lookAlikeName }.map(\.range)
    guard !better.isEmpty else { return }
    remove { finding in finding.kind == .mixedScript && better.contains { $0.overlaps(finding.range) } }
  }

  /// The weightiest so many, in the order of the file, and how many more there are.
  func shown(most: Int) -> (findings: [Finding], more: Int, worst: Diagnostic.Severity?) {
    let ordered = findings.sorted { ($0.severity, $0.range.lowerBound) < ($1.severity, $1.range.lowerBound) }
    let kept = ordered.prefix(most).sorted { ($0.range.lowerBound, $0.kind.rawValue) < ($1.range.lowerBound, $1.kind.rawValue) }
    let next = ordered.dropFirst(most).first?.severity
    let worst = [next, worstLeftOut].compactMap { $0 }.min()
    return (kept, count - kept.count, worst)
  }
}
