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

  /// Fewer words are a phrase that nobody would look up elsewhere.
  static let fewestWords = 40

  /// Those of a body, in order: paragraphs and quotes, long items by themselves, and runs of short items as one.
  static func all(in body: Body, of artifact: Int) -> [Paragraph] {
    body.bytes.withUnsafeBufferPointer { bytes in
      var found: [Paragraph] = []
      var list: (range: Range<Int>, run: Int)?
      func add(_ range: Range<Int>) {
        guard let paragraph = Paragraph(bytes, range, of: artifact) else { return }
        found.append(paragraph)
      }
      func endList() {
        if let list { add(list.range) }
        list = nil
      }
      for block in Prose(bytes).blocks {
        guard block.kind == .item else {
          endList()
          add(block.range)
          continue
        }
        if let paragraph = Paragraph(bytes, block.range, of: artifact) {
          endList()
          found.append(paragraph)
        } else if let open = list, open.run == block.run {
          list = (open.range.lowerBound..<block.range.upperBound, open.run)
        } else {
          endList()
          list = (block.range, block.run)
        }
      }
      endList()
      return found
    }
  }

  /// Nil for a text of few words.
  private init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, of artifact: Int) {
    // A word of a long text has two bytes at least.
    guard range.count >= 2 * Self.fewestWords else { return nil }
    let text = WordHashes(bytes, in: range)
    guard text.count >= Self.fewestWords else { return nil }
    self.artifact = artifact
    self.range = range
    words = text.count
    hash = WordHash.joining(text.hashes)
  }
}
