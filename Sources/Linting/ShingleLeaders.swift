/// By their least runs of words: the paragraphs that others are held against.
struct ShingleLeaders {
  /// One that shares runs with a paragraph.
  struct Candidate {
    var leader: Int
    /// How many of the runs that are known of both.
    var hits: Int

    func precedes(_ other: Candidate) -> Bool { hits > other.hits || hits == other.hits && leader < other.leader }
  }

  /// How many are looked for by one run; what more than that share is a phrase of the house.
  private static let most = 16

  private struct Entry {
    var leader: Int32
    /// Index of the entry before it that has the same run; -1 for none.
    var previous: Int32
    /// How many entries have the run, up to this one.
    var count: Int32
  }

  /// Of the runs that several paragraphs have; others lead to nobody.
  private var slots: HashSlots
  private var entries: [Entry] = []
  /// By slot of a run: index of its last entry; -1 for none.
  private var last: [Int32]
  /// By leader: how often it was met for the paragraph that is looked at.
  private var hits: [Int32] = []
  /// By leader; side by side, as nearly all that is ever asked of one.
  private(set) var bounds: [ShingleBounds] = []

  /// - Parameter paragraphs: all that there will be.
  init(of paragraphs: [LeastShingles]) {
    let count = paragraphs.reduce(0) { $0 + $1.least.count }
    var repeated = RepeatedHashes(count: count)
    for shingles in paragraphs { for run in shingles.least { repeated.add(run) } }
    slots = HashSlots(for: paragraphs.reduce(0) { $0 + $1.least.count { repeated.contains($0) } })
    for shingles in paragraphs { for run in shingles.least where repeated.contains(run) { _ = slots.take(run) } }
    last = [Int32](repeating: -1, count: slots.count)
  }

  /// Adds the next leader: the first is 0.
  mutating func add(_ shingles: LeastShingles) {
    for run in shingles.least {
      guard let slot = slots.slot(of: run) else { continue }
      let previous = last[slot]
      let count = previous < 0 ? 0 : entries[Int(previous)].count
      guard count < Self.most else { continue }
      last[slot] = Int32(entries.count)
      entries.append(Entry(leader: Int32(hits.count), previous: previous, count: count + 1))
    }
    hits.append(0)
    bounds.append(shingles.bounds)
  }

  /// Those that share the most runs with a paragraph, of several with as many the first ones.
  ///
  /// - Returns: and whether all that they share was counted: of runs that many have, some are not known.
  mutating func nearest(to shingles: LeastShingles, atMost most: Int) -> (candidates: [Candidate], isCounted: Bool) {
    var met: [Int32] = []
    var isCounted = true
    for run in shingles.least {
      guard let slot = slots.slot(of: run) else { continue }
      var index = last[slot]
      if index >= 0, entries[Int(index)].count == Self.most { isCounted = false }
      while index >= 0 {
        let entry = entries[Int(index)]
        if hits[Int(entry.leader)] == 0 { met.append(entry.leader) }
        hits[Int(entry.leader)] += 1
        index = entry.previous
      }
    }
    var nearest: [Candidate] = []
    for leader in met {
      nearest.insert(Candidate(leader: Int(leader), hits: Int(hits[Int(leader)])), atMost: most)
      hits[Int(leader)] = 0
    }
    return (nearest, isCounted)
  }
}

extension [ShingleLeaders.Candidate] {
  /// Puts a candidate where it belongs among the first ones; those that come behind the most are forgotten.
  fileprivate mutating func insert(_ candidate: ShingleLeaders.Candidate, atMost most: Int) {
    if count == most {
      guard let last, candidate.precedes(last) else { return }
      removeLast()
    }
    var place = count
    while place > 0, candidate.precedes(self[place - 1]) { place -= 1 }
    insert(candidate, at: place)
  }
}
