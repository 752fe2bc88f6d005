/// A paragraph, an item of a list or a quote of a body: text for people, without code, tables, headings and comments.
struct ProseBlock {
  enum Kind { case paragraph, item, quote }

  var kind: Kind
  /// Offsets in the body, from its first text to the end of its last line.
  var range: Range<Int>
  /// The column of an item's marker.
  var indentation = 0
  /// Index of the heading that it stands under; nil before the first one.
  var heading: Int?
  /// Counts up with every empty line, heading, table or block of code.
  var run: Int
}

/// A heading, or a line in bold that stands for one.
struct ProseHeading {
  /// 1 to 6, and 7 for a line in bold.
  var level: Int
  var title: Range<Int>
  /// Index of the heading that it stands under.
  var parent: Int?
}

/// The text of a body, found in one pass over its lines.
struct Prose {
  private(set) var blocks: [ProseBlock] = []
  private(set) var headings: [ProseHeading] = []

  private let bytes: UnsafeBufferPointer<UInt8>
  private var fence: (mark: UInt8, length: Int)?
  private var isInComment = false
  private var isOpen = false
  private var isInList = false
  private var wasEmpty = true
  private var run = 0
  private var heading: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var position = 0
    while position < bytes.count {
      var end = bytes.offset(of: 0x0A, from: position)
      let next = end + 1
      if end > position, bytes[end - 1] == 0x0D { end -= 1 }
      read(position..<end)
      position = next
    }
  }

  private mutating func read(_ line: Range<Int>) {
    var start = line.lowerBound
    var column = 0
    while start < line.upperBound, bytes[start].isBlank {
      column += bytes[start] == 0x09 ? 4 : 1
      start += 1
    }
    let isEmpty = start == line.upperBound
    defer { wasEmpty = isEmpty }
    if let open = fence {
      let marks = bytes[start..<line.upperBound].prefix { $0 == open.mark }
      if marks.count >= open.length, bytes[marks.endIndex..<line.upperBound].allSatisfy(\.isBlank) { fence = nil }
      return
    }
    if isInComment { return isInComment = !endsComment(start..<line.upperBound) }
    guard !isEmpty else { return close() }
    if column == 0, !isItem(at: start, before: line.upperBound) { isInList = isInList && isOpen }
    // Text that is far to the right behind an empty line is code, unless it belongs to an item.
    if column >= 4, wasEmpty, !isInList { return }
    readText(start..<line.upperBound, column)
  }

  private mutating func readText(_ text: Range<Int>, _ column: Int) {
    let first = bytes[text.lowerBound]
    if opensFence(text) { return }
    if bytes[text].starts(with: Self.commentStart) {
      isInComment = !endsComment(text)
      return close()
    }
    if first == UInt8(ascii: "#"), column < 4, addHeading(text) { return }
    if first == UInt8(ascii: "|") || isRuler(text) { return close() }
    if first == UInt8(ascii: ">") {
      let inner = bytes[text].dropFirst().firstIndex { !$0.isBlank && $0 != UInt8(ascii: ">") } ?? text.upperBound
      return add(.quote, inner..<text.upperBound, column)
    }
    let width = markerWidth(at: text.lowerBound, before: text.upperBound)
    guard width > 0 else {
      if !isOpen, column < 4, addBoldHeading(text) { return }
      return extend(text, column)
    }
    let inner = text.lowerBound + width..<text.upperBound
    isInList = true
    if opensFence(inner) { return }
    isOpen = false
    add(.item, inner, column)
  }

  private mutating func close() {
    isOpen = false
    run += 1
  }

  private mutating func extend(_ text: Range<Int>, _ column: Int) {
    guard isOpen, let last = blocks.last, last.kind != .quote else { return add(.paragraph, text, column) }
    blocks[blocks.count - 1].range = last.range.lowerBound..<text.upperBound
  }

  private mutating func add(_ kind: ProseBlock.Kind, _ text: Range<Int>, _ column: Int) {
    if isOpen, kind == .quote, let last = blocks.last, last.kind == .quote {
      blocks[blocks.count - 1].range = last.range.lowerBound..<text.upperBound
      return
    }
    blocks.append(ProseBlock(kind: kind, range: text, indentation: column, heading: heading, run: run))
    isOpen = true
  }

  private mutating func opensFence(_ text: Range<Int>) -> Bool {
    guard let mark = bytes[text].first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return false }
    let marks = bytes[text].prefix { $0 == mark }
    guard marks.count >= 3, mark == UInt8(ascii: "~") || !bytes[marks.endIndex..<text.upperBound].contains(mark) else { return false }
    fence = (mark, marks.count)
    close()
    return true
  }

  private mutating func addHeading(_ text: Range<Int>) -> Bool {
    let marks = bytes[text].prefix { $0 == UInt8(ascii: "#") }
    guard marks.count <= 6, marks.endIndex == text.upperBound || bytes[marks.endIndex].isBlank else { return false }
    addHeading(level: marks.count, marks.endIndex..<text.upperBound)
    return true
  }

  /// A line in bold with nothing else on it, or a colon alone.
  private mutating func addBoldHeading(_ text: Range<Int>) -> Bool {
    var line = bytes[text]
    while let last = line.last, last.isBlank || last == UInt8(ascii: ":") { line.removeLast() }
    guard line.count > 4, line.starts(with: Self.bold), line.suffix(2).elementsEqual(Self.bold) else { return false }
    let inner = line.dropFirst(2).dropLast(2)
    guard !inner.contains(Self.bold[0]) else { return false }
    addHeading(level: 7, inner.startIndex..<inner.endIndex)
    return true
  }

  private mutating func addHeading(level: Int, _ title: Range<Int>) {
    close()
    isInList = false
    var parent = heading
    while let above = parent, headings[above].level >= level { parent = headings[above].parent }
    headings.append(ProseHeading(level: level, title: title, parent: parent))
    heading = headings.count - 1
  }

  private func isItem(at start: Int, before end: Int) -> Bool { markerWidth(at: start, before: end) > 0 }

  /// How long `- `, `* `, `+ `, `1. ` or `1) ` is, and a box to tick behind it; 0 where there is none.
  private func markerWidth(at start: Int, before end: Int) -> Int {
    var index = start
    if [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(bytes[index]) {
      index += 1
    } else {
      while index < end, index - start < 9, bytes[index].isASCIIDigit { index += 1 }
      guard index > start, index < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")") else { return 0 }
      index += 1
    }
    guard index < end, bytes[index].isBlank else { return 0 }
    while index < end, bytes[index].isBlank { index += 1 }
    if index + 3 < end, bytes[index] == UInt8(ascii: "["), bytes[index + 2] == UInt8(ascii: "]"), bytes[index + 3].isBlank { index += 4 }
    return index - start
  }

  /// `---`, `***`, `===`, or the ruler of a table.
  private func isRuler(_ text: Range<Int>) -> Bool {
    text.count >= 3 && bytes[text].allSatisfy { Self.ruler.contains($0) || $0.isBlank }
  }

  private func endsComment(_ text: Range<Int>) -> Bool {
    var index = text.lowerBound
    while index + 2 < text.upperBound {
      if bytes[index] == Self.commentEnd[0], bytes[index + 1] == Self.commentEnd[1], bytes[index + 2] == Self.commentEnd[2] { return true }
      index += 1
    }
    return false
  }

  private static let bold = Array("**".utf8)
  private static let commentStart = Array("<!--".utf8)
  private static let commentEnd = Array("-->".utf8)
  private static let ruler = Array("-*_=:|+".utf8)
}

extension UnsafeBufferPointer<UInt8> {
  /// The offset of the next byte of a value, or the end.
  fileprivate func offset(of byte: UInt8, from start: Int) -> Int {
    var index = start
    while index < count, self[index] != byte { index += 1 }
    return index
  }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  /// A letter or a digit, or a byte of a character beyond ASCII.
  var isOfWord: Bool {
    isASCIILetter || isASCIIDigit || self >= 0x80
  }
}
