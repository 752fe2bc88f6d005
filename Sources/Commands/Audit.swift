import ArgumentParser
import Diagnostics
import Disk
import FileTree
import JSON
import Planning
import Platforms

/// The command `aiwg audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find what somebody hides in the files that platforms read.",
    discussion: """
      Looked at is all that some platform reads here, whoever wrote it: instructions, skills with the files beside them, settings, hooks and servers; \
      and the canonical files, those of fetched sources among them. Found are characters that nobody sees, letters that look like others, text \
      in comments, orders to leak or to hide something, commands that run what they fetch, secrets, and settings that allow everything. With a PATH, \
      instead, all files there.

      What is known and harmless is listed in aiwg.yaml, with a reason, under `audit: allow:`, and nowhere else. Exits with 1 when there is an error, \
      with --strict also when there is a warning; with 4 when something could not be read, and the rest is looked at all the same.

      Examples:
        aiwg audit
        aiwg audit --strict --format json
        aiwg audit downloads/some-skill
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("Files and folders to look into, instead of all that platforms read.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Flag(name: .customLong("strict"), help: "Exit with 1 for warnings too.")
  var isStrict = false

  func run() throws {
    try reportingProjects(common, in: OutputFormat.allCases) { environment, common, project in
      let repository = try Repository.find(common, to: .reading, isWhole: true)
      let hasProject =
        try common.source != nil || repository.bytes(of: Repository.configurationPath) != nil
        || repository.user == nil && Configuration.hasOwnTree(in: repository)
      let configuration = hasProject ? try Configuration(in: repository, common, mayBeMissing: true, mayRecord: false) : nil
      let result: AuditResult
      if paths.isEmpty {
        let catalog = try PlatformCatalog.known(in: repository, common)
        try repository.mountRoots(of: catalog, trustsRecord: true)
        let files = try FilesToAudit(of: repository, configuration, catalog, besides: project.others)
        result = try AuditResult(of: files, outputs: outputs(in: repository), configuration, isWhole: true, lanes: ThreadLanes())
      } else {
        let files = try FilesToAudit(named: paths, in: repository)
        result = try AuditResult(of: files, outputs: [], configuration, isWhole: false, lanes: ThreadLanes())
      }
      return report(result, repository, environment, common)
    }
  }

  /// What aiwg.lock lists; a damaged one is told by `aiwg check`, and keeps nobody from looking.
  private func outputs(in repository: Repository) -> Set<TreePath> { Set((try? repository.record())?.claims.keys.map { $0 } ?? []) }

  private func report(_ result: AuditResult, _ repository: Repository, _ environment: Environment, _ common: CommonOptions) -> ExitStatus {
    let found =
      result.diagnostics
      + (result.files == 0 && paths.isEmpty && common.source == nil && repository.user == nil ? Configuration.unguessedTree(in: repository) : [])
    let errors = found.count { $0.severity == .error }
    let warnings = found.count { $0.severity == .warning }
    // Who relies on an audit has to know that it was no whole one.
    let status: ExitStatus = !result.isComplete ? .machine : errors > 0 || (isStrict && warnings > 0) ? .drift : .fine
    if common.format == .json {
      environment.print(
        JSONValue.object([
          ("version", .number(1)), ("command", .text("audit")), ("exit", .number(Int(status.rawValue))), ("files", .number(result.files)),
          ("allowed", .number(result.allowed)), ("diagnostics", .list(environment.located(found).inReadingOrder().map(\.json))),
        ]).text)
      return status
    }
    if common.format != .text {
      let origin = ReportOrigin(of: repository)
      var report = FindingReport(
        command: "audit", rules: [], items: environment.located(found).inReadingOrder().map { FindingReport.Item($0, from: origin) })
      report.failsForAll = isStrict
      environment.deliver(report, in: common.format)
      return status
    }
    environment.report(found)
    guard environment.verbosity >= 0 else { return status }
    let allowed = result.allowed > 0 ? ", \(grouped(result.allowed)) allowed" : ""
    environment.print("\(counted(errors, "error")), \(counted(warnings, "warning"))\(allowed): \(counted(result.files, "file")) looked at\n")
    return status
  }
}
