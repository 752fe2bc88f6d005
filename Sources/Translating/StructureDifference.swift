import ContextLoading
package import Diagnostics

/// The first place at which a translation is built otherwise than its base.
package struct StructureDifference: Sendable {
  /// Such as `this heading is of level 3, and …`.
  package let message: String
  /// In the translation.
  package let place: SourcePlace
  /// What to do about it.
  package let help: String
  /// Whether headings are no counterparts, so that no section can be told from another.
  package let isInHeadings: Bool

  private init(_ message: String, at place: SourcePlace, help: String, isInHeadings: Bool = false) {
    (self.message, self.place, self.help, self.isInHeadings) = (message, place, help, isInHeadings)
  }

  /// Nil when headings, blocks of code and links are the same.
  init?(between base: BodyOutline, _ outline: BodyOutline, of translation: LoadedTranslation) {
    let comparison = StructureComparison(translation: translation, base: base, outline: outline)
    guard let found = comparison.headings() ?? comparison.contents() else { return nil }
    self = found
  }

  /// Compares two outlines, section by section.
  private struct StructureComparison {
    let translation: LoadedTranslation
    let base: BodyOutline
    let outline: BodyOutline

    private var baseFile: String { translation.base.path }
    private var text: SourceText { translation.text }

    func headings() -> StructureDifference? {
      let help = "give it the headings of its base, in the same order and of the same levels"
      for (old, new) in zip(base.sections, outline.sections) where old.level != new.level {
        let message =
          if old.level == 0 {
            "the text before the first heading of \(baseFile) has no counterpart here"
          } else if new.level == 0 {
            "no text stands before the first heading of \(baseFile)"
          } else {
            "this heading is of level \(new.level), and \"\(old.title)\" of \(baseFile) is of level \(old.level)"
          }
        return StructureDifference(message, at: text.place(new.line), help: help, isInHeadings: true)
      }
      if let extra = outline.sections.dropFirst(base.sections.count).first {
        let message = extra.level == 0 ? "\(baseFile) has no text" : "this heading has no counterpart in \(baseFile)"
        return StructureDifference(message, at: text.place(extra.line), help: help, isInHeadings: true)
      }
      guard let missing = base.sections.dropFirst(outline.sections.count).first else { return nil }
      let what = missing.level == 0 ? "the text" : "\"\(missing.title)\""
      let place = outline.sections.last.map { text.place($0.line) } ?? text.whole
      let message =
        outline.sections.isEmpty ? "\(what) of \(baseFile) has no counterpart here" : "\(what) of \(baseFile) has no counterpart after this section"
      return StructureDifference(message, at: place, help: help, isInHeadings: true)
    }

    /// The first block of code or link that differs; headings are counterparts already.
    func contents() -> StructureDifference? {
      for (old, new) in zip(base.sections, outline.sections) {
        if let found = [fences(old, new), links(old, new)].compactMap(\.self).min(by: { $0.position < $1.position }) { return found.difference }
      }
      return nil
    }

    private typealias Found = (position: Int, difference: StructureDifference)

    private func found(_ message: String, at range: Range<Int>, help: String) -> Found {
      (range.lowerBound, StructureDifference(message, at: text.place(range), help: help))
    }

    private func fences(_ old: BodyOutline.Section, _ new: BodyOutline.Section) -> Found? {
      let help = "copy the block from the base, byte for byte: code is not translated"
      for (fence, other) in zip(new.fences, old.fences) {
        let (lines, others) = (self.lines(fence, of: text), self.lines(other, of: translation.base))
        guard
          let line = lines.indices.first(where: { $0 >= others.count || !text.bytes[lines[$0]].elementsEqual(translation.base.bytes[others[$0]]) })
        else {
          if lines.count == others.count { continue }
          return found("this block of code ends before that of \(baseFile)", at: lines[lines.count - 1], help: help)
        }
        return found("this line of code is not that of \(baseFile)", at: lines[line], help: help)
      }
      if let extra = new.fences.dropFirst(old.fences.count).first {
        return found("this block of code is not in \(baseFile)", at: lines(extra, of: text)[0], help: help)
      }
      guard new.fences.count < old.fences.count else { return nil }
      return found("a block of code of \(baseFile) is missing in this section", at: new.line, help: help)
    }

    /// Words change places in another language, and links with them: within a section their order does not count.
    private func links(_ old: BodyOutline.Section, _ new: BodyOutline.Section) -> Found? {
      let help = "link to what the base links to"
      var wanted = old.links.map { target($0, of: translation.base, base) }
      for link in new.links {
        let own = target(link, of: text, outline)
        if let index = wanted.firstIndex(of: own) {
          wanted.remove(at: index)
        } else {
          return found("\(baseFile) has no such link in this section", at: link, help: help)
        }
      }
      guard let missing = old.links.first(where: { wanted.contains(target($0, of: translation.base, base)) }) else { return nil }
      let spelled = String(decoding: translation.base.bytes[missing], as: UTF8.self)
      return found("the link to `\(spelled)` of \(baseFile) is missing in this section", at: new.line, help: help)
    }

    /// What a link names: for a heading of the file itself, which one it is, since its anchor is in another language.
    ///
    /// The anchor in another file may be in another language as well, and does not count.
    private func target(_ link: Range<Int>, of text: SourceText, _ outline: BodyOutline) -> String {
      let target = String(decoding: text.bytes[link], as: UTF8.self)
      guard let mark = target.firstIndex(of: "#"), !target.contains("://") else { return target }
      guard mark == target.startIndex else { return String(target[..<mark]) }
      var anchors = UniqueAnchors()
      let keys = outline.sections.map { $0.anchor.map { anchors.next($0) } }
      return keys.firstIndex(of: String(target.dropFirst())).map { "#\($0)" } ?? target
    }

    /// The lines of a block, without their ends.
    private func lines(_ range: Range<Int>, of text: SourceText) -> [Range<Int>] {
      text.bytes[range].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
        line.last == UInt8(ascii: "\r") ? line.startIndex..<line.endIndex - 1 : line.startIndex..<line.endIndex
      }
    }
  }
}
