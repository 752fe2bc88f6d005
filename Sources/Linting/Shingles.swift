/// The runs of three words of a text as hashes, every one once and in order.
struct Shingles {
  let all: [UInt64]

  /// - Parameter words: the hashes of the words of the text.
  init(of words: ArraySlice<UInt64>) {
    guard words.count >= 3 else {
      all = []
      return
    }
    all = sortedOnce(words.indices.dropFirst(2).map { WordHash.joining(words[$0 - 2...$0]) })
  }

  /// Of all runs in the two texts, the part that is in both.
  func likeness(to other: Shingles) -> Double {
    portion(shared: sharedCount(all, other.all), of: all.count, other.all.count)
  }
}

/// The least runs of a text: texts that are alike have one of them in common.
struct LeastShingles {
  /// In order.
  let least: [UInt64]
  let bounds: ShingleBounds

  init(of shingles: Shingles, for likeness: Double) {
    let count = shingles.all.count
    least = Array(shingles.all.prefix(count - Int((likeness * Double(count)).rounded(.up)) + 1))
    bounds = ShingleBounds(count: count, unknown: count - least.count, end: least.last ?? 0)
  }

  func sharedCount(with other: LeastShingles) -> Int { Linting.sharedCount(least, other.least) }
}

/// What is known of a text besides its least runs.
struct ShingleBounds {
  /// How many runs it has.
  let count: Int
  /// How many of them are none of the least ones.
  let unknown: Int
  /// The last one of the least.
  let end: UInt64

  /// How alike the two texts are at most: behind the last run that is known of both, all may be the same.
  ///
  /// - Parameter shared: how many of the least runs are in both.
  func mostLikeness(to other: ShingleBounds, sharing shared: Int) -> Double {
    let further = end <= other.end ? unknown : other.unknown
    return portion(shared: min(shared + further, count, other.count), of: count, other.count)
  }
}

private func portion(shared: Int, of first: Int, _ second: Int) -> Double {
  let all = first + second - shared
  return all == 0 ? 0 : Double(shared) / Double(all)
}

/// How many hashes two ordered lists have in common.
private func sharedCount(_ left: [UInt64], _ right: [UInt64]) -> Int {
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
  return shared
}
