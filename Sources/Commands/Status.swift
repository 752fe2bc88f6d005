import ArgumentParser
import Diagnostics
import FileTree
import JSON
import Planning

/// The command `aiwg status`.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the state of every output that is out of line, in two letters.",
    discussion: """
      The first letter is what the source did, the second what happened to the output: `A ` to be created, `M ` source changed, `D ` no \
      longer wanted, ` D` missing, ` M` edited by hand, `MM` both, `??` not aiwg's, `= ` there but not recorded, `!!` in the way.

      Examples:
        aiwg status
        aiwg status -v
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var overlay: OverlayOptions
  @OptionGroup var version: VersionOptions

  func run() throws {
    try reportingProjects(common, of: version) { environment, common, project in
      let pipeline = try Pipeline(common, overlay.request(besides: project.others), project)
      let report = PlanReport(pipeline: pipeline, environment: environment, below: project.prefix)
      if common.format == .json {
        environment.print(try report.json(command: "status", status: .fine).text)
        return .fine
      }
      environment.reportInShort(pipeline.diagnostics.filter { environment.verbosity > 0 || !$0.id.hasPrefix("layout/") })
      for change in pipeline.plan.changes where change.decision != .keep || environment.verbosity > 0 {
        let path = (project.prefix + change.path.text).escapedForDisplay
        environment.print(environment.paint(change.decision.letters, change.decision.color) + " " + path + "\n")
      }
      if environment.verbosity >= 0 { environment.print(report.platformLines()) }
      return .fine
    }
  }
}
