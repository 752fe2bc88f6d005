import ContextModel
import Diagnostics
import FileTree
import JSON
import Verifying

/// What `verify` found, in the words of each format.
struct VerifyReport {
  let checks: [Verifying.Check]
  let verification: Verification
  let status: ExitStatus
  let repository: Repository

  func text(in format: OutputFormat, _ environment: Environment) -> String {
    switch format {
    case .text: lines(environment)
    case .json: json.text
    case .sarif, .github, .junit: report.text(in: format) ?? ""
    }
  }

  private func severity(of finding: Finding) -> String? { checks[finding.check].severity?.rawValue }

  // MARK: For people

  private func lines(_ environment: Environment) -> String {
    let renderer = TextRenderer(colored: environment.isColored)
    let findings = verification.findings.map { renderer.render(diagnostic(of: $0)) }.joined()
    guard environment.verbosity >= 0 else { return findings }
    let files = Set(verification.findings.map(\.path)).count
    let found = verification.findings.isEmpty ? "no findings" : "\(counted(verification.findings.count, "finding")) in \(counted(files, "file"))"
    let excepted = verification.excepted.isEmpty ? "" : ", \(counted(verification.excepted.count, "exception"))"
    return findings + "\(found)\(excepted): \(counted(verification.files, "file")) looked at with \(counted(checks.count, "check"))\n"
  }

  private func diagnostic(of finding: Finding) -> Diagnostic {
    let check = checks[finding.check]
    let place = SourcePlace(
      path: repository.shownAs + finding.path.text, line: finding.line, column: finding.column, excerpt: finding.text, width: finding.width)
    let severity = check.severity.map { "\($0.rawValue): " } ?? ""
    return Diagnostic(
      .warning, check.id, severity + check.message, at: place,
      help: "the rule is \(check.place.path); an exception is a comment `aiwg-allow: \(check.id) REASON`")
  }

  // MARK: For programs

  private var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("verify")), ("exit", .number(Int(status.rawValue))), ("files", .number(verification.files)),
      ("checks", .number(checks.count)), ("findings", .list(verification.findings.map(json))),
      ("exceptions", .list(verification.excepted.map(json))),
    ])
  }

  private func json(_ finding: Finding) -> JSONValue {
    let check = checks[finding.check]
    var pairs: [(String, JSONValue)] = [
      ("rule", .text(check.rule.name)), ("check", .text(check.name)), ("severity", .optional(severity(of: finding))),
      ("path", .text(finding.path.text)), ("line", .number(finding.line)), ("column", .number(finding.column)), ("message", .text(check.message)),
      ("text", .text(finding.text)),
    ]
    if let exception = finding.exception { pairs.append(("exception", .text(exception))) }
    return .object(pairs)
  }

  private var report: FindingReport {
    let rules = checks.map {
      FindingReport.Rule(id: $0.id, severity: level(of: $0), summary: $0.message, help: "The rule is \($0.place.path).")
    }
    var report = FindingReport(command: "verify", rules: rules, items: (verification.findings + verification.excepted).map(item))
    report.failsForAll = true
    return report
  }

  private func level(of check: Verifying.Check) -> Diagnostic.Severity {
    switch check.severity {
    case .critical: .error
    case .high, .medium, nil: .warning
    case .low: .note
    }
  }

  private func item(of finding: Finding) -> FindingReport.Item {
    let check = checks[finding.check]
    let path = ReportOrigin(of: repository).path(of: repository.shownAs + finding.path.text)
    var item = FindingReport.Item(ruleID: check.id, severity: level(of: check), message: check.message, path: path)
    (item.line, item.columns, item.snippet, item.exception) = (finding.line, scalars(of: finding), finding.text, finding.exception)
    return item
  }

  /// Columns in scalars, from 1; what was found is in bytes.
  private func scalars(of finding: Finding) -> Range<Int> {
    let bytes = Array(finding.text.utf8)
    let count = { (end: Int) in String(decoding: bytes.prefix(end), as: UTF8.self).unicodeScalars.count + 1 }
    let start = count(finding.column - 1)
    return start..<max(start + 1, count(finding.column - 1 + finding.width))
  }
}
