/// A change of some bytes of a file; an empty range inserts.
package struct ByteEdit: Hashable, Sendable {
  /// Offsets in the file before any change.
  package var range: Range<Int>
  package var replacement: [UInt8]

  package init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
    self.range = range
    self.replacement = Array(replacement)
  }
}

extension [ByteEdit] {
  /// The bytes after all changes, which must be in order and must not overlap.
  package func applied(to bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + reduce(0) { $0 + $1.replacement.count })
    var position = 0
    for edit in self {
      out += bytes[position..<edit.range.lowerBound]
      out += edit.replacement
      position = edit.range.upperBound
    }
    return out + bytes[position...]
  }
}
