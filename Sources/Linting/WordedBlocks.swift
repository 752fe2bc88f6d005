/// The blocks of a body with their words, each word read once for all that is asked of it.
struct WordedBlocks {
  let blocks: [ProseBlock]
  let headings: [ProseHeading]
  private(set) var words: WordHashes
  /// By block.
  private(set) var spans: [WordHashes.Span] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let prose = Prose(bytes)
    (blocks, headings) = (prose.blocks, prose.headings)
    words = WordHashes(forBytes: bytes.count)
    spans.reserveCapacity(blocks.count)
    var last: ProseBlock?
    for block in blocks {
      // Items may be taken together, with the numbers between them.
      if let last, last.kind == .item, block.kind == .item, last.run == block.run {
        _ = words.add(bytes, in: last.range.upperBound..<block.range.lowerBound)
      }
      spans.append(words.add(bytes, in: block.range))
      last = block
    }
  }
}
