import ContextLoading
import ContextModel
import Layout

/// One rule as a part of a managed block: a lead that says what its frontmatter says, then its body.
struct Section {
  var lead: SectionLead
  /// LF line ends; no empty lines around it.
  var text: [UInt8]

  init(_ delivery: Layout.Delivery, _ writing: Writing) {
    lead = SectionLead(delivery, writing.head.fields)
    text = Self.trimmed(withLineFeeds(writing.body.pieces.bytes[...]))
  }

  /// A part of a block taken apart; nil when its first paragraph is no lead.
  init?(reading bytes: [UInt8]) {
    let end = (0..<bytes.count).first { $0 + 1 < bytes.count && bytes[$0] == UInt8(ascii: "\n") && bytes[$0 + 1] == UInt8(ascii: "\n") }
    let first = Self.trimmed(Array(bytes[..<(end ?? bytes.count)]))
    guard let lead = SectionLead(reading: String(decoding: first, as: UTF8.self)) else { return nil }
    self.lead = lead
    text = Self.trimmed(Array(bytes[(end ?? bytes.count)...]))
  }

  /// LF line ends, ending with one.
  var bytes: [UInt8] {
    var out = Array(lead.text.utf8)
    if !text.isEmpty {
      out += "\n\n".utf8
      out += text
    }
    out.append(UInt8(ascii: "\n"))
    return out
  }

  /// Without empty lines at both ends.
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.firstIndex(where: { !$0.isLineEnd }), let last = text.lastIndex(where: { $0 != UInt8(ascii: "\n") }) else { return [] }
    return first == 0 && last == text.count - 1 ? text : Array(text[first...last])
  }
}

/// No line of a lead may be a marker or begin a paragraph.
///
/// By scalars, as a blank with an accent on it is one letter.
func onOneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).joined(separator: " ".unicodeScalars)))
}
