/// A run of one sequence that stands in another one as something else; either side may be empty.
package struct Difference: Hashable, Sendable {
  /// Indices from 0.
  package var old: Range<Int>
  package var new: Range<Int>

  package init(old: Range<Int>, new: Range<Int>) {
    (self.old, self.new) = (old, new)
  }
}

/// Where two sequences differ, in order; what is between the runs is the same in both.
package func differences<Element: Hashable>(from old: [Element], to new: [Element]) -> [Difference] {
  var numbers: [Element: Int32] = [:]
  func number(_ element: Element) -> Int32 {
    if let known = numbers[element] { return known }
    numbers[element] = Int32(numbers.count)
    return Int32(numbers.count - 1)
  }
  return edits(from: old.map(number), to: new.map(number)).filter { !$0.isSame }.map { Difference(old: $0.old, new: $0.new) }
}

/// Lines with their LF; the last one may lack it.
package func linesWithEnds(of bytes: [UInt8]) -> [ArraySlice<UInt8>] { splitLines(bytes) }
