/// The texts of which a line must have one before an expression can match it.
struct Literals {
  /// All that it can be, when those are few.
  private var exact: [[UInt8]]?
  /// Of these, one is in each match; nil when nothing is certain.
  private(set) var required: [[UInt8]]?

  private static let mostTexts = 64
  private static let mostBytes = 40

  init(of expression: Expression) {
    switch expression {
    case .byte(let set):
      let bytes = set.bytes
      self.init(exact: bytes.count <= 3 ? bytes.map { [$0] } : nil)
    case .assertion: self.init(exact: [[]])
    case .group(let inner): self.init(of: inner)
    case .alternatives(let all): self.init(alternatives: all.map { Literals(of: $0) })
    case .sequence(let parts): self.init(sequence: parts.map { Literals(of: $0) })
    case .repeated(let inner, let least, let most): self.init(repeating: Literals(of: inner), least: least, most: most)
    }
  }

  private init(exact: [[UInt8]]?, required: [[UInt8]]? = nil) {
    self.exact = exact
    self.required = [exact, required].compactMap { $0 }.max { Self.worth(of: $0) < Self.worth(of: $1) }
  }

  private init(alternatives all: [Literals]) {
    let exact = all.allSatisfy { $0.exact != nil } ? all.flatMap { $0.exact ?? [] } : nil
    let required = all.allSatisfy { $0.required != nil } ? all.flatMap { $0.required ?? [] } : nil
    self.init(exact: exact.flatMap { $0.count <= Self.mostTexts ? $0 : nil }, required: required)
  }

  private init(repeating inner: Literals, least: Int, most: Int?) {
    switch (least, most) {
    case (0, 1): self.init(exact: inner.exact.map { $0 + [[]] })
    case (0, _): self.init(exact: nil)
    case (let least, let most) where least == most && least <= 8:
      self.init(sequence: [Literals](repeating: inner, count: least))
    default: self.init(exact: nil, required: inner.required)
    }
  }

  /// Texts grow from part to part, until one can be too much.
  private init(sequence parts: [Literals]) {
    var texts: [[UInt8]] = [[]]
    var isWhole = true
    var best: [[UInt8]]?
    func offer(_ candidate: [[UInt8]]?) {
      guard let candidate, Self.worth(of: candidate) > Self.worth(of: best ?? []) else { return }
      best = candidate
    }
    for part in parts {
      let grown = part.exact.map { ends in texts.flatMap { text in ends.map { text + $0 } } }
      if let grown, grown.count <= Self.mostTexts, grown.allSatisfy({ $0.count <= Self.mostBytes }) {
        texts = grown
        continue
      }
      offer(texts)
      offer(part.required)
      isWhole = false
      texts = part.exact.flatMap { $0.count <= Self.mostTexts ? $0 : nil } ?? [[]]
    }
    offer(texts)
    self.init(exact: isWhole ? texts : nil, required: best)
  }

  /// Longer texts are rarer, and fewer of them are looked for sooner.
  private static func worth(of texts: [[UInt8]]) -> Int {
    guard let shortest = texts.map(\.count).min() else { return 0 }
    return min(shortest, 8) * 100 - texts.count
  }
}
