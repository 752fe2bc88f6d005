/// Does many pieces of work that do not depend on each other, perhaps several at once.
package protocol Lanes: Sendable {
  /// Calls `work` once for each number below the count, in any order, and returns when all calls have.
  func forEach(below count: Int, _ work: @Sendable (Int) -> Void)
}

/// One piece of work after the other.
package struct OneLane: Lanes {
  package init() {}

  package func forEach(below count: Int, _ work: @Sendable (Int) -> Void) {
    for number in 0..<count { work(number) }
  }
}

extension Lanes {
  /// The results of all pieces, in the order of their numbers, whatever order they were done in.
  package func map<Result: Sendable>(below count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      let slots = Slots(start: buffer.baseAddress)
      forEach(below: count) { number in slots.fill(number, with: work(number)) }
      initialized = count
    }
  }
}

extension Lanes {
  /// The results of two pieces of work that do not depend on each other.
  package func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    let results: [(First?, Second?)] = map(below: 2) { number -> (First?, Second?) in number == 0 ? (first(), nil) : (nil, second()) }
    guard let first = results[0].0, let second = results[1].1 else { preconditionFailure("a lane came back without its result") }
    return (first, second)
  }
}

/// Room for results; each slot is written once, by the lane that has its number.
private struct Slots<Result: Sendable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Result>?

  func fill(_ number: Int, with result: Result) { start?.advanced(by: number).initialize(to: result) }
}
