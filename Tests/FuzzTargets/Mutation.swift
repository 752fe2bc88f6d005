/// Changes inputs at random, the same way for the same seed.
package struct Mutation: Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// One to four changes: bytes flipped, cut out, doubled or shuffled in, a word of the target's put in, two inputs spliced.
  package mutating func mutate(_ seeds: [[UInt8]], words: [String]) -> [UInt8] {
    guard !seeds.isEmpty else { return [] }
    var bytes = seeds[below(seeds.count)]
    for _ in 0...below(4) {
      let start = below(bytes.count + 1)
      let end = min(bytes.count, start + below(below(32) + 1))
      switch below(8) {
      case 0 where !bytes.isEmpty: bytes[min(start, bytes.count - 1)] ^= 1 << UInt8(below(8))
      case 1 where !bytes.isEmpty: bytes[min(start, bytes.count - 1)] = UInt8(below(256))
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 4: bytes.insert(contentsOf: (0...below(4)).map { _ in UInt8(below(256)) }, at: start)
      case 5: bytes = Array(bytes[..<start]) + seeds[below(seeds.count)].dropFirst(start)
      case 6: bytes.insert(contentsOf: "\n\r\t :-#'\"[]{}&*!|>%@`\\".utf8.shuffled(using: &self).prefix(1 + below(3)), at: start)
      default: bytes.insert(contentsOf: words.isEmpty ? [] : Array(words[below(words.count)].utf8), at: start)
      }
    }
    return bytes
  }

  private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

extension Mutation: RandomNumberGenerator {
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
