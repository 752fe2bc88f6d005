import TextDiff

/// The difference of two runs of text by words, where some texts change as a whole or not at all.
struct WordDiff {
  /// Ranges of the old bytes.
  let atoms: [Range<Int>]

  /// What changed, as ranges of the old and the new bytes.
  func changes(from old: [UInt8], _ oldRange: Range<Int>, to new: [UInt8], _ newRange: Range<Int>) -> [(old: Range<Int>, new: Range<Int>)] {
    let oldWords = words(in: old, oldRange) { start in atoms.first { $0.lowerBound == start }?.count }
    let texts = Set(atoms.map { Array(old[$0]) }).sorted { $0.count > $1.count }
    let newWords = words(in: new, newRange) { start in texts.first { new[start..<newRange.upperBound].starts(with: $0) }?.count }
    return differences(from: oldWords.map { old[$0] }, to: newWords.map { new[$0] }).map { found in
      (Self.bytes(of: found.old, in: oldWords, oldRange), Self.bytes(of: found.new, in: newWords, newRange))
    }
  }

  private static func bytes(of words: Range<Int>, in all: [Range<Int>], _ whole: Range<Int>) -> Range<Int> {
    let start = words.lowerBound < all.count ? all[words.lowerBound].lowerBound : whole.upperBound
    return start..<(words.isEmpty ? start : all[words.upperBound - 1].upperBound)
  }

  /// Runs of letters, single other bytes, and what is a word because it must be.
  private func words(in bytes: [UInt8], _ range: Range<Int>, atom: (Int) -> Int?) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      if let length = atom(start) {
        end = start + length
      } else if bytes[start].isLetter {
        while end < range.upperBound, bytes[end].isLetter, atom(end) == nil { end += 1 }
      }
      out.append(start..<min(end, range.upperBound))
      start = end
    }
    return out
  }
}

extension UInt8 {
  /// A letter or digit, or a byte of one beyond ASCII.
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) || (0x30...0x39).contains(self) || self >= 0x80 }
}
