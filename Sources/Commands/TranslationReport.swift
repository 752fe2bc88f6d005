import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import JSON
import Translating

/// How far the translations of a repository are, in words and as data.
struct TranslationReport {
  /// One translation.
  struct Row {
    var status: TranslationStatus
    /// Nil for one that lies outside of the repository.
    var repositoryPath: TreePath?
  }

  let rows: [Row]

  /// A line for each translation, and one that counts them.
  func text(withTotals hasTotals: Bool) -> String {
    let table = columns(rows.map { [$0.status.translation.id.description, $0.status.translation.language.text, $0.status.words.escapedForDisplay] })
    guard hasTotals else { return table }
    let counts = TranslationStatus.Summary.allCases.map { summary in (summary, rows.count { $0.status.summary == summary }) }
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.words)" }
    return table + counted(rows.count, "translation") + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")) + "\n"
  }

  /// For programs.
  func json(_ exit: ExitStatus) -> JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("translate")), ("exit", .number(Int(exit.rawValue))),
      (
        "translations",
        .list(
          rows.map { row in
            let status = row.status
            return .object([
              ("artifact", .text(status.translation.id.description)), ("language", .text(status.translation.language.text)),
              ("path", .text(status.translation.text.path)), ("base", .text(status.translation.base.path)),
              ("state", .text(status.summary.rawValue)), ("stale", .list(status.behind.map(\.json))),
              ("diagnostics", .list(status.findings.map(\.json))),
            ])
          })
      ),
      (
        "totals",
        .object(
          [("translations", .number(rows.count))]
            + TranslationStatus.Summary.allCases.map { summary in (summary.rawValue, .number(rows.count { $0.status.summary == summary })) })
      ),
    ])
  }
}

/// What was recorded, in words and as data.
struct RecordingReport {
  let recorded: [(row: TranslationReport.Row, recording: Recording)]

  private var changed: [(row: TranslationReport.Row, recording: Recording)] {
    recorded.filter { $0.recording.bytes != $0.row.status.translation.text.bytes }
  }

  /// A line for each file that was written, and one that counts the others.
  func text(withTotals hasTotals: Bool) -> String {
    let lines = changed.map { row, recording in
      let names = recording.sections.map(row.status.name).joined(separator: ", ")
      return "recorded \(row.status.translation.text.path.escapedForDisplay)" + (names.isEmpty ? "" : ": \(names.escapedForDisplay)") + "\n"
    }
    guard hasTotals else { return lines.joined() }
    return lines.joined() + "\(counted(lines.count, "file")) recorded, \(recorded.count - lines.count) unchanged\n"
  }

  /// For programs.
  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("translate")), ("exit", .number(Int(ExitStatus.fine.rawValue))),
      (
        "recorded",
        .list(
          changed.map { row, recording in
            .object([("path", .text(row.status.translation.text.path)), ("sections", .list(recording.sections.map(\.json)))])
          })
      ),
      ("diagnostics", .list([])),
    ])
  }
}

extension BaseSection {
  fileprivate var json: JSONValue { .object([("key", .text(key)), ("title", .text(title)), ("digest", .text(digest))]) }
}

extension TranslationStatus {
  /// The one word for a translation.
  enum Summary: String, CaseIterable {
    case current, stale, unrecorded, different

    var words: String {
      switch self {
      case .current: "up to date"
      case .stale: "stale"
      case .unrecorded: "not recorded"
      case .different: "built otherwise than the base"
      }
    }
  }

  /// What weighs most comes first: what is built otherwise cannot be recorded.
  var summary: Summary {
    if isCurrent { return .current }
    if difference != nil { return .different }
    return lacksRecord ? .unrecorded : .stale
  }

  /// The cell of the table.
  fileprivate var words: String {
    let names = behind.map(name).joined(separator: ", ")
    switch summary {
    case .current, .unrecorded: return summary.words
    case .stale: return "stale: " + names
    case .different:
      let line = difference?.place.line.map { " in line \($0)" } ?? ""
      return summary.words + line + (names.isEmpty ? "" : "; stale: " + names)
    }
  }
}
