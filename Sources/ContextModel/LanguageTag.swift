/// A BCP 47 language tag such as `es`, `pt-BR` or `zh-Hant-TW`; compared without regard to case.
package struct LanguageTag: Hashable, Sendable, Comparable {
  /// In the usual case: language lower, script capitalised, region upper.
  package let text: String

  /// Nil unless it is language[-Script][-REGION][-variants].
  package init?(_ text: String) {
    // Some letters beyond ASCII become ASCII in lower case.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.lowercased() }
    guard let language = parts.first, (2...3).contains(language.count), language.allSatisfy(\.isASCIILetter) else { return nil }
    var out = [language]
    var rest = parts.dropFirst()
    if let script = rest.first, script.count == 4, script.allSatisfy(\.isASCIILetter) {
      out.append(script.prefix(1).uppercased() + script.dropFirst())
      rest = rest.dropFirst()
    }
    if let region = rest.first, (region.count == 2 && region.allSatisfy(\.isASCIILetter)) || (region.count == 3 && region.allSatisfy(\.isASCIIDigit))
    {
      out.append(region.uppercased())
      rest = rest.dropFirst()
    }
    for variant in rest {
      guard (5...8).contains(variant.count) || (variant.count == 4 && variant.first?.isASCIIDigit == true) else { return nil }
      guard variant.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit }) else { return nil }
      out.append(variant)
    }
    self.text = out.joined(separator: "-")
  }

  /// The tags to look for, most specific first: RFC 4647 lookup.
  package var fallbacks: [LanguageTag] {
    var parts = text.split(separator: "-")
    var out: [LanguageTag] = []
    while !parts.isEmpty {
      if let tag = LanguageTag(parts.joined(separator: "-")) { out.append(tag) }
      parts.removeLast()
    }
    return out
  }

  package static func < (left: LanguageTag, right: LanguageTag) -> Bool { left.text < right.text }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
