import Diagnostics
import Disk

/// Where a command's words go: results to standard output, findings and progress to standard error.
struct Environment {
  var isColored: Bool
  /// 0 normal; negative quiet, positive verbose.
  var verbosity: Int
  var startedAt = Machine.uptime
  /// What stands before a path of a home directory, and is left out of what a person reads.
  private let homePrefix: String?

  private let output = Output()

  init(isColored: Bool, verbosity: Int, homePrefix: String? = nil) {
    (self.isColored, self.verbosity, self.homePrefix) = (isColored, verbosity, homePrefix)
  }

  /// A path as the user knows it.
  func located(_ path: String) -> String {
    guard let homePrefix, path.hasPrefix(homePrefix) else { return path }
    return "~/" + path.dropFirst(homePrefix.count)
  }

  /// Findings with their places as the user knows them, and commands as the user has to type them.
  func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard let homePrefix else { return diagnostics }
    return diagnostics.map { diagnostic in
      var out = diagnostic
      if let path = out.place?.path { out.place?.path = located(path) }
      out.message = scoped(out.message)
      out.help = out.help.map(scoped)
      out.notes = out.notes.map { $0.replacing(homePrefix, with: "~/") }
      return out
    }
  }

  /// A text with the scope in the commands that it says to run.
  private func scoped(_ text: String) -> String {
    guard homePrefix != nil, !text.contains("--scope ") else { return text }
    let parts = text.components(splitAt: "`aiwg ")
    return parts.dropFirst().reduce(parts.first ?? "") { said, part in
      let command = part.prefix { $0 != " " && $0 != "`" }
      return said + "`aiwg " + command + " --scope user" + part.dropFirst(command.count)
    }
  }

  /// What became of standard output, whoever wrote last.
  private final class Output {
    var failure: String?
    /// What was printed, when it is to become a part of something else.
    var held: String?
    var reports: [FindingReport] = []
  }

  /// The same one, whose results are held back; what they come to is in the second one.
  func holding() -> (environment: Environment, text: () -> String, reports: () -> [FindingReport]) {
    let held = Environment(isColored: isColored, verbosity: verbosity)
    held.output.held = ""
    return (held, { held.output.held ?? "" }, { held.output.reports })
  }

  /// Prints findings in a format for other programs, or holds them back.
  func deliver(_ report: FindingReport, in format: OutputFormat) {
    if output.held != nil { output.reports.append(report) } else { print(report.text(in: format) ?? "") }
  }

  func print(_ text: String) {
    if output.held != nil {
      output.held?.append(text)
      return
    }
    if output.failure == nil, case .failed(let reason) = Machine.write(text, to: .output) { output.failure = reason }
  }

  /// How a run ends that came to a status: a report that was cut short is a failure, and never in silence.
  func closing(_ status: ExitStatus) -> ExitStatus {
    guard let reason = output.failure else { return status }
    report([Self.failure(reason)])
    return status == .fine ? .machine : status
  }

  /// The finding about a standard output that takes no more.
  static func failure(_ reason: String) -> Diagnostic {
    Diagnostic(
      .error, "machine/output", "standard output could not be written: \(reason)", help: "what was to be done is done; only the report is cut short")
  }

  func report(_ diagnostics: [Diagnostic]) {
    let shown = located(diagnostics).inReadingOrder().filter { verbosity >= 0 || $0.severity == .error }.lastWordsLast()
    guard !shown.isEmpty else { return }
    let renderer = TextRenderer(colored: isColored)
    _ = Machine.write(shown.map(renderer.render).joined(), to: .errors)
  }

  /// As `report`, with a few warnings of each kind for all of it: a tree of hundreds has hundreds of the same, and they hide the rest.
  func reportInShort(_ diagnostics: [Diagnostic]) {
    report(verbosity > 0 ? diagnostics : diagnostics.inReadingOrder().inShort())
  }

  /// A line about the run itself, after the findings.
  func say(_ text: String) {
    guard verbosity >= 0 else { return }
    _ = Machine.write(scoped(text), to: .errors)
  }

  /// A line about bytes of the user's, which nothing silences.
  func news(_ text: String) { _ = Machine.write(scoped(text), to: .errors) }

  /// One line on a terminal that the next one overwrites, once work takes longer than half a second.
  func progress(_ text: String) {
    guard verbosity >= 0, Machine.isTerminal(.errors), Machine.uptime - startedAt > 0.5 else { return }
    _ = Machine.write("\r\u{1B}[K" + text, to: .errors)
  }

  func endProgress() {
    guard Machine.isTerminal(.errors), Machine.uptime - startedAt > 0.5 else { return }
    _ = Machine.write("\r\u{1B}[K", to: .errors)
  }

  func paint(_ text: String, _ code: String) -> String { isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

extension String {
  /// The pieces between the places where another text stands.
  fileprivate func components(splitAt separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

extension [Diagnostic] {
  /// The first three warnings of each kind, all errors and notes, and a note that counts the others.
  fileprivate func inShort() -> [Diagnostic] {
    var counts: [String: Int] = [:]
    let shown = filter { diagnostic in
      guard diagnostic.severity == .warning else { return true }
      counts[diagnostic.id, default: 0] += 1
      return counts[diagnostic.id, default: 0] <= 3
    }
    let more = counts.filter { $0.value > 3 }.sorted { $0.key < $1.key }.map { "\(grouped($0.value - 3)) [\($0.key)]" }
    guard !more.isEmpty else { return shown }
    return shown + [Diagnostic(.note, "report/more", "more warnings: " + more.joined(separator: ", "), help: "-v shows each")]
  }

  /// A note without a place speaks of the findings before it.
  fileprivate func lastWordsLast() -> [Diagnostic] {
    let isLast = { (diagnostic: Diagnostic) in diagnostic.severity == .note && diagnostic.place == nil }
    return filter { !isLast($0) } + filter(isLast)
  }
}
