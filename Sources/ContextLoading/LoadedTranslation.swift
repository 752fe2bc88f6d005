package import ContextModel
package import Diagnostics
package import FileTree

/// The key in the head of a translation for the versions of its base that it follows.
package let followsKey = "follows"

/// A translation together with what it is a translation of.
package struct LoadedTranslation: Sendable {
  package var id: ArtifactID
  package var language: LanguageTag
  /// Of the translation, in its source tree.
  package var path: TreePath
  /// The base file.
  package var base: SourceText
  package var baseDescription: String?
  /// The translation.
  package var text: SourceText
  /// The bytes of its own description; nil when it inherits that of its base.
  package var description: Range<Int>?
  /// As it stands in the head, with the bytes of the key and its value; nil when it says nothing.
  package var follows: Field?

  package init(
    id: ArtifactID, language: LanguageTag, path: TreePath, base: SourceText, baseDescription: String?, text: SourceText, description: Range<Int>?,
    follows: Field?
  ) {
    self.id = id
    self.language = language
    self.path = path
    self.base = base
    self.baseDescription = baseDescription
    self.text = text
    self.description = description
    self.follows = follows
  }
}
