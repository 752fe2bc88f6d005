import ContextModel

/// Which paragraphs are the same, or nearly: in time and room that grow as the texts do.
///
/// A paragraph belongs to the first one before it that it is nearly the same as, so that a cluster does not drift. Nearly the same means that of all
/// runs of three words in the two, 85 of 100 are in both: one word in forty may differ.
struct ParagraphClusters {
  static let leastLikeness = 0.85
  /// How many paragraphs are looked for by one run of words; what more than that share is a phrase of the house.
  private static let mostLeaders = 16
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
    var leaders: [UInt64: [Int32]] = [:]
    var members: [[Int]] = []
    var exact: [Bool] = []
    for group in same {
      let shingles = shingles(of: group[0])
      // Texts that are alike share one of so many of their least shingles.
      let prefix = shingles.prefix(shingles.count - Int((Self.leastLikeness * Double(shingles.count)).rounded(.up)) + 1)
      if let leader = leader(of: shingles, among: candidates(prefix, leaders), members) {
        members[leader] += group
        exact[leader] = false
        continue
      }
      for shingle in prefix where leaders[shingle]?.count ?? 0 < Self.mostLeaders { leaders[shingle, default: []].append(Int32(members.count)) }
      members.append(group)
      exact.append(true)
    }
    for (group, isExact) in zip(members, exact) where group.count > 1 {
      clusters.append(isExact ? group : group.sorted())
      self.isExact.append(isExact)
    }
  }

  private func candidates(_ prefix: ArraySlice<UInt64>, _ leaders: [UInt64: [Int32]]) -> [Int] {
    var hits: [Int32: Int] = [:]
    for shingle in prefix { for leader in leaders[shingle] ?? [] { hits[leader, default: 0] += 1 } }
    guard !hits.isEmpty else { return [] }
    let ordered = hits.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return ordered.prefix(Self.mostComparisons).map { Int($0.key) }
  }

  private func leader(of shingles: [UInt64], among candidates: [Int], _ members: [[Int]]) -> Int? {
    candidates.filter { Self.likeness(of: shingles, self.shingles(of: members[$0][0])) >= Self.leastLikeness }.min()
  }

  private func shingles(of paragraph: Int) -> [UInt64] {
    bodies[paragraphs[paragraph].artifact].bytes.withUnsafeBufferPointer { WordHashes($0, in: paragraphs[paragraph].range).shingles }
  }

  /// Of all shingles, the part that is in both.
  private static func likeness(of left: [UInt64], _ right: [UInt64]) -> Double {
    var (shared, first, second) = (0, 0, 0)
    while first < left.count, second < right.count {
      if left[first] == right[second] {
        (shared, first, second) = (shared + 1, first + 1, second + 1)
      } else if left[first] < right[second] {
        first += 1
      } else {
        second += 1
      }
    }
    let all = left.count + right.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }
}
