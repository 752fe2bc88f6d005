/// Diagnostics as text: the place, the sentence, the line with a caret, notes and help.
package struct TextRenderer: Sendable {
  package var colored: Bool

  package init(colored: Bool) {
    self.colored = colored
  }

  /// One finding, ending with a line break.
  package func render(_ diagnostic: Diagnostic) -> String {
    var out = ""
    if let place = diagnostic.place {
      out += place.path.escapedForDisplay
      if let line = place.line { out += ":\(line)" }
      if let column = place.column { out += ":\(column)" }
      out += ": "
    }
    out += paint(diagnostic.severity.rawValue + ":", diagnostic.severity.color)
    out += " \(diagnostic.message.escapedForDisplay) [\(diagnostic.id)]\n"
    if let place = diagnostic.place, let line = place.line, let excerpt = place.excerpt, let column = place.excerptColumn ?? place.column {
      out += excerptLines(line: line, excerpt: excerpt, column: column, width: place.width)
    }
    for note in diagnostic.notes { out += "  note: \(note.escapedForDisplay)\n" }
    if let help = diagnostic.help {
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapedForDisplay }
      out += "  " + paint("help:", "1") + " " + lines.joined(separator: "\n        ") + "\n"
    }
    return out
  }

  /// A window of at most 120 characters around the caret, so that a long line stays readable.
  private func excerptLines(line: Int, excerpt: String, column: Int, width: Int) -> String {
    let characters = Array(excerpt)
    let start = column > 100 ? min(column - 60, characters.count) : 0
    let end = min(characters.count, start + 120)
    let shown = (start > 0 ? "…" : "") + String(characters[start..<end]) + (end < characters.count ? "…" : "")
    let before = characters[start..<min(max(column - 1, start), end)]
    let indent =
      (start > 0 ? " " : "") + before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: String($0).escapedForDisplay.count) }.joined()
    let gutter = "  \(line) | "
    let blank = String(repeating: " ", count: gutter.count - 2) + "| "
    let underline = "^" + String(repeating: "~", count: max(0, min(width, end - column + 1) - 1))
    return gutter + shown.escapedForDisplay + "\n" + blank + indent + paint(underline, "32") + "\n"
  }

  private func paint(_ text: String, _ code: String) -> String {
    colored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Severity {
  fileprivate var color: String { self == .error ? "1;31" : self == .warning ? "1;33" : "1;36" }
}
