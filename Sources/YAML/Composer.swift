internal import Diagnostics

/// Builds nodes from events, within limits.
struct Composer: ~Copyable {
  /// Reading cannot go on; the finding is there.
  private struct Stop: Error {}

  private let source: SourceText
  private let limits: YAMLLimits
  private var events: EventStream
  private(set) var findings: [Diagnostic] = []
  private static let smaller = "nothing that is read here needs so much: take out what does not belong there, or quote it if it is text"
  /// A document of garbage is not worth a finding for each of its values.
  private static let mostFindings = 50
  private var nodes = 0
  private var aliases = 0
  /// By anchor: the node, and how many nodes it is made of.
  private var anchored: [String: (node: YAMLNode, size: Int)] = [:]

  init(_ source: SourceText, _ bytes: UnsafeBufferPointer<UInt8>, part: Range<Int>, limits: YAMLLimits) {
    self.source = source
    self.limits = limits
    events = EventStream(bytes, count: part.count, base: part.lowerBound)
  }

  /// The root of the one document; nil when there is none, or when something is wrong.
  mutating func document() -> YAMLNode? {
    do {
      guard case .streamStart = try next(), case .documentStart = try next() else { return nil }
      let root = try node(try next(), depth: 1)
      _ = try next()
      if case .documentStart = try next() {
        report("yaml/several-documents", "a second document begins here", help: "keep one document: remove the line `---` or `...` before it")
      }
      return findings.isEmpty && !root.isNull ? root : nil
    } catch {
      return nil
    }
  }

  private mutating func next() throws(Stop) -> YAMLEvent {
    do {
      return try events.next()
    } catch {
      if let failure = events.failure { findings.append(SyntaxFinding(failure, in: source).diagnostic) }
      throw Stop()
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> YAMLNode {
    nodes += 1
    let (range, first) = (events.range, nodes)
    guard findings.count < Self.mostFindings else { throw Stop() }
    guard nodes <= limits.nodes else { throw stop("yaml/too-many-values", "more than \(limits.nodes) values in one document", help: Self.smaller) }
    switch event {
    case .alias(let name): return try repeated(name)
    case .scalar(let scalar, let properties):
      check(properties)
      return keep(YAMLNode(.scalar(scalar), range: range), properties, since: first)
    case .sequenceStart(let properties, let isFlow):
      try enter(properties, depth)
      return keep(try sequence(from: range, isFlow: isFlow, depth: depth), properties, since: first)
    case .mappingStart(let properties, let isFlow):
      try enter(properties, depth)
      return keep(try mapping(from: range, isFlow: isFlow, depth: depth), properties, since: first)
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .collectionEnd: throw Stop()
    }
  }

  private mutating func sequence(from start: Range<Int>, isFlow: Bool, depth: Int) throws(Stop) -> YAMLNode {
    var items: [YAMLNode] = []
    var event = try next()
    while !event.isEnd {
      items.append(try node(event, depth: depth + 1))
      event = try next()
    }
    let end = isFlow ? events.range.upperBound : items.last?.range.upperBound
    return YAMLNode(.sequence(items), range: start.lowerBound..<max(start.lowerBound, end ?? start.upperBound))
  }

  private mutating func mapping(from start: Range<Int>, isFlow: Bool, depth: Int) throws(Stop) -> YAMLNode {
    var pairs: [YAMLPair] = []
    var seen = SeenKeys()
    var event = try next()
    while !event.isEnd {
      let key = try node(event, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      pairs.append(YAMLPair(key: key, value: value))
      if isFlow { checkQuestionMark(before: key.range) }
      check(key: key, seen.firstPair(with: key.text, in: pairs).map { pairs[$0].key.range })
      event = try next()
    }
    let end = isFlow ? events.range.upperBound : pairs.last?.range.upperBound
    return YAMLNode(.mapping(pairs), range: start.lowerBound..<max(start.lowerBound, end ?? start.upperBound))
  }

  private mutating func repeated(_ name: String) throws(Stop) -> YAMLNode {
    aliases += 1
    if limits.aliases == 0 {
      report(
        "yaml/alias", "`*\(name)` is an alias, and aliases are not allowed here", help: ValueLine.help(at: events.range.lowerBound, in: source.bytes))
      return YAMLNode(.scalar(YAMLScalar("", isPlain: true)), range: events.range)
    }
    guard aliases <= limits.aliases else {
      throw stop("yaml/too-many-aliases", "more than \(limits.aliases) aliases in one document", help: "write the values out")
    }
    guard let (original, size) = anchored[name] else {
      throw stop(
        "yaml/unknown-alias", "no value before this one is anchored as `&\(name)`",
        help: ValueLine.help(at: events.range.lowerBound, in: source.bytes))
    }
    // Each use counts, or ten lines could stand for a billion values.
    nodes += size - 1
    return YAMLNode(original.content, range: events.range)
  }

  private mutating func keep(_ node: YAMLNode, _ properties: YAMLEvent.Properties, since first: Int) -> YAMLNode {
    if let anchor = properties.anchor { anchored[anchor] = (node, nodes - first + 1) }
    return node
  }

  private mutating func enter(_ properties: YAMLEvent.Properties, _ depth: Int) throws(Stop) {
    check(properties)
    // libyaml has no limit of its own and becomes quadratic, so that no further event may be asked for.
    guard depth <= limits.depth else { throw stop("yaml/too-deep", "nested more than \(limits.depth) levels deep", help: Self.smaller) }
  }

  private mutating func check(_ properties: YAMLEvent.Properties) {
    if properties.hasTag {
      report(
        "yaml/tag", "a value that begins with `!` is a tag, and tags are not allowed",
        help: ValueLine.help(at: events.range.lowerBound, in: source.bytes))
    }
    checkEnd(ofAnchor: properties.anchor)
    if let anchor = properties.anchor, limits.aliases == 0 {
      report(
        "yaml/anchor", "`&\(anchor)` is an anchor, and anchors are not allowed here",
        help: ValueLine.help(at: events.range.lowerBound, in: source.bytes))
    }
  }

  /// libyaml ends an anchor at a colon and goes on with what follows as the value, where the colon belongs to the anchor.
  private mutating func checkEnd(ofAnchor anchor: String?) {
    guard let anchor, source.bytes[events.range].starts(with: "&\(anchor):".utf8) else { return }
    report("yaml/anchor-colon", "the anchor `&\(anchor)` has a colon in its name", help: "name it with letters, digits, `-` and `_` alone")
  }

  /// libyaml takes a `?` between brackets for the sign of a key, where it begins a text unless a blank follows.
  private mutating func checkQuestionMark(before key: Range<Int>) {
    let mark = key.lowerBound - 1
    guard mark >= 0, !key.isEmpty, source.bytes[mark] == UInt8(ascii: "?") else { return }
    let help = ValueLine.help(at: mark, in: source.bytes)
    let place = source.place(mark..<key.upperBound)
    findings.append(Diagnostic(.error, "yaml/question-mark", "an unquoted text between brackets must not begin with `?`", at: place, help: help))
  }

  private mutating func check(key: YAMLNode, _ first: Range<Int>?) {
    guard let scalar = key.scalar else {
      let place = source.place(key.range)
      findings.append(
        Diagnostic(
          .error, "yaml/key-not-text", "a key must be a text, not \(key.kindInWords)", at: place,
          help: ValueLine(at: key.range.lowerBound, in: source.bytes)?.help ?? "write `key: value`"))
      return
    }
    if scalar.isPlain, scalar.text == "<<" {
      let help = "write the keys out where they are needed"
      findings.append(Diagnostic(.error, "yaml/merge-key", "`<<` merge keys are not allowed", at: source.place(key.range), help: help))
    }
    guard let first else { return }
    let note = "first given at line \(source.place(first).line ?? 1)"
    findings.append(
      Diagnostic(
        .error, "yaml/duplicate-key", "key `\(scalar.text)` is given twice", at: source.place(key.range), notes: [note], help: "keep one of the two"))
  }

  private mutating func report(_ id: String, _ message: String, help: String) {
    findings.append(Diagnostic(.error, id, message, at: source.place(events.range), help: help))
  }

  private mutating func stop(_ id: String, _ message: String, help: String? = nil) -> Stop {
    findings.append(Diagnostic(.error, id, message, at: source.place(at: events.range.lowerBound), help: help))
    return Stop()
  }
}

extension YAMLEvent {
  fileprivate var isEnd: Bool {
    if case .collectionEnd = self { true } else { false }
  }
}

/// The keys of one mapping: compared one by one while they are few, by a table when they are many.
private struct SeenKeys {
  private var table: [String: Int] = [:]

  /// The index of an earlier pair with the key of the last one.
  mutating func firstPair(with key: String?, in pairs: [YAMLPair]) -> Int? {
    guard let key else { return nil }
    let last = pairs.count - 1
    if last < 16 { return pairs[..<last].firstIndex { $0.key.text == key } }
    if table.isEmpty {
      for index in (0..<last).reversed() { table[pairs[index].keyText] = index }
    }
    if let first = table[key] { return first }
    table[key] = last
    return nil
  }
}
