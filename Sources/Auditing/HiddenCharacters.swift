import Diagnostics

/// Finds characters that do not show: each run of them, judged by what stands before and behind.
struct HiddenCharacters {
  private let bytes: UnsafeBufferPointer<UInt8>

  /// The end of the line of which it was told that it is shown in another order.
  private var directionsUpTo = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// A run of one class, and what it stands between.
  private struct Run {
    var hidden: HiddenClass
    var values: [UInt32] = []
    var range: Range<Int>
    /// How many there are; of a very long run not all are kept.
    var count = 0
    /// The character right before; nil at the start of the file.
    var before: UInt32?
    /// The last one before it that shows.
    var base: UInt32?
    var after: UInt32?
  }

  private static let mostValues = 4_096

  /// - Parameter start: where a hidden character is.
  /// - Returns: where what shows goes on.
  mutating func search(at start: Int, _ out: inout FindingList) -> Int {
    var base = bytes.scalar(before: start)?.value
    var before = base
    var index = start
    var runs: [Run] = []
    while index < bytes.count {
      let scalar = bytes.scalar(at: index)
      guard let hidden = scalar.value.hiddenClass else { break }
      if runs.last?.hidden == hidden {
        runs[runs.count - 1].range = runs[runs.count - 1].range.lowerBound..<scalar.range.upperBound
      } else if runs.count < 64 {
        runs.append(Run(hidden: hidden, range: scalar.range, before: before, base: base))
      } else {
        runs[runs.count - 1].range = runs[runs.count - 1].range.lowerBound..<scalar.range.upperBound
      }
      runs[runs.count - 1].count += 1
      if runs[runs.count - 1].values.count < Self.mostValues { runs[runs.count - 1].values.append(scalar.value) }
      before = scalar.value
      index = scalar.range.upperBound
    }
    base = index < bytes.count ? bytes.scalar(at: index).value : nil
    for number in runs.indices {
      runs[number].after = number + 1 < runs.count ? runs[number + 1].values.first : base
      judge(runs[number], &out)
    }
    return index
  }

  private mutating func judge(_ run: Run, _ out: inout FindingList) {
    switch run.hidden {
    case .tag: tags(run, &out)
    case .variationSelector: selectors(run, &out)
    case .invisible: invisible(run, &out)
    case .directionMark: marks(run, &out)
    case .directionControl: directions(run, &out)
    }
  }

  // MARK: Tags

  /// The flags of England, Scotland and Wales: the only tag sequences that Unicode recommends.
  private static let flags: Set<String> = ["gbeng", "gbsct", "gbwls"]

  private func tags(_ run: Run, _ out: inout FindingList) {
    let text = HiddenText.ofTags(run.values)
    if run.base == 0x1F3F4, run.values.last == 0xE007F, run.count == text.utf8.count + 1, Self.flags.contains(text) { return }
    let says =
      text.isEmpty ? "\(run.count) tag characters, which nobody sees" : "text in tag characters, which nobody sees: \(HiddenText.quoted(text))"
    out.add(
      Finding(
        kind: .tagCharacters, severity: .error, range: run.range, message: says, notes: [Self.list(run.values, run.count)],
        help: "delete them, and look up who put them there: a model reads them as text"))
  }

  // MARK: Variation selectors

  private func selectors(_ run: Run, _ out: inout FindingList) {
    if run.count == 1, let value = run.values.first, let before = run.before, isVariant(value, of: before, run.after) { return }
    let bytes = HiddenText.bytes(ofSelectors: run.values)
    let carries = run.count > 1 || run.values.contains { $0 >= 0xE0100 }
    let message =
      run.count > 1
      ? "\(run.count) variation selectors in a row carry \(HiddenText.shown(bytes))"
      : "a variation selector stands where it selects nothing" + (carries ? ", and carries \(HiddenText.shown(bytes))" : "")
    out.add(
      Finding(
        kind: .variationSelectors, severity: carries ? .error : .warning, range: run.range, message: message,
        notes: [Self.list(run.values, run.count)],
        help: carries ? "delete them; programs that read such bytes have been used to hide code" : "delete it"))
  }

  private func isVariant(_ value: UInt32, of base: UInt32, _ after: UInt32?) -> Bool {
    switch value {
    case 0xFE0E, 0xFE0F:
      base.isEmojiLike || after == 0x20E3 && (base == 0x23 || base == 0x2A || (0x30...0x39).contains(base)) || base.hasStandardVariants
    case 0x180B...0x180F: base.isMongolian
    case 0xE0100...0xE01EF: base.isHan
    default: base.isHan || base.hasStandardVariants
    }
  }

  // MARK: Zero width

  private func invisible(_ run: Run, _ out: inout FindingList) {
    if run.range.lowerBound == 0, run.values == [0xFEFF] { return }
    if run.count == 1, let value = run.values.first, isUseful(value, run) { return }
    let isInWord = (run.before?.isASCIILetterOrDigit ?? false) && (run.after?.isASCIILetterOrDigit ?? false)
    var notes = [Self.list(run.values, run.count)]
    var message = run.count == 1 ? "a character that nobody sees" : "\(run.count) characters that nobody sees"
    if let text = HiddenText.ofBits(run.values) {
      message += ": as bits they say \(HiddenText.quoted(text))"
    } else if isInWord {
      let word = word(around: run.range)
      message += ", in the middle of a word: `\(word.showingCodePoints())`"
      notes.append("a search for the word does not find it, and a model may read it all the same")
    }
    let isError = isInWord || run.count > 3
    out.add(
      Finding(
        kind: .zeroWidth, severity: isError ? .error : .warning, range: run.range, message: message, notes: notes,
        help: run.count == 1 ? "delete it" : "delete them"))
  }

  /// Whether the writing around a single one needs it.
  private func isUseful(_ value: UInt32, _ run: Run) -> Bool {
    guard let base = run.base else { return false }
    let after = run.after ?? 0
    switch value {
    case 0x200D: return base.isEmojiLike && after.isEmojiLike || base.usesJoiners || after.usesJoiners && base < 0x80
    case 0x200C: return base.usesJoiners
    case 0x200B: return base.hasNoBlanks || after.hasNoBlanks
    case 0x34F: return base.isRightToLeft
    case 0x115F, 0x1160, 0x3164, 0xFFA0: return base.isHangul && after.isHangul
    case 0x17B4, 0x17B5: return (0x1780...0x17FF).contains(base)
    case 0x180E: return base.isMongolian
    // Where a long word of a language beyond ASCII may be parted.
    case 0xAD: return base >= 0xC0 && base < 0x250 || after >= 0xC0 && after < 0x250
    default: return false
    }
  }

  private func word(around range: Range<Int>) -> String {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, range.lowerBound - start < 24, bytes[start - 1].isASCIILetterOrDigit { start -= 1 }
    while end < bytes.count, end - range.upperBound < 24, bytes[end].isASCIILetterOrDigit { end += 1 }
    return bytes.text(start..<end)
  }

  // MARK: Directions

  private func marks(_ run: Run, _ out: inout FindingList) {
    guard !hasRightToLeft(bytes.line(at: run.range.lowerBound)) else { return }
    out.add(
      Finding(
        kind: .bidi, severity: .warning, range: run.range, message: "a direction mark in a line that runs in one direction",
        notes: [Self.list(run.values, run.count)], help: "delete it"))
  }

  private mutating func directions(_ run: Run, _ out: inout FindingList) {
    guard run.range.lowerBound >= directionsUpTo else { return }
    let line = bytes.line(at: run.range.lowerBound)
    let overrides = run.values.contains(where: \.isOverride)
    if !overrides, hasRightToLeft(line), isBalanced(line) { return }
    // What opens and what closes in a line is one thing.
    directionsUpTo = line.upperBound
    let what =
      overrides ? "letters are shown in another order than a program or a model reads them" : "text is shown in another order than it is read"
    out.add(
      Finding(
        kind: .bidi, severity: .error, range: run.range, message: what, notes: [Self.list(run.values, run.count)],
        help: "delete the characters and read the line again: this is how a line is made to look harmless"))
  }

  private func hasRightToLeft(_ range: Range<Int>) -> Bool { has(range) { $0.isRightToLeft } }

  private func has(_ range: Range<Int>, _ isIt: (UInt32) -> Bool) -> Bool {
    var index = bytes.nextBeyondASCII(from: range.lowerBound)
    while index < range.upperBound {
      let scalar = bytes.scalar(at: index)
      if isIt(scalar.value) { return true }
      index = bytes.nextBeyondASCII(from: scalar.range.upperBound)
    }
    return false
  }

  /// Whether each run of another direction that begins in a line ends in it.
  private func isBalanced(_ range: Range<Int>) -> Bool {
    var depth = 0
    _ = has(range) { value in
      guard value.hiddenClass == .directionControl else { return false }
      depth += value.closesDirection ? -1 : 1
      return depth < 0
    }
    return depth == 0
  }

  // MARK: Words

  /// Which code points there are, each once.
  private static func list(_ values: [UInt32], _ count: Int) -> String {
    var seen: [UInt32] = []
    for value in values where !seen.contains(value) && seen.count < 6 { seen.append(value) }
    let names = seen.prefix(5).map { value in value.codePoint + (hiddenNames[value].map { " (\($0))" } ?? "") }.joined(separator: ", ")
    return (count == 1 ? "" : "\(count) code points: ") + names + (seen.count > 5 ? " …" : "")
  }
}

/// Finds runs of private characters beyond the first plane, which no font has and which programs have been hidden in.
func privateRun(at start: Int, in bytes: UnsafeBufferPointer<UInt8>, _ out: inout FindingList) -> Int {
  var index = start
  var count = 0
  while index < bytes.count {
    let scalar = bytes.scalar(at: index)
    guard scalar.value >= 0xF0000 else { break }
    count += 1
    index = scalar.range.upperBound
  }
  // A font with icons has some; it shows them one by one.
  if count >= 4 {
    out.add(
      Finding(
        kind: .privateUse, severity: .warning, range: start..<index, message: "\(count) private characters in a row, which no font shows",
        help: "delete them, or say in aiwg.yaml which font they are for"))
  }
  return index
}
