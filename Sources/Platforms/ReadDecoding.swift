import Diagnostics
import FileTree
import Schemas
import YAML

extension YAMLDecoder {
  /// One entry under `heads`: rules, the first that holds counts.
  mutating func headRules(_ node: YAMLNode) -> [HeadRule] {
    let rules = (expectList(node) ?? []).compactMap { headRule($0) }
    if let last = rules.last, last.key != nil || last.patterns != nil {
      report("incomplete-head", "the last line has to hold for every file", at: node.range, help: "end with `{ when: … }` alone")
    }
    return rules
  }

  private mutating func headRule(_ node: YAMLNode) -> HeadRule? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.headLine.names) else { return nil }
    var when: Platform.Read.Moment?
    var rule = HeadRule(when: .always)
    for pair in pairs {
      switch pair.keyText {
      case "when": when = choice(pair.value, Platform.Read.Moment.self)
      case "key": rule.key = expectText(pair.value)
      case "by": rule.patterns = expectText(pair.value)
      case "beside":
        rule.beside = expectText(pair.value)
        if rule.beside.flatMap({ TreePath($0) }) == nil { report("unknown-value", "this is no path in the folder of the file", at: pair.value.range) }
      default: rule.value = expectText(pair.value)
      }
    }
    guard let when else {
      report("incomplete-head", "a line of a head needs `when`", at: node.range)
      return nil
    }
    if rule.value != nil && rule.key == nil || rule.beside != nil && rule.key == nil {
      report("incomplete-head", "this line needs `key`", at: node.range, help: "name the key that has the value")
    }
    if (when == .matched) != (rule.patterns != nil) {
      report("incomplete-head", "`by` goes with `when: matched`, and with nothing else", at: node.range, help: "name the key that has the patterns")
    }
    rule.when = when
    return rule
  }

  /// One entry under `reads`.
  mutating func read(_ node: YAMLNode, _ heads: [String: [HeadRule]]) -> Platform.Read? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.readNames) else { return nil }
    var read = Platform.Read(path: "", when: .always, on: [], unless: [], once: nil)
    for pair in pairs {
      switch pair.keyText {
      case "path": read.path = expectText(pair.value) ?? ""
      case "when": read.when = choice(pair.value, Platform.Read.Moment.self) ?? .always
      case "head":
        guard let name = expectText(pair.value) else { continue }
        (read.when, read.head) = (.matched, heads[name] ?? [])
        if heads[name] == nil {
          let help = nearest(to: name, among: heads.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `heads:`"
          report("unknown-head", "there is no head `\(name)`", at: pair.value.range, help: help)
        }
      case "on": read.on = expectTexts(pair.value) ?? []
      case "unless": read.unless = expectTexts(pair.value) ?? []
      case "once": read.once = expectText(pair.value)
      case "nested": read.nested = choice(pair.value, Platform.Read.Nested.self)
      case "nested-unless": read.nestedUnless = expectTexts(pair.value) ?? []
      case "private": read.isPrivate = expectBool(pair.value) ?? false
      case "strips": read.strips = Set((expectList(pair.value) ?? []).compactMap { choice($0, Platform.Read.Stripped.self) })
      case "seen": read.seen = day(pair) ?? ""
      default: read.importDepth = positive(pair) ?? 0
      }
    }
    if read.path.isEmpty { report("incomplete-read", "a read needs `path`", at: node.range) }
    if read.when == .matched && read.head.isEmpty {
      report("incomplete-read", "a read that goes by the head of a file needs `head`", at: node.range, help: "name one that is under `heads:`")
    }
    return read
  }

  /// One entry under `limits`.
  mutating func limit(_ node: YAMLNode) -> Platform.Limit? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.limit.names) else { return nil }
    var limit = Platform.Limit(path: "", most: 0, unit: .bytes, beyond: "")
    for pair in pairs {
      switch pair.keyText {
      case "path": limit.path = expectText(pair.value) ?? ""
      case "most": limit.most = positive(pair) ?? 0
      case "unit": limit.unit = choice(pair.value, Platform.Limit.Unit.self) ?? .bytes
      case "keeps": limit.keeps = choice(pair.value, Platform.Limit.Kept.self) ?? .start
      case "shared": limit.isShared = expectBool(pair.value) ?? false
      case "field": limit.field = expectText(pair.value)
      default: limit.beyond = expectText(pair.value) ?? ""
      }
    }
    if limit.path.isEmpty || limit.most <= 0 { report("incomplete-limit", "a limit needs `path` and a number above 0 as `most`", at: node.range) }
    return limit
  }

  private mutating func positive(_ pair: YAMLPair) -> Int? {
    guard let text = expectText(pair.value) else { return nil }
    if let number = Int(text), number > 0 { return number }
    report("unknown-value", "unknown value `\(text)`", at: pair.value.range, help: "`\(pair.keyText)` is a number above 0")
    return nil
  }

  /// A day as YYYY-MM-DD.
  mutating func day(_ pair: YAMLPair) -> String? {
    guard let text = expectText(pair.value) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.map(\.count) != [4, 2, 2] || !parts.allSatisfy({ Int($0) != nil }) {
      report("not-a-date", "`\(pair.keyText)` is the day as YYYY-MM-DD", at: pair.value.range)
    }
    return text
  }
}
