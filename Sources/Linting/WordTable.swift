/// Places for hashes in a table: the lowest bits of a hash, which are spread evenly, say where it is.
struct HashSlots: Sendable {
  /// Nothing has the hash 0 here: it would be the mark of an empty slot.
  private var keys: [UInt64]
  private let mask: Int

  /// - Parameter count: how many hashes there may be; half of the table stays empty at least.
  init(for count: Int) {
    var size = 8
    while size < 2 * count { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
  }

  var count: Int { keys.count }

  /// Where a hash is; nil when it has no slot.
  func slot(of hash: UInt64) -> Int? {
    let slot = nearest(to: hash)
    return keys[slot] == 0 ? nil : slot
  }

  /// The slot of a hash, its own from now on.
  mutating func take(_ hash: UInt64) -> Int {
    let slot = nearest(to: hash)
    keys[slot] = max(hash, 1)
    return slot
  }

  private func nearest(to hash: UInt64) -> Int {
    let key = max(hash, 1)
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }
}

/// Values by the hashes of words: few of them, looked for with every word of every text.
struct WordTable<Value: Sendable>: Sendable {
  private var slots: HashSlots
  private var values: [Value?]

  /// - Parameter pairs: of several with one hash the last counts.
  init(_ pairs: [(UInt64, Value)]) {
    // Most words are in no table, and one look is to tell.
    slots = HashSlots(for: 2 * pairs.count)
    values = [Value?](repeating: nil, count: slots.count)
    for (hash, value) in pairs { values[slots.take(hash)] = value }
  }

  subscript(hash: UInt64) -> Value? { slots.slot(of: hash).flatMap { values[$0] } }
}

/// Some words by their hashes.
struct WordSet: Sendable {
  private var slots: HashSlots

  init(_ hashes: [UInt64]) {
    slots = HashSlots(for: 2 * hashes.count)
    for hash in hashes { _ = slots.take(hash) }
  }

  func contains(_ hash: UInt64) -> Bool { slots.slot(of: hash) != nil }
}
