import Patterns

/// Whether what was found is told about and not told: a sentence forbids it, quotes it, or shows it as a bad example.
struct Excuses {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let form: AuditedFile.Form
  private let origin: AuditedFile.Origin

  /// - Parameter bytes: in lower case.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ form: AuditedFile.Form, _ origin: AuditedFile.Origin) {
    (self.bytes, self.form, self.origin) = (bytes, form, origin)
  }

  private static let acts =
    "(run|use|pipe|execute|install|paste|download|invoke|call|rely|write|put|commit|send|post|upload|include|pass|forward|copy|leak|share|log|expose|read|disable|bypass|skip|turn|switch|circumvent|ignore|remove|add|allow|accept|approve|auto-?approve|grant|set|embed|follow|obey|trust|do|delete|start|pretend|comply|claim|suggest|recommend|hide|conceal)"

  /// What says, before it, that it must not be done.
  private static let forbids = pattern(
    "\\<(never|avoid(s|ing)?|refus(e|es|ed|ing)|rejects?|rejected|forbids?|forbidden|prohibit(s|ed)?|prevent(s|ed|ing)?|detect(s|ed|ing|ion)?|flag(s|ged)?|block(s|ed|ing)?|den(y|ies|ied)|warn(s|ed|ing)?|against|instead of|rather than|attack(s|er|ers)?|malicious|injections?|suspicious|dangerous|unsafe|insecure|vulnerab(le|ility|ilities)|anti-?patterns?|bad|wrong|red flags?|disallow(s|ed)?|violations?|ban(s|ned)?|risk(s|y)?|smuggl(e|es|ing)|tries to|trying to|attempts? to|attempting to|looks? for|scan(s|ning)? for|search(es|ing)? for|(do not|don'?t|must not|mustn'?t|should not|shouldn'?t|may not|cannot|can'?t|not to|not|no|without) +(ever |just |blindly |directly |simply |be |to )?\(acts)(ing|ed|d|s)?)\\>"
  )
  /// What says right before it that it must not be done.
  private static let negated = pattern(
    "\\<(never|do not|don'?t|must not|mustn'?t|should not|shouldn'?t|may not|cannot|can'?t|not to|to not|nor|without|no)( +(ever|just|blindly|directly|simply|try to))?[[:space:]`'\"*_]*$"
  )
  /// What says, before it, that others say it.
  private static let mentions = pattern(
    "\\<(attack(s|er|ers)?|injections?|injected|malicious|adversar(y|ial)|suspicious|detect(s|ed|ing)?|flag(s|ged)?|reject(s|ed)?|refuse(s|d)?|untrusted|jailbreaks?|red flags?|phrases?|patterns?|such as|for example|e\\.g\\.|examples?|(attempts?|attempting|tries|trying|asks?|asking|tells?|telling|instructs?|instructing|tricks?) (you |the \\w+ |it |models? |agents? |them |an? \\w+ )?to|look for|scan for|strings? like|text like|like|says?|saying|claims?|claiming|contain(s|ing)?|treat|if (the|any|it|someone|content|text|a|an) )"
  )
  /// The same, for texts of others: what a sentence has to say about itself to be believed.
  private static let strongMentions = pattern(
    "\\<(attacks?|attackers?|injections?|malicious|suspicious|detects?|flag|rejects?|refuse|untrusted|jailbreaks?|red flags?)\\>")
  /// What marks an example as bad, above it or beside it.
  private static let marks = pattern(
    "(❌|✗|✘|🚫|⛔|⚠|\\<(bad|wrong|avoid|never|don'?t|do not|incorrect|anti-?patterns?|unsafe|insecure|vulnerab(le|ility|ilities)|dangerous|malicious|attack(s|er|ers)?|forbidden|prohibited|not allowed|must not|red flags?|violations?|reject(s|ed)?|block(s|ed)?|den(y|ied)|detect(s|ed|ion)?|exploit(s|ed)?|threats?|injections?|smell|smells|evil|exfiltration|unacceptable|risk(s|y)?|hardening|blacklist|blocklist|denylist)\\>)"
  )

  /// The same in the remark behind it, where a table weighs what it lists.
  private static let weights = pattern("\\<(critical|high|severe)\\>")

  private static func pattern(_ text: String) -> LinePattern? { try? LinePattern(text) }

  /// All patterns that excuses know; for a test that each of them can be read.
  static var patterns: [LinePattern?] { [forbids, negated, mentions, strongMentions, marks, weights] }

  /// - Parameter map: of a Markdown file; nil for others.
  func excuse(_ range: Range<Int>, _ excuse: Phrase.Excuse, _ map: @autoclosure () -> MarkdownMap?) -> Bool {
    guard excuse != .none, !form.isSettings else { return false }
    if form == .script { return isCommentLine(range) || excuse == .forbidding && Self.found(Self.marks, in: behind(range), of: bytes) }
    let clause = clause(before: range)
    switch excuse {
    case .none: return false
    case .forbidding:
      if Self.found(Self.forbids, in: clause, of: bytes) || Self.found(Self.negated, in: clause, of: bytes) { return true }
      let remark = behind(range)
      if Self.found(Self.marks, in: remark, of: bytes) || Self.found(Self.weights, in: remark, of: bytes) || startsWithMark(range) { return true }
    case .mentioning:
      if isQuoted(range) || Self.found(Self.negated, in: clause, of: bytes) { return true }
      if origin == .own, Self.found(Self.forbids, in: clause, of: bytes) { return true }
      if Self.found(origin == .own ? Self.mentions : Self.strongMentions, in: clause, of: bytes) { return true }
    }
    guard origin == .own, let map = map() else { return false }
    return isShownAsBad(range, map)
  }

  private static func found(_ pattern: LinePattern?, in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    pattern?.firstMatch(in: UnsafeBufferPointer(rebasing: bytes[range])) != nil
  }

  /// What stands before it in its sentence.
  private func clause(before range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, range.lowerBound - start < 160 {
      let byte = bytes[start - 1]
      if byte == UInt8(ascii: "\n") {
        var next = start
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        // An empty line, or an item of a list.
        if start > 1, bytes[start - 2] == UInt8(ascii: "\n") { break }
        if next < bytes.count, "-*+#".utf8.contains(bytes[next]), next < range.lowerBound { break }
      }
      if start < range.lowerBound, byte == 0x2E || byte == 0x21 || byte == 0x3F, bytes[start] == 0x20 || bytes[start] == 0x0A,
        start < 4 || !bytes[start - 4..<start].elementsEqual("e.g.".utf8)
      {
        break
      }
      start -= 1
    }
    return start..<range.lowerBound
  }

  /// What stands behind it in its line.
  private func behind(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end < bytes.count, end - range.upperBound < 120, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    // Only a remark counts, and no sentence that follows.
    var start = range.upperBound
    while start < end, !"#|/;<".utf8.contains(bytes[start]), bytes[start] < 0x80 { start += 1 }
    return start..<end
  }

  private func startsWithMark(_ range: Range<Int>) -> Bool {
    let line = bytes.line(at: range.lowerBound, reach: 400)
    return Self.found(Self.marks, in: line.lowerBound..<min(range.lowerBound, line.lowerBound + 24), of: bytes)
  }

  private func isCommentLine(_ range: Range<Int>) -> Bool {
    var index = bytes.line(at: range.lowerBound).lowerBound
    while index < range.lowerBound, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return bytes[index...].starts(with: "#".utf8) || bytes[index...].starts(with: "//".utf8) || bytes[index...].starts(with: "*".utf8)
  }

  private static let quotes: [[UInt8]] = ["\"", "'", "`", "“", "‘", "«", "„"].map { Array($0.utf8) }

  private func isQuoted(_ range: Range<Int>) -> Bool {
    let isOpen = Self.quotes.contains { quote in
      range.lowerBound >= quote.count && bytes[range.lowerBound - quote.count..<range.lowerBound].elementsEqual(quote)
    }
    guard isOpen else { return false }
    let end = min(bytes.count, range.upperBound + 24)
    return bytes[range.upperBound..<end].contains { $0 == 0x22 || $0 == 0x27 || $0 == 0x60 || $0 == 0xE2 || $0 == 0xC2 }
  }

  /// Whether the block that it stands in, or its section, is about what is wrong.
  private func isShownAsBad(_ range: Range<Int>, _ map: MarkdownMap) -> Bool {
    if let heading = map.heading(above: range.lowerBound), Self.found(Self.marks, in: heading, of: bytes) { return true }
    guard let fence = map.fence(at: range.lowerBound) else { return lineAboveIsMarked(range.lowerBound, 3) }
    if isLabel(fence.lead), Self.found(Self.marks, in: fence.lead, of: bytes) { return true }
    // A remark in the block above the line, or a key that it stands under.
    return lineAboveIsMarked(range.lowerBound, 8, from: fence.range.lowerBound)
  }

  private func lineAboveIsMarked(_ offset: Int, _ most: Int, from first: Int = 0) -> Bool {
    var line = bytes.line(at: offset)
    for _ in 0..<most {
      guard line.lowerBound > first else { return false }
      line = bytes.line(at: line.lowerBound - 1)
      if line.isEmpty { return false }
      if isLabel(line), Self.found(Self.marks, in: line, of: bytes) { return true }
    }
    return false
  }

  /// Whether a line announces what follows: it is no sentence that says something of its own.
  private func isLabel(_ line: Range<Int>) -> Bool {
    let text = bytes[line].drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = text.first, let last = text.last(where: { $0 != 0x20 && $0 != UInt8(ascii: "*") && $0 != 0x0D }) else { return false }
    return last == UInt8(ascii: ":") || last == UInt8(ascii: "|") || first == UInt8(ascii: "#") || text.starts(with: "//".utf8)
      || text.starts(with: "**".utf8) || first >= 0x80
  }
}
