/// Where aiwg puts a paragraph of its own into a body: under the title, or at the start of a text without one.
struct LeadingLine {
  /// The line, without its end.
  let line: Range<Int>
  /// With the empty line that came with it.
  let paragraph: Range<Int>

  /// Nil when nothing stands there.
  init?(in body: [UInt8]) {
    let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard let first = body.firstIndex(where: { !isLineEnd($0) }) else { return nil }
    guard body[first...].starts(with: "# ".utf8) else {
      line = first..<(body[first...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count)
      paragraph = first..<min(body.count, line.upperBound + 2)
      return
    }
    guard let titleEnd = body[first...].firstIndex(of: UInt8(ascii: "\n")), titleEnd + 1 < body.count, isLineEnd(body[titleEnd + 1]) else {
      return nil
    }
    let start = titleEnd + 2
    line = start..<(body[start...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count)
    paragraph = titleEnd + 1..<min(body.count, line.upperBound + 1)
  }
}
