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
      var index = 0
      // Sixteen bytes at a time as long as nothing stands out.
      while index + 16 <= raw.count {
        let block = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        if any(Self.standsOut(block)) { take(index..<index + 16, in: raw) }
        index += 16
      }
      take(index..<raw.count, in: raw)
    }
  }

  private static func standsOut(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    let isLow = (block .< 0x20) .& (block .!= 0x0A) .& (block .!= 0x09) .& (block .!= 0x0D)
    return isLow .| (block .== 0x7F) .| (block .== 0xC2) .| (block .== UInt8(ascii: "<"))
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
