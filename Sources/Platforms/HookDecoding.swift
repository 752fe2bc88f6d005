import ContextModel
import Schemas
import YAML

extension YAMLDecoder {
  /// What a dialect says of where hooks stand: `layout`, with `event-key` for a list.
  mutating func hookLayout(_ pairs: [YAMLPair], at range: Range<Int>) -> HookLayout {
    let parts = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    let key = parts["event-key"].flatMap { expectText($0) }
    switch parts["layout"].flatMap({ expectText($0) }) {
    case "list"?:
      if let key { return .list(eventKey: key) }
      report("incomplete-layout", "a list of hooks needs `event-key`", at: range, help: "name the member of a hook that says its event")
    case "names"?: return .names
    case nil, "events"?: break
    case let word?:
      report(
        "unknown-layout", "there is no layout `\(word)`", at: parts["layout"]?.range ?? range, help: "expected `events`, `list` or `names`")
    }
    return .events
  }

  /// What a dialect says under `matcher`.
  mutating func hookMatcher(_ node: YAMLNode, _ vocabularies: [String: Vocabulary]) -> HookMatcher? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.matcher.names) else { return nil }
    let parts = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    guard let key = parts["key"].flatMap({ expectText($0) }), let name = parts["map"].flatMap({ expectText($0) }), let words = vocabularies[name]
    else {
      report("incomplete-matcher", "a matcher needs `key`, and `map` with a vocabulary", at: node.range)
      return nil
    }
    var matcher = HookMatcher(key: key, words: words)
    if let pattern = parts["pattern"], let text = expectText(pattern) {
      if text.contains("{words}") {
        matcher.pattern = text
      } else {
        report("invalid-pattern", "a pattern has `{words}` where the words go", at: pattern.range)
      }
    }
    if let events = parts["events"] { matcher.events = hookEvents(events) }
    if let patterns = parts["all"] { matcher.all = expectTexts(patterns) ?? [] }
    matcher.looseness = parts["loose"].flatMap { expectText($0) }
    return matcher
  }

  /// A list of events.
  mutating func hookEvents(_ node: YAMLNode) -> Set<HookEvent> {
    let words = expectTexts(node) ?? []
    let events = words.compactMap(HookEvent.init(rawValue:))
    if events.count < words.count {
      let names = HookEvent.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      report("unknown-event", "this names an event that there is not", at: node.range, help: "there are \(names)")
    }
    return Set(events)
  }
}
