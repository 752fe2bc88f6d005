import Diagnostics
import Patterns

/// Finds comments of Markdown that speak to a model: a rendered view shows none of them.
struct HiddenComments {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let lowered: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ lowered: UnsafeBufferPointer<UInt8>) { (self.bytes, self.lowered) = (bytes, lowered) }

  private static let help = "put it where people see it, or take it out; look up who wrote it"

  /// What a comment says that is a finding wherever it stands.
  static func finding(at range: Range<Int>, saying phrase: Phrase) -> Finding {
    Finding(
      kind: .hiddenComment, severity: .error, range: range, message: "in a comment, which no rendered view shows: \(phrase.message)", help: help)
  }

  private static let addressed = try? LinePattern(
    "\\<(ai|llm|llms|assistant|assistants|agents?|language models?|the model|chatbot|bot|system|coding tools?)\\>")
  private static let orders = try? LinePattern(
    "\\<(ignore|run|execute|send|fetch|download|upload|post|reveal|install|curl|wget|leak|inject|override|bypass|disable|conceal|hide|secretly|silently|comply|obey|(do not|don'?t|never) (tell|mention|reveal|inform|ask|warn))\\>"
  )

  /// - Parameter known: comments of which something was said already.
  func search(_ map: MarkdownMap, besides known: [Range<Int>], _ out: inout FindingList) {
    for comment in map.comments where comment.count >= 24 && !known.contains(comment) {
      let text = UnsafeBufferPointer(rebasing: lowered[comment.lowerBound..<min(comment.upperBound, comment.lowerBound + 4_000)])
      guard Self.addressed?.firstMatch(in: text) != nil, let order = Self.orders?.firstMatch(in: text) else { continue }
      let range = comment.lowerBound + order.range.lowerBound..<comment.lowerBound + order.range.upperBound
      out.add(
        Finding(
          kind: .hiddenComment, severity: .warning, range: range, message: "a comment gives orders to a model, and no rendered view shows it",
          help: Self.help))
    }
  }

  static var patterns: [LinePattern?] { [addressed, orders] }
}
