extension ModalWords {
  /// The words of the language that a body is in, as far as they are known; English when nothing tells.
  static func ofLanguage(of bytes: UnsafeBufferPointer<UInt8>) -> ModalWords {
    let start = UnsafeBufferPointer(rebasing: bytes.prefix(2_000))
    var counts = [Int](repeating: 0, count: all.count)
    for word in WordHashes(start, in: 0..<start.count).all {
      for language in languages[word] ?? [] { counts[language] += 1 }
    }
    for index in start.indices.dropFirst() where start[index - 1] == 0xC3 {
      // Letters that one of two near languages has: ã, õ and ç, or ñ and ó.
      if [0xA3, 0xB5, 0xA7].contains(start[index]) { counts[2] += 1 }
      if [0xB1, 0xB3].contains(start[index]) { counts[1] += 1 }
    }
    let most = counts.max() ?? 0
    return all[counts.firstIndex(of: most) ?? 0]
  }

  /// By common word: the indices of the languages that have it.
  private static let languages: WordTable<[Int]> = {
    let words = all.indices.flatMap { language in all[language].common.map { (language, $0) } }
    return WordTable(Dictionary(grouping: words, by: \.1).map { word, uses in (word, uses.map(\.0)) })
  }()
}
