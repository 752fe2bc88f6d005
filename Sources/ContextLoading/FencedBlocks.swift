package import Diagnostics

/// A block of code between two fences.
package struct FencedBlock: Hashable, Sendable {
  /// What stands behind the marks of the first fence, such as `yaml check`.
  package var info: String
  /// The lines between the fences, in bytes of the file.
  package var content: Range<Int>
}

/// The blocks of fenced code in the body of a file, in order; the last one may have no end.
package func fencedBlocks(of text: SourceText) -> [FencedBlock] {
  BodyOutline(of: text).sections.flatMap(\.fences).map { FencedBlock(of: $0, in: text.bytes) }
}

extension FencedBlock {
  /// - Parameter range: from the line of the first fence to that of the last one, or to the end of the text.
  fileprivate init(of range: Range<Int>, in bytes: [UInt8]) {
    let lines = bytes[range].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let words = lines[0].split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    let marks = words[0].prefix { $0 == words[0].first }
    info = ([words[0].dropFirst(marks.count)] + words.dropFirst()).filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
      .joined(separator: " ")
    let last = lines[lines.count - 1]
    let closing = last.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    let isClosed = lines.count > 1 && closing.count >= marks.count && closing.allSatisfy { $0 == marks.first }
    let start = min(lines[0].endIndex + 1, range.upperBound)
    content = start..<max(start, isClosed ? last.startIndex : range.upperBound)
  }
}
