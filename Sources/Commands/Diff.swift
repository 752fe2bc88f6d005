import Applying
import ArgumentParser
import Diagnostics
import FileTree
import JSON
import Planning
import TextDiff

/// The command `aiwg diff`.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what `aiwg sync` would change, as a unified diff.",
    discussion: """
      Examples:
        aiwg diff
        aiwg diff | git apply && aiwg sync
        aiwg diff --context "$(git merge-base origin/main HEAD)"

      A diff has the outputs and not aiwg.lock: the sync brings that in line.

      With --context it is about what the platforms read, whoever wrote it: what is more, less and different than at a commit, \
      as Markdown for a comment on a pull request.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var overlay: OverlayOptions
  @OptionGroup var version: VersionOptions

  @Option(help: ArgumentHelp("Instead: what platforms read more, less and differently than at this commit.", valueName: "base"))
  var context: String?

  func validate() throws {
    if let context { try VersionOptions.validate(context, of: "--context") }
  }

  func run() throws {
    if let context {
      return try reporting(common) { environment in
        let diff = try ContextDiff(since: context, common, version, overlay.request(besides: []))
        environment.print(common.format == .json ? diff.json.text : ContextComment(diff).text)
        return .fine
      }
    }
    try reportingProjects(common, of: version) { environment, common, project in
      let pipeline = try Pipeline(common, overlay.request(besides: project.others), project)
      let report = PlanReport(pipeline: pipeline, environment: environment, below: project.prefix)
      if common.format == .json {
        environment.print(try report.json(command: "diff", status: .fine).text)
        return .fine
      }
      // What makes the difference itself doubtful, and nothing else: the output is for another program.
      environment.report(pipeline.diagnostics.filter { ["run", "lock"].contains($0.id.prefix { $0 != "/" }) })
      for change in pipeline.plan.changes where change.decision != .keep {
        environment.print(try text(of: change, in: pipeline.repository, below: project.prefix))
      }
      return .fine
    }
  }

  private func text(of change: Change, in repository: Repository, below prefix: String) throws -> String {
    do throws(TreeError) {
      let old = try change.oldBytes(in: repository.tree)
      let new = try change.wantedBytes(in: repository.tree)
      guard old != new else { return "" }
      let (oldName, newName) = (change.path.quoted("a/" + prefix), change.path.quoted("b/" + prefix))
      return unifiedDiff(old: old ?? [], new: new ?? [], oldName: old == nil ? "/dev/null" : oldName, newName: new == nil ? "/dev/null" : newName)
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }
}

extension Change {
  /// What is wanted at the path, also where a conflict keeps it from being written; nil when nothing is.
  fileprivate func wantedBytes(in tree: some ReadableTree) throws(TreeError) -> [UInt8]? {
    guard conflict != nil, case .file(let content, _)? = output?.form else {
      if case .same = after { return try oldBytes(in: tree) }
      return try newBytes()
    }
    var bytes: [UInt8] = []
    try content.stream { bytes += $0 }
    return bytes
  }
}

extension TreePath {
  /// As in the diffs of git: in quotes, with octal bytes, where it would play with a terminal.
  func quoted(_ prefix: String) -> String {
    guard text.escapedForDisplay != text else { return prefix + text }
    let bytes = bytes.map { byte in
      if byte == UInt8(ascii: "\"") { return "\\\"" }
      guard byte >= 0x80 else { return String(Unicode.Scalar(byte)) }
      let octal = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
    }
    return "\"" + prefix + bytes.joined() + "\""
  }
}
