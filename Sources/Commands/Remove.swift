import Applying
import ArgumentParser
import Diagnostics
import Disk
import FileTree
import JSON
import Planning
import Platforms
import ProjectFile

/// The command `aiwg remove`.
struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take out everything that aiwg wrote; your own bytes stay.",
    discussion: """
      Outputs, managed blocks, folders that become empty, aiwg.lock, and an aiwg.yaml that aiwg wrote and nobody edited. It goes by aiwg.lock, \
      and an aiwg.yaml that is wrong does not stop it; one of a newer aiwg does, and so does `requires:`.

      Examples:
        aiwg remove --dry-run
        aiwg remove
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("dry-run"), help: "Show what would be done and do nothing.")
  var isDryRun = false

  @Flag(help: "Remove outputs that were edited by hand too, after their bytes are saved under .aiwg/state/saved.")
  var force = false

  func run() throws {
    try reporting(common) { environment in
      let repository = try Repository.find(common, to: isDryRun ? .reading : .writing)
      let catalog = try self.catalog(of: repository)
      try repository.mountRoots(of: catalog, trustsRecord: true)
      let (plan, findings) = try plan(for: repository, catalog)
      let conflicts = plan.conflictDiagnostics(shownAs: repository.shownAs)
      guard conflicts.isEmpty || isDryRun else {
        throw CommandFailure(.blocked, diagnostics: conflicts + [Diagnostic(.note, "plan/nothing-written", "nothing was removed")])
      }
      if common.format == .text { environment.report(findings + conflicts) }
      var saved: [SavedEntry] = []
      if !isDryRun {
        let outcome = try repository.apply(plan, environment)
        saved = outcome.saved
        try repository.dropBases()
        try repository.dropRoots()
      }
      let changes = plan.changes.filter { $0.decision != .keep }
      if common.format == .json {
        let paths = changes.map { JSONValue.object([("path", .text($0.path.text)), ("change", .text($0.decision.word))]) }
        environment.print(
          JSONValue.object([
            ("version", .number(1)), ("command", .text("remove")), ("exit", .number(0)), ("changes", .list(paths)),
            ("saved", saved.json), ("diagnostics", .list(environment.located(findings + conflicts).map(\.json))),
          ]).text)
        return .fine
      }
      environment.tell(saved)
      for change in changes {
        environment.print(environment.paint("\(change.sign) \(change.path.text.escapedForDisplay)", change.decision.color) + "\n")
      }
      guard environment.verbosity >= 0 else { return .fine }
      let count = counted(changes.count, "file")
      environment.print(changes.isEmpty ? try nothing(in: repository) : isDryRun ? "would be cleared: \(count)\n" : "cleared: \(count)\n")
      return .fine
    }
  }

  private func nothing(in repository: Repository) throws -> String {
    try repository.has(Repository.recordPath)
      ? "nothing to remove\n"
      : "nothing to remove: there is no aiwg.lock, which says what is aiwg's; when it was lost, `aiwg sync` writes it anew\n"
  }

  /// An empty desired tree; what the lock claims must be where some platform places things.
  private func plan(for repository: Repository, _ catalog: PlatformCatalog) throws -> (Plan, [Diagnostic]) {
    var found: [Diagnostic] = []
    do {
      let record = try RecordFile(from: repository.tree, findings: &found)
      guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
      let placed = Pipeline.placeable(in: catalog)
      // The rule that init wrote, known by its bytes; what else a lock calls created is not believed.
      let ours = Set([Repository.configurationPath] + record.record.created.filter { $0.value == [Init.firstRuleDigest] }.map(\.key.text))
      var options = PlanOptions(header: try Release.header()) { path, isBlock in placed(path, isBlock) || ours.contains(path.text) }
      options.force = force
      options.removesCreated = true
      return (try Plan(desired: DesiredTree([]), record: record, tree: repository.tree, options: options), found)
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
  }

  /// With the project's own platforms when its sources can still be read; with the shipped ones otherwise.
  /// - Throws: `CommandFailure` when a file of the project is of a newer version, since only a newer aiwg knows what it says of outputs, and when
  ///   `requires` keeps this version from writing.
  private func catalog(of repository: Repository) throws -> PlatformCatalog {
    let catalog: PlatformCatalog
    do {
      let configuration = try Configuration(in: repository, common, mayBeMissing: false)
      catalog = try Sources(configuration, in: repository, skipsInvalid: true).catalog
    } catch let failure as CommandFailure where failure.isForAnotherVersion {
      throw failure
    } catch {
      catalog = try Sources.shippedCatalog(for: repository)
    }
    try expectKnownOverlay(in: repository)
    return catalog
  }

  /// Nothing else in aiwg.local.yaml matters here.
  private func expectKnownOverlay(in repository: Repository) throws(CommandFailure) {
    guard let text = try? repository.bytes(of: Overlay.path) else { return }
    var found: [Diagnostic] = []
    _ = ProjectFile(overlay: text, diagnostics: &found)
    let failure = CommandFailure(.invalid, diagnostics: found)
    if failure.isForAnotherVersion { throw failure }
  }
}

extension CommandFailure {
  /// Whether a file has a version that only a newer aiwg reads, or the project wants another aiwg to write here.
  fileprivate var isForAnotherVersion: Bool { diagnostics.contains { $0.id.hasSuffix("/newer") || $0.id == "project/other-version" } }
}
