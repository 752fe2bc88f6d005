import Platforms

extension Platform.Limit {
  /// The parts of a text that are kept within a number of units; nil when it fits.
  func kept(of bytes: [UInt8], room: Int) -> [Range<Int>]? {
    guard keeps != .all, length(of: bytes[...]) > room else { return nil }
    switch keeps {
    case .start: return [0..<offset(of: room, in: bytes)]
    case .ends:
      let tail = offset(of: length(of: bytes[...]) - room / 5, in: bytes)
      return [0..<offset(of: room * 7 / 10, in: bytes), tail..<bytes.count]
    case .nothing, .all: return []
    }
  }

  /// In the limit's unit.
  func length(of bytes: ArraySlice<UInt8>) -> Int {
    unit == .bytes ? bytes.count : bytes.count { $0 & 0xC0 != 0x80 }
  }

  /// Where a number of units ends.
  private func offset(of units: Int, in bytes: [UInt8]) -> Int {
    guard unit == .characters else { return min(max(0, units), bytes.count) }
    var left = units
    for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if left <= 0 { return index }
      left -= 1
    }
    return bytes.count
  }
}

extension [Range<Int>] {
  /// What is left of these without others, both in order.
  func subtracting(_ others: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for range in self {
      var start = range.lowerBound
      for other in others where other.upperBound > start && other.lowerBound < range.upperBound {
        if other.lowerBound > start { out.append(start..<other.lowerBound) }
        start = Swift.max(start, other.upperBound)
      }
      if start < range.upperBound { out.append(start..<range.upperBound) }
    }
    return out
  }
}
