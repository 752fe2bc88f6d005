import ContextModel

/// A file while it is searched, and what is known of it so far.
struct FileInSearch {
  let bytes: UnsafeBufferPointer<UInt8>
  private let path: String
  /// By search: the lines before this offset are done.
  var searchedUpTo: [Int]
  /// By search: whether a line of the file lets its findings go.
  var isLetGo: [Int: Bool] = [:]
  /// By search: whether it is about the file; nil when nobody asked.
  private var wanted: [Bool?]
  private var counted = (offset: 0, number: 1)

  init(bytes: UnsafeBufferPointer<UInt8>, path: String, count: Int) {
    (self.bytes, self.path) = (bytes, path)
    searchedUpTo = [Int](repeating: 0, count: count)
    wanted = [Bool?](repeating: nil, count: count)
  }

  mutating func isWanted(_ search: Int, _ isAbout: (String) -> Bool) -> Bool {
    if let known = wanted[search] { return known }
    let answer = isAbout(path)
    wanted[search] = answer
    return answer
  }

  /// The line that holds an offset, without its line feed.
  func line(at offset: Int) -> Range<Int> {
    var start = offset
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return start..<end
  }

  func withoutReturn(_ line: Range<Int>) -> Range<Int> {
    !line.isEmpty && bytes[line.upperBound - 1] == UInt8(ascii: "\r") ? line.lowerBound..<line.upperBound - 1 : line
  }

  /// All lines, in order.
  var lines: some Sequence<Range<Int>> {
    sequence(state: 0) { [self] position -> Range<Int>? in
      guard position < bytes.count else { return nil }
      let line = line(at: position)
      position = line.upperBound + 1
      return line
    }
  }

  /// From 1; the last question is remembered, since lines come in order.
  mutating func number(ofLineAt start: Int) -> Int {
    if start < counted.offset { counted = (0, 1) }
    for index in counted.offset..<start where bytes[index] == UInt8(ascii: "\n") { counted.number += 1 }
    counted.offset = start
    return counted.number
  }

  /// What somebody wrote on the line, or on the one above, about why the check is let be; without a reason it counts for nothing.
  func exception(for check: Check, at line: Range<Int>) -> String? {
    if let reason = exception(for: check, in: line) { return reason }
    return line.lowerBound > 0 ? exception(for: check, in: self.line(at: line.lowerBound - 1)) : nil
  }

  private static let mark = Array("aiwg-allow:".utf8)

  private func exception(for check: Check, in line: Range<Int>) -> String? {
    guard let mark = bytes[line].firstRange(of: Self.mark) else { return nil }
    let words = String(decoding: bytes[mark.upperBound..<line.upperBound], as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard let id = words.first, id == check.id || id == check.rule.name else { return nil }
    // What ends the comment is no reason.
    let reason = words.dropFirst().filter { !["*/", "-->", "#}", "%>"].contains($0) }.joined(separator: " ")
    return reason.isEmpty ? nil : reason
  }
}
