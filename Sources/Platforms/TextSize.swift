/// How long a text is, in the units in which platforms limit it.
package struct TextSize: Hashable, Sendable {
  package var bytes = 0
  /// Unicode scalar values.
  package var characters = 0
  package var lineBreaks = 0

  package init() {}

  package init(of text: ArraySlice<UInt8>) {
    let (characters, lineBreaks) = text.withUnsafeBufferPointer { text in
      var (continued, breaks) = (0, 0)
      // Bytes that continue a character do not begin one.
      for byte in text { continued &+= byte & 0xC0 == 0x80 ? 1 : 0 }
      for byte in text { breaks &+= byte == UInt8(ascii: "\n") ? 1 : 0 }
      return (text.count - continued, breaks)
    }
    (self.bytes, self.characters, self.lineBreaks) = (text.count, characters, lineBreaks)
  }

  package init(of text: [UInt8]) { self.init(of: text[...]) }

  package init(of text: String) { self.init(of: Array(text.utf8)) }

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
