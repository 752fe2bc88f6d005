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
    portion(shared: sharedCount(all[...], other.all[...]), of: all.count, other.all.count)
  }
}

/// The least runs of a text: texts that are alike have one of them in common.
struct LeastShingles {
  /// In order.
  let least: ArraySlice<UInt64>
  /// How many the text has.
  let count: Int

  /// - Parameter likeness: from where on two texts are alike.
  init(of shingles: Shingles, for likeness: Double) {
    count = shingles.all.count
    // An array of their own: all of them would be kept with a slice.
    least = Array(shingles.all.prefix(count - Int((likeness * Double(count)).rounded(.up)) + 1))[...]
  }

  /// How alike the two texts are at most: up to a run that both know, what they share is counted, and above it all may be shared.
  func mostLikeness(to other: LeastShingles) -> Double {
    guard let ownEnd = least.last, let otherEnd = other.least.last else { return 0 }
    let end = min(ownEnd, otherEnd)
    let (own, others) = (least.prefix { $0 <= end }, other.least.prefix { $0 <= end })
    let shared = sharedCount(own, others) + min(count - own.count, other.count - others.count)
    return portion(shared: shared, of: count, other.count)
  }
}

private func portion(shared: Int, of first: Int, _ second: Int) -> Double {
  let all = first + second - shared
  return all == 0 ? 0 : Double(shared) / Double(all)
}

/// How many hashes two ordered lists have in common.
private func sharedCount(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> Int {
  var (shared, first, second) = (0, left.startIndex, right.startIndex)
  while first < left.endIndex, second < right.endIndex {
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
