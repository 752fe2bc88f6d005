/// Values by the hashes of words: few of them, looked for with every word of every text.
///
/// The hashes are mixed, so that their lowest bits say where one is; most of the table is empty, so that a word that is not there costs one look.
struct WordTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value?]
  private let mask: Int

  /// - Parameter pairs: of several with one hash the first counts.
  init(_ pairs: [(UInt64, Value)]) {
    var size = 8
    while size < 4 * pairs.count { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    values = [Value?](repeating: nil, count: size)
    for (hash, value) in pairs {
      let slot = slot(of: hash)
      guard values[slot] == nil else { continue }
      (keys[slot], values[slot]) = (hash, value)
    }
  }

  subscript(hash: UInt64) -> Value? { values[slot(of: hash)] }

  /// Where a hash is, or would be.
  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while values[slot] != nil, keys[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }
}

/// Some words by their hashes.
struct WordSet: Sendable {
  private let table: WordTable<Bool>

  init(_ hashes: some Sequence<UInt64>) { table = WordTable(hashes.map { ($0, true) }) }

  func contains(_ hash: UInt64) -> Bool { table[hash] ?? false }
}
