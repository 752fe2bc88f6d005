import TestSupport

/// What a random document says, with how its tables are to be written.
indirect enum RandomValue {
  /// As it is written, and as a dump shows it.
  case word(String, shown: String)
  case text(String)
  case list([RandomValue])
  case inline([RandomPair])
  case dotted([RandomPair])
  case section([RandomPair])
  case sections([[RandomPair]])

  /// As `line(of:)` shows what was read.
  var dump: String {
    switch self {
    case .word(_, let shown): shown
    case .text(let text): text.debugDescription
    case .list(let items): "[" + items.map(\.dump).joined(separator: ", ") + "]"
    case .inline(let pairs), .dotted(let pairs), .section(let pairs): Self.dump(pairs)
    case .sections(let tables): "[" + tables.map { Self.dump($0) }.joined(separator: ", ") + "]"
    }
  }

  private static func dump(_ pairs: [RandomPair]) -> String {
    "{" + pairs.map { "\(quotedUnlessBare($0.key)): \($0.value.dump)" }.joined(separator: ", ") + "}"
  }
}

struct RandomPair {
  var key: String
  var value: RandomValue
}

extension SeededGenerator {
  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

  /// True once in so many times.
  mutating func chance(_ times: Int) -> Bool { below(times) == 0 }

  /// Pairs, and behind them those that are written under headers of their own.
  mutating func section(depth: Int) -> [RandomPair] {
    var pairs = self.pairs(depth: 2)
    guard depth > 0 else { return pairs }
    for number in 0..<below(4) {
      let isList = chance(3)
      let value = isList ? RandomValue.sections((0...below(3)).map { _ in section(depth: depth - 1) }) : .section(section(depth: depth - 1))
      pairs.append(RandomPair(key: ["s\(number)", "s \(number)"][below(2)], value: value))
    }
    return pairs
  }

  private mutating func pairs(depth: Int) -> [RandomPair] {
    var seen = Set<[UInt8]>()
    return (0..<below(5)).compactMap { _ in
      let key = chance(3) ? text() : ["a", "b", "c-d", "e_f", "1", "true"][below(6)]
      let value = value(depth: depth)
      return seen.insert(Array(key.utf8)).inserted ? RandomPair(key: key, value: value) : nil
    }
  }

  private mutating func value(depth: Int) -> RandomValue {
    switch below(depth > 0 ? 8 : 4) {
    case 0...1: return .text(text())
    case 2...3: return word()
    case 4...5: return .list((0..<below(4)).map { _ in value(depth: depth - 1) }.map(\.insideOfAList))
    default:
      let pairs = pairs(depth: depth - 1)
      return chance(2) || pairs.isEmpty ? .inline(pairs) : .dotted(pairs)
    }
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "b c", "\"", "'", "\\", "\n", "\r\n", "\t", "é", "e\u{301}", "😀", "\"\"\"", "'''", "#", "=", "\u{1}", "\u{7F}", "\0", "[", " ", "\r",
    ]
    return (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
  }

  private mutating func word() -> RandomValue {
    let number = Int64(truncatingIfNeeded: next()) >> Int64(below(64))
    switch below(6) {
    case 0: return .word("\(number)", shown: "\(number)")
    case 1:
      let hex = "0x" + String(number.magnitude / 2, radix: 16)
      return .word(hex, shown: "\(hex)=\(number.magnitude / 2)")
    case 2:
      let float = "\(number).\(below(1000))e-\(below(30))"
      return .word(float, shown: "float \(float)")
    case 3:
      let flag = ["true", "false"][below(2)]
      return .word(flag, shown: flag)
    case 4:
      let time = "1\(below(10)):2\(below(10)):0\(below(10)).\(below(1000))"
      return .word(time, shown: "date \(time)")
    default:
      let date = "19\(below(90) + 10)-0\(below(9) + 1)-1\(below(10))"
      let time = chance(3) ? "" : "\(["T", " ", "t"][below(3)])07:32:00\(["Z", "+01:00", ""][below(3)])"
      return .word(date + time, shown: "date \(date)\(time)")
    }
  }
}

extension RandomValue {
  /// No key stands there that could be dotted.
  fileprivate var insideOfAList: RandomValue {
    if case .dotted(let pairs) = self { .inline(pairs) } else { self }
  }
}
