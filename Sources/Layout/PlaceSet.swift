/// Some of the candidates of a choice, by number.
struct PlaceSet: Hashable, ExpressibleByArrayLiteral {
  /// 64 numbers each; the last one is never 0, so that equal sets are equal values.
  private var words: [UInt64] = []

  init(arrayLiteral elements: Int...) { self.init(elements) }

  init(_ numbers: some Sequence<Int>) { for number in numbers { insert(number) } }

  func contains(_ number: Int) -> Bool {
    let word = number >> 6
    return word < words.count && words[word] & (1 << UInt64(number & 63)) != 0
  }

  mutating func insert(_ number: Int) {
    let word = number >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(number & 63)
  }

  mutating func remove(_ number: Int) {
    let word = number >> 6
    guard word < words.count else { return }
    words[word] &= ~(1 << UInt64(number & 63))
    while words.last == 0 { words.removeLast() }
  }

  mutating func formUnion(_ other: PlaceSet) {
    while words.count < other.words.count { words.append(0) }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }

  func union(_ other: PlaceSet) -> PlaceSet {
    var both = self
    both.formUnion(other)
    return both
  }

  func intersection(_ other: PlaceSet) -> PlaceSet {
    var common = PlaceSet()
    common.words = zip(words, other.words).map { $0 & $1 }
    while common.words.last == 0 { common.words.removeLast() }
    return common
  }

  /// Whether it has the first number that is in one of the two alone: among sets that cost the same, the first places count.
  func comesBefore(_ other: PlaceSet) -> Bool {
    for index in 0..<max(words.count, other.words.count) {
      let own = index < words.count ? words[index] : 0
      let difference = own ^ (index < other.words.count ? other.words[index] : 0)
      if difference != 0 { return own & (difference & (~difference &+ 1)) != 0 }
    }
    return false
  }

  /// In order.
  var numbers: [Int] {
    var out: [Int] = []
    for (index, word) in words.enumerated() {
      var left = word
      while left != 0 {
        out.append(index << 6 + left.trailingZeroBitCount)
        left &= left - 1
      }
    }
    return out
  }
}
