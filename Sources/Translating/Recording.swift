import ContextLoading
import ContextModel
package import Diagnostics
import YAML

/// What recording makes of a translation.
package struct Recording: Sendable {
  /// The sections that follow another version from now on, or for the first time.
  package let sections: [BaseSection]
  /// The whole file; the same bytes when nothing is new.
  package let bytes: [UInt8]
}

extension TranslationStatus {
  /// Writes down that sections follow today's version of the base, and changes no other byte.
  ///
  /// What was recorded of sections that the base no longer has goes.
  /// - Parameter wanted: keys; nil for all sections.
  /// - Throws: `RecordingFailure` for a file of another structure than its base, and for one whose head takes no record.
  package func recording(_ wanted: Set<String>?) throws(RecordingFailure) -> Recording {
    if let difference { throw RecordingFailure(diagnostic: difference.diagnostic(.error)) }
    let isWanted = { (section: BaseSection) in wanted?.contains(section.key) ?? true }
    let recorded = translation.recorded ?? [:]
    let entries: [FieldValue.Entry] = sections.compactMap { section, _ in
      let digest = isWanted(section) ? section.digest : recorded[section.key]
      return digest.map { FieldValue.Entry(section.key, .text($0)) }
    }
    let new = sections.filter { isWanted($0.base) && $0.state != .current }.map(\.base)
    if isRecorded(entries) || (entries.isEmpty && translation.follows == nil) { return Recording(sections: [], bytes: translation.text.bytes) }
    let change = HeadChange(path: [followsKey], value: entries.isEmpty ? nil : .map(entries))
    guard let edits = headEdits(of: translation.text, making: [change]) else {
      let message = "the head of this file cannot take `\(followsKey)`"
      throw RecordingFailure(
        diagnostic: Diagnostic(
          .error, "translation/head", message, at: translation.text.whole, help: "shorten the head, or the headings of the base"))
    }
    return Recording(sections: new, bytes: edits.applied(to: translation.text.bytes))
  }

  /// Whether the head says those digests already, in whatever order and spelling.
  private func isRecorded(_ entries: [FieldValue.Entry]) -> Bool {
    translation.recorded == Dictionary(entries.map { ($0.key, $0.value.scalarText ?? "") }) { first, _ in first }
  }
}

/// Why nothing can be recorded.
package struct RecordingFailure: Error, Sendable {
  package let diagnostic: Diagnostic
}
