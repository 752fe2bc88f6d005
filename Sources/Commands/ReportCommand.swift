import ArgumentParser
import Diagnostics
import JSON
import Reporting

/// The command `aiwg report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show how each platform gets each artifact, what is lost, what it costs, and what is out of line; with --html as one page.",
    discussion: """
      The page needs nothing else: it can be mailed, kept with a build, or opened offline. It says what will be there after the next sync, \
      and what a check would say today. It has no date and no path of this machine in it, so that the same tree gives the same bytes.

      Examples:
        aiwg report
        aiwg report --html report.html
        aiwg report --html - > report.html
        aiwg report --format json
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var overlay: OverlayOptions

  @Option(help: ArgumentHelp("Write a page to this file instead; `-` is standard output.", valueName: "file"), completion: .file())
  var html: String?

  @Flag(help: "Replace a file that is not such a page; it is kept beside the new one.")
  var force = false

  func validate() throws {
    if html != nil && common.format != .text { throw ValidationError("--html and --format both say how the report is written; give one of them") }
    if force && html == nil { throw ValidationError("--force is for the file of --html") }
  }

  func run() throws {
    guard let html else {
      return try reportingProjects(common) { environment, common, project in
        let report = try Report(of: Pipeline(common, overlay.request(besides: project.others)))
        environment.print(common.format == .json ? report.json.text : report.words)
        return .fine
      }
    }
    try reporting(common) { environment in
      let projects = try ProjectsInRun(common)
      guard projects.isAlone else {
        let names = projects.all.map { $0.path.isEmpty ? "." : $0.path }
        throw CommandFailure(
          .usage, "a page is about one project, and aiwg.yaml names \(names.count): " + names.prefix(6).joined(separator: ", "),
          id: "usage/one-project", help: "write one for each: `aiwg report --target DIR --html FILE`")
      }
      environment.progress("reading …")
      let pipeline = try Pipeline(common, overlay.request(besides: []))
      let report = try Report(of: pipeline)
      let page = report.page
      environment.endProgress()
      if html == "-" {
        environment.print(page)
        return .fine
      }
      let kept = try ReportFile(html, besides: pipeline).write(page, isForced: force)
      if let kept { environment.news("what stood in `\(html.escapedForDisplay)` is kept as `\(kept.escapedForDisplay)` beside it\n") }
      if environment.verbosity >= 0 {
        let size = "\(grouped((page.utf8.count + 1023) / 1024)) KiB"
        let counts = "\(counted(report.artifacts.count, "artifact")), \(counted(report.platforms.count, "platform"))"
        environment.print("\(html.escapedForDisplay): \(counts), \(size)\n")
      }
      return .fine
    }
  }
}
