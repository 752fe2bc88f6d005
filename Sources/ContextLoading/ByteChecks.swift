extension [UInt8] {
  /// The offset of the first byte that cannot belong to UTF-8 text; nil when all is well.
  var firstInvalidUTF8: Int? {
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

  /// The line that is the begin or end marker of a managed block, and nothing else.
  func firstManagedMarker(in range: Range<Int>) -> Range<Int>? {
    for start in bracketsBeforeBang(in: range) {
      guard self[start..<range.upperBound].starts(with: "<!-- aiwg:".utf8) else { continue }
      let rest = self[start..<range.upperBound].dropFirst(10)
      guard let word = ["begin -->", "end -->"].first(where: { rest.starts(with: $0.utf8) }) else { continue }
      let isAlone = rest.dropFirst(word.utf8.count).first(where: { !$0.isBlank }).map { $0 == UInt8(ascii: "\n") } ?? true
      let lineStart = (self[range.lowerBound..<start].lastIndex(of: UInt8(ascii: "\n")) ?? range.lowerBound - 1) + 1
      if isAlone, self[lineStart..<start].allSatisfy(\.isBlank) { return start..<rest.startIndex + word.utf8.count }
    }
    return nil
  }

  /// Where `<!` stands.
  private func bracketsBeforeBang(in range: Range<Int>) -> [Int] {
    guard range.count > 1 else { return [] }
    return withUnsafeBufferPointer { bytes in
      var found: [Int] = []
      for index in range.lowerBound..<range.upperBound - 1 where bytes[index] == UInt8(ascii: "<") && bytes[index + 1] == UInt8(ascii: "!") {
        found.append(index)
      }
      return found
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

extension UInt8 {
  /// Space, tab and carriage return.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
