import ArgumentParser
import Diagnostics
import Disk
import FileTree
import Formats
import JSON
import Layout
import Planning
import Platforms
import ProjectFile

/// The command `aiwg init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begin a canonical tree: aiwg.yaml, .gitattributes lines and a first rule.",
    discussion: """
      Examples:
        aiwg init
        aiwg init --platforms claude-code,copilot
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Platforms by id or alias; without it, those that the repository shows signs of, else the default ones.", valueName: "a,b"),
    completion: .platforms)
  var platforms: String?

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  func run() throws {
    try reporting(common) { environment in
      try common.requireProject("init")
      let repository = try Repository.find(common, to: isDryRun ? .reading : .writing)
      if try repository.has(Repository.configurationPath) {
        let message = "\(repository.shownAs)aiwg.yaml is here already; `aiwg deploy` deploys what it says\n"
        environment.print(common.format == .json ? report([]).text : message)
        return .fine
      }
      let catalog = try Sources.shippedCatalog()
      let detected = try catalog.detected { try repository.has($0) }
      let selection = try Selection(asked: platforms, recorded: nil, detected: detected, catalog: catalog)
      let plan = try plan(for: repository, selection)
      let conflicts = plan.conflictDiagnostics(shownAs: repository.shownAs)
      guard conflicts.isEmpty else { throw CommandFailure(.blocked, diagnostics: conflicts) }
      if !isDryRun { _ = try repository.apply(plan, environment) }
      let changes = plan.changes.filter { $0.decision != .keep }
      guard common.format == .text else {
        environment.print(report(changes).text)
        return .fine
      }
      for change in changes { environment.print("\(change.sign) \(change.path)\n") }
      if environment.verbosity >= 0 { environment.print(nextSteps(detected, catalog, repository)) }
      return .fine
    }
  }

  private func plan(for repository: Repository, _ selection: Selection) throws -> Plan {
    let folder = common.source ?? ".aiwg"
    let source = relativePath(from: repository.root, to: folder.hasPrefix("/") ? folder : repository.root + "/" + folder)
    let project = Project(platforms: selection.recorded, sources: [Project.Source(.path(source))], locale: common.locale)
    var edits: [FileEdit] = []
    if let path = TreePath(Repository.configurationPath) { edits.append(FileEdit(path: path, old: nil, new: Array(project.text.utf8))) }
    if let path = TreePath(source == "." ? "rules/first-rule.md" : source + "/rules/first-rule.md"), !hasRules(repository, source) {
      edits.append(FileEdit(path: path, old: nil, new: Array(Self.firstRule.utf8)))
    }
    var found: [Diagnostic] = []
    do {
      let record = try RecordFile(from: repository.tree, findings: &found)
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      var options = PlanOptions(header: try Release.header()) { _, _ in false }
      options.edits = edits
      let attributes = gitAttributes(for: Layout(), canonicalPatterns: source == "." ? [] : ["/\(source)/**"])
      return try Plan(desired: DesiredTree(attributes.map { [$0] } ?? []), record: record, tree: repository.tree, options: options)
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  private func report(_ changes: [Change]) -> JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("init")), ("exit", .number(0)),
      ("changes", .list(changes.map { .object([("path", .text($0.path.text)), ("change", .text($0.decision.word))]) })),
    ])
  }

  private func hasRules(_ repository: Repository, _ source: String) -> Bool {
    Machine.hasFolder(repository.root + "/" + source + "/rules")
  }

  private func nextSteps(_ detected: [String], _ catalog: PlatformCatalog, _ repository: Repository) -> String {
    var out = ""
    if !detected.isEmpty {
      out += "files of \(detected.joined(separator: ", ")) are here already; they stay as they are, and one in the way of an output stops a deploy\n"
    }
    return out + "next: edit the rule, then `aiwg deploy`\n"
  }

  static var firstRuleDigest: Digest { Digest(of: Array(firstRule.utf8)) }

  private static var firstRule: String {
    """
    ---
    name: first-rule
    description: Say what changed and why in every commit message.
    severity: MEDIUM
    category: process
    ---
    # First rule

    ## Rule

    A commit message says what changed and why, in the imperative, with a first line of at most 72 characters.

    ## Why

    The code shows how; only the message can tell the next reader the reason.

    """
  }
}
