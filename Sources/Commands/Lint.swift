import ArgumentParser
import Diagnostics
import Disk
import JSON
import Linting

/// The command `aiwg lint`.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find problems in the tree before they reach a platform.",
    discussion: """
      Exits with 1 when there is an error, with --strict also when there is a warning. `lint:` in aiwg.yaml says what a finding weighs: \
      `off`, `warn` or `error`. A file allows itself one with the line `# aiwg-allow: ID REASON` in its head.

      Examples:
        aiwg lint
        aiwg lint --fix
        aiwg lint --format sarif
        aiwg lint --source rules-of-the-team
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("fix"), help: "Put right what can be put right, changing only the bytes that need it.")
  var fixes = false

  @Flag(name: .customLong("strict"), help: "Exit with 1 for warnings too.")
  var isStrict = false

  @Flag(name: .customLong("rules"), help: "List what is looked for, and look at nothing.")
  var listsRules = false

  func run() throws {
    if listsRules { return try reporting(common) { listRules($0) } }
    try reportingProjects(common, in: OutputFormat.allCases) { environment, common, _ in
      let repository = try Repository.find(common, to: fixes ? .writing : .reading)
      let configuration = try Configuration(in: repository, common, mayBeMissing: true, mayRecord: false)
      var repair = LintRepair(configuration, repository, common)
      var look: LintRun
      do {
        if fixes { try repair.repairHeads() }
        look = try LintRun(configuration, in: repository)
        while fixes, try repair.fix(look) { look = try LintRun(configuration, in: repository) }
      } catch {
        throw repair.telling(of: error)
      }
      let errors = look.shown.count { $0.diagnostic.severity == .error }
      let warnings = look.shown.count - errors
      let status: ExitStatus = errors > 0 || (isStrict && warnings > 0) ? .drift : .fine
      let report = LintReport(look: look, repaired: repair.repaired, status: status, isStrict: isStrict, repository: repository)
      if common.format != .text {
        report.deliver(in: common.format, environment)
        return status
      }
      environment.report(look.shown.map(\.diagnostic))
      for one in repair.repaired {
        environment.print("repaired \(one.path.escapedForDisplay)\(one.isExcluded ? ", which is still under `exclude:` in aiwg.yaml" : "")\n")
      }
      guard environment.verbosity >= 0 else { return status }
      let excepted = look.findings.count - look.shown.count
      let fixable = look.shown.count { !$0.fix.isEmpty }
      environment.print(
        "\(counted(errors, "error")), \(counted(warnings, "warning"))\(excepted > 0 ? ", \(counted(excepted, "exception"))" : "")"
          + (fixable > 0 ? "; `aiwg lint --fix` can put \(grouped(fixable)) of them right" : "") + "\n")
      return status
    }
  }

  private func listRules(_ environment: Environment) -> ExitStatus {
    if common.format == .json {
      let rules = LintRule.all.map { rule in
        JSONValue.object([
          ("id", .text(rule.id)), ("severity", .text(rule.severity.rawValue)), ("fixable", .bool(rule.isFixable)), ("summary", .text(rule.summary)),
          ("reason", .text(rule.reason)),
        ])
      }
      environment.print(JSONValue.object([("version", .number(1)), ("command", .text("lint")), ("exit", .number(0)), ("rules", .list(rules))]).text)
    } else {
      environment.print(columns(LintRule.all.map { [$0.id, $0.severity.rawValue, $0.isFixable ? "fixable" : "", $0.summary] }))
    }
    return .fine
  }
}
