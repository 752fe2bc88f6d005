import ArgumentParser
import ContextLoading
import Diagnostics
import Disk
import FileTree
import JSON
import Planning
import Translating

/// The command `aiwg translate`.
struct Translate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Show which translations lag behind their base, and record what was brought up to date.",
    discussion: """
      A translation says under `follows:` in its head which version of each section of its base it follows. Exits with 1 when one is \
      stale, is not recorded, or is built otherwise than its base; `aiwg lint` names the lines.

      Examples:
        aiwg translate
        aiwg translate --record rules/x.es.md
        aiwg translate --record --section what-to-check rules/x.es.md
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("Translations; all that are in the repository when there is none.", valueName: "file"), completion: .file())
  var files: [String] = []

  @Flag(name: .customLong("status"), help: "Show what is up to date; what the command does unless it is told otherwise.")
  var showsStatus = false

  @Flag(name: .customLong("record"), help: "Write down that the translations follow their bases as they are now.")
  var records = false

  @Option(
    name: .customLong("section"),
    help: ArgumentHelp("Only this section, by the anchor of its heading in the base, or `description` or `start`; may be repeated.", valueName: "key")
  )
  var keys: [String] = []

  func validate() throws {
    if showsStatus && records { throw ValidationError("--status and --record exclude each other") }
    if !keys.isEmpty && !records { throw ValidationError("--section goes with --record") }
  }

  func run() throws {
    try reporting(common) { environment in
      let repository = try Repository.find(common, to: records ? .writing : .reading)
      let configuration = try Configuration(in: repository, common, mayBeMissing: true, mayRecord: false)
      let sources = try Sources(configuration, in: repository, skipsInvalid: false)
      guard !sources.diagnostics.hasErrors else {
        throw CommandFailure(.invalid, diagnostics: sources.diagnostics.filter { $0.severity == .error })
      }
      let chosen = try chosen(of: sources.translations)
      let statuses = chosen.map { TranslationReport.Row(status: TranslationStatus(of: $0.loaded), repositoryPath: $0.repositoryPath) }
      return records ? try record(statuses, in: repository, environment) : show(statuses, environment)
    }
  }

  private func show(_ rows: [TranslationReport.Row], _ environment: Environment) -> ExitStatus {
    let report = TranslationReport(rows: rows)
    let status: ExitStatus = rows.allSatisfy(\.status.isCurrent) ? .fine : .drift
    environment.print(common.format == .json ? report.json(status).text : report.text(withTotals: environment.verbosity >= 0))
    return status
  }

  /// The translations that are named, or all.
  private func chosen(of all: [SourceTranslation]) throws -> [SourceTranslation] {
    guard !files.isEmpty else {
      // One folder may be a source twice.
      var seen: Set<String> = []
      return all.filter { seen.insert($0.loaded.text.path).inserted }
    }
    var byPath: [String: SourceTranslation] = [:]
    for translation in all { byPath[normalized(try absolutePath(translation.loaded.text.path))] = translation }
    var chosen: Set<String> = []
    var problems: [Diagnostic] = []
    for file in files {
      let path = normalized(try absolutePath(file))
      guard byPath[path] == nil else {
        chosen.insert(path)
        continue
      }
      let help = "a translation is a file such as `x.es.md` beside `x.md`, in a source of this repository; `aiwg translate` lists them"
      problems.append(Diagnostic(.error, "usage/no-translation", "this is no translation", at: SourcePlace(path: file), help: help))
    }
    guard problems.isEmpty else { throw CommandFailure(.invalid, diagnostics: problems) }
    return byPath.filter { chosen.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
  }

  private func record(_ rows: [TranslationReport.Row], in repository: Repository, _ environment: Environment) throws -> ExitStatus {
    var problems = unknownKeys(in: rows.map(\.status))
    var recorded: [(row: TranslationReport.Row, recording: Recording)] = []
    for row in rows {
      guard row.repositoryPath != nil else {
        // Those that nobody named are left alone.
        guard !files.isEmpty else { continue }
        let help = "run the command in the repository that it belongs to"
        problems.append(
          Diagnostic(
            .error, "translation/outside", "the source of this file is no folder of this repository", at: row.status.translation.text.whole,
            help: help))
        continue
      }
      do throws(RecordingFailure) {
        recorded.append((row, try row.status.recording(keys.isEmpty ? nil : Set(keys))))
      } catch {
        problems.append(error.diagnostic)
      }
    }
    guard problems.isEmpty else {
      problems.append(Diagnostic(.note, "plan/nothing-written", "nothing was written"))
      throw CommandFailure(.invalid, diagnostics: problems)
    }
    let edits = recorded.compactMap { row, recording in
      let old = row.status.translation.text.bytes
      return old == recording.bytes ? nil : row.repositoryPath.map { FileEdit(path: $0, old: old, new: recording.bytes) }
    }
    do {
      if !edits.isEmpty { try write(edits, to: repository.disk, shownAs: repository.shownAs, environment) }
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: repository.shownAs)
    }
    let report = RecordingReport(recorded: recorded)
    environment.print(common.format == .json ? report.json.text : report.text(withTotals: environment.verbosity >= 0))
    return .fine
  }

  /// Keys that no translation has, or that one lacks that was named.
  private func unknownKeys(in statuses: [TranslationStatus]) -> [Diagnostic] {
    let known = statuses.map { status in status.sections.map(\.base.key) }
    return keys.flatMap { key -> [Diagnostic] in
      let lacking = zip(statuses, known).filter { !$0.1.contains(key) }
      guard !files.isEmpty ? !lacking.isEmpty : lacking.count == statuses.count else { return [] }
      let all = files.isEmpty ? [(TranslationStatus?.none, Array(Set(known.joined())).sorted())] : lacking.map { ($0.0, $0.1) }
      return all.map { status, keys in
        let help = nearest(to: key, among: keys).map { "did you mean `\($0)`?" } ?? "known: \(keys.joined(separator: ", "))"
        let place = status?.translation.text.whole
        return Diagnostic(.error, "usage/unknown-section", "no section has the key `\(key)`", at: place, help: help)
      }
    }
  }
}
