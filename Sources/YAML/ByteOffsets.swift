/// Turns the scanner's marks, which count characters, into byte offsets in the file.
struct ByteOffsets {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isASCII: Bool
  /// Where the bytes start in the file.
  private let base: Int
  private var character = 0
  private var byte = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int) {
    self.bytes = bytes
    self.base = base
    isASCII = bytes.reduce(0, |) < 0x80
  }

  /// The offset of a mark.
  ///
  /// Marks come nearly in order, so each is a short walk from the last one.
  mutating func offset(_ mark: Int) -> Int {
    if isASCII { return base + min(mark, bytes.count) }
    while character < mark, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    while character > mark, byte > 0 {
      byte -= 1
      while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    return base + byte
  }
}
