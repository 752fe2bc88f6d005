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
    var leaders = ShingleLeaders(of: same.map { paragraphs[$0[0]].shingles })
    var members: [[Int]] = []
    var exact: [Bool] = []
    for group in same {
      if let leader = leader(of: group[0], among: &leaders, members) {
        members[leader] += group
        exact[leader] = false
        continue
      }
      leaders.add(paragraphs[group[0]].shingles)
      members.append(group)
      exact.append(true)
    }
    for (group, isExact) in zip(members, exact) where group.count > 1 {
      clusters.append(isExact ? group : group.sorted())
      self.isExact.append(isExact)
    }
  }

  /// The first leader that a paragraph is nearly the same as; most cannot be, by the runs that are known of both.
  private func leader(of paragraph: Int, among leaders: inout ShingleLeaders, _ members: [[Int]]) -> Int? {
    let own = paragraphs[paragraph].shingles
    let (candidates, isCounted) = leaders.nearest(to: own, atMost: Self.mostComparisons)
    let near = candidates.filter { candidate in
      let shared = isCounted ? candidate.hits : own.sharedCount(with: paragraphs[members[candidate.leader][0]].shingles)
      return own.bounds.mostLikeness(to: leaders.bounds[candidate.leader], sharing: shared) >= Self.leastLikeness
    }
    guard !near.isEmpty else { return nil }
    let shingles = shingles(of: paragraph)
    return near.map(\.leader).filter { shingles.likeness(to: self.shingles(of: members[$0][0])) >= Self.leastLikeness }.min()
  }

  private func shingles(of paragraph: Int) -> Shingles {
    bodies[paragraphs[paragraph].artifact].bytes.withUnsafeBufferPointer {
      Shingles(of: WordHashes($0, in: paragraphs[paragraph].range).all[...])
    }
  }
}
