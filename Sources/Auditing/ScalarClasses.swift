/// What code points are to somebody who looks for hidden ones.
///
/// From the Unicode Character Database 16: DerivedCoreProperties (Default_Ignorable_Code_Point), PropList (Bidi_Control, Variation_Selector),
/// emoji-variation-sequences.
enum HiddenClass {
  /// Shows nothing and is no part of the other classes.
  case invisible
  /// U+E0000 to U+E007F: ASCII that no font shows.
  case tag
  /// Chooses how the character before it looks; 256 of them can carry any byte.
  case variationSelector
  /// Says which way a neutral character runs.
  case directionMark
  /// Opens or closes a run of another direction.
  case directionControl
}

extension UInt32 {
  /// Which hidden class the code point is of; nil for one that shows.
  var hiddenClass: HiddenClass? {
    switch self {
    case ..<0xAD: nil
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B...0x200D, 0x2060...0x2064, 0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0,
      0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0080...0xE00FF, 0xE01F0...0xE0FFF:
      .invisible
    case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: .variationSelector
    case 0xE0000...0xE007F: .tag
    case 0x61C, 0x200E, 0x200F: .directionMark
    case 0x202A...0x202E, 0x2066...0x2069: .directionControl
    default: nil
    }
  }

  /// Whether it forces a direction upon the letters themselves.
  var isOverride: Bool { self == 0x202D || self == 0x202E }

  /// Whether it closes a run of another direction.
  var closesDirection: Bool { self == 0x202C || self == 0x2069 }

  /// Whether it can begin or go on an emoji sequence, or has a look as text and one as emoji.
  var isEmojiLike: Bool {
    switch self {
    case 0xA9, 0xAE, 0x203C, 0x2049, 0x20E3, 0x2122, 0x2139, 0x2190...0x21FF, 0x2300...0x23FF, 0x24C2, 0x2500...0x27BF, 0x2900...0x297F,
      0x2B00...0x2BFF, 0x3030, 0x303D, 0x3297, 0x3299, 0x1F000...0x1FBFF:
      true
    default: false
    }
  }

  /// Whether joiners change how its script is written: Arabic and its like, the scripts of India, Mongolian.
  var usesJoiners: Bool {
    switch self {
    case 0x0600...0x08FF, 0x0900...0x0DFF, 0x0F00...0x109F, 0x1780...0x18AF, 0x1A20...0x1AAF, 0x1B00...0x1CFF, 0xA800...0xA9FF, 0xAA00...0xABFF,
      0xFB50...0xFDFF, 0xFE70...0xFEFC, 0x10A00...0x10FFF, 0x11000...0x11FFF, 0x1E900...0x1E95F:
      true
    default: false
    }
  }

  /// Whether its script has no blanks between words, so that a zero-width space says where a line may break.
  var hasNoBlanks: Bool {
    switch self {
    case 0x0E00...0x0EFF, 0x0F00...0x109F, 0x1780...0x17FF, 0x1A20...0x1AAF, 0xA9E0...0xAA7F: true
    default: false
    }
  }

  /// Whether it is written from right to left.
  var isRightToLeft: Bool {
    switch self {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  /// Whether it is a Han character, of which variants are chosen.
  var isHan: Bool {
    switch self {
    case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  var isMongolian: Bool { (0x1800...0x18AF).contains(self) }

  var isHangul: Bool { (0x1100...0x11FF).contains(self) || (0x3130...0x318F).contains(self) || (0xA960...0xD7FF).contains(self) }

  /// Whether standard variants of it exist that are neither emoji nor Han.
  var hasStandardVariants: Bool {
    switch self {
    case 0x1000...0x109F, 0x2200...0x22FF, 0x2A00...0x2AFF, 0x3000...0x303F, 0xA840...0xA877, 0xAA60...0xAA7F, 0xFF01...0xFF60, 0x10AC0...0x10AFF,
      0x13000...0x1345F:
      true
    default: false
    }
  }

  var isASCIILetterOrDigit: Bool { self < 0x80 && UInt8(self).isASCIILetterOrDigit }

  /// As `U+200B`.
  var codePoint: String {
    let hex = String(self, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: Swift.max(0, 4 - hex.count)) + hex
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
}

/// Names of those that are met most, for people who do not know the numbers.
let hiddenNames: [UInt32: String] = [
  0xAD: "soft hyphen", 0x34F: "combining grapheme joiner", 0x61C: "Arabic letter mark", 0x115F: "Hangul filler", 0x1160: "Hangul filler",
  0x180E: "Mongolian vowel separator", 0x200B: "zero-width space", 0x200C: "zero-width non-joiner", 0x200D: "zero-width joiner",
  0x200E: "left-to-right mark", 0x200F: "right-to-left mark", 0x202A: "left-to-right embedding", 0x202B: "right-to-left embedding",
  0x202C: "pop directional formatting", 0x202D: "left-to-right override", 0x202E: "right-to-left override", 0x2060: "word joiner",
  0x2061: "function application", 0x2062: "invisible times", 0x2063: "invisible separator", 0x2064: "invisible plus",
  0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate", 0x2069: "pop directional isolate",
  0x3164: "Hangul filler", 0xFEFF: "byte order mark", 0xFFA0: "halfwidth Hangul filler",
]
