import ContextLoading
import ContextModel
package import Diagnostics

extension TranslationStatus {
  /// What is to be done about the translation, each thing at its place.
  package var findings: [Diagnostic] {
    (difference.map { [$0.diagnostic(.warning)] } ?? []) + (hasRecord ? staleness : lacksRecord ? [unrecorded] : [])
  }

  private var record: String { "aiwg translate --record \(translation.text.path)" }

  private var unrecorded: Diagnostic {
    let message =
      translation.follows.map { "`\($0.key)` is no map from sections to digests" }
      ?? "nobody recorded which version of \(translation.base.path) this follows"
    return Diagnostic(
      .warning, "translation/unrecorded", message, at: translation.follows.map { translation.text.place($0.range) } ?? translation.text.whole,
      help: "compare them, and run `\(record)`")
  }

  private var staleness: [Diagnostic] {
    sections.compactMap { section, state in
      guard state != .current, let place = place(of: section) else { return nil }
      let help = "bring it up to date and run `\(record)`"
      return Diagnostic(.warning, "translation/stale", message(section, state), at: place, help: help)
    }
  }

  private func message(_ section: BaseSection, _ state: State) -> String {
    let (own, older) =
      switch section.kind {
      case .description: ("description", "description")
      case .start: ("text before the first heading", "text")
      case .heading: ("section", "\"\(section.title)\"")
      }
    return state == .stale
      ? "the \(own) says what an older \(older) of \(translation.base.path) said"
      : "nobody recorded which \(older) of \(translation.base.path) the \(own) follows"
  }

  /// The counterpart; nil when it cannot be told from the others.
  private func place(of section: BaseSection) -> SourcePlace? {
    let text = translation.text
    switch section.kind {
    case .description: return translation.description.map(text.place)
    case _ where difference?.isInHeadings ?? false: return nil
    case .start: return outline.sections.first.map { text.place($0.line) }
    case .heading(let index): return text.place(outline.sections[index].line)
    }
  }
}

extension StructureDifference {
  /// The finding about it.
  package func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
    Diagnostic(severity, "translation/structure", message, at: place, help: help)
  }
}
