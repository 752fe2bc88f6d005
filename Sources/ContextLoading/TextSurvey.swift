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
      var start = 0
      while start < raw.count {
        let end = min(start + Self.chunk, raw.count)
        var found: UInt8 = 0
        for index in start..<end { found |= Self.standsOut(raw[index]) }
        if found != 0 { for index in start..<end where Self.standsOut(raw[index]) != 0 { take(index, in: raw) } }
        start = end
      }
    }
  }

  /// Of so many bytes mostly none stands out, which is quickly told when they are taken together.
  private static let chunk = 64

  /// 1 or 0; without branches, so that many bytes are told at once.
  private static func standsOut(_ byte: UInt8) -> UInt8 {
    let isControl: UInt8 = (byte < 0x20 ? 1 : 0) & (byte != 0x0A ? 1 : 0) & (byte != 0x09 ? 1 : 0) & (byte != 0x0D ? 1 : 0)
    return isControl | (byte == UInt8(ascii: "<") ? 1 : 0) | (byte == 0x7F ? 1 : 0) | (byte == 0xC2 ? 1 : 0)
  }

  private mutating func take(_ index: Int, in bytes: UnsafeRawBufferPointer) {
    switch bytes[index] {
    case let byte where byte < 0x20 || byte == 0x7F: controls.append(Control(range: index..<index + 1, value: UInt32(byte)))
    case 0xC2 where index + 1 < bytes.count && (0x80...0x9F).contains(bytes[index + 1]):
      controls.append(Control(range: index..<index + 2, value: UInt32(bytes[index + 1])))
    case UInt8(ascii: "<") where index == 0 || bytes[index - 1] == UInt8(ascii: "\n"):
      if index + 7 < bytes.count, bytes[index..<index + 7].allSatisfy({ $0 == UInt8(ascii: "<") }), bytes[index + 7] == 0x20 {
        mergeStarts.append(index)
      }
    default: break
    }
  }
}
