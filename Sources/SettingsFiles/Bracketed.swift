internal import YAML

/// A list or a map between brackets, in whatever syntax: elements, commas, and what means nothing between them.
struct Bracketed {
  /// What begins a comment.
  enum Comments { case none, slashes, hash }

  /// Where a new element goes: on a line of its own with a margin, or behind the one before.
  struct Spot {
    var isOnLine: Bool
    var margin: String
  }

  let bytes: [UInt8]
  let comments: Comments
  /// Where the opening bracket stands.
  let open: Int
  /// Where the closing bracket stands.
  let close: Int
  /// Each from its first byte to its last.
  let elements: [Range<Int>]
  /// The comma behind each of them.
  let commas: [Int?]

  /// - Parameter range: from the opening bracket to the closing one.
  init(_ bytes: [UInt8], _ range: Range<Int>, _ elements: [Range<Int>], comments: Comments) {
    (self.bytes, self.elements, self.comments) = (bytes, elements, comments)
    (open, close) = (range.lowerBound, range.upperBound - 1)
    let trivia = Trivia(bytes, comments)
    commas = elements.map { element in
      let end = trivia.end(from: element.upperBound)
      return end < bytes.count && bytes[end] == UInt8(ascii: ",") ? end : nil
    }
  }

  private var trivia: Trivia { Trivia(bytes, comments) }

  /// Puts an element behind the last one; nothing else moves.
  func insertion(_ style: BracketStyle, _ text: (Spot) throws(Unsafe) -> String) throws(Unsafe) -> Insertion {
    guard let last = elements.last, let comma = commas.last else { return try insertionIntoNothing(style, text) }
    let rest = trivia.restOfLine(from: comma.map { $0 + 1 } ?? last.upperBound)
    var gap = self.gap(style)
    if !gap.isOnLine, rest.hasLineComment { gap = Spot(isOnLine: true, margin: lineMargin(of: last.lowerBound)) }
    let lead = gap.isOnLine ? style.newline + gap.margin : elements.count == 1 ? style.separator : blanks(before: last.lowerBound)
    let at = rest.textEnd
    let written = lead + (try text(gap))
    if comma != nil { return Insertion(edits: [ByteEdit(at..<at, (written + ",").utf8)]) }
    return Insertion(edits: [ByteEdit(last.upperBound..<last.upperBound, ",".utf8), ByteEdit(at..<at, written.utf8)])
  }

  private func insertionIntoNothing(_ style: BracketStyle, _ text: (Spot) throws(Unsafe) -> String) throws(Unsafe) -> Insertion {
    let inner = open + 1..<close
    let hasLines = bytes[inner].contains(UInt8(ascii: "\n"))
    let margin = lineMargin(of: open)
    if let comment = trivia.lastComment(in: inner) {
      // What a person wrote into it stays in front.
      let isAlone = bytes[..<comment.lowerBound].reversed().first { !$0.isBlank } == UInt8(ascii: "\n")
      let spot = Spot(isOnLine: hasLines, margin: isAlone ? lineMargin(of: comment.lowerBound) : margin + style.unit)
      let lead = hasLines ? style.newline + spot.margin : " "
      return Insertion(edits: [ByteEdit(comment.upperBound..<comment.upperBound, (lead + (try text(spot))).utf8)])
    }
    let spot = Spot(isOnLine: hasLines || style.isOnLines, margin: margin + style.unit)
    let written = try text(spot)
    let whole = spot.isOnLine ? style.newline + spot.margin + written + style.newline + margin : style.padding + written + style.padding
    return Insertion(edits: [ByteEdit(inner, whole.utf8)], before: inner.isEmpty ? nil : String(decoding: bytes[inner], as: UTF8.self))
  }

  /// Takes an element out, with its comma or the one before it; comments stay.
  func removal(of index: Int, before: String?) -> [ByteEdit] {
    let element = elements[index]
    let inner = open + 1..<close
    if elements.count == 1, trivia.lastComment(in: inner.lowerBound..<element.lowerBound) == nil,
      trivia.lastComment(in: element.upperBound..<inner.upperBound) == nil
    {
      return [ByteEdit(inner, (before ?? "").utf8)]
    }
    let comma = commas[index]
    let start = lead(of: index)
    var edits: [ByteEdit] = []
    if comma == nil, index > 0, let previous = commas[index - 1] { edits.append(ByteEdit(previous..<previous + 1, [])) }
    let rest = trivia.restOfLine(from: comma.map { $0 + 1 } ?? element.upperBound)
    var end = rest.comment ?? element.upperBound
    var isFollowedByComment = rest.comment != nil
    if let comma {
      if trivia.lastComment(in: element.upperBound..<comma) != nil {
        edits.append(ByteEdit(comma..<(rest.comment ?? comma + 1), []))
        (end, isFollowedByComment) = (element.upperBound, true)
      } else {
        end = rest.comment ?? comma + 1
      }
    }
    // A comment behind it keeps the line; one in front must not swallow what comes behind.
    let keepsLine = isFollowedByComment || rest.lineEnd == nil && start.isBehindLineComment
    let from = keepsLine ? element.lowerBound : start.offset
    edits.append(ByteEdit(from..<end, []))
    return edits
  }

  /// Where an element begins with all that came along with it: behind the line of the one before, and behind all comments.
  private func lead(of index: Int) -> (offset: Int, isBehindLineComment: Bool) {
    let start = index > 0 ? (commas[index - 1] ?? elements[index - 1].upperBound - 1) + 1 : open + 1
    let rest = trivia.restOfLine(from: start)
    let offset = rest.lineEnd ?? rest.textEnd
    guard let comment = trivia.lastComment(in: start..<elements[index].lowerBound) else { return (offset, false) }
    return (max(offset, comment.upperBound), bytes[comment].isLineComment)
  }

  /// How elements stand to each other.
  private func gap(_ style: BracketStyle) -> Spot {
    guard let last = elements.last else { return Spot(isOnLine: false, margin: "") }
    let blanks = bytes[open + 1..<last.lowerBound].reversed().prefix { $0.isBlank || $0.isLineBreak }
    guard blanks.contains(UInt8(ascii: "\n")) else { return Spot(isOnLine: false, margin: "") }
    return Spot(isOnLine: true, margin: lineMargin(of: last.lowerBound))
  }

  private func blanks(before offset: Int) -> String {
    String(decoding: bytes[..<offset].reversed().prefix(while: \.isBlank).reversed(), as: UTF8.self)
  }

  /// The blanks that the line of an offset begins with.
  private func lineMargin(of offset: Int) -> String { bytes.margin(ofLineAt: offset) }
}

/// How a file writes what stands between brackets.
struct BracketStyle {
  var newline: String
  /// What a level is indented by.
  var unit: String
  /// Whether an empty container gets lines.
  var isOnLines: Bool
  /// Between a comma and the element behind it in one line.
  var separator: String
  /// Between a bracket and the element beside it in one line.
  var padding: String
}

/// Blanks, line breaks and comments.
struct Trivia {
  /// What is left of a line behind an offset, as long as it means nothing.
  struct Rest {
    /// Behind the last comment, or where it all began.
    var textEnd: Int
    /// Where the line ends, if nothing that means something comes before that.
    var lineEnd: Int?
    /// Where the first comment begins.
    var comment: Int?
    var hasLineComment = false
  }

  private let bytes: [UInt8]
  private let comments: Bracketed.Comments

  init(_ bytes: [UInt8], _ comments: Bracketed.Comments) { (self.bytes, self.comments) = (bytes, comments) }

  /// Behind all that means nothing.
  func end(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      if bytes[position].isBlank || bytes[position].isLineBreak {
        position += 1
      } else if let end = commentEnd(at: position) {
        position = end
      } else {
        break
      }
    }
    return position
  }

  /// The last comment of a part that means nothing.
  func lastComment(in part: Range<Int>) -> Range<Int>? {
    var last: Range<Int>?
    var position = part.lowerBound
    while position < part.upperBound {
      if let end = commentEnd(at: position) {
        last = position..<end
        position = end
      } else {
        position += 1
      }
    }
    return last
  }

  /// What is left of the line.
  func restOfLine(from start: Int) -> Rest {
    var rest = Rest(textEnd: start)
    var position = start
    while position < bytes.count {
      if bytes[position].isBlank {
        position += 1
      } else if let end = commentEnd(at: position) {
        rest.comment = rest.comment ?? position
        rest.hasLineComment = bytes[position..<end].isLineComment
        (position, rest.textEnd) = (end, end)
      } else {
        break
      }
    }
    let isAtEnd = position == bytes.count || bytes[position].isLineBreak
    if isAtEnd { rest.lineEnd = position }
    return rest
  }

  private func commentEnd(at position: Int) -> Int? {
    switch comments {
    case .none: return nil
    case .hash: return bytes[position] == UInt8(ascii: "#") ? lineEnd(from: position) : nil
    case .slashes:
      if bytes[position...].starts(with: "//".utf8) { return lineEnd(from: position) }
      guard bytes[position...].starts(with: "/*".utf8) else { return nil }
      var end = position + 2
      while end < bytes.count, !bytes[end...].starts(with: "*/".utf8) { end += 1 }
      return min(end + 2, bytes.count)
    }
  }

  private func lineEnd(from position: Int) -> Int { bytes[position...].firstIndex(where: \.isLineBreak) ?? bytes.count }
}

extension ArraySlice<UInt8> {
  /// Whether it is a comment that only the end of the line ends.
  var isLineComment: Bool { !starts(with: "/*".utf8) }
}

extension [UInt8] {
  /// The blanks that the line of an offset begins with, behind a byte order mark.
  func margin(ofLineAt offset: Int) -> String {
    var start = (self[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    if start == 0, starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    return String(decoding: self[Swift.min(start, offset)...].prefix(while: \.isBlank), as: UTF8.self)
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }
}
