import ArgumentParser
import ContextModel
import Diagnostics
import Disk
import FileTree
import Git
import JSON
import Planning
import ProjectFile
import Verifying

/// The command `aiwg verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Look in this repository for what the checks of the rules are about.",
    discussion: """
      Rules carry checks: fenced blocks `yaml check` with a pattern, the files that it is for, and a message. Each line that one finds is printed \
      with the rule; it is a finding to look at, and no verdict. Without aiwg.yaml the checks are those of the shipped library. An exception is a \
      comment `aiwg-allow: RULE/CHECK REASON` on the line or on the one above.

      Looked at are the files that git tracks or would add, text of up to 1 MiB, but for outputs of aiwg and the rules themselves. Exits with 1 when \
      there is a finding.

      Examples:
        aiwg verify
        aiwg verify --rule stateless-processes deploy/ src/
        aiwg verify --format github
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("Files and folders to look at, instead of all.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Option(
    name: .customLong("rule"), help: ArgumentHelp("Take the checks of this rule alone; may be given again.", valueName: "name"), completion: .rules)
  var rules: [String] = []

  @Flag(name: .customLong("self-test"), help: "Run each check on its own snippets, and look at no file.")
  var testsItself = false

  func run() throws {
    try reporting(common, in: OutputFormat.allCases) { environment in
      try common.requireProject("verify")
      let repository = try Repository.find(common, to: .reading)
      let (checks, sources) = try checks(in: repository)
      if testsItself { return selfTest(checks, environment) }
      let files = try FilesToVerify(in: repository, besides: sources.canonicalFolders, below: paths)
      let verification = Verifier(checks).verify(files.paths, besides: files.others, of: repository.tree, lanes: ThreadLanes())
      if let problem = verification.problems.first { throw CommandFailure(problem, shownAs: repository.shownAs) }
      let status: ExitStatus = verification.findings.isEmpty ? .fine : .drift
      let report = VerifyReport(checks: checks, verification: verification, status: status, repository: repository)
      environment.print(report.text(in: common.format, environment))
      return status
    }
  }

  /// The checks of the rules that the project has, or of those in the library.
  private func checks(in repository: Repository) throws -> ([Verifying.Check], Sources) {
    let isProject = try common.source != nil || repository.bytes(of: Repository.configurationPath) != nil
    let library = Project(sources: [Project.Source(.library([ArtifactKind.rule.folder + "/*"]))])
    let configuration = try isProject ? Configuration(in: repository, common, mayBeMissing: false) : Configuration(library, in: repository)
    let sources = try Sources(configuration, in: repository, skipsInvalid: false)
    var problems = sources.diagnostics.filter { $0.severity == .error }
    let artifacts = sources.tree.artifacts.filter { $0.id.kind == .rule }
    let known = Set(artifacts.map(\.id.name))
    if let unknown = rules.first(where: { !known.contains($0) }) {
      let help = nearest(to: unknown, among: known.sorted()).map { "did you mean `\($0)`?" }
      throw CommandFailure(.usage, "no rule is called `\(unknown)`", id: "usage/unknown-rule", help: help)
    }
    let wanted = artifacts.filter { rules.isEmpty || rules.contains($0.id.name) }
    let checks = wanted.flatMap { Verifying.checks(of: $0, diagnostics: &problems) }
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
    return (checks, sources)
  }

  private func selfTest(_ checks: [Verifying.Check], _ environment: Environment) -> ExitStatus {
    let problems = checks.flatMap(\.fixtureProblems)
    let status: ExitStatus = problems.isEmpty ? .fine : .drift
    if common.format == .json {
      environment.print(
        JSONValue.object([
          ("version", .number(1)), ("command", .text("verify")), ("exit", .number(Int(status.rawValue))), ("checks", .number(checks.count)),
          ("diagnostics", .list(problems.inReadingOrder().map(\.json))),
        ]).text)
      return status
    }
    environment.report(problems)
    let failed = Set(problems.compactMap(\.place)).count
    environment.print("\(counted(checks.count, "check")), \(grouped(failed)) of them not as their own snippets say\n")
    return status
  }
}

/// The files of a repository that somebody works on.
struct FilesToVerify {
  /// In byte order.
  private(set) var paths: [TreePath]
  /// Files that are not among those because nobody asked for them.
  private(set) var others: [TreePath]

  /// Folders with what others wrote, or a program.
  private static let foreignFolders: Set<String> = ["node_modules", "vendor", "third_party", ".venv", "venv", "__pycache__", "site-packages"]

  /// - Parameters:
  ///   - canonical: folders of canonical files, whose snippets have the faults that they are about.
  ///   - limits: as the user gave them; all files when there are none.
  init(in repository: Repository, besides canonical: [TreePath], below limits: [String]) throws {
    let below = try Self.folders(limits, in: repository)
    do throws(TreeError) {
      var findings: [Diagnostic] = []
      let record = try RecordFile(from: repository.tree, findings: &findings).record
      let outputs = Set(record.claims.filter { $0.value.contains { !$0.isBlock } }.keys)
      let all: [TreePath]
      if let tracked = GitHistory(root: repository.root)?.files() { all = tracked } else { all = try Self.listed(repository.tree) }
      let own = all.filter { path in
        !outputs.contains(path) && !canonical.contains { path.isInside($0) } && !Self.isForeign(path)
      }
      .sorted()
      let isAsked = { (path: TreePath) in below?.contains { path == $0 || path.isInside($0) } ?? true }
      (paths, others) = (own.filter(isAsked), own.filter { !isAsked($0) })
    } catch {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  private static func isForeign(_ path: TreePath) -> Bool {
    let parts = path.text.split(separator: "/")
    return path == Record.path || parts[0] == ".aiwg" || parts.dropLast().contains { foreignFolders.contains(String($0)) }
  }

  private static func listed(_ tree: some ReadableTree) throws(TreeError) -> [TreePath] {
    try tree.entries(under: nil).filter { $0.kind == .file && !$0.path.leadsIntoGit }.map(\.path)
  }

  /// Nil for the whole repository.
  private static func folders(_ limits: [String], in repository: Repository) throws(CommandFailure) -> [TreePath]? {
    var out: [TreePath] = []
    for limit in limits {
      let absolute = try normalized(absolutePath(limit))
      guard Machine.exists(absolute) else {
        throw CommandFailure(.invalid, "`\(limit)` is not there", id: "usage/no-file", help: "paths begin at the working directory")
      }
      let path = relativePath(from: repository.root, to: absolute)
      if path == "." { return nil }
      guard let inside = TreePath(path), !path.hasPrefix("../") else {
        throw CommandFailure(.invalid, "`\(limit)` lies outside of the repository", id: "usage/outside")
      }
      out.append(inside)
    }
    return out.isEmpty ? nil : out
  }
}
