import ContextModel

/// Which paragraphs are the same, or nearly: in time and room that grow as the texts do.
///
/// A paragraph belongs to the first one before it that it is nearly the same as, so that a cluster does not drift. Nearly the same means that of all
/// runs of three words in the two, 85 of 100 are in both: one word in forty may differ.
struct ParagraphClusters {
  static let leastLikeness = 0.85
  /// How many paragraphs one is held against.
  private static let mostComparisons = 8

  /// Indices of paragraphs in order, each with two or more.
  private(set) var clusters: [[Int]] = []
  /// By cluster: whether all of it is the same word for word.
  private(set) var isExact: [Bool] = []

  private let paragraphs: [Paragraph]
  private let bodies: [Body]

  init(of paragraphs: [Paragraph], in bodies: [Body]) {
    (self.paragraphs, self.bodies) = (paragraphs, bodies)
    var byHash: [UInt64: Int] = [:]
    var same: [[Int]] = []
    for (index, paragraph) in paragraphs.enumerated() {
      if let known = byHash[paragraph.hash] {
        same[known].append(index)
      } else {
        byHash[paragraph.hash] = same.count
        same.append([index])
      }
    }
    join(same)
  }

  /// Joins what is nearly the same.
  private mutating func join(_ same: [[Int]]) {
    var leaders = ShingleLeaders(of: same.lazy.map { [paragraphs] in paragraphs[$0[0]].shingles.least })
    var members: [[Int]] = []
    var exact: [Bool] = []
    for group in same {
      let shingles = paragraphs[group[0]].shingles
      if let leader = leader(of: group[0], among: leaders.nearest(to: shingles.least, atMost: Self.mostComparisons), members) {
        members[leader] += group
        exact[leader] = false
        continue
      }
      leaders.add(members.count, shingles.least)
      members.append(group)
      exact.append(true)
    }
    for (group, isExact) in zip(members, exact) where group.count > 1 {
      clusters.append(isExact ? group : group.sorted())
      self.isExact.append(isExact)
    }
  }

  /// The first candidate that a paragraph is nearly the same as; most cannot be, by the runs that are known of both.
  private func leader(of paragraph: Int, among candidates: [Int], _ members: [[Int]]) -> Int? {
    let own = paragraphs[paragraph].shingles
    let near = candidates.filter { own.mostLikeness(to: paragraphs[members[$0][0]].shingles) >= Self.leastLikeness }
    guard !near.isEmpty else { return nil }
    let shingles = shingles(of: paragraph)
    return near.filter { shingles.likeness(to: self.shingles(of: members[$0][0])) >= Self.leastLikeness }.min()
  }

  private func shingles(of paragraph: Int) -> Shingles {
    bodies[paragraphs[paragraph].artifact].bytes.withUnsafeBufferPointer {
      Shingles(of: WordHashes($0, in: paragraphs[paragraph].range).all[...])
    }
  }
}

/// By their least runs of words: the paragraphs that others are held against.
private struct ShingleLeaders {
  /// How many are looked for by one run; what more than that share is a phrase of the house.
  private static let most = 16

  private struct Entry {
    var leader: Int
    /// Index of the entry before it that has the same run.
    var previous: Int?
    /// How many entries have the run, up to this one.
    var count: Int
  }

  /// Other runs lead to nobody.
  private var repeated: RepeatedHashes
  private var entries: [Entry] = []
  /// By run: index of its last entry.
  private var last: [UInt64: Int] = [:]

  /// - Parameter runs: of all paragraphs.
  init(of runs: some Sequence<ArraySlice<UInt64>>) {
    repeated = RepeatedHashes(count: runs.reduce(0) { $0 + $1.count })
    for some in runs { for run in some { repeated.add(run) } }
  }

  mutating func add(_ leader: Int, _ runs: ArraySlice<UInt64>) {
    for run in runs where repeated.contains(run) {
      let previous = last[run]
      let count = previous.map { entries[$0].count } ?? 0
      guard count < Self.most else { continue }
      last[run] = entries.count
      entries.append(Entry(leader: leader, previous: previous, count: count + 1))
    }
  }

  /// Those that share the most runs with a paragraph, of several with as many the first ones.
  func nearest(to runs: ArraySlice<UInt64>, atMost most: Int) -> [Int] {
    var hits: [Int: Int] = [:]
    for run in runs where repeated.contains(run) {
      var entry = last[run]
      while let index = entry {
        hits[entries[index].leader, default: 0] += 1
        entry = entries[index].previous
      }
    }
    return hits.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(most).map(\.key)
  }
}
