/// Some of the candidates of a choice, by number.
struct PlaceSet: Hashable, ExpressibleByArrayLiteral {
  /// Those below 64: few choices have more, and sets are made by the thousand.
  private var low: UInt64 = 0
  /// 64 numbers each, from 64 on; the last one is never 0, so that equal sets are equal values.
  private var high: [UInt64] = []

  init(arrayLiteral elements: Int...) { self.init(elements) }

  init(_ numbers: some Sequence<Int>) { for number in numbers { insert(number) } }

  func contains(_ number: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(number & 63)
    if number < 64 { return low & bit != 0 }
    let word = number >> 6 - 1
    return word < high.count && high[word] & bit != 0
  }

  mutating func insert(_ number: Int) {
    let bit: UInt64 = 1 << UInt64(number & 63)
    guard number >= 64 else {
      low |= bit
      return
    }
    let word = number >> 6 - 1
    while high.count <= word { high.append(0) }
    high[word] |= bit
  }

  mutating func remove(_ number: Int) {
    let bit: UInt64 = 1 << UInt64(number & 63)
    guard number >= 64 else {
      low &= ~bit
      return
    }
    let word = number >> 6 - 1
    guard word < high.count else { return }
    high[word] &= ~bit
    while high.last == 0 { high.removeLast() }
  }

  mutating func formUnion(_ other: PlaceSet) {
    low |= other.low
    while high.count < other.high.count { high.append(0) }
    for (index, word) in other.high.enumerated() { high[index] |= word }
  }

  func union(_ other: PlaceSet) -> PlaceSet {
    var both = self
    both.formUnion(other)
    return both
  }

  func intersection(_ other: PlaceSet) -> PlaceSet {
    var common = PlaceSet()
    common.low = low & other.low
    guard !high.isEmpty, !other.high.isEmpty else { return common }
    common.high = zip(high, other.high).map { $0 & $1 }
    while common.high.last == 0 { common.high.removeLast() }
    return common
  }

  /// Whether it has the first number that is in one of the two alone: among sets that cost the same, the first places count.
  func comesBefore(_ other: PlaceSet) -> Bool {
    for index in 0...max(high.count, other.high.count) {
      let own = word(index)
      let difference = own ^ other.word(index)
      if difference != 0 { return own & (difference & (~difference &+ 1)) != 0 }
    }
    return false
  }

  private func word(_ index: Int) -> UInt64 { index == 0 ? low : index <= high.count ? high[index - 1] : 0 }

  /// In order.
  var numbers: [Int] {
    var out: [Int] = []
    for index in 0...high.count {
      var left = word(index)
      while left != 0 {
        out.append(index << 6 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
    return out
  }
}
