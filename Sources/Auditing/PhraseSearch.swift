import Diagnostics
import FileTree
import Patterns

/// Finds what the tables of phrases and of tokens have: one pass for all their anchors, and a pattern only where one of those is.
struct PhraseSearch: Sendable {
  /// What is looked for when an anchor is met.
  private enum Use: Hashable {
    case phrase(Int)
    case token(Int)
    case assignment
    case host
    case comment
    case padding
    case emptyLines
    case control
  }

  private let phrases: [ReadyPhrase]
  private let tokens: [ReadyToken]
  private let finder: TextFinder
  /// By anchor: what it is for.
  private let uses: [[Use]]
  private let secrets = Secrets()

  static let table = InstructionPhrases.all + CommandPhrases.all + MarkupPhrases.all

  init() {
    phrases = Self.table.compactMap { try? ReadyPhrase($0) }
    tokens = TokenFormats.all.compactMap { try? ReadyToken($0) }
    var anchors: [[UInt8]: [Use]] = [:]
    for (number, ready) in phrases.enumerated() {
      for anchor in ready.phrase.anchors { anchors[Array(anchor.utf8), default: []].append(.phrase(number)) }
    }
    for (number, ready) in tokens.enumerated() {
      for anchor in ready.format.anchors { anchors[Array(anchor.utf8), default: []].append(.token(number)) }
    }
    for anchor in Secrets.anchors { anchors[Array(anchor.utf8), default: []].append(.assignment) }
    anchors[Array("://".utf8), default: []].append(.host)
    anchors[Array("<!--".utf8), default: []].append(.comment)
    anchors[Array("]: #".utf8), default: []].append(.comment)
    anchors[Array("]: <>".utf8), default: []].append(.comment)
    anchors[[UInt8](repeating: 0x20, count: 64), default: []].append(.padding)
    anchors[[UInt8](repeating: 0x09, count: 24), default: []].append(.padding)
    anchors[[UInt8](repeating: 0x0A, count: 30), default: []].append(.emptyLines)
    anchors[[0x1B], default: []].append(.control)
    anchors[[0x08], default: []].append(.control)
    let sorted = anchors.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    finder = TextFinder(sorted.map(\.key))
    uses = sorted.map(\.value)
  }

  /// Whether every pattern of the tables could be read.
  var isComplete: Bool { phrases.count == Self.table.count && tokens.count == TokenFormats.all.count }

  /// - Parameters:
  ///   - bytes: as they are.
  ///   - lowered: the same with ASCII letters in lower case.
  func search(_ bytes: UnsafeBufferPointer<UInt8>, _ lowered: UnsafeBufferPointer<UInt8>, _ file: AuditedFile, _ out: inout FindingList) {
    var run = Run(bytes: bytes, lowered: lowered, file: file, phrases: phrases.count, tokens: tokens.count)
    finder.forEach(in: lowered) { anchor, end in
      for use in uses[anchor] {
        switch use {
        case .phrase(let number): find(number, at: end - 1, &run)
        case .token(let number): find(token: number, at: end - 1, &run, &out)
        case .assignment: secrets.search(at: end, bytes, lowered, file, &run.assignedUpTo, &out)
        case .host: Hosts(bytes).search(at: end, &out)
        case .comment: run.hasComments = true
        case .padding: padding(at: end, &run, &out)
        case .emptyLines: emptyLines(at: end, &run, &out)
        case .control: control(at: end - 1, &run, &out)
        }
      }
    }
    judge(&run, &out)
    if let finding = run.givenUp { out.add(finding) }
    if run.hasComments, file.form == .prose { HiddenComments(bytes, lowered).search(run.mapped, besides: run.hidden, &out) }
  }

  /// One file while it is searched.
  private struct Run {
    let bytes: UnsafeBufferPointer<UInt8>
    let lowered: UnsafeBufferPointer<UInt8>
    let file: AuditedFile
    /// By phrase: what lies before is done.
    var doneUpTo: [Int]
    var tokensUpTo: [Int]
    var assignedUpTo = 0
    var paddedUpTo = 0
    var controlledUpTo = 0
    var matches: [Match] = []
    var seen: Set<Int> = []
    var examined = 0
    var isGivenUp = false
    var givenUp: Finding?
    var hasComments = false
    /// Comments in which phrases were found.
    var hidden: [Range<Int>] = []
    private var map: MarkdownMap?

    init(bytes: UnsafeBufferPointer<UInt8>, lowered: UnsafeBufferPointer<UInt8>, file: AuditedFile, phrases: Int, tokens: Int) {
      (self.bytes, self.lowered, self.file) = (bytes, lowered, file)
      doneUpTo = [Int](repeating: 0, count: phrases)
      tokensUpTo = [Int](repeating: 0, count: tokens)
    }

    /// Made when it is needed first.
    var mapped: MarkdownMap {
      mutating get {
        if let map { return map }
        let made = MarkdownMap(bytes)
        map = made
        return made
      }
    }
  }

  private struct Match {
    var phrase: Int
    var range: Range<Int>
  }

  /// More than these are not judged: such a file is nothing but attack.
  private static let mostMatches = 2_000
  /// So much of a long line is looked at on both sides of an anchor.
  private static let lineReach = 1_000
  /// Bytes that patterns are tried on, beside twice those of the file: no text that people read needs so many.
  private static let mostExamined = 8 << 20

  private func giveUp(at position: Int, _ run: inout Run) {
    run.isGivenUp = true
    run.givenUp = Finding(
      kind: .tooLarge, severity: .error, range: position..<position + 1,
      message: "what an audit looks for is here so often that not all behind this was looked at", help: "take the file apart, or take it out")
  }

  // MARK: Phrases

  private func find(_ number: Int, at position: Int, _ run: inout Run) {
    guard position >= run.doneUpTo[number], run.matches.count < Self.mostMatches, !run.isGivenUp else { return }
    let ready = phrases[number]
    let window = ready.phrase.reach == .line ? line(at: position, run.lowered) : paragraph(at: position, run.lowered)
    // What begins behind the middle of what follows is found again from an anchor of its own.
    run.doneUpTo[number] =
      ready.phrase.reach == .line && window.upperBound - position < Self.lineReach ? window.upperBound : position + 200 + Self.lineReach / 4
    run.examined += window.count
    if run.examined > Self.mostExamined + 2 * run.bytes.count { giveUp(at: position, &run) }
    for match in ready.pattern.matches(in: UnsafeBufferPointer(rebasing: run.lowered[window])) {
      let range = trimmed(match.range.lowerBound + window.lowerBound..<match.range.upperBound + window.lowerBound, run.lowered)
      guard run.seen.insert(number << 40 | range.lowerBound).inserted else { continue }
      let rest = run.lowered[range.upperBound..<min(run.lowered.count, range.upperBound + 24)].drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x2C }
      if ready.phrase.unlessBefore.contains(where: { rest.starts(with: $0.utf8) }) { continue }
      run.matches.append(Match(phrase: number, range: range))
    }
  }

  private func trimmed(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "*") }
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// The line around a position, with the next ones behind a backslash.
  private func line(at position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var line = bytes.line(at: position, reach: Self.lineReach)
    for _ in 0..<4 {
      guard line.lowerBound > 2, bytes[line.lowerBound - 1] == UInt8(ascii: "\n") else { break }
      let last = bytes[line.lowerBound - 2] == 0x0D ? line.lowerBound - 3 : line.lowerBound - 2
      guard bytes[last] == UInt8(ascii: "\\") else { break }
      line = bytes.line(at: line.lowerBound - 1, reach: 400).lowerBound..<line.upperBound
    }
    for _ in 0..<4 {
      guard !line.isEmpty, line.upperBound < bytes.count, bytes[line.upperBound - 1] == UInt8(ascii: "\\") else { break }
      let next = line.upperBound + (bytes[line.upperBound] == 0x0D ? 2 : 1)
      guard next < bytes.count else { break }
      line = line.lowerBound..<bytes.line(at: next, reach: 400).upperBound
    }
    return line
  }

  /// The lines around a position up to the next empty one, and no more than a sentence or two.
  private func paragraph(at position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = position
    while start > 0, position - start < 200, !(bytes[start - 1] == 0x0A && start > 1 && bytes[start - 2] == 0x0A) { start -= 1 }
    var end = position
    while end < bytes.count, end - position < 440, !(bytes[end] == 0x0A && end + 1 < bytes.count && bytes[end + 1] == 0x0A) { end += 1 }
    return start..<end
  }

  /// Matches that nothing excuses become findings, of those that overlap the weightiest.
  private func judge(_ run: inout Run, _ out: inout FindingList) {
    guard !run.matches.isEmpty else { return }
    let isProse = run.file.form == .prose
    let excuses = Excuses(run.lowered, run.file.form, run.file.origin)
    var kept: [Finding] = []
    for match in run.matches {
      let phrase = phrases[match.phrase].phrase
      if isProse, let comment = run.mapped.comment(around: match.range) {
        run.hidden.append(comment)
        kept.append(HiddenComments.finding(at: match.range, saying: phrase))
        continue
      }
      let map = isProse ? run.mapped : nil
      if phrase.kind == .hiddenMarkup, !isMarkup(match.range, map, run) { continue }
      if excuses.excuse(match.range, phrase.excuse, map) { continue }
      kept.append(finding(phrase, match.range, run))
    }
    kept.sort { ($0.severity, $1.range.count, $0.range.lowerBound) < ($1.severity, $0.range.count, $1.range.lowerBound) }
    var taken: [Range<Int>] = []
    for finding in kept where !taken.contains(where: { $0.overlaps(finding.range) }) {
      taken.append(finding.range)
      out.add(finding)
    }
  }

  /// Whether an element is one, and is not shown as code.
  private func isMarkup(_ range: Range<Int>, _ map: MarkdownMap?, _ run: Run) -> Bool {
    guard let map, ["md", "mdc", "mdx", "markdown"].contains(run.file.ending), map.fence(at: range.lowerBound) == nil else { return false }
    let line = run.bytes.line(at: range.lowerBound)
    return run.bytes[line.lowerBound..<range.lowerBound].count { $0 == UInt8(ascii: "`") } % 2 == 0
  }

  private func finding(_ phrase: Phrase, _ range: Range<Int>, _ run: Run) -> Finding {
    let file = run.file
    var severity = phrase.severity
    var notes: [String] = []
    let text = run.bytes.text(range)
    if phrase.kind == .fetchAndRun || phrase.kind == .decodeAndRun {
      if let plain = decoded(around: range, run.bytes) { notes.append("decoded: \(HiddenText.quoted(plain))") }
      if let reason = whyWorse(text) {
        severity = .error
        notes.append(reason)
      }
    }
    // In settings it runs by itself; and in what others wrote nobody here meant it.
    if severity == .warning, file.form.isSettings && phrase.kind != .dropSite || file.origin == .foreign && phrase.kind != .hiddenMarkup {
      severity = .error
    }
    return Finding(kind: phrase.kind, severity: severity, range: range, message: phrase.message, notes: notes, help: phrase.help)
  }

  /// Why fetching from there is worse than from elsewhere.
  private func whyWorse(_ command: String) -> String? {
    guard let start = command.firstRange(of: "://") else { return nil }
    let host = command[start.upperBound...].prefix { !"/ \"'`)|:".contains($0) }
    if !host.isEmpty, host.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), host != "127.0.0.1" {
      return "from an address without a name: \(host)"
    }
    let isPlain = command[..<start.lowerBound].lowercased().hasSuffix("http")
    return isPlain && host != "localhost" && host != "127.0.0.1" ? "over http, where anybody on the way can change it" : nil
  }

  /// The base64 in the line of a command, as text.
  private func decoded(around range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let line = bytes.line(at: range.lowerBound)
    var start = line.lowerBound
    while start < line.upperBound {
      var end = start
      while end < line.upperBound,
        bytes[end].isASCIILetterOrDigit || bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: "=")
      {
        end += 1
      }
      if end - start >= 16, let text = HiddenText.ofBase64(bytes[start..<end]) { return text }
      start = max(end, start) + 1
    }
    return nil
  }

  // MARK: Tokens

  private func find(token number: Int, at position: Int, _ run: inout Run, _ out: inout FindingList) {
    guard position >= run.tokensUpTo[number] else { return }
    let line = run.bytes.line(at: position, reach: 600)
    run.tokensUpTo[number] = line.upperBound - position < 500 ? line.upperBound : position + 200
    for match in tokens[number].pattern.matches(in: UnsafeBufferPointer(rebasing: run.bytes[line])) {
      let range = match.range.lowerBound + line.lowerBound..<match.range.upperBound + line.lowerBound
      secrets.judge(
        tokens[number].format, range, match.group.map { $0.lowerBound + line.lowerBound..<$0.upperBound + line.lowerBound }, run.bytes, &out)
    }
  }

  // MARK: What is pushed out of sight

  private static let mostBlanks = 150

  private func padding(at end: Int, _ run: inout Run, _ out: inout FindingList) {
    guard end >= run.paddedUpTo else { return }
    let bytes = run.lowered
    var (start, stop) = (end, end)
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    while stop < bytes.count, bytes[stop] == 0x20 || bytes[stop] == 0x09 { stop += 1 }
    run.paddedUpTo = stop + 1
    let width = bytes[start..<stop].reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    guard width >= Self.mostBlanks, stop < bytes.count, bytes[stop] != 0x0A, bytes[stop] != 0x0D, bytes[stop] != UInt8(ascii: "|") else { return }
    out.add(
      Finding(
        kind: .padding, severity: .warning, range: stop..<run.bytes.line(at: stop).upperBound,
        message: "\(stop - start) blanks push this out of sight",
        help: "take the blanks out, and read what stands behind them"))
  }

  private func emptyLines(at end: Int, _ run: inout Run, _ out: inout FindingList) {
    guard end >= run.paddedUpTo else { return }
    let bytes = run.lowered
    var (start, stop, lines) = (end, end, 0)
    while start > 0, bytes[start - 1] <= 0x20 { start -= 1 }
    while stop < bytes.count, bytes[stop] <= 0x20 { stop += 1 }
    run.paddedUpTo = stop + 1
    for byte in bytes[start..<stop] where byte == 0x0A { lines += 1 }
    guard lines >= 60, stop < bytes.count else { return }
    out.add(
      Finding(
        kind: .padding, severity: .warning, range: stop..<run.bytes.line(at: stop).upperBound, message: "\(lines) empty lines push this out of sight",
        help: "take the lines out, and read what stands behind them"))
  }

  private func control(at position: Int, _ run: inout Run, _ out: inout FindingList) {
    guard position >= run.controlledUpTo else { return }
    let line = run.bytes.line(at: position)
    run.controlledUpTo = max(line.upperBound, position + 1)
    let isEscape = run.bytes[position] == 0x1B
    guard !isEscape || position + 1 < run.bytes.count && "[]PX^_".utf8.contains(run.bytes[position + 1]) else { return }
    out.add(
      Finding(
        kind: .controlCharacter, severity: .error, range: position..<position + (isEscape ? 2 : 1),
        message: isEscape ? "a terminal obeys this and does not show it" : "a terminal deletes what stands before this",
        help: "delete the control characters, and read the line again"))
  }
}
