internal import ContextModel
internal import Diagnostics
internal import TOML
internal import YAML

extension TOMLDocument {
  /// The statement that stands last of those under some keys.
  func last(under path: [String]) -> Int {
    let first = pair(at: path)?.key.range.lowerBound ?? 0
    let section = layout.sections.first { $0.statements.contains { $0.range.contains(first) } }
    return section?.statements.last { $0.path.begins(with: path) }?.range.upperBound ?? first
  }

  /// A line behind the line of an offset, with the same margin.
  func insertion(of line: String, behind offset: Int, margin: String? = nil) -> ByteEdit {
    let end = source.lineEnd(of: offset)
    let statement = layout.sections.lazy.flatMap(\.statements).first { $0.range.upperBound == offset }
    let margin = margin ?? source.bytes.margin(ofLineAt: statement?.range.lowerBound ?? offset)
    return ByteEdit(end..<end, (spelling.newline + margin + line).utf8)
  }

  /// A line under a header, or above the first one.
  func insertion(of line: String, under section: TOMLLayout.Section) -> ByteEdit {
    if let last = section.statements.last { return insertion(of: line, behind: last.range.upperBound) }
    if let header = section.header { return insertion(of: line, behind: header.upperBound) }
    if layout.sections.count == 1, let end = source.endOfText { return insertion(of: line, behind: end, margin: "") }
    if let end = endOfPreamble { return insertion(of: line, behind: end, margin: "") }
    let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return ByteEdit(start..<start, (line + spelling.newline + spelling.newline).utf8)
  }

  /// The end of the comments that the file begins with, if an empty line follows them.
  private var endOfPreamble: Int? {
    let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard start < source.bytes.count, source.bytes[start] == UInt8(ascii: "#") else { return nil }
    var end = source.lineEnd(of: start)
    while true {
      let next = source.line(of: end).upperBound
      guard next < source.bytes.count, next > end else { return nil }
      let text = source.bytes[next..<source.lineEnd(of: next)].drop(while: \.isBlank)
      if text.isEmpty { return end }
      guard text.first == UInt8(ascii: "#") else { return nil }
      end = source.lineEnd(of: next)
    }
  }

  /// A table with a header, behind the last of its siblings or at the end of the file.
  func insertion(of part: NewPart, asTableIn path: [String]) throws(Unsafe) -> [ByteEdit] {
    guard case .map(let entries) = part.value, let key = part.key else { return [] }
    let sibling = layout.sections.last { $0.header != nil && $0.path.begins(with: path) }
    var margins = (header: "", key: "")
    if let header = sibling?.header {
      margins.header = source.bytes.margin(ofLineAt: header.lowerBound)
      margins.key = sibling?.statements.first.map { source.bytes.margin(ofLineAt: $0.range.lowerBound) } ?? margins.header
    }
    let gap = spelling.newline + spelling.newline
    let text = try spelling.sections(path + [key], entries, margins: margins).joined(separator: gap)
    guard let end = path.isEmpty ? source.endOfText : sibling?.end.map(endOfSection) else {
      return [ByteEdit(source.bytes.count..<source.bytes.count, (text + spelling.newline).utf8)]
    }
    return [ByteEdit(end..<end, (gap + text).utf8)]
  }

  /// With the comments right below.
  private func endOfSection(_ offset: Int) -> Int {
    source.endOfComments(below: source.lineEnd(of: offset), isWithin: { _ in true }, isNextStatement: { $0.first == UInt8(ascii: "[") })
  }

  /// Takes out all lines that say something under some keys.
  func cuts(of path: [String]) -> [ByteEdit] {
    var items: [LineCuts.Item] = []
    for section in layout.sections {
      if let header = section.header, section.path.begins(with: path) { items.append(LineCuts.Item(range: header, isSpaced: true)) }
      items += section.statements.filter { $0.path.begins(with: path) }.map { LineCuts.Item(range: $0.range) }
    }
    var edits = LineCuts(source).edits(items)
    // The empty line that set the first statement apart from the tables goes with it.
    if let last = edits.last, items.count == 1, layout.sections.count > 1, layout.sections[0].statements.count == 1,
      items[0].range == layout.sections[0].statements[0].range, source.bytes[..<last.range.lowerBound].isBlankText,
      source.bytes[..<last.range.upperBound].last == UInt8(ascii: "\n")
    {
      let line = source.line(of: last.range.upperBound)
      if source.bytes[line].allSatisfy(\.isLineBreak) { edits[edits.count - 1] = ByteEdit(last.range.lowerBound..<line.upperBound, []) }
    }
    return edits
  }
}
