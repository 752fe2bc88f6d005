package import Diagnostics

/// The headings of a body, and what stands under each.
///
/// Headings are lines that `#` begins, outside of fenced code; each has all lines up to the next one, of whatever level. Offsets are those of the file.
package struct BodyOutline: Sendable {
  /// A heading with its own lines, or the text before the first heading.
  package struct Section: Sendable {
    /// 1 to 6; 0 for the text before the first heading.
    package var level: Int
    /// Empty for the text before the first heading.
    package var title: String
    /// Nil when nothing is left of the title.
    package var anchor: String?
    /// The line of the heading, or the first line of the text before it, without its end.
    package var line: Range<Int>
    /// Without blank lines at the end, and without the end of the last line.
    package var range: Range<Int>
    /// Blocks of code, from the line that opens one to that which closes it.
    package var fences: [Range<Int>] = []
    /// What links and URLs in the text name, in order.
    package var links: [Range<Int>] = []
  }

  package private(set) var sections: [Section] = []

  /// Looks at the body of a file.
  package init(of text: SourceText) {
    let body = HeadSplit(text.bytes).body
    let bytes = Array(text.bytes[body])
    bytes.withUnsafeBufferPointer { pointer in
      var reader = OutlineReader(pointer)
      reader.read()
      sections = reader.sections
    }
    for index in sections.indices { sections[index].shift(by: body.lowerBound) }
  }
}

extension BodyOutline.Section {
  fileprivate mutating func shift(by offset: Int) {
    let shifted = { (range: Range<Int>) in range.lowerBound + offset..<range.upperBound + offset }
    (line, range) = (shifted(line), shifted(range))
    (fences, links) = (fences.map(shifted), links.map(shifted))
  }
}

/// Walks over a body line by line.
private struct OutlineReader {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var sections: [BodyOutline.Section] = []
  /// Targets of definitions such as `[name]: target`.
  private var definitions: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func read() {
    var fence: (opened: Fence, start: Int)?
    var itemColumn = 0
    var position = 0
    while position < bytes.count {
      let range = position..<bytes.lineEnd(from: position)
      position = range.upperBound + 1
      if let (open, start) = fence {
        add(range)
        guard open.isClosed(by: range, in: bytes) else { continue }
        close(from: start)
        fence = nil
        continue
      }
      let line = LineStart(at: range.lowerBound, in: bytes)
      if !line.isEmpty { itemColumn = line.itemColumn ?? (line.indentation < 2 ? 0 : itemColumn) }
      if let open = Fence(at: line, column: itemColumn, in: bytes) {
        add(range)
        fence = (open, range.lowerBound)
      } else if !addHeading(range, line) {
        add(range)
        addDefinition(line, end: range.upperBound)
      }
    }
    if let (_, start) = fence { close(from: start) }
    addLinks()
  }

  /// Ends a block of code with the line that was added last.
  private mutating func close(from start: Int) {
    sections[sections.count - 1].fences.append(start..<max(start, sections[sections.count - 1].range.upperBound))
  }

  /// Adds a line to the last section, or begins the text before the first heading with it; blank lines wait for text.
  private mutating func add(_ line: Range<Int>) {
    let line = withoutCarriageReturn(line)
    guard !bytes[line].allSatisfy(\.isBlank) else { return }
    if sections.isEmpty { sections.append(BodyOutline.Section(level: 0, title: "", line: line, range: line)) }
    let last = sections.count - 1
    sections[last].range = sections[last].range.lowerBound..<line.upperBound
  }

  /// Whether a line is a heading: at most three blanks, one to six `#`, and a blank or nothing.
  private mutating func addHeading(_ range: Range<Int>, _ line: LineStart) -> Bool {
    guard line.itemColumn == nil, line.indentation <= 3, !line.isEmpty else { return false }
    let range = withoutCarriageReturn(range)
    let marks = bytes[line.offset..<range.upperBound].prefix { $0 == UInt8(ascii: "#") }
    guard (1...6).contains(marks.count), marks.endIndex == range.upperBound || bytes[marks.endIndex].isBlank else { return false }
    let text = Array(bytes[line.offset..<range.upperBound])
    sections.append(
      BodyOutline.Section(
        level: marks.count, title: headingTitle(of: text[...]), anchor: headingAnchor(of: text[...]), line: line.offset..<range.upperBound,
        range: line.offset..<range.upperBound))
    return true
  }

  /// Takes the target of `[name]: target`.
  private mutating func addDefinition(_ line: LineStart, end: Int) {
    guard line.itemColumn == nil, line.indentation <= 3, line.offset < end, bytes[line.offset] == UInt8(ascii: "[") else { return }
    guard let close = bytes[line.offset..<end].firstIndex(of: UInt8(ascii: "]")), close > line.offset + 1, close + 1 < end else { return }
    guard bytes[close + 1] == UInt8(ascii: ":") else { return }
    var start = close + 2
    while start < end, bytes[start].isBlank { start += 1 }
    // The scanner finds it between brackets.
    guard start < end, bytes[start] != UInt8(ascii: "<") else { return }
    definitions.append(start..<(bytes[start..<end].firstIndex(where: \.isBlank) ?? end))
  }

  private mutating func addLinks() {
    var scanner = BodyScanner(bytes, hasArguments: false, fileSuffix: ".md")
    scanner.findsLinks = true
    scanner.scan()
    var section = 0
    for link in (scanner.linkTargets + definitions).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      while section + 1 < sections.count, sections[section + 1].range.lowerBound <= link.lowerBound { section += 1 }
      sections[section].links.append(link)
    }
  }

  private func withoutCarriageReturn(_ line: Range<Int>) -> Range<Int> {
    line.isEmpty || bytes[line.upperBound - 1] != UInt8(ascii: "\r") ? line : line.lowerBound..<line.upperBound - 1
  }
}
