import Diagnostics
import TextDiff

extension Merge {
  /// The conflicts of an output as findings that show both versions and what they began as.
  func conflicts(in output: EditedOutput) -> [Diagnostic] {
    parts.compactMap { part in
      guard case .conflict(let conflict) = part else { return nil }
      let message = "this edit and another one change the same lines; nothing was written"
      let versions = [
        ("it was", conflict.base), ("the tree says, with the edits taken in before this one", conflict.ours), ("the file says", conflict.theirs),
      ]
      let notes = versions.flatMap { words, lines in [words + (lines.isEmpty ? " nothing" : "")] + Self.quoted(lines) }
      let help =
        "`--theirs` takes what this file says, `--ours` what was there before it (what gives way is saved); or edit one of them so that they agree"
      return Diagnostic(.error, "absorb/conflict", message, at: output.place(ofLine: conflict.theirsLine), notes: notes, help: help)
    }
  }

  private static func quoted(_ bytes: [UInt8]) -> [String] {
    linesWithEnds(of: bytes).map { line in
      "  | " + String(decoding: line.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
  }
}
