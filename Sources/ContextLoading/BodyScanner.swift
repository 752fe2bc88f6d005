package import ContextModel

/// A body with the spots that a platform may need spelled in another way, found in one pass over the bytes.
///
/// Fenced code holds no references; a code span holds one only when it is nothing else. Code is told by the rules of Markdown for fences and spans; text
/// that is code by its indentation alone is read like any other.
///
/// - Parameter fileSuffix: besides `.md`, how the name of a file ends that a path without a slash may be.
package func scannedBody(_ bytes: [UInt8], hasArguments: Bool, fileSuffix: String = ".md") -> Body {
  bytes.withUnsafeBufferPointer { pointer in
    var scanner = BodyScanner(pointer, hasArguments: hasArguments, fileSuffix: fileSuffix)
    scanner.scan()
    scanner.tellPricesFromArguments()
    return Body(bytes: bytes, references: scanner.references, arguments: scanner.arguments)
  }
}

/// Walks over a body line by line, and over text between fences byte by byte.
struct BodyScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let hasArguments: Bool
  let fileSuffix: String
  var references: [Body.Reference] = []
  var arguments: [Body.Argument] = []
  /// What stands between the parentheses of links and the brackets of URLs, when it is asked for.
  var linkTargets: [Range<Int>] = []
  var findsLinks = false
  private var fence: Fence?
  /// The column where the text of the list item begins that a line may belong to; 0 outside of lists.
  private var itemColumn = 0
  /// By length of a run of backticks: up to where no second run is found, so that nothing is searched twice.
  private var unclosedUpTo = [Int](repeating: 0, count: 33)

  init(_ bytes: UnsafeBufferPointer<UInt8>, hasArguments: Bool, fileSuffix: String) {
    self.bytes = bytes
    self.hasArguments = hasArguments
    self.fileSuffix = fileSuffix
  }

  mutating func scan() {
    var position = 0
    while position < bytes.count {
      if let open = fence {
        let end = bytes.lineEnd(from: position)
        if open.isClosed(by: position..<end, in: bytes) { fence = nil } else { scanCode(position..<end) }
        position = end + 1
        continue
      }
      let line = LineStart(at: position, in: bytes)
      if !line.isEmpty { itemColumn = line.itemColumn ?? (line.indentation < 2 ? 0 : itemColumn) }
      fence = Fence(at: line, column: itemColumn, in: bytes)
      position = fence == nil ? scanText(from: position) : bytes.lineEnd(from: position) + 1
    }
  }

  /// Scans to the end of the line, further when a code span does.
  ///
  /// Returns the start of the next line.
  private mutating func scanText(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      // Small letters and blanks are nearly all there is, and mean nothing here.
      while index < bytes.count, bytes[index] > 0x60 || bytes[index] == 0x20 { index += 1 }
      guard index < bytes.count else { break }
      switch bytes[index] {
      case UInt8(ascii: "\n"): return index + 1
      case UInt8(ascii: "\\"): index += index + 1 < bytes.count && bytes[index + 1].isPunctuation ? 2 : 1
      case UInt8(ascii: "`"): index = scanSpan(at: index)
      case UInt8(ascii: "]"): index = scanLink(at: index)
      case UInt8(ascii: "<") where findsLinks: index = scanURL(at: index)
      case UInt8(ascii: "@"): index = scanMention(at: index)
      case UInt8(ascii: "$"): index = scanDollar(at: index, .text, end: bytes.count)
      default: index += 1
      }
    }
    return index
  }

  /// Looks for arguments in code.
  private mutating func scanCode(_ range: Range<Int>) {
    guard hasArguments else { return }
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "$"): index = scanDollar(at: index, .code, end: range.upperBound)
      default: index += 1
      }
    }
  }

  /// A run of backticks: a code span when a run of the same length follows in the paragraph, else text.
  private mutating func scanSpan(at start: Int) -> Int {
    let inner = bytes.runEnd(from: start)
    let length = inner - start
    guard let close = spanEnd(from: inner, length: length) else { return inner }
    var content = inner..<close
    // One space at each end is there for the backticks' sake.
    if content.count > 2, bytes[inner] == 0x20, bytes[close - 1] == 0x20 { content = inner + 1..<close - 1 }
    if bytes[content.lowerBound] == UInt8(ascii: "@") {
      if let mention = mention(at: content.lowerBound), mention.range == content { references.append(mention) }
    } else if let reference = codePath(content) {
      references.append(reference)
    } else if hasArguments, bytes[content.lowerBound] == UInt8(ascii: "$"),
      dollarEnd(content.lowerBound, end: content.upperBound) == content.upperBound
    {
      _ = scanDollar(at: content.lowerBound, .wholeSpan, end: content.upperBound)
    } else {
      scanCode(content)
    }
    return close + length
  }

  private mutating func spanEnd(from start: Int, length: Int) -> Int? {
    guard length < unclosedUpTo.count, start >= unclosedUpTo[length] else { return nil }
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "`") {
        let end = bytes.runEnd(from: index)
        if end - index == length { return index }
        index = end
      } else if bytes[index] == UInt8(ascii: "\n"), endsParagraph(at: index + 1) {
        break
      } else {
        index += 1
      }
    }
    unclosedUpTo[length] = index
    return nil
  }

  /// Whether an empty line or a fence is there.
  private func endsParagraph(at start: Int) -> Bool {
    let line = LineStart(at: start, in: bytes)
    return line.isEmpty || Fence(at: line, column: itemColumn, in: bytes) != nil
  }
}

/// What stands at the start of a line, up to its first text.
struct LineStart {
  /// In columns, before anything else.
  private(set) var indentation = 0
  /// The column of the text after a list marker; nil when there is none.
  private(set) var itemColumn: Int?
  /// The column and the offset of the first text.
  private(set) var column = 0
  private(set) var offset: Int
  let isEmpty: Bool

  init(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    offset = start
    while offset < bytes.count, bytes[offset].isBlank {
      column += bytes[offset] == 0x09 ? 4 : 1
      offset += 1
    }
    indentation = column
    isEmpty = offset >= bytes.count || bytes[offset] == UInt8(ascii: "\n")
    while let width = Self.markerWidth(at: offset, in: bytes) {
      offset += width
      column += width
      itemColumn = column
    }
  }

  /// `- `, `* `, `+ `, `1. ` or `1) ` with the blanks that follow.
  private static func markerWidth(at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard start < bytes.count else { return nil }
    var end = start
    let first = bytes[start]
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") {
      end += 1
    } else {
      while end < bytes.count, bytes[end].isASCIIDigit, end - start < 9 { end += 1 }
      guard end > start, end < bytes.count, bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")") else { return nil }
      end += 1
    }
    let text = end
    while end < bytes.count, end - text < 4, bytes[end] == 0x20 { end += 1 }
    return end > text ? end - start : nil
  }
}

/// The line that opens a block of code.
struct Fence {
  private let mark: UInt8
  private let length: Int
  private let column: Int

  /// Nil when no fence is at the start of the line.
  ///
  /// At most three columns of indentation, counted from the text of a list item.
  init?(at line: LineStart, column: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    guard !line.isEmpty, line.offset < bytes.count else { return nil }
    mark = bytes[line.offset]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), line.column <= (line.itemColumn ?? column) + 3 else { return nil }
    var end = line.offset
    while end < bytes.count, bytes[end] == mark { end += 1 }
    length = end - line.offset
    self.column = line.column
    guard length >= 3 else { return nil }
    let rest = end..<bytes.lineEnd(from: end)
    if mark == UInt8(ascii: "`"), bytes[rest].contains(mark) { return nil }
  }

  func isClosed(by line: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start].isBlank { start += 1 }
    guard start - line.lowerBound <= column + 3 else { return false }
    var end = start
    while end < line.upperBound, bytes[end] == mark { end += 1 }
    return end - start >= length && bytes[end..<line.upperBound].allSatisfy(\.isBlank)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The offset of the next line feed, or the end.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < count, self[index] != UInt8(ascii: "\n") { index += 1 }
    return index
  }

  /// Where a run of backticks ends.
  fileprivate func runEnd(from start: Int) -> Int {
    var index = start
    while index < count, self[index] == UInt8(ascii: "`") { index += 1 }
    return index
  }
}

extension UInt8 {
  fileprivate var isPunctuation: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self) || (0x7B...0x7E).contains(self)
  }
}
