/// A block of code between two fences.
package struct FencedBlock: Hashable, Sendable {
  /// What stands behind the marks of the first fence, such as `yaml check`.
  package var info: String
  /// The lines between the fences, in bytes of the text.
  package var content: Range<Int>
}

/// The blocks of fenced code in a Markdown text, in order; the last one may have no end.
///
/// By the rules of CommonMark for fences that stand in no list.
package func fencedBlocks(in text: [UInt8]) -> [FencedBlock] {
  text.withUnsafeBufferPointer { bytes in
    var blocks: [FencedBlock] = []
    var open: Fence?
    var position = 0
    while position < bytes.count {
      let line = position..<bytes.lineEnd(from: position)
      let next = min(line.upperBound + 1, bytes.count)
      if let fence = open {
        if fence.isClosed(by: line, in: bytes) {
          open = nil
        } else {
          blocks[blocks.count - 1].content = blocks[blocks.count - 1].content.lowerBound..<next
        }
      } else {
        let start = LineStart(at: line.lowerBound, in: bytes)
        open = Fence(at: start, column: 0, in: bytes)
        if open != nil { blocks.append(FencedBlock(info: info(bytes[start.offset..<line.upperBound]), content: next..<next)) }
      }
      position = line.upperBound + 1
    }
    return blocks
  }
}

private func info(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> String {
  let marks = line.drop { $0 == line.first }
  let words = marks.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
}
