/// What stands out in the bytes of a file: control characters, and the beginnings of unfinished merges; found in one pass.
struct TextSurvey {
  /// C0 without tab and line ends, DEL, and C1 as UTF-8 writes it.
  struct Control {
    var range: Range<Int>
    var value: UInt32
  }

  private(set) var controls: [Control] = []
  /// Offsets of lines that begin with seven `<`.
  private(set) var mergeStarts: [Int] = []

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { raw in
      for index in raw.indices where Self.standsOut(raw[index]) { take(index..<index + 1, in: raw) }
    }
  }

  /// Nearly every byte is told by the first comparison.
  private static func standsOut(_ byte: UInt8) -> Bool {
    if byte > UInt8(ascii: "<") { return byte == 0x7F || byte == 0xC2 }
    return byte == UInt8(ascii: "<") || byte < 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D
  }

  private mutating func take(_ range: Range<Int>, in bytes: UnsafeRawBufferPointer) {
    for index in range {
      switch bytes[index] {
      case 0x09, 0x0A, 0x0D: continue
      case let byte where byte < 0x20 || byte == 0x7F: controls.append(Control(range: index..<index + 1, value: UInt32(byte)))
      case 0xC2 where index + 1 < bytes.count && (0x80...0x9F).contains(bytes[index + 1]):
        controls.append(Control(range: index..<index + 2, value: UInt32(bytes[index + 1])))
      case UInt8(ascii: "<") where index == 0 || bytes[index - 1] == UInt8(ascii: "\n"):
        if index + 7 < bytes.count, bytes[index..<index + 7].allSatisfy({ $0 == UInt8(ascii: "<") }), bytes[index + 7] == 0x20 {
          mergeStarts.append(index)
        }
      default: continue
      }
    }
  }
}
