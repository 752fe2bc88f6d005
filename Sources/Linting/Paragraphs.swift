import ContextModel

/// A text in a body that is long enough to be worth a place of its own.
struct Paragraph {
  /// Index of the artifact.
  var artifact: Int
  /// Offsets in its body.
  var range: Range<Int>
  /// How many words it has.
  var words: Int
  /// Of all its words in order: the same for texts that differ in nothing but case, marks and line ends.
  var hash: UInt64
  var shingles: LeastShingles

  /// Fewer words are a phrase that nobody would look up elsewhere.
  static let fewestWords = 40

  /// Those of a body, in order: paragraphs and quotes, long items by themselves, and runs of short items as one.
  static func all(in blocks: WordedBlocks, of artifact: Int) -> [Paragraph] {
    var found: [Paragraph] = []
    /// Short items that follow each other.
    var list: (range: Range<Int>, words: WordHashes.Span, run: Int)?
    func endList() {
      if let list { add(list.range, list.words) }
      list = nil
    }
    func add(_ range: Range<Int>, _ words: WordHashes.Span) {
      if words.count >= fewestWords { found.append(Paragraph(blocks.words, words, range, of: artifact)) }
    }
    for (block, words) in zip(blocks.blocks, blocks.spans) {
      if block.kind != .item || words.count >= fewestWords {
        endList()
        add(block.range, words)
      } else if let open = list, open.run == block.run {
        list = (open.range.lowerBound..<block.range.upperBound, open.words.joined(with: words), open.run)
      } else {
        endList()
        list = (block.range, words, block.run)
      }
    }
    endList()
    return found
  }

  private init(_ hashes: WordHashes, _ words: WordHashes.Span, _ range: Range<Int>, of artifact: Int) {
    (self.artifact, self.range, self.words) = (artifact, range, words.count)
    hash = WordHash.joining(hashes[words])
    shingles = LeastShingles(of: Shingles(of: hashes[words]), for: ParagraphClusters.leastLikeness)
  }
}
