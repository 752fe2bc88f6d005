import Applying
import ArgumentParser
import Diagnostics
import Disk
import FileTree
import JSON
import Planning

/// The command `aiwg restore`.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "List what --force replaced, or bring it back.",
    discussion: """
      Examples:
        aiwg restore
        aiwg restore .cursor/rules/mine.mdc
        aiwg restore 3f9a0c21d7be
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "A path, or the first eight or more digits of a digest; without one, all is listed.", completion: .file())
  var name: String?

  func run() throws {
    try reporting(common) { environment in
      let repository = try Repository.find(common, to: name == nil ? .reading : .writing)
      if repository.user != nil { try repository.mountRoots(of: Sources.shippedCatalog(for: repository), trustsRecord: true) }
      do {
        let saved = try Saved(in: repository.tree)
        guard let name else {
          if let pending = repository.pending.diagnostic(shownAs: repository.shownAs) { environment.report([pending]) }
          list(saved, environment)
          return .fine
        }
        guard let entry = saved.entry(name) else {
          throw CommandFailure(.invalid, "nothing was saved as `\(name)`", id: "restore/unknown", help: "`aiwg restore` lists what was saved")
        }
        try bringBack(entry, repository, environment)
        return .fine
      } catch let error as TreeError {
        throw CommandFailure(error, shownAs: repository.shownAs)
      }
    }
  }

  private func list(_ saved: Saved, _ environment: Environment) {
    guard common.format == .text else {
      environment.print(
        JSONValue.object([("version", .number(1)), ("command", .text("restore")), ("exit", .number(0)), ("saved", saved.entries.json)]).text)
      return
    }
    for entry in saved.entries { environment.print("\(entry.digest.hex.prefix(12))  \(entry.path.text.escapedForDisplay)\n") }
    if saved.entries.isEmpty, environment.verbosity >= 0 { environment.print("nothing was replaced\n") }
  }

  private func bringBack(_ entry: SavedEntry, _ repository: Repository, _ environment: Environment) throws {
    var found: [Diagnostic] = []
    let record = try RecordFile(from: repository.tree, findings: &found)
    guard !found.hasErrors else { throw CommandFailure(.invalid, diagnostics: found) }
    let saved: [SavedEntry]?
    do throws(RestoreError) {
      saved = try Machine.holdingSignals { () throws(RestoreError) in
        var tree = repository.disk
        return try restore(entry, to: &tree, record: record.record, run: .own)
      }
    } catch {
      switch error {
      case .refused(let diagnostic): throw CommandFailure(.blocked, diagnostics: [diagnostic])
      case .failed(let failure): throw CommandFailure(failure, shownAs: repository.shownAs)
      }
    }
    let isChanged = saved != nil
    environment.tell(saved ?? [])
    guard common.format == .text else {
      let pairs: [(String, JSONValue)] = [
        ("version", .number(1)), ("command", .text("restore")), ("exit", .number(0)), ("path", .text(entry.path.text)),
        ("restored", .bool(isChanged)),
      ]
      return environment.print(JSONValue.object(pairs).text)
    }
    let path = environment.located(repository.shownAs + entry.path.text).escapedForDisplay
    if environment.verbosity >= 0 { environment.print(isChanged ? "restored \(path)\n" : "\(path) has these bytes already\n") }
  }
}
