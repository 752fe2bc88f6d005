extension [UInt8] {
  /// The line that is the begin or end marker of a managed block, and nothing else.
  func firstManagedMarker(in range: Range<Int>) -> Range<Int>? {
    for start in bracketsBeforeBang(in: range) {
      guard self[start..<range.upperBound].starts(with: "<!-- aiwg:".utf8) else { continue }
      let rest = self[start..<range.upperBound].dropFirst(10)
      guard let word = ["begin -->", "end -->"].first(where: { rest.starts(with: $0.utf8) }) else { continue }
      // No further than to the next text, as a line may be as long as the file.
      let next = rest.dropFirst(word.utf8.count).first { !$0.isBlank } ?? UInt8(ascii: "\n")
      let last = self[range.lowerBound..<start].last { !$0.isBlank } ?? UInt8(ascii: "\n")
      if next == UInt8(ascii: "\n"), last == next { return start..<rest.startIndex + word.utf8.count }
    }
    return nil
  }

  /// Where `<!` stands.
  private func bracketsBeforeBang(in range: Range<Int>) -> [Int] {
    guard range.count > 1 else { return [] }
    return withUnsafeBufferPointer { bytes in
      var found: [Int] = []
      bytes.forEachOffset(of: UInt8(ascii: "<"), in: range.lowerBound..<range.upperBound - 1) { index in
        if bytes[index + 1] == UInt8(ascii: "!") { found.append(index) }
        return true
      }
      return found
    }
  }
}

extension UInt8 {
  /// Space, tab and carriage return.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
