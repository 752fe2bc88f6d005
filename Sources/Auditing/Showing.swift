import Diagnostics

/// Turns findings into diagnostics: the line, the column, and the line as it can be shown.
struct PlaceFinder {
  private let path: String
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The line number of an offset that was asked for last.
  private var counted = (offset: 0, line: 1)

  init(path: String, bytes: UnsafeBufferPointer<UInt8>) {
    (self.path, self.bytes) = (path, bytes)
  }

  mutating func diagnostic(of finding: Finding) -> Diagnostic {
    Diagnostic(finding.severity, finding.kind.id, finding.message, at: place(of: finding), notes: finding.notes, help: finding.help)
  }

  private mutating func place(of finding: Finding) -> SourcePlace {
    let start = min(finding.range.lowerBound, bytes.count)
    if start < counted.offset { counted = (0, 1) }
    for index in counted.offset..<start where bytes[index] == UInt8(ascii: "\n") { counted.line += 1 }
    counted.offset = start
    var lineStart = start
    while lineStart > 0, bytes[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
    let shown = excerpt(around: start..<max(start, min(finding.range.upperBound, bytes.count)), lineStart, masking: finding.masked)
    return SourcePlace(
      path: path, line: counted.line, column: column(of: start, lineStart), excerpt: shown.text, width: shown.width, excerptColumn: shown.column)
  }

  /// From 1, in characters as an editor counts them; in code points where a line is very long.
  private func column(of offset: Int, _ lineStart: Int) -> Int {
    let before = UnsafeBufferPointer(rebasing: bytes[lineStart..<offset])
    if before.nextBeyondASCII(from: 0) == before.count { return before.count + 1 }
    if before.count <= 4_096 { return String(decoding: before, as: UTF8.self).count + 1 }
    return before.count { $0 & 0xC0 != 0x80 } + 1
  }

  /// At most so many bytes before what was found, and after it.
  private static let reach = 56
  /// Of a run of hidden characters no more are shown than these at each end.
  private static let mostHidden = 3

  /// The line around a range, with all that hides shown as code points.
  private func excerpt(around range: Range<Int>, _ lineStart: Int, masking masked: Range<Int>?) -> (text: String, column: Int, width: Int) {
    var start = max(lineStart, range.lowerBound - Self.reach)
    while start > lineStart, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var lineEnd = range.lowerBound
    while lineEnd < bytes.count, lineEnd < range.upperBound + Self.reach, bytes[lineEnd] != UInt8(ascii: "\n") { lineEnd += 1 }
    if lineEnd > start, bytes[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
    let isCutBehind = lineEnd < bytes.count && bytes[lineEnd] != UInt8(ascii: "\n") && bytes[lineEnd] != UInt8(ascii: "\r")
    // What is found is shown from its start, and as much of it as fits.
    let stop = min(lineEnd, range.lowerBound + 2 * Self.reach)
    let before = shown(start..<max(start, range.lowerBound), masked)
    let found = shown(range.lowerBound..<max(range.lowerBound, min(range.upperBound, stop)), masked)
    let after = range.upperBound < stop ? shown(range.upperBound..<stop, masked) : ""
    let head = (start > lineStart ? "…" : "") + before
    return (head + found + after + (isCutBehind || stop < lineEnd ? "…" : ""), head.count + 1, max(1, found.count))
  }

  private func shown(_ range: Range<Int>, _ masked: Range<Int>?) -> String {
    var out = ""
    var index = range.lowerBound
    while index < range.upperBound {
      let scalar = bytes.scalar(at: index)
      if scalar.value.hiddenClass != nil {
        let run = hiddenRun(from: index, to: range.upperBound)
        let isLong = run.count > 2 * Self.mostHidden + 1
        for value in isLong ? Array(run.prefix(Self.mostHidden)) : run.values { out += value.escape }
        if isLong { out += "…" + (run.values.last?.escape ?? "") }
        index = run.end
        continue
      }
      if let masked, masked.contains(index) {
        out += "*"
      } else if scalar.value == 0x09 {
        out += " "
      } else if scalar.value == 0xFFFD && scalar.range.count == 1 || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        out += scalar.range.count == 1 && bytes[index] >= 0x80 ? "\\x" + String(bytes[index], radix: 16) : scalar.value.escape
      } else if let character = Unicode.Scalar(scalar.value) {
        out.unicodeScalars.append(character)
      }
      index = scalar.range.upperBound
    }
    return out
  }

  private func hiddenRun(from start: Int, to end: Int) -> HiddenRun {
    var run = HiddenRun(values: [], end: start)
    while run.end < end {
      let scalar = bytes.scalar(at: run.end)
      guard scalar.value.hiddenClass != nil else { break }
      run.values.append(scalar.value)
      run.end = scalar.range.upperBound
    }
    return run
  }

  private struct HiddenRun {
    var values: [UInt32]
    var end: Int
    var count: Int { values.count }
    func prefix(_ most: Int) -> ArraySlice<UInt32> { values.prefix(most) }
  }
}

extension UInt32 {
  /// As `\u{200b}`.
  var escape: String { "\\u{" + String(self, radix: 16) + "}" }
}

extension String {
  /// What hides, and what is not ASCII where `all` says so, as code points.
  func showingCodePoints(all: Bool = false) -> String {
    var out = ""
    for scalar in unicodeScalars {
      if scalar.value.hiddenClass != nil || all && !scalar.isASCII || scalar.value < 0x20 {
        out += scalar.value.escape
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
