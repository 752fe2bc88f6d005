/// A run of bytes in a rendered body, and where it is from.
package struct BodyRun: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    /// These bytes of the canonical body, as they are.
    case verbatim(Range<Int>)
    /// These bytes of the canonical body, spelled as the place needs it; an empty range is a spot between two bytes.
    case respelled(Range<Int>)
    /// Nothing of the body: aiwg says here what that field says.
    case added(field: String)
  }

  package var origin: Origin
  /// In the rendered bytes.
  package var length: Int

  init(_ origin: Origin, length: Int) {
    self.origin = origin
    self.length = length
  }
}

extension [BodyRun] {
  /// Puts a run at an offset of the bytes that the runs cover, through a verbatim one if need be.
  mutating func insert(_ run: BodyRun, at offset: Int) {
    var start = 0
    for index in indices {
      let current = self[index]
      if offset == start {
        self.replaceSubrange(index..<index, with: [run])
        return
      }
      if offset < start + current.length {
        let (first, rest) = current.split(at: offset - start)
        return replaceSubrange(index...index, with: [first, run, rest])
      }
      start += current.length
    }
    append(run)
  }
}

extension BodyRun {
  /// Its two halves; what is respelled or added has no inner bytes, so that both say the same of it.
  fileprivate func split(at length: Int) -> (BodyRun, BodyRun) {
    guard case .verbatim(let range) = origin else { return (BodyRun(origin, length: length), BodyRun(origin, length: self.length - length)) }
    let middle = range.lowerBound + length
    return (
      BodyRun(.verbatim(range.lowerBound..<middle), length: length), BodyRun(.verbatim(middle..<range.upperBound), length: self.length - length)
    )
  }
}

extension [UInt8] {
  /// The bytes with ranges replaced, and where each run of them is from; of two that overlap, the first one counts.
  func rewritten(by edits: [(range: Range<Int>, text: String)]) -> (bytes: [UInt8], runs: [BodyRun]) {
    guard !edits.isEmpty else { return (self, isEmpty ? [] : [BodyRun(.verbatim(indices), length: count)]) }
    var out: [UInt8] = []
    var runs: [BodyRun] = []
    out.reserveCapacity(count + 256)
    var position = 0
    func copy(to end: Int) {
      guard end > position else { return }
      out.append(contentsOf: self[position..<end])
      runs.append(BodyRun(.verbatim(position..<end), length: end - position))
    }
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) where edit.range.lowerBound >= position {
      copy(to: edit.range.lowerBound)
      out.append(contentsOf: edit.text.utf8)
      runs.append(BodyRun(.respelled(edit.range), length: edit.text.utf8.count))
      position = edit.range.upperBound
    }
    copy(to: count)
    return (out, runs)
  }
}
