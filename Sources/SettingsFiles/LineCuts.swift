internal import Diagnostics
internal import YAML

/// Takes whole lines out of a file in which each statement has its own, and leaves the comments beside them.
struct LineCuts {
  /// What goes: from the first byte of a statement to its last.
  struct Item {
    var range: Range<Int>
    /// Whether an empty line above it goes as well.
    var isSpaced = false
  }

  private let source: SourceText
  private let trivia: Trivia

  init(_ source: SourceText) {
    self.source = source
    trivia = Trivia(source.bytes, .hash)
  }

  /// The edits for some items, in the order of the file.
  func edits(_ items: [Item]) -> [ByteEdit] {
    var cuts = items.map(cut)
    guard let first = cuts.first, source.bytes[..<first.lowerBound].isBlankText else { return cuts.map { ByteEdit($0, []) } }
    // What stands first in a file has no line end before it that could go, so that the one behind it goes.
    cuts[0] = max(first.lowerBound, source.lineStart(of: items[0].range.lowerBound))..<first.upperBound
    var last = 0
    while last + 1 < cuts.count, cuts[last + 1].lowerBound == cuts[last].upperBound { last += 1 }
    cuts[last] = cuts[last].lowerBound..<behindLineBreak(cuts[last].upperBound)
    return cuts.map { ByteEdit($0, []) }
  }

  /// From the end of the line before to the end of the item's last line; only the item where a comment stands behind it.
  private func cut(_ item: Item) -> Range<Int> {
    let start = source.lineStart(of: item.range.lowerBound)
    let rest = trivia.restOfLine(from: item.range.upperBound)
    if let comment = rest.comment { return item.range.lowerBound..<comment }
    let end = rest.lineEnd ?? item.range.upperBound
    guard start > 0, source.bytes[start - 1] == UInt8(ascii: "\n") else { return item.range.lowerBound..<end }
    let from = endOfLine(before: start)
    let isSpaced = item.isSpaced && from > 0 && source.bytes[from - 1] == UInt8(ascii: "\n")
    return (isSpaced ? endOfLine(before: from) : from)..<end
  }

  /// Where the line ends that comes before the one that begins at an offset.
  private func endOfLine(before start: Int) -> Int {
    start > 1 && source.bytes[start - 2] == 0x0D ? start - 2 : start - 1
  }

  private func behindLineBreak(_ offset: Int) -> Int {
    var end = offset
    if end < source.bytes.count, source.bytes[end] == 0x0D { end += 1 }
    if end < source.bytes.count, source.bytes[end] == 0x0A { end += 1 }
    return end
  }
}

extension ArraySlice<UInt8> {
  /// Whether there is nothing but blanks, line breaks and a byte order mark.
  var isBlankText: Bool {
    let text = startIndex == 0 && starts(with: [0xEF, 0xBB, 0xBF]) ? self[3...] : self
    return text.allSatisfy { $0.isBlank || $0.isLineBreak }
  }
}

extension SourceText {
  /// Where the last line ends that is not blank; nil when all are.
  var endOfText: Int? {
    guard !bytes[...].isBlankText, let last = bytes.lastIndex(where: { !$0.isBlank && !$0.isLineBreak }) else { return nil }
    return lineEnd(of: last)
  }

  /// The end of the comment lines right below the line of an offset, if they seem to belong to it.
  /// - Parameter isWithin: whether a comment with such a margin can belong to what stands above.
  func endOfComments(below offset: Int, isWithin: (String) -> Bool, isNextStatement: (ArraySlice<UInt8>) -> Bool) -> Int {
    var end = offset
    while end < bytes.count {
      let line = self.line(of: min(end + (bytes[end] == 0x0D ? 2 : 1), bytes.count))
      let text = bytes[line].drop(while: \.isBlank)
      guard line.lowerBound > end, let first = text.first, first == UInt8(ascii: "#"), isWithin(bytes.margin(ofLineAt: line.lowerBound)) else {
        // A comment right above the next statement is about that one.
        return isNextStatement(text) ? offset : end
      }
      end = lineEnd(of: line.lowerBound)
    }
    return end
  }
}
