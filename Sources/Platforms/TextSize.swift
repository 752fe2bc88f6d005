/// How long a text is, in the units in which platforms limit it.
package struct TextSize: Hashable, Sendable {
  package var bytes = 0
  /// Unicode scalar values.
  package var characters = 0
  package var lineBreaks = 0

  package init() {}

  package init(of text: some Sequence<UInt8>) {
    for byte in text {
      bytes += 1
      // Bytes that continue a character do not begin one.
      if byte & 0xC0 != 0x80 { characters += 1 }
      if byte == UInt8(ascii: "\n") { lineBreaks += 1 }
    }
  }

  package subscript(unit: Platform.Limit.Unit) -> Int { unit == .bytes ? bytes : characters }

  package static func + (left: TextSize, right: TextSize) -> TextSize {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout TextSize, right: TextSize) {
    left.bytes += right.bytes
    left.characters += right.characters
    left.lineBreaks += right.lineBreaks
  }
}
