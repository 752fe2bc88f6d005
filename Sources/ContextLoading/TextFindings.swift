internal import Diagnostics

extension MarkdownFile {
  /// Control characters in the body: a NUL is an error, of the others each is told once.
  ///
  /// Those in the head are refused where YAML is read.
  func controlFindings(_ survey: TextSurvey) -> [Diagnostic] {
    var counts: [UInt32: Int] = [:]
    for control in survey.controls where body.contains(control.range.lowerBound) { counts[control.value, default: 0] += 1 }
    var findings: [Diagnostic] = []
    for control in survey.controls {
      guard let count = counts.removeValue(forKey: control.value), body.contains(control.range.lowerBound) else { continue }
      let isNUL = control.value == 0
      let message = isNUL ? "a NUL (U+0000) in the text" : "the control character \(codePoint(control.value)) in the text"
      let help = isNUL ? "remove it; a file in UTF-16 must be saved as UTF-8" : "remove it: a terminal that shows the text would act on it"
      findings.append(
        Diagnostic(
          isNUL ? .error : .warning, "body/control-character", message, at: text.place(control.range),
          notes: count > 1 ? ["\(count) of it in this file"] : [], help: help))
    }
    return findings
  }

  /// The error for a merge that nobody finished; nil when there is none.
  ///
  /// What stands in a block of code is an example.
  func mergeFinding(_ survey: TextSurvey) -> Diagnostic? {
    guard !survey.mergeStarts.isEmpty, let start = unfinishedMerge() else { return nil }
    let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes.count
    return Diagnostic(
      .error, "tree/unfinished-merge", "an unfinished merge begins here", at: text.place(start..<end),
      help: "bring the two sides together, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`")
  }

  /// The first of three lines of markers that follow each other outside of fenced code.
  private func unfinishedMerge() -> Int? {
    text.bytes.withUnsafeBufferPointer { bytes in
      var open: Fence?
      var (start, hasMiddle) = (Int?.none, false)
      var position = 0
      while position < bytes.count {
        let line = position..<bytes.lineEnd(from: position)
        position = line.upperBound + 1
        if let fence = open {
          if fence.isClosed(by: line, in: bytes) { open = nil }
          continue
        }
        if body.contains(line.lowerBound) { open = Fence(at: LineStart(at: line.lowerBound, in: bytes), column: 0, in: bytes) }
        if bytes[line].starts(with: "<<<<<<< ".utf8) {
          (start, hasMiddle) = (line.lowerBound, false)
        } else if bytes[line].starts(with: "=======".utf8), bytes[line].dropFirst(7).allSatisfy(\.isBlank) {
          hasMiddle = start != nil
        } else if hasMiddle, bytes[line].starts(with: ">>>>>>> ".utf8) {
          return start
        }
      }
      return nil
    }
  }
}

/// A code point as people look it up, such as `U+001B`.
func codePoint(_ value: UInt32) -> String {
  let hex = String(value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
}
