/// What the bytes of a description tell: of nearly all there is nothing more to ask, and characters cost more than bytes.
struct DescriptionSurvey {
  /// How many words there are at least: runs of bytes with a letter or a digit of ASCII among them.
  private(set) var words = 0
  /// Letters of ASCII.
  private var letters = 0
  private var hasOpening = false
  private var hasLorem = false
  private let beginsAsNote: Bool

  /// More letters are no placeholder alone.
  static let mostLettersOfPlaceholder = 25

  init(_ description: String) {
    beginsAsNote = ["TODO", "TBD", "FIXME"].contains(where: description.drop(while: \.isWhitespace).hasPrefix)
    var isCounted = false
    var matched = 0
    for byte in description.utf8 {
      if !byte.isOfWord { isCounted = false }
      hasOpening = hasOpening || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
      let lowered = byte | 0x20
      matched = lowered == Self.lorem[matched] ? matched + 1 : lowered == Self.lorem[0] ? 1 : 0
      if matched == Self.lorem.count { (hasLorem, matched) = (true, 0) }
      guard byte.isOfWord, byte < 0x80 else { continue }
      if !byte.isASCIIDigit { letters += 1 }
      if !isCounted { (words, isCounted) = (words + 1, true) }
    }
  }

  /// Whether there is anything in it that a placeholder has.
  var mayBePlaceholder: Bool { letters <= Self.mostLettersOfPlaceholder || hasOpening || hasLorem || beginsAsNote }

  private static let lorem = Array("lorem".utf8)
}
