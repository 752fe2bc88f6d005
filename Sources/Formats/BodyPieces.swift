/// A rendered body in pieces: slices of the canonical body, which all outputs share, and of what this one says otherwise.
struct BodyPieces {
  private struct Piece {
    var origin: BodyRun.Origin
    var bytes: ArraySlice<UInt8>

    /// Its two halves; what is respelled or added has no inner bytes, so that both say the same of it.
    func split(at length: Int) -> (Piece, Piece) {
      let (first, rest) = (bytes.prefix(length), bytes.dropFirst(length))
      guard case .verbatim(let range) = origin else { return (Piece(origin: origin, bytes: first), Piece(origin: origin, bytes: rest)) }
      let middle = range.lowerBound + length
      return (
        Piece(origin: .verbatim(range.lowerBound..<middle), bytes: first), Piece(origin: .verbatim(middle..<range.upperBound), bytes: rest)
      )
    }
  }

  private var pieces: [Piece] = []

  /// A body with ranges replaced; of two that overlap, the first one counts.
  init(_ body: [UInt8], replacing edits: [(range: Range<Int>, text: String)]) {
    guard !edits.isEmpty else {
      if !body.isEmpty { pieces = [Piece(origin: .verbatim(body.indices), bytes: body[...])] }
      return
    }
    let edits = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    // All in one buffer: there may be many, and each is short.
    let texts = edits.flatMap(\.text.utf8)
    pieces.reserveCapacity(2 * edits.count + 1)
    var (position, start) = (0, 0)
    func copy(to end: Int) {
      guard end > position else { return }
      pieces.append(Piece(origin: .verbatim(position..<end), bytes: body[position..<end]))
    }
    for edit in edits {
      let text = texts[start..<start + edit.text.utf8.count]
      start = text.endIndex
      guard edit.range.lowerBound >= position else { continue }
      copy(to: edit.range.lowerBound)
      pieces.append(Piece(origin: .respelled(edit.range), bytes: text))
      position = edit.range.upperBound
    }
    copy(to: body.count)
  }

  /// Where the bytes are from, in order and without gaps.
  var runs: [BodyRun] { pieces.map { BodyRun($0.origin, length: $0.bytes.count) } }

  var parts: [ArraySlice<UInt8>] { pieces.map(\.bytes) }

  var bytes: [UInt8] { Array(parts.joined()) }

  var isOnOpenLine: Bool { pieces.last { !$0.bytes.isEmpty }.map { $0.bytes.last != UInt8(ascii: "\n") } ?? false }

  /// The bytes up to the end of the first line that is not empty.
  var opening: [UInt8] {
    var out: [UInt8] = []
    var isOpen = true
    for piece in pieces {
      for byte in piece.bytes {
        out.append(byte)
        if byte == UInt8(ascii: "\n"), !isOpen { return out }
        if !byte.isLineEnd { isOpen = false }
      }
    }
    return out
  }

  mutating func append(_ bytes: [UInt8], from origin: BodyRun.Origin) { pieces.append(Piece(origin: origin, bytes: bytes[...])) }

  /// Puts bytes at an offset, through a verbatim piece if need be.
  mutating func insert(_ bytes: [UInt8], from origin: BodyRun.Origin, at offset: Int) {
    let new = Piece(origin: origin, bytes: bytes[...])
    var start = 0
    for index in pieces.indices {
      let current = pieces[index]
      if offset == start { return pieces.insert(new, at: index) }
      if offset < start + current.bytes.count {
        let (first, rest) = current.split(at: offset - start)
        return pieces.replaceSubrange(index...index, with: [first, new, rest])
      }
      start += current.bytes.count
    }
    pieces.append(new)
  }
}

extension UInt8 {
  var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
