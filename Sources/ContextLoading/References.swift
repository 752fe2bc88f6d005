internal import ContextModel

extension BodyScanner {
  /// `](path)`, `](path#fragment)` or `](<path>)`.
  ///
  /// Returns where to go on.
  mutating func scanLink(at bracket: Int) -> Int {
    guard bracket + 1 < bytes.count, bytes[bracket + 1] == UInt8(ascii: "(") else { return bracket + 1 }
    let start = bracket + 2
    guard let target = linkTarget(from: start) else { return start }
    if findsLinks { linkTargets.append(target) }
    guard let reference = reference(.link, target), isRelative(target) else { return findsLinks ? target.upperBound : start }
    references.append(reference)
    return target.upperBound
  }

  /// `<https://…>`.
  ///
  /// Returns where to go on.
  mutating func scanURL(at open: Int) -> Int {
    let inner = bytes[(open + 1)...].prefix(Self.mostBytesOfPath).prefix { $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    let end = inner.endIndex
    guard end < bytes.count, bytes[end] == UInt8(ascii: ">"), inner.first?.isASCIILetter ?? false, !isRelative(open + 1..<end) else {
      return open + 1
    }
    linkTargets.append(open + 1..<end)
    return end + 1
  }

  /// `@path`.
  ///
  /// Returns where to go on.
  mutating func scanMention(at start: Int) -> Int {
    guard start == 0 || mayPrecedeMention(bytes[start - 1]), let mention = mention(at: start) else { return start + 1 }
    references.append(mention)
    return mention.range.upperBound
  }

  func mention(at start: Int) -> Body.Reference? {
    var end = start + 1
    while end < bytes.count, bytes[end].isPathByte { end += 1 }
    // Emphasis around the mention and the end of a sentence are no part of it.
    if start > 0, bytes[start - 1] == UInt8(ascii: "_") { while bytes[end - 1] == UInt8(ascii: "_") { end -= 1 } }
    while end > start + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard isPath(start + 1..<end) else { return nil }
    return Body.Reference(.mention, range: start..<end, path: text(start + 1..<end))
  }

  /// The whole of a code span as a path.
  func codePath(_ span: Range<Int>) -> Body.Reference? {
    let path = bytes[span].prefix(while: \.isPathByte)
    guard path.endIndex == span.upperBound || bytes[path.endIndex] == UInt8(ascii: "#") else { return nil }
    let fragment = bytes[path.endIndex..<span.upperBound].dropFirst()
    guard isPath(span.lowerBound..<path.endIndex), fragment.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "#") }) else { return nil }
    return reference(.code, span)
  }

  /// What a path in the text must be besides its bytes: not absolute, and with a slash or `.md`.
  private func isPath(_ range: Range<Int>) -> Bool {
    guard let first = bytes[range].first, first != UInt8(ascii: "/") else { return false }
    if bytes[range].contains(UInt8(ascii: "/")) { return true }
    return [".md", fileSuffix].contains { range.count > $0.utf8.count && bytes[range].suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// What is longer names no file, and a text of nothing but openings would be read once for each of them.
  private static var mostBytesOfPath: Int { 1024 }

  /// The bytes between the parentheses, without angle brackets and title.
  private func linkTarget(from open: Int) -> Range<Int>? {
    var start = open
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    guard start < bytes.count else { return nil }
    if bytes[start] == UInt8(ascii: "<") {
      let end = bytes[(start + 1)...].prefix(Self.mostBytesOfPath).firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "\n") }
      return end.flatMap { bytes[$0] == UInt8(ascii: ">") ? start + 1..<$0 : nil }
    }
    var end = start
    var depth = 0
    while end < bytes.count, end - start < Self.mostBytesOfPath, bytes[end] > 0x20 {
      if bytes[end] == UInt8(ascii: "(") { depth += 1 }
      if bytes[end] == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    guard end < bytes.count, end - start < Self.mostBytesOfPath else { return nil }
    return start..<end
  }

  /// Neither a URL nor an absolute path, a mention or a template.
  private func isRelative(_ target: Range<Int>) -> Bool {
    guard let first = bytes[target].first, !"#/@".utf8.contains(first), !bytes[target].contains(UInt8(ascii: "$")) else { return false }
    let scheme = bytes[target].prefix { $0.isASCIILetter || $0.isASCIIDigit || "+.-".utf8.contains($0) }
    return !(first.isASCIILetter && scheme.endIndex < target.upperBound && bytes[scheme.endIndex] == UInt8(ascii: ":"))
  }

  /// A reference over a path that may have a fragment.
  private func reference(_ spelling: Body.Reference.Spelling, _ target: Range<Int>) -> Body.Reference? {
    let end = bytes[target].firstIndex(of: UInt8(ascii: "#")) ?? target.upperBound
    guard end > target.lowerBound else { return nil }
    let fragment = end < target.upperBound ? text(end + 1..<target.upperBound) : nil
    return Body.Reference(spelling, range: target.lowerBound..<end, path: text(target.lowerBound..<end), fragment: fragment)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func mayPrecedeMention(_ byte: UInt8) -> Bool { byte <= 0x20 || "(*_\"".utf8.contains(byte) }
}

extension UInt8 {
  /// `[A-Za-z0-9_./~-]`; `-./` and the digits are neighbours.
  fileprivate var isPathByte: Bool { isASCIILetter || (0x2D...0x39).contains(self) || self == UInt8(ascii: "_") || self == UInt8(ascii: "~") }
}
