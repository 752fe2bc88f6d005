package import ContextLoading
import Crypto
import Diagnostics

/// A part of a base file that a translation follows for itself.
package struct BaseSection: Hashable, Sendable {
  /// What a part is.
  package enum Kind: Hashable, Sendable {
    case description
    /// The text before the first heading.
    case start
    /// Heading and text, with the number of the section in the outline.
    case heading(Int)
  }

  package var kind: Kind
  /// Under which `follows` has it: the anchor of the heading, unique in the file.
  package var key: String
  /// The heading's text; that of the key where there is none.
  package var title: String
  /// The first 12 hexadecimal digits of its SHA-256.
  package var digest: String

  /// All sections of a base file, in order.
  ///
  /// - Parameter hasDescription: whether the description is one of them.
  package static func all(of translation: LoadedTranslation, _ outline: BodyOutline, hasDescription: Bool) -> [BaseSection] {
    var sections: [BaseSection] = []
    if hasDescription, let description = translation.baseDescription {
      sections.append(BaseSection(kind: .description, key: "description", title: "description", digest: digest(of: Array(description.utf8)[...])))
    }
    var anchors = UniqueAnchors(taken: ["description", "start"])
    for (index, section) in outline.sections.enumerated() {
      let digest = digest(of: translation.base.bytes[section.range])
      if section.level == 0 {
        sections.append(BaseSection(kind: .start, key: "start", title: "start", digest: digest))
      } else {
        let key = anchors.next(section.anchor ?? "section")
        sections.append(BaseSection(kind: .heading(index), key: key, title: section.title.isEmpty ? key : section.title, digest: digest))
      }
    }
    return sections
  }

  /// Of a text that ends with its last line that is not blank, line ends as LF.
  private static func digest(of text: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return SHA256.hash(data: withLineFeeds(text)).prefix(6).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
  }
}
