import Applying
import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import JSON
import Planning
import Platforms

/// A plan, and what it comes to for each platform, in words and as data.
struct PlanReport {
  let pipeline: Pipeline
  let environment: Environment
  /// What goes before the paths of outputs: the folder of the project, when several are reported.
  let prefix: String
  /// What was found before there was a plan, and what it became, for programs.
  var imported: (diagnostics: [Diagnostic], pairs: [(String, JSONValue)]) = ([], [])
  /// By file: the language of the artifact that was taken from it.
  private let languages: [String: String]

  init(pipeline: Pipeline, environment: Environment, below prefix: String = "") {
    (self.pipeline, self.environment, self.prefix) = (pipeline, environment, prefix)
    let files = pipeline.locale == nil ? [] : pipeline.sources.tree.artifacts.map { ($0.text.path, $0.language?.text ?? "base") }
    languages = Dictionary(files) { first, _ in first }
  }

  var hasLosses: Bool { pipeline.rendering.lossCounts.values.contains { $0 > 0 } }

  /// One line for each change; outputs that stay are shown when asked for.
  func changeLines(withAwaited: Bool = true) -> String {
    let plan = pipeline.plan
    return plan.changes.filter { ($0.decision != .keep && (withAwaited || !plan.isAwaited($0))) || environment.verbosity > 0 }.map(line).joined()
  }

  private func line(_ change: Change) -> String {
    let origins = change.output?.origins ?? []
    var from = origins.first.map { "  ← " + $0.escapedForDisplay } ?? ""
    if origins.count > 1 { from += " and \(origins.count - 1) more" }
    from += language(of: change).map { "  (\($0))" } ?? ""
    return environment.paint("\(change.sign) \((prefix + change.path.text).escapedForDisplay)", change.decision.color) + from + "\n"
  }

  /// The languages of the artifacts in an output, `base` for the file without one; nil without artifacts, and when no language is asked for.
  private func language(of change: Change) -> String? {
    guard pipeline.locale != nil, let output = change.output else { return nil }
    let languages = output.origins.compactMap { self.languages[$0] }
    return languages.isEmpty ? nil : Set(languages).sorted().joined(separator: ", ")
  }

  /// One line for each platform: files, losses, tokens at start.
  func platformLines() -> String {
    let width = pipeline.selection.platforms.map(\.count).max() ?? 0
    return summaries().map { summary in
      let tokens =
        switch summary.tokens {
        case .success(let count): "about \(grouped(count)) tokens at start"
        case .failure(let error): "nobody knows how many tokens at start (\((error.path?.text ?? ".").escapedForDisplay): \(error.reason))"
        }
      return summary.id + String(repeating: " ", count: width - summary.id.count)
        + "  \(counted(summary.files, "file")), \(counted(summary.losses, "loss")), \(tokens)\n"
    }.joined()
  }

  /// One line that counts the changes.
  func totalLine(done: Bool) -> String {
    let changes = pipeline.plan.changes
    let count = { (decisions: [Decision]) in changes.count { decisions.contains($0.decision) } }
    let parts = [
      ("created", count([.create, .restore])), ("updated", count([.update])), ("adopted", count([.adopt])), ("deleted", count([.delete])),
      ("forgotten", count([.forget])), ("unchanged", count([.keep])), ("in the way", changes.count { $0.conflict != nil }),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return (done ? "" : "would be: ") + (parts.isEmpty ? "nothing to deploy" : parts.joined(separator: ", ")) + "\n"
  }

  /// Every loss on a line of its own.
  func lossLines() -> String {
    pipeline.rendering.losses.map { loss in
      let place = loss.place.path.escapedForDisplay + (loss.place.line.map { ":\($0)" } ?? "")
      return "\(loss.platform): \(place): `\(loss.field)` is \(loss.kind.words): \(loss.reason)\n"
    }.joined()
  }

  private struct Summary {
    var id: String
    var files: Int
    var losses: Int
    var tokens: Result<Int, TreeError>
  }

  private func summaries() -> [Summary] {
    let platforms = pipeline.selection.platforms.compactMap { pipeline.sources.catalog.platform($0) }
    let tokens = tokensAtStart(after: pipeline.plan, in: pipeline.repository.tree, for: platforms, lanes: ThreadLanes(least: 2))
    let losses = pipeline.rendering.lossCounts
    let outputs = pipeline.rendering.desired.outputs
    return platforms.map { platform in
      let id = platform.id
      return Summary(
        id: id, files: outputs.count { $0.platforms.contains(id) }, losses: losses[id] ?? 0, tokens: tokens[id] ?? .success(0))
    }
  }

  /// The whole report for programs.
  func json(command: String, status: ExitStatus, saved: [SavedEntry] = [], library: [LibraryChange]? = nil, also found: [Diagnostic] = []) throws
    -> JSONValue
  {
    let library = try library ?? pipeline.libraryChanges()
    let diagnostics =
      imported.diagnostics + pipeline.diagnostics + pipeline.plan.conflictDiagnostics(shownAs: pipeline.repository.shownAs) + found
    return .object(
      [
        ("version", .number(1)), ("command", .text(command)), ("exit", .number(Int(status.rawValue))),
        ("changes", .list(pipeline.plan.changes.filter { $0.decision != .keep || environment.verbosity > 0 }.map(json))),
        (
          "platforms",
          .list(
            summaries().map { summary in
              .object([
                ("id", .text(summary.id)), ("files", .number(summary.files)), ("losses", .number(summary.losses)),
                ("startTokens", .optional(try? summary.tokens.get())),
              ])
            })
        ),
        (
          "losses",
          .list(
            pipeline.rendering.losses.map { loss in
              .object([
                ("platform", .text(loss.platform)), ("artifact", .text(loss.artifact.description)), ("field", .text(loss.field)),
                ("kind", .text(loss.kind.rawValue)), ("reason", .text(loss.reason)), ("path", .text(loss.place.path)),
                ("line", .optional(loss.place.line)),
              ])
            })
        ),
        ("library", library.json), ("sources", [SourceChange](of: pipeline.fetched).json), ("saved", saved.json),
        ("diagnostics", .list(environment.located(diagnostics).inReadingOrder().map(\.json))),
      ] + imported.pairs)
  }

  private func json(_ change: Change) -> JSONValue {
    var pairs: [(String, JSONValue)] = [
      ("path", .text(prefix + change.path.text)), ("change", .text(change.decision.word)), ("reason", .optional(change.reason?.word)),
      ("block", .bool(change.role == .block)), ("origins", .texts(change.output?.origins ?? [])),
      ("platforms", .texts(change.output?.platforms ?? [])),
    ]
    if pipeline.locale != nil { pairs.append(("language", .optional(language(of: change)))) }
    return .object(pairs)
  }
}

extension Loss.Kind {
  /// What becomes of a field, as the end of a sentence.
  var words: String {
    switch self {
    case .standIn: "said otherwise"
    case .stripped: "not seen"
    case .dropped: "lost"
    }
  }
}

extension [SavedEntry] {
  /// For programs.
  var json: JSONValue { .list(map { .object([("path", .text($0.path.text)), ("digest", .text($0.digest.hex))]) }) }
}

extension Diagnostic {
  /// For programs.
  var json: JSONValue {
    .object([
      ("id", .text(id)), ("severity", .text(severity.rawValue)), ("message", .text(message)), ("path", .optional(place?.path)),
      ("line", .optional(place?.line)), ("column", .optional(place?.column)), ("notes", .texts(notes)), ("help", .optional(help)),
    ])
  }
}

/// Such as `1 file` or `2 losses`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)" + (count == 1 ? "" : noun.hasSuffix("s") ? "es" : "s")
}

/// With a comma between thousands.
func grouped(_ number: Int) -> String {
  var digits = String(number)
  var end = digits.count - 3
  while end > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
    end -= 3
  }
  return digits
}
