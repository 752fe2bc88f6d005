import Diagnostics
import Disk

/// Where a command's words go: results to standard output, findings and progress to standard error.
struct Environment {
  var isColored: Bool
  /// 0 normal; negative quiet, positive verbose.
  var verbosity: Int
  var startedAt = Machine.uptime

  func print(_ text: String) {
    _ = Machine.write(text, to: .output)
  }

  func report(_ diagnostics: [Diagnostic]) {
    let shown = diagnostics.inReadingOrder().filter { verbosity >= 0 || $0.severity == .error }.lastWordsLast()
    guard !shown.isEmpty else { return }
    let renderer = TextRenderer(colored: isColored)
    _ = Machine.write(shown.map(renderer.render).joined(), to: .errors)
  }

  /// A line about the run itself, after the findings.
  func say(_ text: String) {
    guard verbosity >= 0 else { return }
    _ = Machine.write(text, to: .errors)
  }

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

extension [Diagnostic] {
  /// A note without a place speaks of the findings before it.
  fileprivate func lastWordsLast() -> [Diagnostic] {
    let isLast = { (diagnostic: Diagnostic) in diagnostic.severity == .note && diagnostic.place == nil }
    return filter { !isLast($0) } + filter(isLast)
  }
}
