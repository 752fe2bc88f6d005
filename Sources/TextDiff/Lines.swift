/// Lines with their LF; the last one may lack it.
func splitLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  var out: [ArraySlice<UInt8>] = []
  var start = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    out.append(bytes[start..<end])
    start = end
  }
  return out
}

/// Equal lines as equal numbers, which are compared faster.
func script(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) -> [Edit] {
  var numbers: [ArraySlice<UInt8>: Int32] = [:]
  func number(_ line: ArraySlice<UInt8>) -> Int32 {
    if let known = numbers[line] { return known }
    numbers[line] = Int32(numbers.count)
    return Int32(numbers.count - 1)
  }
  return edits(from: old.map(number), to: new.map(number))
}

/// How many lines a difference touches: of each changed run, those of the text that has more of them.
package func changedLines(from old: [UInt8], to new: [UInt8]) -> Int {
  script(from: splitLines(old), to: splitLines(new)).reduce(0) { $0 + ($1.isSame ? 0 : max($1.old.count, $1.new.count)) }
}
