import FileTree

extension BlockSyntax {
  /// The line above a block, without its end.
  var begin: [UInt8] {
    switch self {
    case .markdown: Array("<!-- aiwg:begin -->".utf8)
    case .hash: Array("# aiwg:begin".utf8)
    }
  }

  /// What both lines begin with.
  var firstByte: UInt8 { self == .markdown ? UInt8(ascii: "<") : UInt8(ascii: "#") }

  /// The line below a block, without its end.
  var end: [UInt8] {
    switch self {
    case .markdown: Array("<!-- aiwg:end -->".utf8)
    case .hash: Array("# aiwg:end".utf8)
    }
  }
}

/// Whether a line of a body would be read as a marker; such a body can be in no block.
package func containsMarker(_ content: [UInt8]) -> Bool {
  [BlockSyntax.markdown, .hash].contains { syntax in
    lines(of: content, beginningWith: syntax.firstByte).contains { $0.marker(syntax) != nil }
  }
}

/// The same lines with LF ends, the last one too; what a block is compared and hashed by.
package func normalizedLines(_ content: [UInt8]) -> [UInt8] {
  guard content.contains(.carriageReturn) else {
    return content.isEmpty || content.last == .lineFeed ? content : content + [.lineFeed]
  }
  var out: [UInt8] = []
  out.reserveCapacity(content.count + 1)
  for byte in content {
    // More than one before a line feed go too, or the same lines would be others when they are read again.
    if byte == .lineFeed { out.dropCarriageReturns() }
    out.append(byte)
  }
  if out.last != .lineFeed {
    out.dropCarriageReturns()
    out.append(.lineFeed)
  }
  return out
}

/// One line of a file.
struct Line {
  enum Marker { case begin, end }

  /// Without the line break, and without a byte order mark before it.
  let text: ArraySlice<UInt8>
  /// `\n`, `\r\n`, or nothing at the end of the file.
  let lineBreak: ArraySlice<UInt8>

  /// Whether it is a marker; blanks after one are forgiven, since editors strip and add them.
  func marker(_ syntax: BlockSyntax) -> Marker? {
    // Nearly every line of a long file is told apart by its first byte.
    guard let first = text.first, first == syntax.firstByte else { return nil }
    var text = text
    while let last = text.last, last == .space || last == .tab || last == .carriageReturn { text.removeLast() }
    return text.elementsEqual(syntax.begin) ? .begin : text.elementsEqual(syntax.end) ? .end : nil
  }
}

/// The lines of a file; what follows the last line break is one when it is not empty.
///
/// - Parameter first: leaves out lines that begin with another byte, which is nearly all of them when markers are looked for.
func lines(of bytes: [UInt8], beginningWith first: UInt8? = nil) -> [Line] {
  var out: [Line] = []
  var start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  while start < bytes.count {
    let stop = bytes[start...].firstIndex(of: .lineFeed)
    let next = stop.map { $0 + 1 } ?? bytes.count
    if let first, bytes[start] != first {
      start = next
      continue
    }
    var end = stop ?? bytes.count
    if stop != nil, end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    out.append(Line(text: bytes[start..<end], lineBreak: bytes[end..<next]))
    start = next
  }
  return out
}

extension [UInt8] {
  fileprivate mutating func dropCarriageReturns() {
    while last == .carriageReturn { removeLast() }
  }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

extension UInt8 {
  static var lineFeed: UInt8 { UInt8(ascii: "\n") }
  static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
  static var space: UInt8 { UInt8(ascii: " ") }
  static var tab: UInt8 { UInt8(ascii: "\t") }
}
