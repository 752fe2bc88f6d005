package import Diagnostics
package import YAML

/// The smallest edits that make an invalid head valid, where people wrote text that YAML reads as something else.
///
/// Only values of top-level keys that stand on one line are quoted: `[a] [b]`, `"a" b`, `"a "b" c"`, `a: b`, `@a`; and an `argument-hint` that is a valid
/// list but means text. All other values stay what they are.
/// - Returns: nil when nothing needs repair, and when the head would not be valid after it.
package func repairedHead(of source: SourceText) -> [ByteEdit]? {
  let split = HeadSplit(source.bytes)
  guard let head = split.head else { return nil }
  let before = parsedPairs(source, head)
  let keys = topLevelLines(source.bytes, head)
  let repaired = keys.compactMap { $0.repair(in: source, isHeadValid: before != nil) }
  let edits = repaired.flatMap(\.quotingEdits)
  guard !edits.isEmpty else { return nil }

  let after = SourceText(path: source.path, bytes: edits.applied(to: source.bytes))
  guard let newHead = HeadSplit(after.bytes).head, let pairs = parsedPairs(after, newHead), pairs.count == keys.count else { return nil }
  for line in repaired {
    let key = String(decoding: source.bytes[line.key], as: UTF8.self)
    guard let value = pairs.first(where: { $0.key.text == key })?.value.scalar, !value.isPlain else { return nil }
    // Escapes in double quotes say something else than their bytes.
    guard line.meant.contains(UInt8(ascii: "\\")) || line.meant.elementsEqual(value.text.utf8) else { return nil }
  }
  return edits
}

/// A line of the head that begins with a key.
private struct TopLevelLine {
  var range: Range<Int>
  /// Whether indented lines follow that belong to the value.
  var goesOn: Bool

  /// The line when its value must be quoted.
  func repair(in source: SourceText, isHeadValid: Bool) -> ValueLine? {
    guard !goesOn, let line = ValueLine(at: range.lowerBound, in: source.bytes), line.key.lowerBound == range.lowerBound else { return nil }
    if let value = parsedPairs(source, range)?.first?.value {
      let isHint = source.bytes[line.key].elementsEqual("argument-hint".utf8)
      return isHint && value.text == nil ? line : nil
    }
    // An open bracket may lack its end, or be text: that is for people to say.
    return isHeadValid || line.fault == nil || line.fault == .unclosed ? nil : line
  }
}

private func parsedPairs(_ source: SourceText, _ range: Range<Int>) -> [YAMLPair]? {
  var ignored: [Diagnostic] = []
  return parseYAML(source, in: range, limits: .frontmatter, diagnostics: &ignored)?.pairs
}

/// The lines that begin in the first column, without comments and empty ones.
private func topLevelLines(_ bytes: [UInt8], _ head: Range<Int>) -> [TopLevelLine] {
  var lines: [TopLevelLine] = []
  var position = head.lowerBound
  while position < head.upperBound {
    let end = bytes[position..<head.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? head.upperBound
    let isBlank = bytes[position..<end].allSatisfy(\.isBlank)
    // A list may stand in the column of its key.
    if !isBlank, bytes[position].isBlank || bytes[position] == UInt8(ascii: "-") {
      if !lines.isEmpty { lines[lines.count - 1].goesOn = true }
    } else if !isBlank, bytes[position] != UInt8(ascii: "#") {
      lines.append(TopLevelLine(range: position..<end, goesOn: false))
    }
    position = end + 1
  }
  return lines
}
