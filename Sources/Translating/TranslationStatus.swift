package import ContextLoading
import ContextModel
import Diagnostics

/// How far a translation says what its base says today.
package struct TranslationStatus: Sendable {
  /// What is known of one section.
  package enum State: Hashable, Sendable {
    case current
    /// It follows an older version.
    case stale
    /// Nobody said which version it follows.
    case unrecorded
  }

  package let translation: LoadedTranslation
  /// Those of the base, but for a description that the translation inherits.
  package let sections: [(base: BaseSection, state: State)]
  /// Whether the translation says anything about versions.
  package let hasRecord: Bool
  /// The first place at which it is built otherwise than its base.
  package let difference: StructureDifference?
  let outline: BodyOutline

  /// Compares a translation with its base.
  package init(of translation: LoadedTranslation) {
    self.translation = translation
    let base = BodyOutline(of: translation.base)
    outline = BodyOutline(of: translation.text)
    difference = StructureDifference(between: base, outline, of: translation)
    let record = translation.recorded
    hasRecord = record != nil
    sections = BaseSection.all(of: translation, base, hasDescription: translation.description != nil).map { section in
      guard let record else { return (section, .unrecorded) }
      return (section, record[section.key] == section.digest ? .current : record[section.key] == nil ? .unrecorded : .stale)
    }
  }

  /// Whether every section follows today's version of the base, and nothing is built otherwise.
  package var isCurrent: Bool { difference == nil && behind.isEmpty && !lacksRecord }

  /// Whether there is something to follow, and nobody said which version of it is followed.
  package var lacksRecord: Bool { !hasRecord && (!sections.isEmpty || translation.follows != nil) }

  /// The sections that do not follow today's version, where any is recorded.
  package var behind: [BaseSection] { hasRecord ? sections.filter { $0.state != .current }.map(\.base) : [] }

  /// What to call a section: by its heading, with the key where several have the same.
  package func name(of section: BaseSection) -> String {
    sections.count { $0.base.title == section.title } > 1 ? "\(section.title) (\(section.key))" : section.title
  }
}

extension LoadedTranslation {
  /// By key: the digest of the section that is followed; nil when nothing is recorded.
  var recorded: [String: String]? {
    guard case .map(let entries)? = follows?.value else { return nil }
    return Dictionary(entries.map { ($0.key, $0.value.scalarText ?? "") }) { first, _ in first }
  }
}
