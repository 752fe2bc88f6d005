/// Why a text is no pattern.
package struct PatternProblem: Error, Hashable, Sendable {
  /// What is wrong, about the input.
  package var message: String
  /// In the pattern, in bytes from 0.
  package var offset: Int
  /// What to do about it.
  package var help: String?
}

/// Reads POSIX extended regular expressions, with the words, blanks and word edges that GNU grep knows besides.
///
/// Its source is POSIX.1-2024, chapter 9.4, and GNU grep's manual, "The backslash character and special expressions".
struct ExpressionParser {
  /// Longer ones are a mistake, or an attack.
  static let mostBytes = 2_000
  /// How often something may be repeated by number.
  static let mostRepetitions = 255
  /// How deep parentheses may stand in each other.
  private static let mostDepth = 50

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// - Throws: `PatternProblem` when the text is no pattern.
  static func expression(of text: String) throws(PatternProblem) -> Expression {
    var parser = ExpressionParser(text)
    guard parser.bytes.count <= mostBytes else {
      throw PatternProblem(message: "the pattern has \(parser.bytes.count) bytes, and \(mostBytes) at most are read", offset: mostBytes)
    }
    let expression = try parser.alternatives()
    guard parser.index == parser.bytes.count else { throw parser.problem("this closes no group", help: "write `\\)` for the character itself") }
    return expression
  }

  private func problem(_ message: String, at offset: Int? = nil, help: String? = nil) -> PatternProblem {
    PatternProblem(message: message, offset: offset ?? index, help: help)
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skip(_ byte: Character) -> Bool {
    guard next == byte.asciiValue else { return false }
    index += 1
    return true
  }

  private mutating func alternatives() throws(PatternProblem) -> Expression {
    var all = [try sequence()]
    while skip("|") { all.append(try sequence()) }
    return all.count == 1 ? all[0] : .alternatives(all)
  }

  private mutating func sequence() throws(PatternProblem) -> Expression {
    var parts: [Expression] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") { parts.append(try repeated(try atom())) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ atom: Expression) throws(PatternProblem) -> Expression {
    var out = atom
    while let byte = next {
      let start = index
      switch byte {
      case UInt8(ascii: "*"): out = .repeated(out, least: 0, most: nil)
      case UInt8(ascii: "+"): out = .repeated(out, least: 1, most: nil)
      case UInt8(ascii: "?"): out = .repeated(out, least: 0, most: 1)
      case UInt8(ascii: "{") where isInterval: out = try interval(of: out)
      default: return out
      }
      if case .assertion = atom { throw problem("an edge cannot be repeated", at: start) }
      index += 1
      if next == UInt8(ascii: "?"), byte != UInt8(ascii: "?") {
        throw problem("a repetition that takes as little as it can is not known", help: "name what must not be in between, such as `[^\"]*`")
      }
    }
    return out
  }

  /// Whether a number follows the brace; else it is a brace.
  private var isInterval: Bool { index + 1 < bytes.count && ByteSet.digits.contains(bytes[index + 1]) }

  /// Ends on the brace that closes it.
  private mutating func interval(of atom: Expression) throws(PatternProblem) -> Expression {
    let start = index
    index += 1
    let least = try number()
    var most: Int? = least
    if skip(",") { most = next == UInt8(ascii: "}") ? nil : try number() }
    guard next == UInt8(ascii: "}") else { throw problem("this repetition is not closed", at: start, help: "write `{2}`, `{2,}` or `{2,5}`") }
    if let most, most < least { throw problem("at most \(most) is less than at least \(least)", at: start) }
    return .repeated(atom, least: least, most: most)
  }

  private mutating func number() throws(PatternProblem) -> Int {
    let start = index
    while let byte = next, ByteSet.digits.contains(byte) { index += 1 }
    guard let value = Int(String(decoding: bytes[start..<index], as: UTF8.self)), value <= Self.mostRepetitions else {
      throw problem("expected a number up to \(Self.mostRepetitions)", at: start)
    }
    return value
  }

  private mutating func atom() throws(PatternProblem) -> Expression {
    let start = index
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .byte(try bracket())
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw problem("nothing stands before this that could be repeated", help: "write `\\\(Character(UnicodeScalar(byte)))` for the character itself")
    default: index = start + 1
    }
    switch byte {
    case UInt8(ascii: "^"): return .assertion(.lineStart)
    case UInt8(ascii: "$"): return .assertion(.lineEnd)
    case UInt8(ascii: "."): return .byte(ByteSet().inverted)
    default: return .byte(ByteSet([byte]))
    }
  }

  private mutating func group() throws(PatternProblem) -> Expression {
    let start = index
    index += 1
    guard next != UInt8(ascii: "?") else {
      throw problem("what begins with `(?` is not known", at: start, help: "patterns are those of `grep -E`: write a group as `(…)`")
    }
    depth += 1
    guard depth <= Self.mostDepth else { throw problem("groups are more than \(Self.mostDepth) deep", at: start) }
    let inner = try alternatives()
    guard skip(")") else { throw problem("this group is not closed", at: start, help: "write `\\(` for the character itself") }
    depth -= 1
    return .group(inner)
  }

  private mutating func escape() throws(PatternProblem) -> Expression {
    let start = index
    guard index + 1 < bytes.count else { throw problem("a backslash at the end") }
    index += 2
    switch Character(UnicodeScalar(bytes[start + 1])) {
    case "w": return .byte(.wordBytes)
    case "W": return .byte(ByteSet.wordBytes.inverted)
    case "s": return .byte(.spaces)
    case "S": return .byte(ByteSet.spaces.inverted)
    case "b": return .assertion(.wordBoundary)
    case "B": return .assertion(.insideWord)
    case "<": return .assertion(.wordStart)
    case ">": return .assertion(.wordEnd)
    case let letter where letter.isASCII && letter.isLetter || letter.isNumber:
      let help = letter == "d" ? "write `[0-9]`" : "patterns are those of `grep -E`"
      throw problem("`\\\(letter)` means nothing here", at: start, help: help)
    default: return .byte(ByteSet([bytes[start + 1]]))
    }
  }
}

// MARK: - Sets in brackets

extension ExpressionParser {
  /// A bracket expression; a backslash in it is one.
  private mutating func bracket() throws(PatternProblem) -> ByteSet {
    let start = index
    index += 1
    let isInverted = skip("^")
    var set = ByteSet()
    var isFirst = true
    while let byte = next, isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      if let named = try namedSet() {
        set.formUnion(named)
        continue
      }
      let lower = try bracketByte()
      guard next == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") else {
        set.insert(lower)
        continue
      }
      index += 1
      let upper = try bracketByte()
      guard lower <= upper else { throw problem("this range runs backwards", at: index - 3) }
      set.formUnion(ByteSet(lower...upper))
    }
    guard skip("]") else { throw problem("this bracket is not closed", at: start, help: "write `\\[` for the character itself") }
    return isInverted ? set.inverted : set
  }

  private mutating func bracketByte() throws(PatternProblem) -> UInt8 {
    guard let byte = next else { throw problem("this bracket is not closed") }
    guard byte < 0x80 else { throw problem("only ASCII can stand in brackets", help: "write `(ä|ö)`") }
    index += 1
    return byte
  }

  private mutating func namedSet() throws(PatternProblem) -> ByteSet? {
    guard bytes[index...].starts(with: "[:".utf8) else { return nil }
    let start = index + 2
    guard let end = bytes[start...].indices.first(where: { bytes[$0...].starts(with: ":]".utf8) }) else { return nil }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let set = ByteSet(named: name) else { throw problem("`[:\(name):]` is no class", help: "such as `[:alpha:]` or `[:space:]`") }
    index = end + 2
    return set
  }
}
