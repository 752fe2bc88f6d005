package import Diagnostics
package import FileTree

/// What is read of a file that has, or is to have, a managed block: far more than any platform takes.
package let mostSharedBytes = 64 << 20

/// The managed block of a file, found between its markers.
package struct ManagedBlock: Sendable {
  /// All bytes of the file that it is in.
  package let file: [UInt8]
  package let syntax: BlockSyntax
  /// From the first byte of the begin line to the last one of the end line, without the line break after it.
  package let range: Range<Int>
  /// The lines between the markers.
  let inner: Range<Int>
  /// The line break of the begin line: the block's own style.
  let lineBreak: [UInt8]

  /// What is between the markers, with LF ends.
  package var content: [UInt8] { normalizedLines(Array(file[inner])) }

  /// The file with other lines between the markers; every other byte stays.
  package func replacing(with content: [UInt8]) -> [UInt8] {
    Array(file[..<inner.lowerBound]) + styled(content, lineBreak) + file[inner.upperBound...]
  }

  /// The file without the block, the markers and the two line breaks that came with them.
  package func removed() -> [UInt8] {
    var before = file[..<range.lowerBound]
    var after = file[range.upperBound...]
    if after.starts(with: [.carriageReturn, .lineFeed]) { after = after.dropFirst(2) } else if after.first == .lineFeed { after = after.dropFirst() }
    if before.suffix(lineBreak.count).elementsEqual(lineBreak) {
      let stripped = before.dropLast(lineBreak.count)
      // A user who wrote on below the block would see two lines become one.
      let joinsLines = !after.isEmpty && !stripped.isEmpty && stripped.last != .lineFeed && !stripped.elementsEqual(byteOrderMark)
      if !joinsLines { before = stripped }
    }
    return Array(before + after)
  }
}

/// The file with a new block at its end, in its own style of line ends; an empty file becomes the block.
package func appendingBlock(_ content: [UInt8], syntax: BlockSyntax, to file: [UInt8]) -> [UInt8] {
  let style = lineBreakStyle(of: file)
  let isBlank = file.isEmpty || file == byteOrderMark
  return file + (isBlank ? [] : style) + syntax.begin + style + styled(content, style) + syntax.end + style
}

/// A file without the lines of its block: what they have to share its room with.
package struct BlockFrame: Sendable {
  /// The user's text with the markers of an empty block.
  package let bytes: [UInt8]
  /// Of these, what stands behind the block.
  package let behind: [UInt8]
  /// The user's text without the markers.
  package let users: [UInt8]
  /// Whether the lines of the block end, or would end, with CRLF.
  package let hasWindowsLineBreaks: Bool

  /// - Parameter file: what is there; empty for no file.
  package init(of file: SourceText, syntax: BlockSyntax) {
    if case .found(let block) = findBlock(in: file, syntax: syntax) {
      bytes = block.replacing(with: [])
      behind = Array(file.bytes[block.range.upperBound...].drop { $0 == .carriageReturn || $0 == .lineFeed })
      users = block.removed()
      hasWindowsLineBreaks = block.lineBreak.count == 2
    } else {
      bytes = appendingBlock([], syntax: syntax, to: file.bytes)
      behind = []
      users = file.bytes
      hasWindowsLineBreaks = lineBreakStyle(of: file.bytes).count == 2
    }
  }
}

/// CRLF when most lines of the file end so, else LF.
private func lineBreakStyle(of file: [UInt8]) -> [UInt8] {
  let breaks = lines(of: file).map(\.lineBreak.count)
  let (windows, unix) = (breaks.count { $0 == 2 }, breaks.count { $0 == 1 })
  return windows > unix ? [.carriageReturn, .lineFeed] : [.lineFeed]
}

private func styled(_ content: [UInt8], _ lineBreak: [UInt8]) -> [UInt8] {
  let normal = normalizedLines(content)
  return lineBreak.count == 1 ? normal : normal.flatMap { $0 == .lineFeed ? lineBreak : [$0] }
}
