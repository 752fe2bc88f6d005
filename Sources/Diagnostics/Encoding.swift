extension SourceText {
  /// Why a document is not read at all: it is too large, or no text.
  ///
  /// - Parameters:
  ///   - syntax: its name, which is also the area of the finding's id.
  ///   - most: how many bytes are read.
  package func refusal(as syntax: String, most: Int) -> Diagnostic? {
    let area = syntax.lowercased()
    if bytes.count > most {
      return Diagnostic(
        .error, area + "/too-large", "\(bytes.count) bytes of \(syntax) are more than the limit of \(most)", at: place(at: 0),
        help: "take out what does not belong there")
    }
    return bytes.firstInvalidUTF8.map { Diagnostic(.error, area + "/not-utf8", "not valid UTF-8", at: place(at: $0), help: "save the file as UTF-8") }
  }
}

extension [UInt8] {
  /// The offset of the first byte that cannot belong to UTF-8 text; nil when all is well.
  package var firstInvalidUTF8: Int? {
    withUnsafeBufferPointer { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var index = 0
      while index < bytes.count {
        // Nearly all text is ASCII: eight bytes at a time.
        while index + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { index += 8 }
        guard index < bytes.count else { break }
        guard let length = bytes.sequenceLength(at: index) else { return index }
        index += length
      }
      return nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The length of the character that begins at an offset; nil when its bytes are not UTF-8.
  fileprivate func sequenceLength(at index: Int) -> Int? {
    let first = self[index]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= count, second.contains(self[index + 1]) else { return nil }
    for next in 2..<Swift.max(2, length) where self[index + next] & 0xC0 != 0x80 { return nil }
    return length
  }
}
