/// Where a Markdown text has fenced blocks, headings and comments.
struct MarkdownMap {
  struct Fence {
    /// From the line that opens it to the one that closes it.
    var range: Range<Int>
    /// The last line above it that is not empty.
    var lead: Range<Int>
  }

  private(set) var fences: [Fence] = []
  private(set) var headings: [Range<Int>] = []
  /// HTML comments outside of fences.
  private(set) var comments: [Range<Int>] = []
  /// Lines that define where links lead, which no view shows: people comment with them as well.
  private(set) var definitions: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var (start, lead): (Int, Range<Int>) = (0, 0..<0)
    var open: (start: Int, mark: UInt8, length: Int, lead: Range<Int>)?
    var comment: Int?
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let next = min(end + 1, bytes.count)
      var first = start
      while first < end, bytes[first] == 0x20 || bytes[first] == 0x09 || bytes[first] == UInt8(ascii: ">") { first += 1 }
      let line = first..<end
      if let begun = comment {
        if let close = Self.find("-->", in: bytes, line.lowerBound..<end) {
          comments.append(begun..<close.upperBound)
          comment = nil
        }
      } else if let fence = Self.fence(bytes, line) {
        if let current = open {
          if current.mark == fence.mark, fence.length >= current.length, fence.isBare {
            fences.append(Fence(range: current.start..<next, lead: current.lead))
            open = nil
          }
        } else {
          open = (start, fence.mark, fence.length, lead)
        }
      } else if open == nil {
        if first < end, bytes[first] == UInt8(ascii: "#") { headings.append(line) }
        if line.count > 6, bytes[first] == UInt8(ascii: "["), Self.find("]: ", in: bytes, first..<min(end, first + 64)) != nil {
          definitions.append(line)
        }
        comment = Self.comments(in: bytes, line, &comments)
      }
      if !line.isEmpty { lead = line }
      start = next
    }
    if let open { fences.append(Fence(range: open.start..<bytes.count, lead: open.lead)) }
    if let comment { comments.append(comment..<bytes.count) }
  }

  func fence(at offset: Int) -> Fence? { fences.first { $0.range.contains(offset) } }

  func heading(above offset: Int) -> Range<Int>? { headings.last { $0.lowerBound <= offset } }

  /// The comment that something lies in.
  func comment(around range: Range<Int>) -> Range<Int>? {
    (comments + definitions).first { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
  }

  private static func fence(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> (mark: UInt8, length: Int, isBare: Bool)? {
    // A block may stand in an item of a list.
    var first = line.lowerBound
    if line.count > 2, bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "*"), bytes[first + 1] == 0x20 { first += 2 }
    guard first < line.upperBound else { return nil }
    let mark = bytes[first]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    var end = first
    while end < line.upperBound, bytes[end] == mark { end += 1 }
    guard end - first >= 3, mark != UInt8(ascii: "`") || !bytes[end..<line.upperBound].contains(mark) else { return nil }
    return (mark, end - first, bytes[end..<line.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
  }

  /// The comments of a line.
  /// - Returns: where one begins that goes on in the next line.
  private static func comments(in bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ out: inout [Range<Int>]) -> Int? {
    var position = line.lowerBound
    while let start = find("<!--", in: bytes, position..<line.upperBound) {
      // What stands in a code span is shown.
      let ticks = bytes[line.lowerBound..<start.lowerBound].count { $0 == UInt8(ascii: "`") }
      guard ticks % 2 == 0 else {
        position = start.upperBound
        continue
      }
      guard let end = find("-->", in: bytes, start.upperBound..<line.upperBound) else { return start.lowerBound }
      out.append(start.lowerBound..<end.upperBound)
      position = end.upperBound
    }
    return nil
  }

  private static func find(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    let count = text.utf8CodeUnitCount
    guard range.count >= count else { return nil }
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
    for start in range.lowerBound...range.upperBound - count where bytes[start] == wanted[0] {
      if bytes[start..<start + count].elementsEqual(wanted) { return start..<start + count }
    }
    return nil
  }
}
