import ContextModel
import FileTree
import Layout
import Platforms

/// The description of a rule that loads on demand for want of room: when the model should ask for it, then what it is about.
func occasion(for delivery: Layout.Delivery) -> String {
  let artifact = delivery.artifact
  return occasionLead(for: artifact) + onOneLine(artifact.description ?? subject(ofRuleWith: artifact.body, named: artifact.id.name))
}

/// What a rule without a description is about.
func subject(ofRuleWith body: Body, named name: String) -> String { body.title ?? name }

/// What a model gets to choose by where a rule has no description.
func descriptionOfNone(_ name: String) -> String { "The rule \(name)." }

/// The part of that description that says when.
func occasionLead(for artifact: Artifact) -> String {
  let patterns = artifact.globs.map(onOneLine).joined(separator: ", ")
  return artifact.activation == .globs ? leadToPatterns + patterns + ": " : leadToAll
}

private let leadToPatterns = "A rule for work on files that match "
private let leadToAll = "A rule for all work here: "

/// Such a description taken apart: the patterns, nil for a rule for all work, and what the rule is about.
func readOccasion(_ text: String) -> (patterns: [String]?, about: String)? {
  var rest = Substring(text).unicodeScalars
  if rest.skip(leadToAll) { return (nil, String(rest)) }
  guard rest.skip(leadToPatterns), let colon = rest.firstRange(of: Array(": ".unicodeScalars)) else { return nil }
  let patterns = FieldValue.text(String(rest[..<colon.lowerBound])).patterns
  return patterns.isEmpty ? nil : (patterns, String(rest[colon.upperBound...]))
}

/// Why an artifact stands where it loads on demand.
func displacement(of delivery: Layout.Delivery) -> String {
  let full = delivery.displacedFrom.map { overflow in
    let limits = overflow.limits.map { "\($0.limit.most) \($0.limit.unit.rawValue) for `\($0.platform)`" }
    return "`\(overflow.path)` has no room for it (\(limits.joined(separator: ", ")))"
  }
  return full.joined(separator: " and ") + "; as a skill, it loads when the model asks for it"
}

/// The start of a text, up to the end of a sentence or else of a word.
func shortened(_ text: String, to limit: Platform.Limit) -> String {
  var end = text.startIndex
  var size = 0
  var sentence: String.Index?
  var word: String.Index?
  let ellipsis = "…"
  let room = limit.most - TextSize(of: ellipsis)[limit.unit]
  while end < text.endIndex {
    let next = text.index(after: end)
    size += TextSize(of: String(text[end..<next]))[limit.unit]
    if size > room { break }
    let isEnd = next == text.endIndex || text[next].isWhitespace
    if isEnd, ".!?".contains(text[end]) { sentence = next }
    if isEnd { word = next }
    end = next
  }
  // A sentence that ends early would say too little.
  if let sentence, text.distance(from: text.startIndex, to: sentence) * 2 >= text.distance(from: text.startIndex, to: end) {
    return String(text[..<sentence])
  }
  return text[..<(word ?? end)] + ellipsis
}

extension Body {
  /// The first heading of the first level; nil without one.
  fileprivate var title: String? {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = String(decoding: bytes[start..<end], as: UTF8.self)
      if line.hasPrefix("# ") { return onOneLine(String(line.dropFirst(2))) }
      start = end + 1
    }
    return nil
  }
}
