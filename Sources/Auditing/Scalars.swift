/// A character of a text, as code points are.
struct ScalarAt: Hashable {
  var value: UInt32
  /// Its bytes in the text.
  var range: Range<Int>
}

/// The bytes of a text as code points, whatever is wrong with some of them.
extension UnsafeBufferPointer<UInt8> {
  /// The offset of the next byte that is not ASCII, from one on; the end when there is none.
  func nextBeyondASCII(from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(self)
    var index = start
    while index + 8 <= count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { index += 8 }
    while index < count, self[index] < 0x80 { index += 1 }
    return index
  }

  /// The code point that begins at an offset; a byte that begins none is U+FFFD.
  func scalar(at index: Int) -> ScalarAt {
    let first = self[index]
    guard first >= 0x80 else { return ScalarAt(value: UInt32(first), range: index..<index + 1) }
    let bad = ScalarAt(value: 0xFFFD, range: index..<index + 1)
    let (length, bits): (Int, UInt32)
    switch first {
    case 0xC2...0xDF: (length, bits) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, bits) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, bits) = (4, UInt32(first & 0x07))
    default: return bad
    }
    guard index + length <= count else { return bad }
    var value = bits
    for next in index + 1..<index + length {
      guard self[next] & 0xC0 == 0x80 else { return bad }
      value = value << 6 | UInt32(self[next] & 0x3F)
    }
    guard Unicode.Scalar(value) != nil, value >= (length == 3 ? 0x800 : length == 4 ? 0x10000 : 0x80) else { return bad }
    return ScalarAt(value: value, range: index..<index + length)
  }

  /// The code point that ends right before an offset; nil at the start.
  func scalar(before index: Int) -> ScalarAt? {
    guard index > 0 else { return nil }
    var start = index - 1
    while start > 0, index - start < 4, self[start] & 0xC0 == 0x80 { start -= 1 }
    let found = scalar(at: start)
    return found.range.upperBound == index ? found : ScalarAt(value: 0xFFFD, range: index - 1..<index)
  }

  /// The line that holds an offset, without its end, cut to so many bytes on both sides.
  func line(at index: Int, reach: Int = 4_096) -> Range<Int> {
    var start = Swift.min(index, count)
    while start > 0, index - start < reach, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = Swift.min(index, count)
    while end < count, end - index < reach, self[end] != UInt8(ascii: "\n") { end += 1 }
    if end > start, end == count || self[end] == UInt8(ascii: "\n"), self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}
