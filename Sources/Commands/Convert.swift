import ArgumentParser
import Diagnostics
import FileTree
import Formats
import Importing
import Planning
import Platforms

/// The command `aiwg convert`.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write the files of some platforms as those of others, and leave nothing else behind.",
    discussion: """
      An import and a deploy without a tree, aiwg.yaml or aiwg.lock: the files of the first platforms stay as they are, and those of the others \
      are yours from then on. A file that is there already stops the run, unless it says the same. Hooks are not converted, and what agents may \
      do only with --allow-more.

      Examples:
        aiwg convert --from cursor --to copilot,claude-code
        aiwg convert --from claude-code --to codex --dry-run
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The platforms whose files are read.", valueName: "a,b"), completion: .platforms)
  var from: String

  @Option(help: ArgumentHelp("The platforms whose files are written.", valueName: "a,b"), completion: .platforms)
  var to: String

  @OptionGroup var joining: JoiningOptions

  @Flag(name: .customLong("allow-more"), help: "Take in what agents may do for platforms whose agents may not do it so far.")
  var allowsMore = false

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Overwrite what is in the way, after its bytes are saved under .aiwg/state/saved.")
  var force = false

  func run() throws {
    try reporting(common) { environment in
      try common.requireProject("convert")
      environment.progress("reading …")
      var options = ImportOptions()
      options.splitsTexts = joining.split
      options.targets = try platformIDs(to)
      options.preferred = try platformIDs(joining.prefer)
      options.allowsMore = allowsMore
      let importation = try Importation(common, from: from, tree: nil, options, writes: !isDryRun)
      let pipeline = try importation.conversion(common, to: to, writes: !isDryRun, force: force)
      environment.report(importation.result.problems + (try importation.readTwice(pipeline, from: from)))
      return try PlanReport(pipeline: pipeline, environment: environment)
        .carryOut(isDryRun: isDryRun, command: "convert", format: common.format)
    }
  }
}
