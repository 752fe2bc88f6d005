import ContextLoading
package import ContextModel
import Diagnostics

/// What files say that is to be let be: comments `# aiwg-allow: ID REASON` on lines of their own, in a head or in a file that is all keys.
///
/// A head is where nobody else reads them: they are not delivered. Each counts for its whole file.
package struct LintExceptions {
  private struct Exception {
    var id: String
    var reason: String
    var place: SourcePlace
    var isUsed = false
  }

  /// By the path of the file, as the user knows it.
  private var byFile: [String: [Exception]] = [:]
  private var files: [String] = []

  package init(of artifacts: some Sequence<Artifact>) {
    for artifact in artifacts where byFile[artifact.text.path] == nil {
      let found = Self.exceptions(in: artifact.text)
      guard !found.isEmpty else { continue }
      byFile[artifact.text.path] = found
      files.append(artifact.text.path)
    }
  }

  /// Gives findings the reason that their file has for them; errors stay what they are.
  package mutating func apply(to findings: inout [LintFinding]) {
    for index in findings.indices where findings[index].diagnostic.severity != .error {
      let diagnostic = findings[index].diagnostic
      guard let path = diagnostic.place?.path, let own = byFile[path],
        let match = own.firstIndex(where: { $0.id == diagnostic.id && !$0.reason.isEmpty })
      else { continue }
      findings[index].exception = own[match].reason
      byFile[path]?[match].isUsed = true
    }
  }

  /// What is wrong with the exceptions themselves, once they were applied.
  package var findings: [LintFinding] {
    files.flatMap { byFile[$0] ?? [] }.compactMap { exception in
      if LintRule.named(exception.id) == nil {
        let guess = nearest(to: exception.id, among: LintRule.all.map(\.id)).map { "did you mean `\($0)`?" }
        let message = exception.id.isEmpty ? "this exception names no finding" : "no finding is called `\(exception.id)`"
        return LintFinding(
          Diagnostic(.warning, "lint/unknown-id", message, at: exception.place, help: guess ?? "write `# aiwg-allow: ID REASON`"))
      }
      if exception.reason.isEmpty {
        let help = "write `# aiwg-allow: \(exception.id) REASON`; without a reason it counts for nothing"
        return LintFinding(Diagnostic(.warning, "lint/no-reason", "this exception has no reason", at: exception.place, help: help))
      }
      guard !exception.isUsed else { return nil }
      return LintFinding(
        Diagnostic(.warning, "lint/idle-exception", "there is no `\(exception.id)` in this file", at: exception.place, help: "remove this line"))
    }
  }

  private static let mark = Array("aiwg-allow:".utf8)

  private static func exceptions(in text: SourceText) -> [Exception] {
    guard let range = text.path.hasSuffix(".md") ? HeadSplit(text.bytes).head : 0..<text.bytes.count,
      text.bytes[range].contains(UInt8(ascii: "#"))
    else { return [] }
    var found: [Exception] = []
    for line in text.bytes[range].split(separator: UInt8(ascii: "\n")) {
      let comment = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard comment.first == UInt8(ascii: "#") else { continue }
      let words = comment.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      guard words.starts(with: mark) else { continue }
      let parts = String(decoding: words.dropFirst(mark.count), as: UTF8.self).split(maxSplits: 1, whereSeparator: \.isWhitespace)
      let reason = parts.dropFirst().first.map { $0.drop(while: \.isWhitespace) } ?? ""
      found.append(
        Exception(
          id: parts.first.map(String.init) ?? "", reason: reason.allSatisfy(\.isWhitespace) ? "" : String(reason),
          place: text.place(comment.startIndex..<line.endIndex)))
    }
    return found
  }
}
