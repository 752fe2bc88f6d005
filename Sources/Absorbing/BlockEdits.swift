import TextDiff

/// Tells which part of a block an edit of the whole belongs to.
struct BlockEdits {
  /// The parts as they were written; each ends with a line feed, and one empty line stands between two of them.
  let parts: [[UInt8]]

  /// Each part as it is in the edited block.
  /// - Throws: `Refusal` for what belongs to none, or to two.
  func parts(of edited: [UInt8]) throws(Refusal) -> [[UInt8]] {
    let old = linesWithEnds(of: Array(parts.joined(separator: [UInt8(ascii: "\n")])))
    let new = linesWithEnds(of: edited)
    var spans: [Range<Int>] = []
    for part in parts {
      let start = spans.last.map { $0.upperBound + 1 } ?? 0
      spans.append(start..<start + linesWithEnds(of: part).count)
    }
    var out = parts.map { _ in [UInt8]() }
    var position = 0
    var owned: [(part: Int, change: Difference)] = []
    for found in differences(from: old, to: new) {
      guard
        let match = found.slides(old, new).lazy.compactMap({ change in spans.firstIndex { isWithin($0, change, new) }.map { ($0, change) } }).first
      else { throw refusal(of: found, spans, new) }
      owned.append(match)
    }
    for (part, span) in spans.enumerated() {
      position = span.lowerBound
      for change in owned.filter({ $0.part == part }).map(\.change) {
        out[part] += old[position..<change.old.lowerBound].joined()
        out[part] += new[change.new].joined()
        position = change.old.upperBound
      }
      out[part] += old[position..<span.upperBound].joined()
    }
    return out
  }

  /// Whether a change is one of that part's lines: not of all of them, and not a paragraph of its own at their end.
  private func isWithin(_ span: Range<Int>, _ change: Difference, _ new: [ArraySlice<UInt8>]) -> Bool {
    if change.old.isEmpty {
      guard span.lowerBound < change.old.lowerBound, change.old.lowerBound <= span.upperBound else { return false }
      return change.old.lowerBound < span.upperBound || !isEmptyLine(new[change.new.lowerBound])
    }
    return span.lowerBound <= change.old.lowerBound && change.old.upperBound <= span.upperBound && !(change.new.isEmpty && change.old == span)
  }

  private func isEmptyLine(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") } }

  private func refusal(of change: Difference, _ spans: [Range<Int>], _ new: [ArraySlice<UInt8>]) -> Refusal {
    let line = (change.new.first { !isEmptyLine(new[$0]) } ?? change.new.lowerBound) + 1
    if let last = spans.last, change.old.lowerBound >= last.upperBound {
      return Refusal(
        "this stands behind the last rule of the block, and so belongs to none", line: line,
        help: "write it below the end of the block, where the file is yours, or directly under the last line of a rule")
    }
    if change.old.isEmpty {
      return Refusal(
        "this stands between two rules of the block, and so belongs to neither", line: line,
        help: "write it inside of a rule, or outside of the block, where the file is yours")
    }
    return Refusal(
      "this takes away a rule, or the line between two of them", line: line,
      help: "remove the rule from the tree, or exclude it in aiwg.yaml; a rule of the block is edited inside of its own lines")
  }
}
