/// Letters of other scripts that look like ASCII, and what they look like.
///
/// A part of confusables.txt of Unicode 16 (UTS 39): those that fonts for programs show alike.
enum Confusables {
  /// The scripts that words are mixed of.
  enum Script: String {
    case cyrillic = "Cyrillic"
    case greek = "Greek"
    case armenian = "Armenian"
    case cherokee = "Cherokee"
    case fullwidth = "fullwidth"
    case mathematical = "mathematical"
    /// Of phonetic alphabets, and what looks like a slash or a dot: common in texts, and never in the name of a host.
    case onlyInHosts = "other"
  }

  /// What a code point looks like; nil for itself.
  static func look(of value: UInt32) -> (ascii: Character, script: Script)? {
    if let ascii = table[value] { return (ascii, script(of: value)) }
    switch value {
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF10...0xFF19: return (ascii(value - 0xFEE0), .fullwidth)
    case 0x1D400...0x1D6A3:
      // Thirteen alphabets of 52 letters each, capitals first.
      let place = (value - 0x1D400) % 52
      return (ascii(place < 26 ? 0x41 + place : 0x61 + place - 26), .mathematical)
    case 0x1D7CE...0x1D7FF: return (ascii(0x30 + (value - 0x1D7CE) % 10), .mathematical)
    default: return nil
    }
  }

  private static func ascii(_ value: UInt32) -> Character { Character(Unicode.Scalar(UInt8(truncatingIfNeeded: value))) }

  private static func script(of value: UInt32) -> Script {
    switch value {
    case 0x370...0x3FF: .greek
    case 0x400...0x52F: .cyrillic
    case 0x530...0x58F: .armenian
    case 0x13A0...0x13FF: .cherokee
    default: .onlyInHosts
    }
  }

  private static let table: [UInt32: Character] = [
    // Cyrillic
    0x405: "S", 0x406: "I", 0x408: "J", 0x410: "A", 0x412: "B", 0x415: "E", 0x41A: "K", 0x41C: "M", 0x41D: "H", 0x41E: "O", 0x420: "P",
    0x421: "C", 0x422: "T", 0x423: "Y", 0x425: "X", 0x430: "a", 0x435: "e", 0x43E: "o", 0x440: "p", 0x441: "c", 0x443: "y", 0x445: "x",
    0x455: "s", 0x456: "i", 0x458: "j", 0x475: "v", 0x4AE: "Y", 0x4BA: "h", 0x4BB: "h", 0x4C0: "I", 0x4CF: "l", 0x501: "d", 0x51A: "Q",
    0x51B: "q", 0x51C: "W", 0x51D: "w",
    // Greek
    0x37F: "J", 0x391: "A", 0x392: "B", 0x395: "E", 0x396: "Z", 0x397: "H", 0x399: "I", 0x39A: "K", 0x39C: "M", 0x39D: "N", 0x39F: "O",
    0x3A1: "P", 0x3A4: "T", 0x3A5: "Y", 0x3A7: "X", 0x3B9: "i", 0x3BA: "k", 0x3BD: "v", 0x3BF: "o", 0x3C1: "p", 0x3C5: "u", 0x3F2: "c", 0x3F3: "j",
    0x3F9: "C",
    // Armenian
    0x54D: "U", 0x555: "O", 0x570: "h", 0x578: "n", 0x57D: "u", 0x581: "g", 0x585: "o", 0x566: "q", 0x561: "w",
    // Cherokee
    0x13A0: "D", 0x13A1: "R", 0x13A2: "T", 0x13A5: "i", 0x13A9: "Y", 0x13AA: "A", 0x13AB: "J", 0x13AC: "E", 0x13B3: "W", 0x13B7: "M", 0x13BB: "H",
    0x13C0: "G", 0x13C2: "h", 0x13C3: "Z", 0x13CF: "b", 0x13D2: "R", 0x13DA: "S", 0x13DE: "L", 0x13DF: "C", 0x13E2: "P", 0x13E6: "K",
    // Of phonetic alphabets
    0x131: "i", 0x251: "a", 0x261: "g", 0x26A: "i", 0x269: "i", 0x28F: "y", 0x1D0F: "o", 0x1D04: "c", 0x1D20: "v", 0x1D21: "w", 0x1D22: "z",
    0x2174: "v", 0x2170: "i", 0x217C: "l", 0x217D: "c", 0x217E: "d",
    // What parts a host from the rest
    0x2044: "/", 0x2215: "/", 0x29F8: "/", 0xFF0F: "/", 0x2024: ".", 0xFF0E: ".", 0xFE52: ".", 0x3002: ".", 0xFF1A: ":", 0xFF20: "@", 0x2010: "-",
    0x2011: "-", 0x2212: "-",
  ]

  /// A word as it looks, in ASCII; nil when something in it looks like nothing in ASCII.
  static func skeleton(of word: some Sequence<UInt32>) -> String? {
    var out = ""
    for value in word {
      if value < 0x80, let scalar = Unicode.Scalar(value) {
        out.unicodeScalars.append(scalar)
      } else if let look = look(of: value) {
        out.append(look.ascii)
      } else {
        return nil
      }
    }
    return out
  }
}
