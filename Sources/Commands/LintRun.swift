import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Linting
import Planning
import Platforms
import ProjectFile
import Translating
import Verifying

/// One look at the tree of a project, with every check.
struct LintRun {
  /// In reading order, as heavy as the project says; without notes, and with those that a file allows itself.
  let findings: [LintFinding]
  /// By index of a source that is a folder: what it holds.
  let own: [Int: [Artifact]]

  /// What counts.
  var shown: [LintFinding] { findings.filter { $0.exception == nil } }

  /// - Parameters:
  ///   - given: excluded artifacts are looked at as well.
  ///   - files: files of the repository as an editor has them.
  /// - Throws: `CommandFailure` when a source cannot be opened, or aiwg.yaml weighs what is no finding.
  init(_ given: Configuration, in repository: Repository, with files: [TreePath: OverlaidTree.File] = [:]) throws {
    var configuration = given
    for index in configuration.project.sources.indices { configuration.project.sources[index].exclude = [] }
    try Self.check(configuration)
    let sources = try Sources(configuration, in: repository, skipsInvalid: false, with: files)
    own = sources.own
    let artifacts = own.sorted { $0.key < $1.key }.flatMap(\.value)
    var findings = withFixes(sources.toldByReading, of: artifacts)
    findings += lint(try Self.input(artifacts, sources, configuration, in: repository), lanes: ThreadLanes(least: 2))
    var exceptions = LintExceptions(of: artifacts)
    exceptions.apply(to: &findings)
    findings += exceptions.findings
    self.findings = findings.filter { $0.diagnostic.severity != .note }.weighed(by: configuration.project.lint).inReadingOrder()
  }

  private static func input(
    _ artifacts: [Artifact], _ sources: Sources, _ configuration: Configuration, in repository: Repository
  ) throws -> LintInput {
    let renderer = Renderer(of: sources.tree, in: sources.catalog, lanes: ThreadLanes())
    let selection = try Selection(
      asked: nil, recorded: configuration.project.platforms, detected: try sources.catalog.detected { try repository.has($0) },
      catalog: sources.catalog, at: configuration.place(ofPlatform:))
    // A tree from elsewhere is not about the files here.
    let isAbout = artifacts.contains { $0.repositoryPath != nil } && repository.user == nil
    let files = isAbout ? try FilesToVerify(in: repository, besides: sources.canonicalFolders, below: []).paths : nil
    let linted = LintedRepository(
      files: files, outputs: try repository.record().claims.keys.sorted(), tree: repository.tree, shownAs: repository.shownAs)
    return LintInput(
      artifacts: artifacts, references: renderer.references, platforms: selection.platforms.compactMap(sources.catalog.platform),
      catalog: sources.catalog, repository: linted)
  }

  private static func check(_ configuration: Configuration) throws(CommandFailure) {
    let wrong = configuration.project.lint.keys.sorted().compactMap { id -> Diagnostic? in
      let place = configuration.place(ofLint: id)
      guard let rule = LintRule.named(id) else {
        let guess = nearest(to: id, among: LintRule.all.map(\.id)).map { "did you mean `\($0)`?" }
        return Diagnostic(
          .error, "project/unknown-finding", "no finding is called `\(id)`", at: place,
          help: guess ?? "docs/lint.md lists them, and so does `aiwg lint --rules`")
      }
      guard !rule.isAdjustable, configuration.project.lint[id] != .error else { return nil }
      let help = "repair it; `exclude:` leaves an artifact out"
      return Diagnostic(.error, "project/fixed-weight", "`\(id)` stops every deploy, and stays an error", at: place, help: help)
    }
    guard wrong.isEmpty else { throw CommandFailure(.invalid, diagnostics: wrong) }
  }
}

extension [LintFinding] {
  fileprivate func weighed(by weights: [String: LintWeight]) -> [LintFinding] {
    guard !weights.isEmpty else { return self }
    return compactMap { finding in
      guard finding.diagnostic.severity != .error, let weight = weights[finding.diagnostic.id] else { return finding }
      var out = finding
      switch weight {
      case .off: return nil
      case .warn: out.diagnostic.severity = .warning
      case .error: out.diagnostic.severity = .error
      }
      return out
    }
  }

  fileprivate func inReadingOrder() -> [LintFinding] {
    var byDiagnostic: [Diagnostic: LintFinding] = [:]
    for finding in self where byDiagnostic[finding.diagnostic] == nil { byDiagnostic[finding.diagnostic] = finding }
    return map(\.diagnostic).inReadingOrder().compactMap { byDiagnostic[$0] }
  }
}

extension Sources {
  /// What reading says, with what is wrong with translations and checks, which no run but theirs is told.
  fileprivate var toldByReading: [Diagnostic] {
    let rules = tree.artifacts.filter { $0.id.kind == .rule }
    let ofChecks = ThreadLanes().map(below: rules.count) { number in
      var found: [Diagnostic] = []
      let checks = checks(of: rules[number], diagnostics: &found)
      return found + checks.flatMap(\.fixtureProblems)
    }
    return diagnostics + translations.flatMap { TranslationStatus(of: $0.loaded).findings } + ofChecks.joined()
  }
}
