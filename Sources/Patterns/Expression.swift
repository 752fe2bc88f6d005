/// A regular expression, taken apart.
indirect enum Expression: Hashable, Sendable {
  /// One byte out of a set.
  case byte(ByteSet)
  case assertion(Assertion)
  case sequence([Expression])
  case alternatives([Expression])
  /// Nil is no upper limit.
  case repeated(Expression, least: Int, most: Int?)
  /// In parentheses.
  case group(Expression)

  /// Whether parentheses are in it.
  var hasGroup: Bool {
    switch self {
    case .byte, .assertion: false
    case .sequence(let parts), .alternatives(let parts): parts.contains(where: \.hasGroup)
    case .repeated(let inner, _, _): inner.hasGroup
    case .group: true
    }
  }

  /// What holds between two bytes.
  enum Assertion: Hashable, Sendable {
    case lineStart, lineEnd, wordBoundary, insideWord, wordStart, wordEnd
  }
}

/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init(_ bytes: some Sequence<UInt8> = []) {
    for byte in bytes { insert(byte) }
  }

  /// Those for which something holds.
  init(where isIn: (UInt8) -> Bool) { self.init((UInt8.min...UInt8.max).filter(isIn)) }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

  /// All bytes that are not in it.
  var inverted: ByteSet {
    var out = self
    out.words = ~words
    return out
  }

  var bytes: [UInt8] { (UInt8.min...UInt8.max).filter(contains) }
}

extension ByteSet {
  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let lowers = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
  static let uppers = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  static let blanks = ByteSet([0x20, 0x09])
  static let spaces = ByteSet([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
  static let letters = ByteSet { lowers.contains($0) || uppers.contains($0) }
  static let letterDigits = ByteSet { letters.contains($0) || digits.contains($0) }
  /// Letters, digits and the underscore.
  static let wordBytes = ByteSet { letterDigits.contains($0) || $0 == UInt8(ascii: "_") }

  /// A named class between `[:` and `:]`.
  init?(named name: String) {
    switch name {
    case "alnum": self = .letterDigits
    case "alpha": self = .letters
    case "blank": self = .blanks
    case "cntrl": self = ByteSet { $0 < 0x20 || $0 == 0x7F }
    case "digit": self = .digits
    case "graph": self = ByteSet(0x21...0x7E)
    case "lower": self = .lowers
    case "print": self = ByteSet(0x20...0x7E)
    case "punct": self = ByteSet { (0x21...0x7E).contains($0) && !ByteSet.letterDigits.contains($0) }
    case "space": self = .spaces
    case "upper": self = .uppers
    case "xdigit": self = ByteSet { ByteSet.digits.contains($0) || (0x41...0x46).contains($0 & 0xDF) }
    default: return nil
    }
  }
}
