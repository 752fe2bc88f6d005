import Diagnostics
import JSON
import Linting

/// What lint found, for programs.
struct LintReport {
  let look: LintRun
  let repaired: [LintRepair.Repaired]
  let status: ExitStatus
  let isStrict: Bool
  let repository: Repository

  func deliver(in format: OutputFormat, _ environment: Environment) {
    if format == .json { environment.print(json(environment).text) } else { environment.deliver(report(environment), in: format) }
  }

  private func json(_ environment: Environment) -> JSONValue {
    let counted = look.findings.filter { $0.exception == nil }
    let excepted = look.findings.compactMap { finding in finding.exception.map { (finding.diagnostic, $0) } }
    return .object([
      ("version", .number(1)), ("command", .text("lint")), ("exit", .number(Int(status.rawValue))), ("repaired", .texts(repaired.map(\.path))),
      ("diagnostics", .list(environment.located(counted.map(\.diagnostic)).map(\.json))),
      (
        "exceptions",
        .list(
          excepted.map { diagnostic, reason in
            .object([("id", .text(diagnostic.id)), ("path", .optional(diagnostic.place?.path)), ("reason", .text(reason))])
          })
      ),
    ])
  }

  private func report(_ environment: Environment) -> FindingReport {
    let origin = ReportOrigin(of: repository)
    let items = zip(environment.located(look.findings.map(\.diagnostic)), look.findings).map {
      FindingReport.Item($0, exception: $1.exception, from: origin)
    }
    let found = Set(items.map(\.ruleID))
    let rules = LintRule.all.filter { found.contains($0.id) }.map {
      FindingReport.Rule(id: $0.id, severity: $0.severity, summary: $0.summary, help: $0.reason)
    }
    var report = FindingReport(command: "lint", rules: rules, items: items)
    report.failsForAll = isStrict
    return report
  }
}
