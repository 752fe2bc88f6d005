import ArgumentParser
import Diagnostics
import Importing
import Platforms

/// The command `aiwg import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a canonical tree of the files that platforms have here, and deploy it in their place.",
    discussion: """
      What several platforms have under one name becomes one artifact when they agree, and stops the run when they do not. Fields that only \
      one platform knows stay under its key. A text such as CLAUDE.md becomes a rule. Servers, hooks, permissions and ignored files come from \
      the settings of the platforms; what no canonical file says of them is named and stays where it is. What is written anew or goes is saved \
      under .aiwg/state/saved first; settings of one person are never imported.

      Examples:
        aiwg import --dry-run
        aiwg import --from cursor,claude-code
        aiwg import --prefer claude-code --split
        aiwg import .cursor/rules/new.mdc
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "Files or folders to import; without any, all that there is.", completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The platforms whose files are imported; without it, those of aiwg.yaml, else those that show.", valueName: "a,b"),
    completion: .platforms)
  var from: String?

  @Option(
    help: ArgumentHelp("The folder of the canonical tree; without it, that of aiwg.yaml, else .aiwg.", valueName: "dir"), completion: .directory)
  var tree: String?

  @OptionGroup var joining: JoiningOptions

  @Flag(name: .customLong("allow-more"), help: "Take in what agents of a platform may do, also for platforms whose agents may not do it so far.")
  var allowsMore = false

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  func run() throws {
    try reporting(common) { environment in
      try common.requireProject("import")
      environment.progress("reading …")
      var options = ImportOptions()
      options.splitsTexts = joining.split
      options.preferred = try platformIDs(joining.prefer)
      options.allowsMore = allowsMore
      let importation = try Importation(common, of: files, from: from, tree: tree, options, writes: !isDryRun)
      let pipeline = try importation.pipeline(common, writes: !isDryRun)
      environment.report(importation.result.problems)
      let imported = ImportReport(of: importation, as: pipeline)
      if common.format == .text, environment.verbosity >= 0 { environment.print(try imported.text()) }
      var report = PlanReport(pipeline: pipeline, environment: environment)
      report.imported = (importation.result.problems, imported.json())
      return try report.carryOut(isDryRun: isDryRun, command: "import", format: common.format)
    }
  }
}

/// The ids of platforms that the user names by id or alias.
/// - Throws: `CommandFailure` for a name that is none.
func platformIDs(_ words: String?) throws -> [String] {
  guard let words else { return [] }
  let catalog = try Sources.shippedCatalog()
  _ = try Selection(asked: words, recorded: nil, detected: [], catalog: catalog)
  return words.split(whereSeparator: { $0 == "," || $0 == " " }).compactMap { catalog.ids[String($0)] }
}
