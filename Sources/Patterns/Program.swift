/// A pattern as steps of a machine that tries all ways at once, so that the time is bounded by the length of the line.
struct Program: Sendable {
  enum Step: Sendable {
    case byte(ByteSet)
    case assertion(Expression.Assertion)
    /// The first is tried first.
    case split(Int, Int)
    case jump(Int)
    /// The start or the end of a group with none inside.
    case groupStart, groupEnd
    case found
  }

  /// A pattern whose repetitions make it longer is refused.
  private static let mostSteps = 10_000

  private(set) var steps: [Step] = []
  /// The bytes that a match can begin with.
  private(set) var first = ByteSet()
  /// Whether there can be a match of no bytes.
  private(set) var mayBeEmpty = false

  init(_ expression: Expression) throws(PatternProblem) {
    try add(expression)
    steps.append(.found)
    findFirst()
  }

  private mutating func findFirst() {
    var seen = Set<Int>()
    var open = [0]
    while let step = open.popLast() {
      guard seen.insert(step).inserted else { continue }
      switch steps[step] {
      case .byte(let set): first.formUnion(set)
      case .found: mayBeEmpty = true
      case .split(let one, let other): open += [one, other]
      case .jump(let target): open.append(target)
      case .assertion, .groupStart, .groupEnd: open.append(step + 1)
      }
    }
  }

  private mutating func add(_ expression: Expression) throws(PatternProblem) {
    guard steps.count < Self.mostSteps else {
      throw PatternProblem(message: "the pattern repeats too much", offset: 0, help: "use smaller numbers in `{…}`")
    }
    switch expression {
    case .byte(let set): steps.append(.byte(set))
    case .assertion(let assertion): steps.append(.assertion(assertion))
    case .sequence(let parts): for part in parts { try add(part) }
    case .alternatives(let all): try add(alternatives: all)
    case .repeated(let inner, let least, let most): try add(inner, least: least, most: most)
    case .group(let inner):
      // Of nested groups, the start of the outer one would be forgotten.
      guard !inner.hasGroup else { return try add(inner) }
      steps.append(.groupStart)
      try add(inner)
      steps.append(.groupEnd)
    }
  }

  private mutating func add(alternatives all: [Expression]) throws(PatternProblem) {
    var ends: [Int] = []
    for (number, one) in all.enumerated() {
      guard number + 1 < all.count else {
        try add(one)
        break
      }
      let split = steps.count
      steps.append(.split(split + 1, 0))
      try add(one)
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[split] = .split(split + 1, steps.count)
    }
    for end in ends { steps[end] = .jump(steps.count) }
  }

  private mutating func add(_ inner: Expression, least: Int, most: Int?) throws(PatternProblem) {
    for _ in 0..<least { try add(inner) }
    guard let most else {
      let split = steps.count
      steps.append(.split(split + 1, 0))
      try add(inner)
      steps.append(.jump(split))
      steps[split] = .split(split + 1, steps.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<most {
      splits.append(steps.count)
      steps.append(.split(steps.count + 1, 0))
      try add(inner)
    }
    for split in splits { steps[split] = .split(split + 1, steps.count) }
  }
}
