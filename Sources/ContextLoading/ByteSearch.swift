extension UnsafeBufferPointer<UInt8> {
  /// Calls a closure with the offset of each byte of a value, in order, until it returns false.
  ///
  /// Made for bytes that are rare: many are told at once to be others.
  package func forEachOffset(of byte: UInt8, in range: Range<Int>, _ goesOn: (Int) -> Bool) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = Swift.min(start + 64, range.upperBound)
      var found: UInt8 = 0
      for index in start..<end { found |= self[index] == byte ? 1 : 0 }
      if found != 0 { for index in start..<end where self[index] == byte { guard goesOn(index) else { return } } }
      start = end
    }
  }
}
